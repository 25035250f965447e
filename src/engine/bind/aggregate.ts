import { SqlError } from '../base/errors.ts';
import type { FunctionSpec } from '../functions/function.ts';
import { type FunctionRegistry, unknownFunction } from '../functions/resolve.ts';
import type { Call, FrameBound, OrderItem, WindowFrame, WindowRef, WindowSpec } from '../sql/ast.ts';
import { plain } from '../types/type.ts';
import type { Binder, Scope } from './binder.ts';
import { coerce, constantOf, resolve } from './build.ts';
import type {
  BoundAggregate,
  BoundBound,
  BoundExpr,
  BoundFrame,
  BoundOrder,
  BoundWindow,
  BoundWindowSpec,
} from './plan.ts';
import { bothOf } from './special.ts';

/** The aggregate that a call names, combinators included: `sum_if`, `count_distinct`. */
export function aggregateSpec(node: Pick<Call, 'name'>, functions: FunctionRegistry): FunctionSpec | undefined {
  const own = functions.get(node.name);
  if (own) return own.kind === 'aggregate' ? own : undefined;
  const base = functions.get(node.name.replace(/_(if|distinct)$/, ''));
  return base?.kind === 'aggregate' && base.name !== node.name ? base : undefined;
}

export function bindAggregate(binder: Binder, node: Call, scope: Scope): BoundExpr {
  if (scope.without.aggregates) {
    throw new SqlError('SemanticError', `${scope.without.aggregates} can't contain aggregate functions`, {
      span: node.span,
    });
  }
  return aggregateCall(binder, node, { ...scope, without: { aggregates: 'An aggregate', windows: 'An aggregate' } });
}

function aggregateCall(binder: Binder, node: Call, scope: Scope): BoundAggregate {
  const spec = aggregateSpec(node, binder.session.functions);
  if (!spec) throw unknownFunction(node.written, binder.session.functions).at(node.nameSpan);
  const isIf = node.name.endsWith('_if') && spec.name !== node.name && !(spec.aliases ?? []).includes(node.name);
  const bound = node.star ? [] : node.args.map((arg) => binder.expr(arg, scope));
  const condition = isIf ? bound.at(-1) : undefined;
  const args = isIf ? bound.slice(0, -1) : bound;
  const filters = [condition, node.filter && binder.expr(node.filter, scope)].flatMap((filter) =>
    filter ? [coerce(binder, filter, plain('Boolean'))] : [],
  );
  const distinct = node.distinct || node.name.endsWith('_distinct');
  if (distinct && node.orderBy.length > 0) {
    throw new SqlError('SemanticError', 'DISTINCT and ORDER BY cannot be used together in an aggregate', {
      span: node.span,
    });
  }
  const params = node.params.map((param) => constantParam(binder, param, scope));
  const { overload, args: types, returns } = resolve(spec, args, { span: node.span, params });
  return {
    kind: 'Aggregate',
    name: spec.name,
    lower: overload.lower,
    args: args.map((arg, index) => coerce(binder, arg, types[index] ?? arg.type)),
    params,
    distinct,
    orderBy: bindOrder(binder, node.orderBy, scope),
    filter: filters.reduce<BoundExpr | undefined>((all, filter) => bothOf(binder, all, filter), undefined),
    type: returns,
    nullable: overload.nulls !== 'never',
    span: node.span,
  };
}

function constantParam(binder: Binder, param: Call['args'][number], scope: Scope) {
  const value = constantOf(binder.expr(param, scope));
  if (value === undefined)
    throw new SqlError('SemanticError', 'a parameter of an aggregate must be a constant', { span: param.span });
  return value;
}

export function bindOrder(binder: Binder, items: readonly OrderItem[], scope: Scope): BoundOrder[] {
  return items.map((item) => ({
    expr: binder.expr(item.expr, scope),
    descending: item.descending,
    nullsFirst: nullsFirst(binder, item),
  }));
}

