import { SqlError } from '../base/errors.ts';
import type { Expr, OrderItem } from '../sql/ast.ts';
import type { Select, TableRef } from '../sql/ast-query.ts';
import { plain, type Schema } from '../types/type.ts';
import { nullsFirst } from './aggregate.ts';
import type { Binder, BoundSource, Scope } from './binder.ts';
import { coerce } from './build.ts';
import { bindGroupBy, checkGrouping } from './group.ts';
import { bindItems, type NamedItem } from './items.ts';
import { type BoundPart, outputPosition } from './output.ts';
import type { BoundExpr, BoundQueryOrder, BoundSelect } from './plan.ts';
import { sameExpr, withGroups } from './same-expr.ts';
import { bindSearches, WHERE } from './search.ts';
import { someExpr } from './walk.ts';

export function bindSelect(binder: Binder, select: Select, outer: Scope): BoundPart {
  const source = bindFromList(binder, select.from, outer);
  const windows = new Map(select.windows.map(({ name, spec }) => [name.name, spec]));
  const names: Scope = {
    ...outer,
    outer: outer.outer,
    relations: source?.relations ?? [],
    visible: source?.visible ?? [],
    aliases: new Map(),
    windows,
    searches: [],
  };
  const scope: Scope = { ...names, searches: bindSearches(binder, { where: select.where, from: source?.from }, names) };
  const selected = bindItems(binder, select, { scope, source });
  const aliases = new Map(selected.flatMap(({ alias, expr }) => (alias === undefined ? [] : [[alias, expr] as const])));
  const clauses: Scope = { ...scope, aliases };
  const where = select.where && bindWhere(binder, select.where, clauses);
  const groupBy = select.groupBy && bindGroupBy(binder, select.groupBy, { items: selected, scope: clauses });
  const grouped = (expr: BoundExpr) => withGroups(expr, groupBy?.exprs ?? []);
  const items = selected.map((item) => ({ ...item, expr: grouped(item.expr) }));
  const late: Scope = { ...clauses, aliasesFirst: true };
  const condition = (expr: Expr | undefined, at: Scope) =>
    expr && grouped(coerce(binder, binder.expr(expr, at), plain('Boolean')));
  const body: BoundSelect = {
    kind: 'Select',
    distinct: select.distinct,
    items: items.map((item) => item.expr),
    from: source?.from,
    where,
    groupBy,
    having: condition(select.having, { ...late, without: { windows: 'HAVING clause' } }),
    qualify: condition(select.qualify, late),
  };
  checkGrouping(body);
  const columns = items.map(({ name, expr }) => ({ name, type: expr.type, nullable: expr.nullable }));
  return {
    body,
    columns,
    order: (item) => bindOrderItem(binder, item, { items, columns, scope: late, body, grouped }),
    limit: select.top,
  };
}

/** Comma-separated items are a cross join; a lateral one sees those before it. */
function bindFromList(binder: Binder, refs: readonly TableRef[], outer: Scope): BoundSource | undefined {
  const [first, ...rest] = refs;
  if (!first) return undefined;
  const joined = rest.reduce<TableRef>(
    (left, right) => ({
      kind: 'Join',
      type: 'CROSS',
      left,
      right,
      condition: undefined,
      span: { start: left.span.start, end: right.span.end },
    }),
    first,
  );
  return binder.from(joined, { ...outer, relations: [], visible: [], aliases: new Map() });
}

function bindWhere(binder: Binder, where: Expr, scope: Scope): BoundExpr {
  const bound = binder.expr(where, { ...scope, without: { aggregates: WHERE, windows: WHERE } });
  const misplaced = (expr: BoundExpr) => expr.kind === 'Aggregate' || expr.kind === 'Window';
  if (someExpr(bound, misplaced)) {
    throw new SqlError('SemanticError', "Where clause can't contain aggregate or window functions", {
      span: where.span,
    });
  }
  return coerce(binder, bound, plain('Boolean'));
}

interface OrderPlace {
  readonly items: readonly NamedItem[];
  readonly columns: Schema;
  readonly scope: Scope;
  readonly body: BoundSelect;
  readonly grouped: (expr: BoundExpr) => BoundExpr;
}

/** A position, the name of an output column, or an expression; one that is selected already counts as its position. */
function bindOrderItem(binder: Binder, item: OrderItem, place: OrderPlace): BoundQueryOrder {
  const { items, columns, scope, body } = place;
  const direction = { descending: item.descending, nullsFirst: nullsFirst(binder, item) };
  const position = outputPosition(item.expr, columns);
  if (position !== undefined) return { by: position, ...direction };
  const expr = place.grouped(binder.expr(item.expr, scope));
  const selected = items.findIndex((candidate) => sameExpr(candidate.expr, expr));
  if (selected >= 0) return { by: selected, ...direction };
  if (body.distinct) {
    throw new SqlError('SemanticError', 'for SELECT DISTINCT, ORDER BY expressions must appear in select list', {
      span: item.expr.span,
    });
  }
  checkGrouping({ ...body, items: [...body.items, expr] });
  return { by: expr, ...direction };
}
