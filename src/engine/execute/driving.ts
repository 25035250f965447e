import { constantOf } from '../bind/build.ts';
import type { BoundExpr, BoundFrom, BoundQuery, BoundRelation } from '../bind/plan.ts';
import { someExpr } from '../bind/walk.ts';

/** A query that gives its rows for each row of one relation alone, so that it may run over a few of them at a time. */
export interface RowWise {
  readonly relation: BoundRelation;
  /** The query without its bounds. */
  readonly query: BoundQuery;
  readonly limit: number | undefined;
  readonly offset: number;
  /** Whether each row of the relation gives exactly one row, so that a limit holds for the scan as well. */
  readonly oneForOne: boolean;
}

export function rowWise(query: BoundQuery): RowWise | undefined {
  const { body, orderBy, ctes } = query;
  if (body.kind !== 'Select' || !body.from || orderBy.length > 0 || ctes.length > 0) return undefined;
  if (body.distinct || body.groupBy || body.having || body.qualify) return undefined;
  const grouped = body.items.some((item) => someExpr(item, ({ kind }) => kind === 'Aggregate' || kind === 'Window'));
  const relation = grouped ? undefined : drivingRelation(body.from);
  const bounds = boundsOf(query);
  if (!relation || !bounds) return undefined;
  return {
    relation,
    query: { ...query, limit: undefined, offset: undefined },
    ...bounds,
    oneForOne: body.from.kind === 'Relation' && body.where === undefined && !body.items.some(spreadsRows),
  };
}

function spreadsRows(item: BoundExpr): boolean {
  return someExpr(item, (part) => part.kind === 'Call' && part.spreads === true);
}

/** The left side, as long as the right ones only multiply its rows. */
function drivingRelation(from: BoundFrom): BoundRelation | undefined {
  if (from.kind === 'Relation') return from;
  if (from.kind !== 'Join' || (from.type !== 'CROSS' && from.type !== 'INNER' && from.type !== 'LEFT'))
    return undefined;
  const { right } = from;
  return right.kind === 'Flatten' || right.kind === 'Unnest' ? drivingRelation(from.left) : undefined;
}

function boundsOf({ limit, offset }: BoundQuery): Pick<RowWise, 'limit' | 'offset'> | undefined {
  const [most, first] = [limit && constantOf(limit), offset && constantOf(offset)];
  if ((limit && typeof most !== 'bigint' && typeof most !== 'number') || (offset && first === undefined))
    return undefined;
  return { limit: limit ? Number(most) : undefined, offset: Number(first ?? 0) };
}
