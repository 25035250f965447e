import { yieldToMessages } from '../../base/async.ts';
import { SqlError } from '../../base/errors.ts';
import type { TypedValue } from '../../bind/binder.ts';
import type { Expr, Identifier, TypeName } from '../../sql/ast.ts';
import { plain } from '../../types/type.ts';
import type { Outcome, StatementContext } from '../context.ts';
import { rowsOutcome } from '../context.ts';
import type { Block, RowSource, ScriptStatement } from '../syntax/script.ts';
import { type Scope, unset, withPlaceholders, withRowValues } from './scope.ts';
import { collect, type RowSet, valuesOf } from './values.ts';

/** What a script gives back: nothing, a value, or rows. */
export type ScriptResult = TypedValue | Outcome | undefined;

/** Runs a block in the session of the statement. `scope` holds its parameters and becomes its variables. */
export async function runBlock(block: Block, scope: Scope, ctx: StatementContext): Promise<ScriptResult> {
  const { session } = ctx;
  const outer = session.script;
  const depth = (outer?.depth ?? 0) + 1;
  if (depth > MOST_DEPTH)
    throw new SqlError('ScriptExecutionError', `scripts call each other more than ${MOST_DEPTH} deep`);
  const script: Script = {
    ctx,
    scope,
    rows: new Map(),
    cursors: new Map(),
    steps: { left: Number(session.settings.get('script_max_steps')) },
  };
  session.script = { values: scope, depth };
  try {
    const end = await runBody([...block.declarations, ...block.body], script);
    if (end && end.kind !== 'Return') {
      throw new SqlError('ScriptSemanticError', `${end.kind.toUpperCase()} is not inside of a loop`, {
        span: block.span,
      });
    }
    return end?.result;
  } finally {
    session.script = outer;
  }
}

const MOST_DEPTH = 64;

interface Script {
  readonly ctx: StatementContext;
  readonly scope: Scope;
  readonly rows: Map<string, RowSet>;
  readonly cursors: Map<string, Cursor>;
  readonly steps: { left: number };
}

interface Cursor {
  readonly source: RowSource;
  /** The rows that are left; undefined while it is closed. */
  open: { readonly set: RowSet; next: number } | undefined;
}

/** Why statements behind are not run. */
type End =
  | { readonly kind: 'Break' | 'Continue'; readonly label: string | undefined }
  | { readonly kind: 'Return'; readonly result: ScriptResult };

async function runBody(body: readonly ScriptStatement[], script: Script): Promise<End | undefined> {
  for (const statement of body) {
    const end = await runStep(statement, script);
    if (end) return end;
  }
  return undefined;
}

type Of<Kind extends ScriptStatement['kind']> = Extract<ScriptStatement, { readonly kind: Kind }>;
type Runners = {
  readonly [Kind in ScriptStatement['kind']]: (statement: Of<Kind>, script: Script) => Promise<End | undefined>;
};

