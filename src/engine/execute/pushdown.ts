import type { BoundBody, BoundExpr, BoundRelation } from '../bind/plan.ts';
import type { Predicate, StatisticValue } from '../formats/format.ts';
import { sameType } from '../types/type.ts';

/** What the WHERE of a query says of single columns of a relation, for skipping what cannot match. */
export function predicatesOn(body: BoundBody, relation: BoundRelation): readonly Predicate[] {
  if (body.kind !== 'Select' || !body.where) return [];
  return conjuncts(body.where).flatMap((expr) => predicateOf(expr, relation) ?? []);
}

export function conjuncts(expr: BoundExpr): readonly BoundExpr[] {
  return expr.kind === 'Call' && expr.name === 'and' ? expr.args.flatMap(conjuncts) : [expr];
}

const OPERATORS: { readonly [name: string]: readonly [Predicate['operator'], Predicate['operator']] } = {
  eq: ['=', '='],
  lt: ['<', '>'],
  lte: ['<=', '>='],
  gt: ['>', '<'],
  gte: ['>=', '<='],
};

function predicateOf(expr: BoundExpr, relation: BoundRelation): Predicate | undefined {
  if (expr.kind === 'NullTest') {
    const column = columnOf(expr.operand, relation);
    return column === undefined ? undefined : { column, operator: expr.negated ? 'IS NOT NULL' : 'IS NULL' };
  }
  const operators = expr.kind === 'Call' ? OPERATORS[expr.name] : undefined;
  if (expr.kind !== 'Call' || !operators) return undefined;
  const [left, right] = expr.args;
  if (!left || !right || !sameType(left.type, right.type)) return undefined;
  return (
    comparison({ column: left, literal: right, operator: operators[0] }, relation) ??
    comparison({ column: right, literal: left, operator: operators[1] }, relation)
  );
}

interface Sides {
  readonly column: BoundExpr;
  readonly literal: BoundExpr;
  readonly operator: Predicate['operator'];
}

function comparison({ column, literal, operator }: Sides, relation: BoundRelation): Predicate | undefined {
  const name = columnOf(unwidened(column), relation);
  if (name === undefined || literal.kind !== 'Literal' || !PRUNABLE.has(literal.type.kind)) return undefined;
  const { value } = literal;
  const simple = typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string';
  return simple ? { column: name, operator, value: value satisfies StatisticValue } : undefined;
}

/** An integer that is cast to a wider one is the same number, and statistics compare numbers of any width. */
function unwidened(expr: BoundExpr): BoundExpr {
  if (expr.kind !== 'Cast') return expr;
  const [from, to] = [INTEGERS.get(expr.operand.type.kind), INTEGERS.get(expr.type.kind)];
  return from && to && from.low >= to.low && from.high <= to.high ? expr.operand : expr;
}

const INTEGERS: ReadonlyMap<string, { readonly low: bigint; readonly high: bigint }> = new Map(
  [8n, 16n, 32n, 64n].flatMap((bits) => [
    [`UInt${bits}`, { low: 0n, high: 2n ** bits - 1n }] as const,
    [`Int${bits}`, { low: -(2n ** (bits - 1n)), high: 2n ** (bits - 1n) - 1n }] as const,
  ]),
);

export const PRUNABLE: ReadonlySet<string> = new Set([
  ...['UInt8', 'UInt16', 'UInt32', 'UInt64', 'Int8', 'Int16', 'Int32', 'Int64'],
  ...['Float32', 'Float64', 'Date', 'Timestamp', 'String'],
]);

/** The name of the relation's column that an expression is; a staged file's own column, not its metadata. */
export function columnOf(expr: BoundExpr, { id, source }: BoundRelation): string | undefined {
  if (expr.kind !== 'Column' || expr.relation !== id) return undefined;
  if (source.kind === 'Staged') return source.access === 'columns' ? source.columns[expr.index]?.name : undefined;
  return source.kind === 'Table' || source.kind === 'Stream' ? expr.name : undefined;
}
