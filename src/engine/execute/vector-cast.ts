import { type Data, DataType, Float32 } from 'apache-arrow';
import { arrowType } from '../types/arrow.ts';
import { columnData } from '../types/build/column.ts';
import { type IntegerKind, integerRange, isInteger, type SqlType, sameType } from '../types/type.ts';

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
  if (to.kind === 'Float64' && (from.kind === 'Float32' || isInteger(from))) return numbersAsDoubles;
  if (to.kind === 'Vector' && from.kind === 'Array') return vectorsOf(from.element, to.dimension);
  return undefined;
}

/** What a cast leaves as it is. */
function validityOf({ length, nullCount, nullBitmap }: Data): Pick<Data, 'length' | 'nullCount' | 'nullBitmap'> {
  return { length, nullCount, nullBitmap };
}

const ARRAYS = {
  Int8: Int8Array,
  Int16: Int16Array,
  Int32: Int32Array,
  Int64: BigInt64Array,
  UInt8: Uint8Array,
  UInt16: Uint16Array,
  UInt32: Uint32Array,
  UInt64: BigUint64Array,
} as const;

function integersAs(data: Data, from: IntegerKind, to: IntegerKind): Data | undefined {
  const values = data.values.subarray(0, data.length);
  const type = arrowType({ kind: to });
  const isWide = values instanceof BigInt64Array || values instanceof BigUint64Array;
  const wants64 = to === 'Int64' || to === 'UInt64';
  if (!contains(to, from) && !fits(values, to)) return undefined;
  if (isWide === wants64) return columnData({ ...validityOf(data), type, data: ARRAYS[to].from(values) });
  if (wants64) return columnData({ ...validityOf(data), type, data: ARRAYS[to].from(values, BigInt) });
  return columnData({ ...validityOf(data), type, data: ARRAYS[to].from(lowWords(values)) });
}

/** 64-bit integers that are known to fit in 32 bits. */
function lowWords({ buffer, byteOffset, length }: BigInt64Array): Float64Array {
  const words = new Int32Array(buffer, byteOffset, length * 2);
  return Float64Array.from({ length }, (_, row) => (words[row * 2 + 1] ?? 0) * 2 ** 32 + ((words[row * 2] ?? 0) >>> 0));
}

function contains(outer: IntegerKind, inner: IntegerKind): boolean {
  const [[least, greatest], [from, to]] = [integerRange(outer), integerRange(inner)];
  return least <= from && to <= greatest;
}

/** What stands where a value is NULL counts too: at worst a batch is taken elsewhere for nothing. */
function fits(values: ArrayLike<number | bigint>, to: IntegerKind): boolean {
  const [least, greatest] = integerRange(to);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? 0;
    if (value < least || value > greatest) return false;
  }
  return true;
}

function numbersAsDoubles(data: Data): Data {
  const values: ArrayLike<number | bigint> = data.values.subarray(0, data.length);
  const type = arrowType({ kind: 'Float64' });
  return columnData({ ...validityOf(data), type, data: Float64Array.from(values, Number) });
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
