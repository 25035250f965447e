import { type IntegerKind, integerWidth, isFloat, isInteger, isUnsigned, type SqlType } from './type.ts';

/** Result types of Databend's arithmetic: integers widen, so that 8 to 32 bits never overflow; the rest below. */

const SIGNED_BY_WIDTH: { readonly [width: number]: IntegerKind } = { 1: 'Int8', 2: 'Int16', 4: 'Int32', 8: 'Int64' };
const UNSIGNED_BY_WIDTH: { readonly [width: number]: IntegerKind } = {
  1: 'UInt8',
  2: 'UInt16',
  4: 'UInt32',
  8: 'UInt64',
};

/** The integer type of a width in bytes; more than 8 is 8. */
export function integerOf(width: number, signed: boolean): SqlType {
  const kind = (signed ? SIGNED_BY_WIDTH : UNSIGNED_BY_WIDTH)[Math.min(width, 8)];
  return { kind: kind ?? 'Int64' };
}

const FLOAT64: SqlType = { kind: 'Float64' };

/** `+` and `*`. */
export function plusType(left: SqlType, right: SqlType): SqlType {
  if (!isInteger(left) || !isInteger(right)) return FLOAT64;
  const width = Math.max(integerWidth(left.kind), integerWidth(right.kind));
  return integerOf(width * 2, !isUnsigned(left) || !isUnsigned(right));
}

/** Binary `-`. */
export function minusType(left: SqlType, right: SqlType): SqlType {
  if (!isInteger(left) || !isInteger(right)) return FLOAT64;
  return integerOf(Math.max(integerWidth(left.kind), integerWidth(right.kind)) * 2, true);
}

/** `DIV` and `//`. A float counts as the signed integer of its width, a decimal as 64 bits. */
export function divType(left: SqlType, right: SqlType): SqlType {
  const [a, b] = [asInteger(left), asInteger(right)];
  return integerOf(Math.max(integerWidth(a), integerWidth(b)), !a.startsWith('U') || !b.startsWith('U'));
}

function asInteger(type: SqlType): IntegerKind {
  if (isInteger(type)) return type.kind;
  return type.kind === 'Float32' ? 'Int32' : 'Int64';
}

/** `%`: as wide as the divisor, signed as the dividend. */
export function moduloType(left: SqlType, right: SqlType): SqlType {
  if (!isInteger(left) || !isInteger(right)) return FLOAT64;
  const width = integerWidth(right.kind);
  return isUnsigned(left) ? integerOf(width, false) : integerOf(width * 2, true);
}

/** Unary `-`. */
export function negateType(type: SqlType): SqlType {
  return isInteger(type) ? integerOf(integerWidth(type.kind) * 2, true) : type;
}

/** Digits that any value of an integer type fits into, as a decimal of scale 0. */
export function integerDigits(kind: IntegerKind): number {
  if (kind === 'UInt64') return 20;
  return { 1: 3, 2: 5, 4: 10, 8: 19 }[integerWidth(kind)];
}

type Decimal = SqlType & { readonly kind: 'Decimal' };

/** An integer as a decimal of scale 0; undefined for what is neither integer nor decimal. */
export function asDecimal(type: SqlType): Decimal | undefined {
  if (type.kind === 'Decimal') return type;
  return isInteger(type) ? { kind: 'Decimal', precision: integerDigits(type.kind), scale: 0 } : undefined;
}

export type DecimalOperator = 'plus' | 'minus' | 'multiply' | 'divide' | 'modulo';

/** Precision and scale of an operation on decimals (integers count with scale 0). */
export function decimalType(operator: DecimalOperator, left: Decimal, right: Decimal): Decimal {
  const [l1, l2] = [left.precision - left.scale, right.precision - right.scale];
  const scale = decimalScale(operator, left.scale, right.scale);
  const precision = {
    plus: Math.max(l1, l2) + scale + 1,
    minus: Math.max(l1, l2) + scale + 1,
    multiply: l1 + l2 + scale,
    divide: l1 + right.scale + scale,
    modulo: Math.max(l1, l2) + scale,
  }[operator];
  const cap = left.precision <= 38 && right.precision <= 38 ? 38 : 76;
  return { kind: 'Decimal', precision: Math.min(precision, cap), scale: Math.min(scale, cap) };
}

function decimalScale(operator: DecimalOperator, s1: number, s2: number): number {
  if (operator === 'multiply') return Math.min(s1 + s2, Math.max(s1, s2, 12));
  if (operator === 'divide') return Math.max(s1, Math.min(s1 + 6, 12));
  return Math.max(s1, s2);
}

/** Whether either side is a float (or text that reads as one): the operation is done in DOUBLE. */
export function involvesFloat(left: SqlType, right: SqlType): boolean {
  return isFloat(left) || isFloat(right);
}
