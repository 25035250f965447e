import { type Data, DataType, Precision, type RecordBatch } from 'apache-arrow';
import { plainOffsets } from './extremes.ts';

/** How the values of a top-level column are written. */
export interface ColumnEncoding {
  /** Of the column. */
  readonly index: number;
  readonly dictionary: boolean;
  /** Also what is written once the dictionary has become too large. */
  readonly encoding: ValueEncoding;
}

export type ValueEncoding = 'PLAIN' | 'DELTA_BINARY_PACKED' | 'DELTA_BYTE_ARRAY' | 'DELTA_LENGTH_BYTE_ARRAY';

export interface EncodingChoice {
  readonly columns: readonly ColumnEncoding[];
  /** Parts of nested columns cannot be told apart by the writer's settings: one choice for all of them. */
  readonly nestedDictionary: boolean;
}

/** Values looked at in a column, in up to so many batches. */
const SAMPLE_VALUES = 4096;
const SAMPLE_BATCHES = 8;
/** A dictionary that would grow beyond this is given up by the writer on the way, and its work with it. */
const DICTIONARY_BYTES = 1 << 20;

/**
 * Looks at some values of each column and chooses: a dictionary where few are distinct, else deltas where neighbours
 * are alike. It halves the time of the writer's defaults and the size as well.
 */
export function chooseEncodings(batches: readonly RecordBatch[], rows: number): EncodingChoice {
  const sampled = spread(batches.length, SAMPLE_BATCHES).flatMap((index) => batches[index] ?? []);
  const fields = batches[0]?.schema.fields ?? [];
  const columns = fields.flatMap((field, index): readonly ColumnEncoding[] => {
    if (isNested(field.type)) return [];
    const parts = sampled.flatMap((batch) => batch.data.children[index] ?? []);
    return [{ index, ...encodingOf(field.type, parts, rows) }];
  });
  return { columns, nestedDictionary: nestedDictionary(fields.map(({ type }) => type).filter(isNested)) };
}

/** Up to `most` of the numbers from 0 to `count - 1`, at even distances. */
function spread(count: number, most: number): readonly number[] {
  const taken = Math.min(count, most);
  return Array.from({ length: taken }, (_, index) => Math.floor((index * count) / taken));
}

function isNested(type: DataType): boolean {
  return (type.children?.length ?? 0) > 0;
}

/** Texts repeat themselves more often than not, the numbers of an embedding never do. */
function nestedDictionary(types: readonly DataType[]): boolean {
  const leaves = types.flatMap(leafTypes);
  return leaves.some(DataType.isUtf8) && !leaves.some(DataType.isFloat);
}

function leafTypes(type: DataType): readonly DataType[] {
  const children = type.children ?? [];
  return children.length === 0 ? [type] : children.flatMap((child) => leafTypes(child.type));
}

type Choice = Omit<ColumnEncoding, 'index'>;

const PLAIN: Choice = { dictionary: false, encoding: 'PLAIN' };

function encodingOf(type: DataType, parts: readonly Data[], rows: number): Choice {
  if (DataType.isDictionary(type)) return { dictionary: true, encoding: 'PLAIN' };
  if (isBytes(type)) return bytesEncoding(parts, rows);
  if (isStoredAsInteger(type)) return { dictionary: false, encoding: 'DELTA_BINARY_PACKED' };
  if (DataType.isFloat(type) && type.precision !== Precision.HALF) {
    return distinctValues(parts, numberKeys) <= rows / 16 ? { dictionary: true, encoding: 'PLAIN' } : PLAIN;
  }
  return PLAIN;
}

function isBytes(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isBinary(type) || DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
}

/** Decimals of up to 18 digits are integers in Parquet. */
function isStoredAsInteger(type: DataType): boolean {
  if (DataType.isDecimal(type)) return type.precision <= 18;
  return DataType.isInt(type) || DataType.isDate(type) || DataType.isTimestamp(type);
}

