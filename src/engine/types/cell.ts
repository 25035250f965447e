import { type Data, DataType, type Dictionary, type FixedSizeList } from 'apache-arrow';
import { SqlError, unreachable } from '../base/errors.ts';
import { MAX_DECIMAL128_PRECISION } from './arrow.ts';
import { parseDecimal } from './decimal.ts';
import { textBlocks } from './text-block.ts';
import type { SqlType } from './type.ts';

/**
 * One value, exactly: DATE as days, TIMESTAMP as microseconds, DECIMAL unscaled, 64-bit integers as bigint,
 * VARIANT as JSON text, GEOMETRY and GEOGRAPHY as their bytes, ARRAY, TUPLE, VECTOR and BITMAP as lists,
 * MAP as a list of pairs.
 */
export type Cell =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | TimestampTzCell
  | IntervalCell
  | readonly Cell[];

export interface TimestampTzCell {
  readonly micros: bigint;
  readonly offsetSeconds: number;
}

export interface IntervalCell {
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;
}

export type CellReader = (row: number) => Cell;

/**
 * Reads the cells of one Arrow column. Goes to the buffers itself: Arrow's own getters give timestamps as
 * floating-point milliseconds and intervals wrongly.
 */
export function cellReader(data: Data, type: SqlType): CellReader {
  const read = valueReader(data, type);
  if (DataType.isNull(data.type)) return () => null;
  if (data.nullCount === 0) return read;
  return (row) => (data.getValid(row) ? read(row) : null);
}

function valueReader(data: Data, type: SqlType): CellReader {
  if (DataType.isDictionary(data.type)) return dictionaryReader(data as Data<Dictionary>, type);
  switch (type.kind) {
    case 'Null':
      return () => null;
    case 'Boolean':
      return bitReader(data);
    case 'String':
    case 'Variant':
      return textReader(data);
    case 'Binary':
    case 'Geometry':
    case 'Geography':
      return bytesReader(data);
    case 'Decimal':
      return decimalReader(data, type.precision, type.scale);
    case 'Interval':
      return intervalReader(data);
    case 'TimestampTz':
      return timestampTzReader(data);
    case 'Array':
      return listReader(data, type.element);
    case 'Bitmap':
      return listReader(data, { kind: 'UInt64' });
    case 'Vector':
      return listReader(data, { kind: 'Float32' });
    case 'Map':
      return mapReader(data, type.key, type.value);
    case 'Tuple':
      return tupleReader(
        data,
        type.fields.map((field) => field.type),
      );
    case 'Int64':
    case 'UInt64':
    case 'Timestamp':
      return wideReader(data);
    default:
      return numberReader(data);
  }
}

function dictionaryReader(data: Data<Dictionary>, type: SqlType): CellReader {
  const chunk = data.dictionary?.data[0];
  if (!chunk || data.dictionary?.data.length !== 1) {
    throw new SqlError('Internal', 'a dictionary column came without its dictionary');
  }
  const values = cellReader(chunk, type);
  const keys = data.values as ArrayLike<number | bigint>;
  return (row) => values(Number(keys[row]));
}

function bitReader(data: Data): CellReader {
  const bits = data.values as Uint8Array;
  const { offset } = data;
  return (row) => ((bits[(offset + row) >> 3] ?? 0) & (1 << ((offset + row) & 7))) !== 0;
}

function numberReader(data: Data): CellReader {
  const values = data.values as ArrayLike<number | bigint>;
  return (row) => {
    const value = values[row] ?? 0;
    return typeof value === 'bigint' ? Number(value) : value;
  };
}

function wideReader(data: Data): CellReader {
  const values = data.values as ArrayLike<number | bigint>;
  return (row) => BigInt(values[row] ?? 0);
}

const decoder = new TextDecoder();

/** The bytes of value `row` of a Utf8, Binary, their large forms or FixedSizeBinary, without a copy. */
export function bytesAt(data: Data): (row: number) => Uint8Array {
  const bytes = data.values as Uint8Array;
  if (DataType.isFixedSizeBinary(data.type)) {
    const width = data.type.byteWidth;
    return (row) => bytes.subarray(row * width, (row + 1) * width);
  }
  const offsets = data.valueOffsets as ArrayLike<number | bigint>;
  return (row) => bytes.subarray(Number(offsets[row]), Number(offsets[row + 1]));
}

