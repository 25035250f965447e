import { SqlError } from '../base/errors.ts';
import type { Expr } from '../sql/ast.ts';
import type { GroupBy, GroupItem } from '../sql/ast-query.ts';
import type { Binder, Scope } from './binder.ts';
import type { NamedItem } from './items.ts';
import type { BoundExpr, BoundGroupBy, BoundSelect } from './plan.ts';
import { sameExpr } from './same-expr.ts';
import { childrenOf, someExpr, visitQuery } from './walk.ts';

interface GroupPlace {
  readonly items: readonly NamedItem[];
  readonly scope: Scope;
}

const isAggregate = (expr: BoundExpr) => expr.kind === 'Aggregate';

/** GROUP BY with positions, aliases and ALL resolved; ROLLUP, CUBE and GROUPING SETS as sets of expressions. */
export function bindGroupBy(binder: Binder, groupBy: GroupBy, place: GroupPlace): BoundGroupBy {
  if (groupBy.kind === 'GroupAll') {
    const exprs = place.items
      .map((item) => item.expr)
      .filter((expr) => !someExpr(expr, isAggregate) && expr.kind !== 'Literal');
    return { exprs, sets: undefined };
  }
  const exprs: BoundExpr[] = [];
  const indexOf = (expr: Expr): number => {
    const bound = bindGroupExpr(binder, expr, place);
    const known = exprs.findIndex((candidate) => sameExpr(candidate, bound));
    if (known >= 0) return known;
    exprs.push(bound);
    return exprs.length - 1;
  };
  const sets = groupBy.items
    .map((item) => groupSets(item, indexOf))
    .reduce<readonly (readonly number[])[]>(crossSets, [[]]);
  const isPlain = groupBy.items.every((item) => item.kind === 'GroupExpr');
  return { exprs, sets: isPlain ? undefined : sets };
}

function crossSets(
  left: readonly (readonly number[])[],
  right: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  return left.flatMap((first) => right.map((second) => [...new Set([...first, ...second])]));
}

function groupSets(item: GroupItem, indexOf: (expr: Expr) => number): readonly (readonly number[])[] {
  switch (item.kind) {
    case 'GroupExpr':
      return [[indexOf(item.expr)]];
    case 'GroupingSets':
      return item.sets.map((set) => set.map(indexOf));
    default: {
      const parts = item.items.map((group) => group.map(indexOf));
      return item.kind === 'Rollup' ? rollup(parts) : cube(parts);
    }
  }
}

/** (a, b) → (a, b), (a), (). */
function rollup(parts: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return Array.from({ length: parts.length + 1 }, (_, dropped) => parts.slice(0, parts.length - dropped).flat());
}

/** (a, b) → (a, b), (a), (b), (). */
function cube(parts: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** parts.length }, (_, mask) =>
    parts.filter((_part, index) => (mask & (1 << (parts.length - 1 - index))) === 0).flat(),
  );
}

function bindGroupExpr(binder: Binder, expr: Expr, { items, scope }: GroupPlace): BoundExpr {
  if (expr.kind === 'NumberLiteral' && /^\d+$/.test(expr.text)) {
    const item = items[Number(expr.text) - 1];
    if (!item)
      throw new SqlError('SemanticError', `GROUP BY position ${expr.text} is not in select list`, { span: expr.span });
    return checkGroupExpr(item.expr, expr);
  }
  return checkGroupExpr(
    binder.expr(expr, { ...scope, without: { aggregates: 'GROUP BY', windows: 'GROUP BY' } }),
    expr,
  );
}

function checkGroupExpr(bound: BoundExpr, { span }: Expr): BoundExpr {
  if (!someExpr(bound, (part) => part.kind === 'Aggregate' || part.kind === 'Window')) return bound;
  throw new SqlError('SemanticError', "GROUP BY items can't contain aggregate functions or window functions", { span });
}

/** In a grouped SELECT a column outside aggregates must be one of the group's expressions. */
export function checkGrouping(select: BoundSelect): void {
  const { items, having, qualify, groupBy } = select;
  const exprs = [...items, ...(having ? [having] : []), ...(qualify ? [qualify] : [])];
  if (!groupBy && !having && !exprs.some((expr) => someExpr(expr, isAggregate))) return;
  for (const expr of exprs) checkGrouped(expr, groupBy?.exprs ?? [], select);
}

function checkGrouped(expr: BoundExpr, groups: readonly BoundExpr[], select: BoundSelect): void {
  if (expr.kind === 'Aggregate' || groups.some((group) => sameExpr(group, expr))) return;
  checkOuterColumn(expr, groups, select);
  if (expr.kind === 'QueryExpr') visitQuery(expr.query, { expr: (part) => checkOuterColumn(part, groups, select) });
  // The function of a window is no aggregate of the group: its arguments are checked like everything else.
  for (const child of childrenOf(expr)) checkGrouped(child, groups, select);
}

/** Throws for a column of this FROM, which a subquery may name too. */
function checkOuterColumn(expr: BoundExpr, groups: readonly BoundExpr[], select: BoundSelect): void {
  if (expr.kind !== 'Column' || groups.some((group) => sameExpr(group, expr))) return;
  if (!ownRelations(select).has(expr.relation)) return;
  const message = `column "${expr.name}" must appear in the GROUP BY clause or be used in an aggregate function`;
  throw new SqlError('SemanticError', message, { span: expr.span });
}

/** Ids of the relations of this FROM; columns of queries around are constants here. */
function ownRelations({ from }: BoundSelect): ReadonlySet<number> {
  const ids = new Set<number>();
  const visit = (node: BoundSelect['from']): void => {
    if (!node) return;
    if (node.kind !== 'Join') {
      ids.add(node.id);
      return;
    }
    visit(node.left);
    visit(node.right);
  };
  visit(from);
  return ids;
}
