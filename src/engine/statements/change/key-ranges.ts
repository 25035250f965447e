import { collect } from '../../base/async.ts';
import { selectOf } from '../../bind/build-query.ts';
import type { BoundAggregate, BoundExpr, BoundFrom, BoundQuery, BoundRelation } from '../../bind/plan.ts';
import { usedRelations } from '../../execute/columns.ts';
import { columnOf, conjuncts, PRUNABLE } from '../../execute/pushdown.ts';
import type { Predicate } from '../../formats/format.ts';
import { cellReader } from '../../types/cell.ts';
import { isInteger, plain, type SqlType } from '../../types/type.ts';
import type { StatementContext } from '../context.ts';
import { execute } from '../query.ts';

export interface KeyedJoin {
  /** What it stands in. */
  readonly query: BoundQuery;
  readonly conditions: BoundExpr | undefined;
  readonly target: BoundRelation;
  /** The only other thing that the conditions are about. */
  readonly source: BoundFrom | undefined;
}

/**
 * What rows of the target have to satisfy to be joined with one of the source: a column that must equal something of the
 * source lies between the least and the greatest of that. Undefined where nothing can be joined at all.
 */
export async function keyRanges(join: KeyedJoin, ctx: StatementContext): Promise<readonly Predicate[] | undefined> {
  const { source } = join;
  if (source?.kind !== 'Relation') return [];
  const keys = keysOf(join, source);
  if (keys.length === 0) return [];
  const bounds = keys.flatMap(({ value }) => [
    aggregate('min', value, value.type),
    aggregate('max', value, value.type),
  ]);
  const items = [...bounds, ...otherColumns(join, source)];
  const batches = await collect((await execute(selectOf({ items, from: source }), ctx)).batches);
  const row = batches[0];
  const cells = bounds.map(({ type }, index) => {
    const data = row?.data.children[index];
    return data ? cellReader(data, type)(0) : null;
  });
  if (cells.some((cell) => cell === null)) return undefined;
  return keys.flatMap(({ column }, index): Predicate[] => [
    ...predicate(column, '>=', cells[index * 2]),
    ...predicate(column, '<=', cells[index * 2 + 1]),
  ]);
}

function predicate(column: string, operator: '>=' | '<=', value: unknown): Predicate[] {
  const isSimple = typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string';
  return isSimple ? [{ column, operator, value }] : [];
}

interface JoinKey {
  /** Of the target. */
  readonly column: string;
  /** Of the source. */
  readonly value: BoundExpr;
}

function keysOf({ conditions, target }: KeyedJoin, source: BoundRelation): readonly JoinKey[] {
  const all = conditions ? conjuncts(conditions) : [];
  return all.flatMap((expr): JoinKey[] => {
    const [left, right] = expr.kind === 'Call' && expr.name === 'eq' ? expr.args : [];
    if (!left || !right) return [];
    return [...keyOf(left, right), ...keyOf(right, left)];
  });

  function keyOf(mine: BoundExpr, value: BoundExpr): JoinKey[] {
    const column = columnOf(uncast(mine), target);
    const theirs = uncast(value);
    const isTheirs = theirs.kind === 'Column' && theirs.relation === source.id;
    return column !== undefined && isTheirs && PRUNABLE.has(value.type.kind) ? [{ column, value }] : [];
  }
}

/** An integer is the same number in every type of integers. */
function uncast(expr: BoundExpr): BoundExpr {
  const isWidened = expr.kind === 'Cast' && isInteger(expr.type) && isInteger(expr.operand.type);
  return isWidened ? expr.operand : expr;
}

/** With them all that the statement wants of the source is in memory: its files are not read a second time. */
function otherColumns({ query }: KeyedJoin, { id, source, columns }: BoundRelation): readonly BoundExpr[] {
  if (source.kind === 'Rows') return [];
  const used = usedRelations(query).find(({ relation }) => relation.id === id);
  return (used?.columns ?? []).flatMap((index): BoundExpr[] => {
    const column = columns[index];
    if (!column) return [];
    const value: BoundExpr = { kind: 'Column', relation: id, index, ...column, span: { start: 0, end: 0 } };
    return [aggregate('count', value, plain('UInt64'))];
  });
}

function aggregate(name: 'min' | 'max' | 'count', value: BoundExpr, type: SqlType): BoundAggregate {
  const { span } = value;
  const ofAll = { distinct: false, params: [], orderBy: [], filter: undefined };
  return { kind: 'Aggregate', name, lower: `${name}($1)`, args: [value], ...ofAll, type, nullable: true, span };
}