function textReader(data: Data): (row: number) => string {
  const at = bytesAt(data);
  const one = (row: number) => decoder.decode(at(row));
  if (DataType.isFixedSizeBinary(data.type)) return one;
  return textBlocks({ bytes: data.values, offsets: data.valueOffsets, length: data.length }, one);
}

function bytesReader(data: Data): CellReader {
  return bytesAt(data);
}

function decimalReader(data: Data, precision: number, scale: number): CellReader {
  if (precision > MAX_DECIMAL128_PRECISION) {
    const text = textReader(data);
    return (row) => parseDecimal(String(text(row)), scale) ?? null;
  }
  const words = data.values as Uint32Array | Int32Array;
  const view = new DataView(words.buffer, words.byteOffset, words.byteLength);
  return (row) => (view.getBigInt64(row * 16 + 8, true) << 64n) | view.getBigUint64(row * 16, true);
}

function intervalReader(data: Data): CellReader {
  const words = data.values as Int32Array;
  const view = new DataView(words.buffer, words.byteOffset, words.byteLength);
  return (row) => ({
    months: view.getInt32(row * 16, true),
    days: view.getInt32(row * 16 + 4, true),
    micros: view.getBigInt64(row * 16 + 8, true) / 1000n,
  });
}

function timestampTzReader(data: Data): CellReader {
  const micros = wideReader(childOf(data, 0));
  const offset = numberReader(childOf(data, 1));
  return (row) => ({ micros: BigInt(micros(row) as bigint), offsetSeconds: Number(offset(row)) });
}

function childOf(data: Data, index: number): Data {
  const child = data.children[index];
  if (!child) throw new SqlError('Internal', `an Arrow column has no child ${index}`);
  return child;
}

/** Where the elements of row `row` start and end in the child column. */
export function listBounds(data: Data): (row: number) => readonly [number, number] {
  if (DataType.isFixedSizeList(data.type)) {
    const size = (data.type as FixedSizeList).listSize;
    return (row) => [row * size, (row + 1) * size];
  }
  const offsets = data.valueOffsets as ArrayLike<number | bigint>;
  return (row) => [Number(offsets[row]), Number(offsets[row + 1])];
}

function listReader(data: Data, element: SqlType): CellReader {
  const bounds = listBounds(data);
  const read = cellReader(childOf(data, 0), element);
  return (row) => {
    const [start, end] = bounds(row);
    return Array.from({ length: end - start }, (_, index) => read(start + index));
  };
}

function mapReader(data: Data, key: SqlType, value: SqlType): CellReader {
  const bounds = listBounds(data);
  const entries = childOf(data, 0);
  const readKey = cellReader(childOf(entries, 0), key);
  const readValue = cellReader(childOf(entries, 1), value);
  return (row) => {
    const [start, end] = bounds(row);
    return Array.from({ length: end - start }, (_, index) => [readKey(start + index), readValue(start + index)]);
  };
}

function tupleReader(data: Data, types: readonly SqlType[]): CellReader {
  const readers = types.map((type, index) => cellReader(childOf(data, index), type));
  return (row) => readers.map((read) => read(row));
}

/** The zero value that a NOT NULL column without default takes. */
export function zeroCell(type: SqlType): Cell {
  switch (type.kind) {
    case 'Null':
      return null;
    case 'Boolean':
      return false;
    case 'String':
      return '';
    case 'Variant':
      return 'null';
    case 'Binary':
    case 'Geometry':
    case 'Geography':
      return new Uint8Array(0);
    case 'Int64':
    case 'UInt64':
    case 'Timestamp':
    case 'Decimal':
      return 0n;
    case 'TimestampTz':
      return { micros: 0n, offsetSeconds: 0 };
    case 'Interval':
      return { months: 0, days: 0, micros: 0n };
    case 'Array':
    case 'Map':
    case 'Bitmap':
      return [];
    case 'Tuple':
      return type.fields.map((field) => zeroCell(field.type));
    case 'Vector':
      return new Array<number>(type.dimension).fill(0);
    case 'UInt8':
    case 'UInt16':
    case 'UInt32':
    case 'Int8':
    case 'Int16':
    case 'Int32':
    case 'Float32':
    case 'Float64':
    case 'Date':
      return 0;
    default:
      return unreachable(type);
  }
}