function bytesEncoding(parts: readonly Data[], rows: number): Choice {
  const distinct = distinctValues(parts, bytesKeys);
  const { averageLength, sharedShare } = neighbours(parts);
  const dictionary = distinct <= rows / 4 && distinct * (averageLength + 4) <= DICTIONARY_BYTES;
  return { dictionary, encoding: sharedShare >= 0.2 ? 'DELTA_BYTE_ARRAY' : 'DELTA_LENGTH_BYTE_ARRAY' };
}

/** By row a small integer that is the same for the same value, and hardly ever for two of a sample. */
type Keys = (part: Data) => (row: number) => number;

const numberKeys: Keys = ({ values }) => {
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: width } = values as Float32Array | Float64Array;
  const words = new Int32Array(buffer, byteOffset, byteLength >> 2);
  if (width === 4) return (row) => hashOf(words, row, row + 1);
  return (row) => hashOf(words, row * 2, row * 2 + 2);
};

const bytesKeys: Keys = (part) => {
  const bytes = part.values as Uint8Array;
  const start = startsOf(part);
  return (row) => hashOf(bytes, start(row), start(row + 1));
};

/** Where a value begins, and the one before it ends. */
function startsOf({ type, valueOffsets }: Data): (row: number) => number {
  if (DataType.isFixedSizeBinary(type)) return (row) => row * type.byteWidth;
  const offsets = plainOffsets(valueOffsets);
  return (row) => offsets[row] as number;
}

/** FNV-1a, as far as any engine has it for a small integer, which is quick to look up. */
function hashOf(values: Uint8Array | Int32Array, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - start);
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (values[at] as number), 0x01000193);
  return (hash ^ (hash >>> 15)) & 0x3fff_ffff;
}

/** How many distinct values the whole column has, by how often those of a sample are seen once and twice (Chao). */
function distinctValues(parts: readonly Data[], keys: Keys): number {
  const seen = new Map<number, number>();
  let taken = 0;
  for (const part of parts) {
    const step = Math.max(1, Math.ceil((part.length * parts.length) / SAMPLE_VALUES));
    const keyAt = keys(part);
    for (let row = 0; row < part.length; row += step) {
      const key = keyAt(row);
      seen.set(key, (seen.get(key) ?? 0) + 1);
      taken++;
    }
  }
  let once = 0;
  let twice = 0;
  for (const count of seen.values()) {
    if (count === 1) once++;
    if (count === 2) twice++;
  }
  // Where nothing repeats, nothing says that anything will.
  if (once === taken) return Number.POSITIVE_INFINITY;
  return seen.size + (once * (once - 1)) / (2 * (twice + 1));
}

interface Neighbours {
  readonly averageLength: number;
  /** How much of a value stands at the start of the one before it, from 0 to 1. */
  readonly sharedShare: number;
}

function neighbours(parts: readonly Data[]): Neighbours {
  let count = 0;
  let total = 0;
  let shared = 0;
  for (const part of parts) {
    const bytes = part.values as Uint8Array;
    const startOf = startsOf(part);
    const rows = Math.min(part.length, Math.ceil(SAMPLE_VALUES / parts.length));
    for (let row = 0; row < rows; row++) {
      const start = startOf(row);
      const end = startOf(row + 1);
      shared += sharedStart(bytes, startOf(Math.max(0, row - 1)), start, end);
      total += end - start;
      count++;
    }
  }
  return { averageLength: count === 0 ? 0 : total / count, sharedShare: total === 0 ? 0 : shared / total };
}

/** How much the value from `start` to `end` has in common with the one that stands before it from `before` on. */
function sharedStart(bytes: Uint8Array, before: number, start: number, end: number): number {
  const most = Math.min(start - before, end - start);
  let length = 0;
  while (length < most && bytes[before + length] === bytes[start + length]) length++;
  return length;
}
