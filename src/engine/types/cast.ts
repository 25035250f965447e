import { asDecimal, integerDigits, integerOf } from './arithmetic.ts';
import {
  type IntegerKind,
  integerRange,
  integerWidth,
  isFloat,
  isInteger,
  isNumeric,
  isUnsigned,
  type SqlType,
  sameType,
} from './type.ts';

/** Where Databend casts by itself (types-and-functions §2.1). */

/**
 * The type that CASE, COALESCE, IN, UNION, array literals and comparisons bring two types to;
 * undefined when there is none.
 */
export function commonSuperType(a: SqlType, b: SqlType): SqlType | undefined {
  if (sameType(a, b)) return a;
  if (a.kind === 'Null') return b;
  if (b.kind === 'Null') return a;
  return numericSuperType(a, b) ?? mixedSuperType(a, b) ?? mixedSuperType(b, a) ?? nestedSuperType(a, b);
}

export function commonSuperTypeOf(types: readonly SqlType[]): SqlType | undefined {
  return types.reduce<SqlType | undefined>((all, type) => all && commonSuperType(all, type), { kind: 'Null' });
}

function numericSuperType(a: SqlType, b: SqlType): SqlType | undefined {
  if (!isNumeric(a) || !isNumeric(b)) return undefined;
  if (isInteger(a) && isInteger(b)) return integerSuperType(a.kind, b.kind);
  if (isFloat(a) || isFloat(b)) return floatSuperType(a, b);
  const [left, right] = [asDecimal(a), asDecimal(b)];
  return left && right && decimalSuperType(left, right);
}

function integerSuperType(a: IntegerKind, b: IntegerKind): SqlType {
  const [left, right] = [integerWidth(a), integerWidth(b)];
  if (isUnsigned({ kind: a }) === isUnsigned({ kind: b }))
    return integerOf(Math.max(left, right), !isUnsigned({ kind: a }));
  const [signed, unsigned] = isUnsigned({ kind: a }) ? [right, left] : [left, right];
  return integerOf(signed > unsigned ? signed : unsigned * 2, true);
}

function floatSuperType(a: SqlType, b: SqlType): SqlType {
  const holdsFloat32 = (type: SqlType) =>
    type.kind === 'Float32' || type.kind === 'Decimal' || (isInteger(type) && integerWidth(type.kind) <= 2);
  return { kind: holdsFloat32(a) && holdsFloat32(b) ? 'Float32' : 'Float64' };
}

type Decimal = SqlType & { readonly kind: 'Decimal' };

function decimalSuperType(a: Decimal, b: Decimal): SqlType {
  const scale = Math.max(a.scale, b.scale);
  const leading = Math.max(a.precision - a.scale, b.precision - b.scale);
  const cap = a.precision <= 38 && b.precision <= 38 ? 38 : 76;
  return { kind: 'Decimal', precision: Math.min(leading + scale, cap), scale };
}

/** Text with anything else, and the pairs of times. */
function mixedSuperType(a: SqlType, b: SqlType): SqlType | undefined {
  if (a.kind === 'Date' && b.kind === 'Timestamp') return b;
  if ((a.kind === 'Date' || a.kind === 'Timestamp') && b.kind === 'TimestampTz') return b;
  if (a.kind === 'Variant' && b.kind !== 'Geometry' && b.kind !== 'Geography') return a;
  if (a.kind === 'Array' && b.kind === 'Vector') return b;
  if (a.kind !== 'String') return undefined;
  if (isInteger(b)) return { kind: 'Decimal', precision: 38, scale: 5 };
  return TEXT_READS_AS.includes(b.kind) ? b : undefined;
}

const TEXT_READS_AS: readonly SqlType['kind'][] = [
  'Float32',
  'Float64',
  'Decimal',
  'Boolean',
  'Date',
  'Timestamp',
  'TimestampTz',
  'Interval',
  'Binary',
  'Bitmap',
];

function nestedSuperType(a: SqlType, b: SqlType): SqlType | undefined {
  if (a.kind === 'Array' && b.kind === 'Array') {
    const element = commonSuperType(a.element, b.element);
    return element && { kind: 'Array', element };
  }
  if (a.kind === 'Map' && b.kind === 'Map') {
    const [key, value] = [commonSuperType(a.key, b.key), commonSuperType(a.value, b.value)];
    return key && value && { kind: 'Map', key, value };
  }
  if (a.kind !== 'Tuple' || b.kind !== 'Tuple' || a.fields.length !== b.fields.length) return undefined;
  const fields = a.fields.map((field, index) => {
    const other = b.fields[index];
    const type = other && commonSuperType(field.type, other.type);
    return type && { name: field.name, type };
  });
  return fields.every((field) => field !== undefined) ? { kind: 'Tuple', fields } : undefined;
}