export function nullsFirst(binder: Binder, { nulls, descending }: OrderItem): boolean {
  if (nulls) return nulls === 'FIRST';
  return descending ? binder.session.nullsFirst.descending : binder.session.nullsFirst.ascending;
}

/** A function with OVER: a window function of its own or any aggregate. */
export function bindWindow(binder: Binder, node: Call, scope: Scope): BoundWindow {
  if (scope.without.windows) {
    throw new SqlError('SemanticError', `${scope.without.windows} can't contain window functions`, { span: node.span });
  }
  const inner: Scope = { ...scope, without: { ...scope.without, windows: 'A window' } };
  const spec = binder.session.functions.get(node.name);
  const fn = spec?.kind === 'window' ? windowFunction(binder, spec, node, inner) : aggregateCall(binder, node, inner);
  const window = resolveWindow(node.over, scope);
  return {
    kind: 'Window',
    function: fn,
    ignoreNulls: node.nulls === 'IGNORE',
    spec: bindWindowSpec(binder, window, inner),
    type: fn.type,
    nullable: fn.nullable,
    span: node.span,
  };
}

function windowFunction(binder: Binder, spec: FunctionSpec, node: Call, scope: Scope): BoundAggregate {
  const args = node.args.map((arg) => binder.expr(arg, scope));
  const { overload, args: types, returns } = resolve(spec, args, { span: node.span });
  return {
    kind: 'Aggregate',
    name: spec.name,
    lower: overload.lower,
    args: args.map((arg, index) => coerce(binder, arg, types[index] ?? arg.type)),
    params: [],
    distinct: false,
    orderBy: [],
    filter: undefined,
    type: returns,
    nullable: overload.nulls !== 'never',
    span: node.span,
  };
}

/** The window itself, its named bases merged in. */
function resolveWindow(ref: WindowRef | undefined, scope: Scope): WindowSpec {
  if (!ref) throw new SqlError('Internal', 'a window function without OVER');
  if (ref.kind === 'WindowName') return namedWindow(ref.name, scope);
  if (!ref.base) return ref;
  const base = namedWindow(ref.base, scope);
  return {
    base: undefined,
    partitionBy: ref.partitionBy.length > 0 ? ref.partitionBy : base.partitionBy,
    orderBy: ref.orderBy.length > 0 ? ref.orderBy : base.orderBy,
    frame: ref.frame ?? base.frame,
    span: ref.span,
  };
}

function namedWindow(name: NonNullable<WindowSpec['base']>, scope: Scope): WindowSpec {
  const spec = scope.windows.get(name.name);
  if (!spec) throw new SqlError('SyntaxException', `Window definition ${name.name} not found`, { span: name.span });
  return spec.base ? resolveWindow({ kind: 'WindowSpec', ...spec }, scope) : spec;
}

function bindWindowSpec(binder: Binder, spec: WindowSpec, scope: Scope): BoundWindowSpec {
  const orderBy = bindOrder(binder, spec.orderBy, scope);
  if (spec.frame?.unit === 'RANGE' && orderBy.length !== 1 && hasOffset(spec.frame)) {
    throw new SqlError(
      'SemanticError',
      `The RANGE OFFSET window frame requires exactly one ORDER BY column, ${orderBy.length} given.`,
      { span: spec.span },
    );
  }
  return {
    partitionBy: spec.partitionBy.map((expr) => binder.expr(expr, scope)),
    orderBy,
    frame: spec.frame && bindFrame(binder, spec.frame, scope),
  };
}

function hasOffset({ start, end }: WindowFrame): boolean {
  return [start, end].some((bound) => bound !== undefined && bound.kind !== 'CurrentRow' && bound.offset !== undefined);
}

function bindFrame(binder: Binder, frame: WindowFrame, scope: Scope): BoundFrame {
  const bindBound = (bound: FrameBound): BoundBound =>
    bound.kind === 'CurrentRow'
      ? bound
      : { kind: bound.kind, offset: bound.offset && binder.expr(bound.offset, scope) };
  return { unit: frame.unit, start: bindBound(frame.start), end: frame.end && bindBound(frame.end) };
}