const RUNNERS: Runners = {
  Block: ({ declarations, body }, script) => runBody([...declarations, ...body], script),
  RunStatement: runSql,
  Let: assign,
  Assign: assign,
  LetRows: async ({ name, statement }, { rows, scope, ctx }) => {
    rows.set(name.name, await collect(withRowValues(statement, scope), ctx));
    return undefined;
  },
  LetCursor: async ({ name, source }, { cursors }) => {
    cursors.set(name.name, { source, open: undefined });
    return undefined;
  },
  OpenCursor: async ({ cursor: name }, script) => {
    const cursor = cursorOf(name, script);
    cursor.open = { set: await rowsOf(cursor.source, script), next: 0 };
    return undefined;
  },
  CloseCursor: async ({ cursor }, script) => {
    cursorOf(cursor, script).open = undefined;
    return undefined;
  },
  Fetch: fetchRow,
  If: async ({ branches, otherwise }, script) => {
    for (const { when, body } of branches) if (await isTrue(when, script)) return runBody(body, script);
    return runBody(otherwise ?? [], script);
  },
  Switch: runSwitch,
  ForRange: runRange,
  ForRows: runRows,
  While: async ({ condition, ...loop }, script) => {
    while (await isTrue(condition, script)) {
      const end = await runTurn(loop, script);
      if (end) return end.after;
    }
    return undefined;
  },
  Repeat: async ({ until, ...loop }, script) => {
    do {
      const end = await runTurn(loop, script);
      if (end) return end.after;
    } while (!(await isTrue(until, script)));
    return undefined;
  },
  Loop: async (loop, script) => {
    for (;;) {
      const end = await runTurn(loop, script);
      if (end) return end.after;
    }
  },
  Break: async ({ label }) => ({ kind: 'Break', label }),
  Continue: async ({ label }) => ({ kind: 'Continue', label }),
  Return: async ({ value }, script) => ({ kind: 'Return', result: value && (await evaluate(value, script)) }),
  ReturnTable: async ({ source }, script) => ({ kind: 'Return', result: await tableOf(source, script) }),
  Throw: async ({ message, span }, script) => {
    const text = message ? (await evaluate(message, script)).value : 'the script threw an error';
    throw new SqlError('ScriptExecutionError', String(text), { span });
  },
};

async function runStep(statement: ScriptStatement, script: Script): Promise<End | undefined> {
  await takeStep(script);
  // The table gives each kind its own runner; no type can say that for a union.
  const run = RUNNERS[statement.kind] as (statement: ScriptStatement, script: Script) => Promise<End | undefined>;
  return run(statement, script);
}

/** So many steps go by before the messages that wait are heard: a cancel among them. */
const STEPS_AT_ONCE = 50;

/** Hears a cancel, and ends scripts that would never end. */
async function takeStep({ ctx, steps }: Script): Promise<void> {
  if (steps.left % STEPS_AT_ONCE === 0) await yieldToMessages();
  ctx.signal.throwIfAborted();
  if (steps.left-- > 0) return;
  const most = ctx.session.settings.get('script_max_steps');
  throw new SqlError('ScriptExecutionError', `Script execution has exceeded the limit of ${most} steps`);
}

async function runSql({ statement }: Of<'RunStatement'>, { scope, ctx }: Script): Promise<undefined> {
  const { batches } = await ctx.run(withRowValues(statement, scope), ctx.session);
  for await (const _ of batches) ctx.signal.throwIfAborted();
}

interface Assignment {
  readonly name: Identifier;
  readonly type?: TypeName | undefined;
  readonly value: Expr | undefined;
}

async function assign({ name, type, value }: Assignment, script: Script): Promise<undefined> {
  const given: Expr = value ?? { kind: 'NullLiteral', span: name.span };
  const cast: Expr = {
    kind: 'Cast',
    operand: given,
    type: type ?? ANY,
    lenient: false,
    postfix: false,
    span: given.span,
  };
  script.scope.set(name.name, await evaluate(type ? cast : given, script));
}

/** Never looked at: a cast without a type is not made. */
const ANY: TypeName = { type: plain('Null'), nullable: undefined, span: { start: 0, end: 0 } };

async function evaluate(expr: Expr, { scope, ctx }: Script): Promise<TypedValue> {
  const bound = withPlaceholders(expr, scope);
  const known = bound.kind === 'Placeholder' && bound.name !== undefined ? scope.get(bound.name) : undefined;
  if (known) return known;
  const [value] = await valuesOf([bound], ctx);
  return value ?? { type: plain('Null'), value: null };
}

async function isTrue(expr: Expr, script: Script): Promise<boolean> {
  await takeStep(script);
  return (await evaluate(expr, script)).value === true;
}

function cursorOf({ name, span }: Identifier, { cursors }: Script): Cursor {
  const cursor = cursors.get(name);
  if (cursor) return cursor;
  throw new SqlError('ScriptExecutionError', `cursor ${name} is not defined`, { span });
}