/** In comparisons a number may also stand against a boolean. */
export function comparisonType(a: SqlType, b: SqlType): SqlType | undefined {
  if (a.kind === 'Boolean' && isNumeric(b)) return a;
  if (b.kind === 'Boolean' && isNumeric(a)) return b;
  return commonSuperType(a, b);
}

/**
 * What an argument of one type costs when a parameter wants another: 0 for the same, more for each step away,
 * undefined where no implicit cast leads.
 */
export function autoCastCost(from: SqlType, to: SqlType): number | undefined {
  if (sameType(from, to)) return 0;
  if (from.kind === 'Null') return 1;
  if (isNumeric(from) && isNumeric(to)) return numericCastCost(from, to);
  if (from.kind === 'Variant') return VARIANT_READS_AS.includes(to.kind) || isNumeric(to) ? 40 : undefined;
  if (from.kind === 'String') return textCastCost(to);
  if (to.kind === 'Boolean') return isNumeric(from) ? 20 : undefined;
  return toTextCost(from, to) ?? timeCastCost(from, to) ?? nestedCastCost(from, to);
}

function toTextCost(from: SqlType, to: SqlType): number | undefined {
  return to.kind === 'String' && (isNumeric(from) || STRING_TAKES.includes(from.kind)) ? 30 : undefined;
}

function timeCastCost(from: SqlType, to: SqlType): number | undefined {
  if (from.kind === 'Date' && to.kind === 'Timestamp') return 2;
  return (from.kind === 'Date' || from.kind === 'Timestamp') && to.kind === 'TimestampTz' ? 3 : undefined;
}

const VARIANT_READS_AS: readonly SqlType['kind'][] = ['Boolean', 'Date', 'Timestamp', 'String'];
const STRING_TAKES: readonly SqlType['kind'][] = ['Boolean', 'Date', 'Timestamp', 'TimestampTz', 'Interval'];

function numericCastCost(from: SqlType, to: SqlType): number | undefined {
  if (isInteger(from) && isInteger(to)) return integerCastCost(from.kind, to.kind);
  if (to.kind === 'Float64') return 6;
  if (to.kind === 'Float32') return isInteger(from) && integerWidth(from.kind) <= 2 ? 7 : undefined;
  if (to.kind !== 'Decimal') return undefined;
  const source = asDecimal(from);
  if (!source) return undefined;
  return source.precision - source.scale <= to.precision - to.scale && source.scale <= to.scale ? 5 : undefined;
}

function integerCastCost(from: IntegerKind, to: IntegerKind): number | undefined {
  const [low, high] = integerRange(from);
  const [least, greatest] = integerRange(to);
  const fits = low >= least && high <= greatest;
  if (fits)
    return integerWidth(to) - integerWidth(from) + (isUnsigned({ kind: from }) === isUnsigned({ kind: to }) ? 1 : 2);
  return from === 'UInt64' && to === 'Int64' ? 5 : undefined;
}

function textCastCost(to: SqlType): number | undefined {
  if (isInteger(to)) return to.kind === 'Int64' || to.kind === 'UInt64' ? 24 : undefined;
  if (isFloat(to)) return 22;
  if (to.kind === 'Decimal') return 23;
  return TEXT_READS_AS.includes(to.kind) ? 21 : undefined;
}

function nestedCastCost(from: SqlType, to: SqlType): number | undefined {
  if (from.kind === 'Array' && to.kind === 'Array') return autoCastCost(from.element, to.element);
  if (from.kind === 'Array' && to.kind === 'Vector')
    return autoCastCost(from.element, { kind: 'Float64' }) === undefined ? undefined : 8;
  if (from.kind === 'Vector' && to.kind === 'Array') return isFloat(to.element) ? 9 : undefined;
  if (from.kind === 'Map' && to.kind === 'Map') {
    const [key, value] = [autoCastCost(from.key, to.key), autoCastCost(from.value, to.value)];
    return key === undefined || value === undefined ? undefined : key + value;
  }
  return undefined;
}

/** The smallest type that holds an integer, as Databend types literals; a DECIMAL beyond 64 bits. */
export function integerLiteralType(value: bigint): SqlType {
  const kinds: readonly IntegerKind[] =
    value < 0n ? ['Int8', 'Int16', 'Int32', 'Int64'] : ['UInt8', 'UInt16', 'UInt32', 'UInt64'];
  const kind = kinds.find((candidate) => {
    const [low, high] = integerRange(candidate);
    return value >= low && value <= high;
  });
  if (kind) return { kind };
  return {
    kind: 'Decimal',
    precision: Math.max(String(value).replace('-', '').length, integerDigits('Int64')),
    scale: 0,
  };
}
