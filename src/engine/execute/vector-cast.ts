import { type Data, DataType, Float32 } from 'apache-arrow';
import { arrowType } from '../types/arrow.ts';
import { columnData } from '../types/build/column.ts';
import { type IntegerKind, integerRange, integerWidth, isInteger, type SqlType, sameType } from '../types/type.ts';

/** A column as another type; undefined where a value needs more than this, or cannot be cast at all. */
export type VectorCast = (data: Data) => Data | undefined;

/**
 * The casts of whole vectors that need no DuckDB: those that lose nothing. Whoever calls one takes the batch elsewhere
 * when it gives up, so that errors and roundings stay in one place.
 */
export function vectorCast(from: SqlType, to: SqlType): VectorCast | undefined {
  if (sameType(from, to)) return (data) => data;
  const cast = plainVectorCast(from, to);
  return cast && ((data) => (DataType.isDictionary(data.type) ? undefined : cast(data)));
}

function plainVectorCast(from: SqlType, to: SqlType): VectorCast | undefined {
  if (isInteger(from) && isInteger(to)) return (data) => integersAs(data, from.kind, to.kind);
  if (isInteger(from) && to.kind === 'Float64') return doublesFrom(from.kind);
  if (from.kind === 'Float32' && to.kind === 'Float64') return doublesFrom('Float32');
  if (to.kind === 'Vector' && from.kind === 'Array') return vectorsOf(from.element, to.dimension);
  return undefined;
}

/** What a cast leaves as it is. */
function validityOf({ length, nullCount, nullBitmap }: Data): Pick<Data, 'length' | 'nullCount' | 'nullBitmap'> {
  return { length, nullCount, nullBitmap };
}

function integersAs(data: Data, from: IntegerKind, to: IntegerKind): Data | undefined {
  const values = data.values.subarray(0, data.length);
  const made = integerWidth(to) === 8 ? wideIntegers(values, from, to) : narrowIntegers(values, from, to);
  return made && columnData({ ...validityOf(data), type: arrowType({ kind: to }), data: made });
}

type NumberValues = Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array;
type WideValues = BigInt64Array | BigUint64Array;

const NARROW = {
  Int8: Int8Array,
  Int16: Int16Array,
  Int32: Int32Array,
  UInt8: Uint8Array,
  UInt16: Uint16Array,
  UInt32: Uint32Array,
} as const;

/** What stands where a value is NULL counts too: at worst a batch is taken elsewhere for nothing. */
function narrowIntegers(
  values: NumberValues | WideValues,
  from: IntegerKind,
  to: IntegerKind,
): NumberValues | undefined {
  if (to === 'Int64' || to === 'UInt64') return undefined;
  const numbers = isWide(values) ? doublesOf(values, from) : values;
  if (contains(to, from)) return new NARROW[to](numbers);
  const [least, greatest] = integerRange(to).map(Number);
  if (least === undefined || greatest === undefined) return undefined;
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row] ?? 0;
    if (value < least || value > greatest) return undefined;
  }
  return new NARROW[to](numbers);
}

function isWide(values: NumberValues | WideValues): values is WideValues {
  return values instanceof BigInt64Array || values instanceof BigUint64Array;
}

function wideIntegers(values: NumberValues | WideValues, from: IntegerKind, to: IntegerKind): WideValues | undefined {
  const words = isWide(values) ? new Int32Array(values.slice().buffer) : widened(values);
  if (!contains(to, from)) {
    // Only the sign tells them apart.
    for (let at = 1; at < words.length; at += 2) if ((words[at] ?? 0) < 0) return undefined;
  }
  return to === 'Int64' ? new BigInt64Array(words.buffer) : new BigUint64Array(words.buffer);
}

/** Low and high words of 64-bit integers. */
function widened(values: NumberValues): Int32Array<ArrayBuffer> {
  const words = new Int32Array(values.length * 2);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? 0;
    words[row * 2] = value;
    words[row * 2 + 1] = value < 0 ? -1 : 0;
  }
  return words;
}

/** Without a bigint for each value; those beyond 53 bits are rounded to the nearest, as any cast does. */
function doublesOf({ buffer, byteOffset, length }: WideValues, from: IntegerKind): Float64Array<ArrayBuffer> {
  const words = new Int32Array(buffer, byteOffset, length * 2);
  const doubles = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    const high = words[row * 2 + 1] ?? 0;
    doubles[row] = (from === 'UInt64' ? high >>> 0 : high) * 2 ** 32 + ((words[row * 2] ?? 0) >>> 0);
  }
  return doubles;
}

function contains(outer: IntegerKind, inner: IntegerKind): boolean {
  const [[least, greatest], [from, to]] = [integerRange(outer), integerRange(inner)];
  return least <= from && to <= greatest;
}

function doublesFrom(kind: IntegerKind | 'Float32'): VectorCast {
  return (data) => {
    const values: NumberValues | Float32Array | WideValues = data.values.subarray(0, data.length);
    const wide = kind !== 'Float32' && (values instanceof BigInt64Array || values instanceof BigUint64Array);
    const doubles = wide ? doublesOf(values, kind) : new Float64Array(values as NumberValues | Float32Array);
    return columnData({ ...validityOf(data), type: arrowType({ kind: 'Float64' }), data: doubles });
  };
}

/** Lists of floats that all have the vector's dimension and no NULL in them. */
function vectorsOf(element: SqlType, dimension: number): VectorCast | undefined {
  if (element.kind !== 'Float32' && element.kind !== 'Float64') return undefined;
  return (data) => {
    const [items] = data.children;
    if (!items || items.nullCount > 0 || !(DataType.isList(data.type) || DataType.isFixedSizeList(data.type)))
      return undefined;
    const offsets = DataType.isList(data.type) ? data.valueOffsets : evenOffsets(data.length, data.type.listSize);
    const values = evenValues(items.values, { offsets, dimension, data });
    if (!values) return undefined;
    const child = columnData({ type: new Float32(), length: values.length, nullCount: 0, data: values });
    return columnData({ ...validityOf(data), type: arrowType({ kind: 'Vector', dimension }), child });
  };
}

function evenOffsets(length: number, size: number): Int32Array {
  return Int32Array.from({ length: length + 1 }, (_, row) => row * size);
}

interface Lists {
  readonly offsets: Int32Array;
  readonly dimension: number;
  readonly data: Data;
}

function evenValues(
  values: Float32Array | Float64Array,
  { offsets, dimension, data }: Lists,
): Float32Array | undefined {
  const even = new Float32Array(data.length * dimension);
  for (let row = 0; row < data.length; row++) {
    if (!data.getValid(row)) continue;
    const [start = 0, end = 0] = [offsets[row], offsets[row + 1]];
    if (end - start !== dimension) return undefined;
    even.set(values.subarray(start, end), row * dimension);
  }
  return even;
}
