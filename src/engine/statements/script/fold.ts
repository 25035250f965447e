import { own } from '../../base/own.ts';
import type { TypedValue } from '../../bind/binder.ts';
import type { BoundExpr, BoundQuery } from '../../bind/plan.ts';
import type { Cell } from '../../types/cell.ts';
import { isInteger, plain, sameType } from '../../types/type.ts';

/**
 * The values of a SELECT without FROM that can be told without the database: most of what a script computes in its
 * loops. The binder has folded arithmetic on constants already; comparisons and logic are left.
 */
export function foldedValues({ body, ctes }: BoundQuery): readonly TypedValue[] | undefined {
  if (body.kind !== 'Select' || body.from || body.where || body.groupBy || ctes.length > 0) return undefined;
  const values = body.items.map(folded);
  return values.every((value) => value !== undefined) ? values : undefined;
}

function folded(expr: BoundExpr): TypedValue | undefined {
  if (expr.kind === 'Literal') return { type: expr.type, value: expr.value };
  if (expr.kind !== 'Call') return undefined;
  const args = expr.args.map(folded);
  const [left, right] = args;
  if (!left || args.some((arg) => arg === undefined)) return undefined;
  const value = right ? compared(expr.name, left, right) : negated(expr.name, left);
  return value === undefined ? undefined : { type: plain('Boolean'), value };
}

function negated(name: string, { value }: TypedValue): boolean | undefined {
  return name === 'not' && typeof value === 'boolean' ? !value : undefined;
}

type Compare = (order: number) => boolean;

const COMPARISONS: { readonly [name: string]: Compare } = {
  eq: (order) => order === 0,
  noteq: (order) => order !== 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
};

function compared(name: string, left: TypedValue, right: TypedValue): boolean | undefined {
  if (typeof left.value === 'boolean' && typeof right.value === 'boolean') {
    if (name === 'and') return left.value && right.value;
    return name === 'or' ? left.value || right.value : undefined;
  }
  const compare = own(COMPARISONS, name);
  const order = orderOf(left, right);
  return compare && order !== undefined ? compare(order) : undefined;
}

/** Of whole numbers, and of equal texts: the order of others is the database's to tell. */
function orderOf(left: TypedValue, right: TypedValue): number | undefined {
  if (isInteger(left.type) && isInteger(right.type)) {
    const [a, b] = [integerOf(left.value), integerOf(right.value)];
    if (a === undefined || b === undefined) return undefined;
    if (a === b) return 0;
    return a < b ? -1 : 1;
  }
  const isSame = sameType(left.type, right.type) && left.type.kind === 'String' && left.value !== null;
  return isSame && left.value === right.value ? 0 : undefined;
}

function integerOf(value: Cell): bigint | undefined {
  return typeof value === 'bigint' || typeof value === 'number' ? BigInt(value) : undefined;
}