async function fetchRow({ cursor: name, into, span }: Of<'Fetch'>, script: Script): Promise<undefined> {
  const { open } = cursorOf(name, script);
  if (!open) throw new SqlError('ScriptExecutionError', `cursor ${name.name} is not open`, { span });
  const { columns, rows } = open.set;
  const row = rows[open.next++];
  for (const [index, variable] of into.entries()) {
    const type = columns[index]?.type ?? plain('Null');
    script.scope.set(variable.name, { type, value: row?.[index] ?? null });
  }
}

async function rowsOf(source: RowSource, script: Script): Promise<RowSet> {
  const { rows, cursors, scope, ctx } = script;
  if ('kind' in source) return collect(withRowValues(source, scope), ctx);
  const known = rows.get(source.name);
  if (known) return known;
  const cursor = cursors.get(source.name);
  if (!cursor) throw unset(source.name, source.span);
  if (!cursor.open) return rowsOf(cursor.source, script);
  const { set, next } = cursor.open;
  return { ...set, rows: set.rows.slice(next) };
}

async function tableOf(source: RowSource, script: Script): Promise<Outcome> {
  const { scope, ctx } = script;
  if ('kind' in source) return ctx.run(withRowValues(source, scope), ctx.session);
  const { columns, rows } = await rowsOf(source, script);
  return rowsOutcome(columns, rows);
}

async function runSwitch(
  { operand, branches, otherwise, span }: Of<'Switch'>,
  script: Script,
): Promise<End | undefined> {
  for (const { when, body } of branches) {
    const condition: Expr = operand ? { kind: 'Binary', operator: '=', left: operand, right: when, span } : when;
    if (await isTrue(condition, script)) return runBody(body, script);
  }
  return runBody(otherwise ?? [], script);
}

interface Turn {
  readonly body: readonly ScriptStatement[];
  readonly label: string | undefined;
}

/** One turn of a loop; what it gives ends the loop, and `after` goes on to what is around it. */
async function runTurn(
  { body, label }: Turn,
  script: Script,
): Promise<{ readonly after: End | undefined } | undefined> {
  await takeStep(script);
  const end = await runBody(body, script);
  if (!end) return undefined;
  const isOwn = end.kind !== 'Return' && (end.label === undefined || end.label === label);
  if (!isOwn) return { after: end };
  return end.kind === 'Break' ? { after: undefined } : undefined;
}

async function runRange(loop: Of<'ForRange'>, script: Script): Promise<End | undefined> {
  const [from, to] = [await integer(loop.from, script), await integer(loop.to, script)];
  if (from > to) {
    const text = 'start must be less than or equal to end when step is positive';
    throw new SqlError('ScriptExecutionError', text, { span: loop.span });
  }
  const step = loop.reverse ? -1n : 1n;
  for (let value = loop.reverse ? to : from; value >= from && value <= to; value += step) {
    script.scope.set(loop.name.name, { type: plain('Int64'), value });
    const end = await runTurn(loop, script);
    if (end) return end.after;
  }
  return undefined;
}

async function integer(operand: Expr, script: Script): Promise<bigint> {
  const { span } = operand;
  const type: TypeName = { type: plain('Int64'), nullable: undefined, span };
  const { value } = await evaluate({ kind: 'Cast', operand, type, lenient: false, postfix: false, span }, script);
  if (typeof value === 'bigint') return value;
  throw new SqlError('ScriptExecutionError', 'the range of a loop must not be NULL', { span });
}

async function runRows(loop: Of<'ForRows'>, script: Script): Promise<End | undefined> {
  const { columns, rows } = await rowsOf(loop.source, script);
  for (const row of rows) {
    for (const [index, { name, type }] of columns.entries())
      script.scope.set(`${loop.name.name}.${name}`, { type, value: row[index] ?? null });
    const end = await runTurn(loop, script);
    if (end) return end.after;
  }
  return undefined;
}
