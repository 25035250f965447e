import { SqlError } from '../../base/errors.ts';
import { own } from '../../base/own.ts';
import type { TypedValue } from '../../bind/binder.ts';
import type { Expr, TypeName } from '../../sql/ast.ts';
import type { Column, SqlType } from '../../types/type.ts';
import { engineTypeName, plain, sameType } from '../../types/type.ts';
import { listObjects, lookUp } from '../../warehouse/find.ts';
import type { ProcedureRecord } from '../../warehouse/object.ts';
import type { CatalogState } from '../../warehouse/state.ts';
import { column, NO_ROWS, type Outcome, rowsOutcome, type StatementContext } from '../context.ts';
import { at } from '../names.ts';
import { refuseSecrets } from '../refuse-secrets.ts';
import { parseScript } from '../syntax/index.ts';
import type {
  CallProcedure,
  CreateProcedure,
  DescribeProcedure,
  DropProcedure,
  ProcedureColumn,
} from '../syntax/procedure.ts';
import { type StreamFunction, streamBacklog, streamStatus } from '../table-functions/stream.ts';
import { cancelOpenRuns, enableDependents } from '../task/define.ts';
import { resultOutcome } from './execute.ts';
import { placed } from './place.ts';
import { runBlock } from './run.ts';
import { valuesOf } from './values.ts';

export async function createProcedure(statement: CreateProcedure, ctx: StatementContext): Promise<Outcome> {
  const { mode, name, parameters, returns, comment, body, span } = statement;
  const block = await placed(
    () => span,
    async () => parseScript(body),
  );
  if (block.kind !== 'Block')
    throw new SqlError('SyntaxException', 'the body of a procedure must be a block', { span });
  const types = parameters.map(({ type }) => type.type);
  return ctx.transact(async (transaction) => {
    const signature = signatureOf(name.name, types);
    if (mode === 'CREATE IF NOT EXISTS' && lookUp(transaction.state(), 'Procedure', signature)) return NO_ROWS;
    const definition = {
      kind: 'Procedure' as const,
      name: signature,
      procedure: name.name,
      comment: comment ?? '',
      parameters: parameters.map(columnOf),
      returns: 'type' in returns ? [columnOf({ name, type: returns })] : returns.map(columnOf),
      returnsTable: !('type' in returns),
      body: at({ span }, () => refuseSecrets(body, 'procedure')),
    };
    at(name, () => transaction.create<'Procedure'>(definition, { orReplace: mode === 'CREATE OR REPLACE' }));
    return NO_ROWS;
  });
}

function columnOf({ name, type: { type, nullable } }: ProcedureColumn): Column {
  return { name: name.name, type, nullable: nullable ?? true };
}

/** Procedures may share a name if their arguments differ. */
function signatureOf(name: string, types: readonly SqlType[]): string {
  return `${name}(${types.map(engineTypeName).join(',')})`;
}

const named = (types: readonly TypeName[]) => types.map(({ type }) => type);

export function dropProcedure({ ifExists, name, types }: DropProcedure, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    const found = lookUp(transaction.state(), 'Procedure', signatureOf(name.name, named(types)));
    if (!found && ifExists) return NO_ROWS;
    transaction.drop(found ?? unknown(name.name, named(types), name.span));
    return NO_ROWS;
  });
}

function unknown(name: string, types: readonly SqlType[], span: Expr['span']): never {
  throw new SqlError('UnknownProcedure', `Unknown procedure ${signatureOf(name, types)}`, { span });
}

export async function describeProcedure({ name, types }: DescribeProcedure, ctx: StatementContext): Promise<Outcome> {
  const found = lookUp(ctx.catalog(), 'Procedure', signatureOf(name.name, named(types)));
  const { parameters, returns, body } = found ?? unknown(name.name, named(types), name.span);
  return rowsOutcome(
    [column('Property', plain('String')), column('Value', plain('String'))],
    [
      ['signature', `(${parameters.map((parameter) => parameter.name).join(',')})`],
      ['returns', `(${returns.map(({ type }) => engineTypeName(type)).join(',')})`],
      ['language', 'SQL'],
      ['body', body],
    ],
  );
}

type SystemProcedure = (argument: string, ctx: StatementContext) => Promise<Outcome>;

/** The table functions that can be called, too. */
function calledTable(name: string): StreamFunction | undefined {
  if (name === 'system$stream_status') return streamStatus;
  return name === 'system$stream_backlog' ? streamBacklog : undefined;
}

const SYSTEM_PROCEDURES: { readonly [name: string]: SystemProcedure } = {
  task_dependents_enable: async (task, ctx) => {
    await enableDependents(task, ctx);
    return NO_ROWS;
  },
  system$user_task_cancel_ongoing_executions: async (name, ctx) => {
    const count = await cancelTask(name, ctx);
    const text = `Cancelled ${count} ongoing execution(s) for task ${name}.`;
    return rowsOutcome([column('Result', plain('String'))], [[text]]);
  },
};

function cancelTask(name: string, ctx: StatementContext): Promise<number> {
  return ctx.transact(async (transaction) => {
    const task = listObjects(transaction.state(), 'Task').find((one) => one.name === name);
    if (!task) throw new SqlError('UnknownTask', `unknown task ${name}`);
    return cancelOpenRuns(task, 'the run was cancelled', { transaction, now: ctx.now });
  });
}

export async function callProcedure({ name, args, span }: CallProcedure, ctx: StatementContext): Promise<Outcome> {
  const table = calledTable(name.name);
  if (table) return rowsOutcome(table.columns, await table.rows({ name: name.name, args, span }, ctx));
  const values = await valuesOf(args, ctx);
  const system = own(SYSTEM_PROCEDURES, name.name);
  if (system) return at({ span }, () => system(String(values[0]?.value ?? ''), ctx));
  const procedure = chooseProcedure(ctx.catalog(), name.name, values) ?? unknown(name.name, typesOf(values), span);
  const scope = new Map<string, TypedValue>();
  for (const [index, value] of (await castValues(procedure.parameters, args, ctx)).entries())
    scope.set(procedure.parameters[index]?.name ?? '', value);
  const block = parseScript(procedure.body);
  if (block.kind !== 'Block') throw new SqlError('Internal', `the body of ${procedure.name} is no block`);
  return placed(
    () => span,
    async () => resultOutcome(await runBlock(block, scope, ctx), ctx),
  );
}

const typesOf = (values: readonly TypedValue[]) => values.map(({ type }) => type);

/** The one procedure of that name and number of arguments; of several, the one with those very types. */
function chooseProcedure(
  catalog: CatalogState,
  name: string,
  values: readonly TypedValue[],
): ProcedureRecord | undefined {
  const candidates = listObjects(catalog, 'Procedure').filter(
    ({ procedure, parameters }) => procedure === name && parameters.length === values.length,
  );
  if (candidates.length === 1) return candidates[0];
  const isExact = ({ type }: Column, index: number) => sameType(type, values[index]?.type ?? plain('Null'));
  return candidates.find(({ parameters }) => parameters.every(isExact));
}

function castValues(
  parameters: readonly Column[],
  args: readonly Expr[],
  ctx: StatementContext,
): Promise<readonly TypedValue[]> {
  const casts = args.map((operand, index): Expr => {
    const { span } = operand;
    const type = { type: parameters[index]?.type ?? plain('Null'), nullable: undefined, span };
    return { kind: 'Cast', operand, type, lenient: false, postfix: false, span };
  });
  return valuesOf(casts, ctx);
}
