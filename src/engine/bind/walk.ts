import { unreachable } from '../base/errors.ts';
import type {
  BoundAggregate,
  BoundColumn,
  BoundExpr,
  BoundFrom,
  BoundQuery,
  BoundSelect,
  BoundWindow,
} from './plan.ts';

/** The parts of an expression, subqueries not among them. */
export function childrenOf(expr: BoundExpr): readonly BoundExpr[] {
  switch (expr.kind) {
    case 'Literal':
    case 'Column':
    case 'LambdaParam':
      return [];
    case 'Call':
    case 'Grouping':
      return expr.args;
    case 'Construct':
      return expr.items;
    case 'Cast':
    case 'NullTest':
      return [expr.operand];
    case 'Lambda':
      return [expr.body];
    case 'Case':
      return [
        ...expr.branches.flatMap(({ when, result }) => [when, result]),
        ...(expr.otherwise ? [expr.otherwise] : []),
      ];
    case 'In':
      return [expr.operand, ...expr.items];
    case 'DistinctTest':
      return [expr.left, expr.right];
    case 'QueryExpr':
      return expr.use.kind === 'In' || expr.use.kind === 'Quantified' ? [expr.use.operand] : [];
    case 'Aggregate':
      return aggregateChildren(expr);
    case 'Window':
      return windowChildren(expr);
    default:
      return unreachable(expr);
  }
}

function aggregateChildren({ args, orderBy, filter }: BoundAggregate): readonly BoundExpr[] {
  return [...args, ...orderBy.map((item) => item.expr), ...(filter ? [filter] : [])];
}

function windowChildren(window: BoundWindow): readonly BoundExpr[] {
  const { partitionBy, orderBy, frame } = window.spec;
  const bounds = [frame?.start, frame?.end].flatMap((bound) =>
    bound && bound.kind !== 'CurrentRow' && bound.offset ? [bound.offset] : [],
  );
  return [...aggregateChildren(window.function), ...partitionBy, ...orderBy.map((item) => item.expr), ...bounds];
}

/** Whether any part of the expression is such, the expression itself included; subqueries are not looked into. */
export function someExpr(expr: BoundExpr, test: (part: BoundExpr) => boolean): boolean {
  return test(expr) || childrenOf(expr).some((child) => someExpr(child, test));
}

export interface QueryVisitor {
  expr?(expr: BoundExpr): void;
  from?(from: BoundFrom): void;
  select?(select: BoundSelect): void;
}

/** Visits every expression and FROM item of a query, those of its subqueries and CTEs too. */
export function visitQuery(query: BoundQuery, visitor: QueryVisitor): void {
  for (const cte of query.ctes) visitQuery(cte.query, visitor);
  visitBody(query, visitor);
  for (const item of query.orderBy) if (typeof item.by !== 'number') visitExpr(item.by, visitor);
  for (const bound of [query.limit, query.offset]) if (bound) visitExpr(bound, visitor);
}

function visitBody({ body }: BoundQuery, visitor: QueryVisitor): void {
  switch (body.kind) {
    case 'Nested':
      visitQuery(body.query, visitor);
      break;
    case 'SetOperation':
      visitQuery(body.left, visitor);
      visitQuery(body.right, visitor);
      break;
    case 'Values':
      for (const row of body.rows) for (const expr of row) visitExpr(expr, visitor);
      break;
    case 'Select': {
      visitor.select?.(body);
      if (body.from) visitFrom(body.from, visitor);
      const exprs = [...body.items, body.where, ...(body.groupBy?.exprs ?? []), body.having, body.qualify];
      for (const expr of exprs) if (expr) visitExpr(expr, visitor);
      break;
    }
    default:
      unreachable(body);
  }
}

export function visitExpr(expr: BoundExpr, visitor: QueryVisitor): void {
  visitor.expr?.(expr);
  for (const child of childrenOf(expr)) visitExpr(child, visitor);
  if (expr.kind === 'QueryExpr') visitQuery(expr.query, visitor);
}

function visitFrom(from: BoundFrom, visitor: QueryVisitor): void {
  visitor.from?.(from);
  switch (from.kind) {
    case 'Relation':
    case 'CteRef':
      break;
    case 'Derived':
      visitQuery(from.query, visitor);
      break;
    case 'Series':
      for (const expr of [from.start, from.stop, from.step]) if (expr) visitExpr(expr, visitor);
      break;
    case 'Unnest':
      visitExpr(from.list, visitor);
      break;
    case 'Flatten':
      visitExpr(from.input, visitor);
      break;
    case 'Join':
      visitFrom(from.left, visitor);
      visitFrom(from.right, visitor);
      if (from.on) visitExpr(from.on, visitor);
      break;
    default:
      unreachable(from);
  }
}

/** Parts of a bound node that hold no expressions. */
export const OPAQUE: ReadonlySet<string> = new Set(['source', 'type', 'types', 'columns', 'span', 'value', 'params']);

/** The expression with each of its columns replaced, those in its subqueries too. */
export function mapColumns(expr: BoundExpr, replace: (column: BoundColumn) => BoundExpr): BoundExpr {
  return mapParts(expr, (part) => (isColumn(part) ? replace(part) : undefined));
}

/** The expression with each part replaced that `replace` gives another for, parts of its subqueries too. */
export function mapParts(expr: BoundExpr, replace: (part: object) => BoundExpr | undefined): BoundExpr {
  const map = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return part.map(map);
    const other = replace(part);
    if (other) return other;
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, OPAQUE.has(key) ? value : map(value)]));
  };
  // A bound tree keeps its shape when expressions take the place of expressions.
  return map(expr) as BoundExpr;
}

function isColumn(part: object): part is BoundColumn {
  return 'kind' in part && part.kind === 'Column';
}
