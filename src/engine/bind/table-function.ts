import { SqlError } from '../base/errors.ts';
import { didYouMean } from '../base/text.ts';
import type { Call, Expr } from '../sql/ast.ts';
import type { TableFunction } from '../sql/ast-query.ts';
import { type Column, plain, type Schema, type SqlType } from '../types/type.ts';
import type { Binder, Scope } from './binder.ts';
import { call, castTo, constantOf, literal } from './build.ts';
import type { BoundExpr, BoundFlatten, BoundFrom } from './plan.ts';
import { bindUserTable } from './user-function.ts';

interface FunctionSource {
  readonly from: BoundFrom;
  readonly columns: Schema;
}

/** A call in FROM: a counter, FLATTEN, a set-returning function, or a relation that the engine knows. */
export function bindTableFunction(binder: Binder, ref: TableFunction, scope: Scope): FunctionSource {
  const { name, nameSpan } = ref.call;
  if (/^numbers(_mt|_local)?$/.test(name)) return bindNumbers(binder, ref.call, scope);
  if (name === 'generate_series' || name === 'range') return bindSeries(binder, ref.call, scope);
  if (name === 'flatten') return bindFlatten(binder, ref.call, scope);
  const rows = binder.session.relations.function(ref.call);
  if (rows) {
    const id = binder.nextId();
    return {
      from: { kind: 'Relation', id, source: rows, columns: rows.columns, span: ref.span },
      columns: rows.columns,
    };
  }
  const spec = binder.session.functions.get(name);
  if (spec?.kind === 'set') return bindSet(binder, ref.call, scope);
  const user = binder.session.relations.defined(name);
  if (user) return bindUserTable(binder, user, { node: ref.call, scope });
  const known = [
    'numbers',
    'generate_series',
    'range',
    'flatten',
    'infer_schema',
    'list_stage',
    'inspect_parquet',
    'copy_history',
  ];
  throw new SqlError('UnknownFunction', `unknown table function: '${ref.call.written}'`, {
    span: nameSpan,
    suggestions: didYouMean(name, known),
  });
}

function column(name: string, type: SqlType, nullable = false): Column {
  return { name, type, nullable };
}

function argsOf(binder: Binder, node: Call, scope: Scope): BoundExpr[] {
  return node.args.map((arg) => binder.expr(arg, scope));
}

function bindNumbers(binder: Binder, node: Call, scope: Scope): FunctionSource {
  const [stop, ...more] = argsOf(binder, node, scope);
  if (!stop || more.length > 0)
    throw new SqlError('BadArguments', `${node.name} takes one argument, the number of rows`, { span: node.span });
  const { span } = node;
  const columns = [column('number', plain('UInt64'))];
  const start = literal({ type: plain('Int64'), value: 0n }, span);
  const from: BoundFrom = {
    kind: 'Series',
    id: binder.nextId(),
    start,
    stop: castTo(binder, stop, plain('Int64')),
    step: undefined,
    inclusive: false,
    columns,
    span,
  };
  return { from, columns };
}

function bindSeries(binder: Binder, node: Call, scope: Scope): FunctionSource {
  const [start, stop, step] = argsOf(binder, node, scope);
  if (!start || !stop)
    throw new SqlError('BadArguments', `${node.name} takes a start, an end and optionally a step`, { span: node.span });
  const type = seriesType(start, stop);
  const columns = [column(node.name, type)];
  const from: BoundFrom = {
    kind: 'Series',
    id: binder.nextId(),
    start: castTo(binder, start, type),
    stop: castTo(binder, stop, type),
    step: step && castTo(binder, step, plain('Int64')),
    inclusive: node.name === 'generate_series',
    columns,
    span: node.span,
  };
  return { from, columns };
}

function seriesType(start: BoundExpr, stop: BoundExpr): SqlType {
  const kinds = [start.type.kind, stop.type.kind];
  if (kinds.includes('Timestamp')) return plain('Timestamp');
  return plain(kinds.includes('Date') ? 'Date' : 'Int64');
}

const FLATTEN_COLUMNS: Schema = [
  column('seq', plain('UInt64')),
  column('key', plain('String'), true),
  column('path', plain('String'), true),
  column('index', plain('UInt64'), true),
  column('value', plain('Variant'), true),
  column('this', plain('Variant'), true),
];

const FLATTEN_ARGUMENTS = ['input', 'path', 'outer', 'recursive', 'mode'];

function bindFlatten(binder: Binder, node: Call, scope: Scope): FunctionSource {
  const named = new Map<string, Expr>();
  for (const [index, arg] of node.args.entries())
    named.set((node.argNames[index] ?? FLATTEN_ARGUMENTS[index] ?? '').toLowerCase(), arg);
  const unknown = [...named.keys()].find((name) => !FLATTEN_ARGUMENTS.includes(name));
  if (unknown !== undefined) {
    throw new SqlError(
      'SemanticError',
      `Invalid named arguments in function flatten: ${unknown}, expected ${FLATTEN_ARGUMENTS.join(', ')}`,
      { span: node.span },
    );
  }
  const input = named.get('input');
  if (!input) throw new SqlError('SemanticError', 'function flatten needs the argument input', { span: node.span });
  const constant = (name: string) => {
    const expr = named.get(name);
    return expr && constantOf(binder.expr(expr, scope));
  };
  const from: BoundFlatten = {
    kind: 'Flatten',
    id: binder.nextId(),
    input: castTo(binder, binder.expr(input, scope), plain('Variant')),
    path: String(constant('path') ?? ''),
    outer: constant('outer') === true,
    recursive: constant('recursive') === true,
    mode: flattenMode(constant('mode'), node),
    columns: FLATTEN_COLUMNS,
    span: node.span,
  };
  return { from, columns: FLATTEN_COLUMNS };
}

function flattenMode(mode: unknown, node: Call): BoundFlatten['mode'] {
  const text = String(mode ?? 'both').toLowerCase();
  if (text === 'object' || text === 'array' || text === 'both') return text;
  throw new SqlError(
    'SemanticError',
    `Invalid mode ${String(mode)} for function flatten, expected object, array or both`,
    { span: node.span },
  );
}

/** unnest, json_array_elements …: one row for each element of the list that the call gives. */
function bindSet(binder: Binder, node: Call, scope: Scope): FunctionSource {
  const list = call(binder, node.name, argsOf(binder, node, scope), { span: node.span, nameSpan: node.nameSpan });
  const columns = [column(node.name, list.type, true)];
  return { from: { kind: 'Unnest', id: binder.nextId(), list, columns, span: node.span }, columns };
}
