import { type Data, DataType, Precision, TimeUnit } from 'apache-arrow';
import { scratchBuffer } from './scratch.ts';

/**
 * The values of a flat column that are not NULL, one behind the other, and which rows have one. It holds until the next
 * column is gathered.
 */
export interface FlatColumn {
  readonly rows: number;
  /** How many values there are. */
  readonly count: number;
  /** One bit a row; undefined where no row is NULL. */
  readonly validity: Uint8Array | undefined;
  readonly values: FlatValues;
}

export type FlatValues = BytesValues | FixedValues;

/** Value `i` is `bytes` from `offsets[i]` to `offsets[i + 1]`. */
export interface BytesValues {
  readonly kind: 'Bytes';
  readonly isText: boolean;
  readonly bytes: Uint8Array;
  readonly offsets: Int32Array;
}

export interface FixedValues {
  readonly kind: FixedKind;
  readonly values: FixedArray;
}

export type FixedKind = 'Int32' | 'Int64' | 'Float' | 'Double';
export type FixedArray = Int32Array | BigInt64Array | Float32Array | Float64Array;

/** Rows of one batch. */
export interface ColumnPart {
  readonly data: Data;
  readonly from: number;
  readonly to: number;
}

/** Whether `gatherColumn` takes columns of the type. */
export function isFlatType(type: DataType): boolean {
  return isBytes(type) || fixedKind(type) !== undefined;
}

function isBytes(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isBinary(type);
}

function fixedKind(type: DataType): FixedKind | undefined {
  if (DataType.isInt(type)) {
    if (!type.isSigned) return undefined;
    return type.bitWidth === 64 ? 'Int64' : 'Int32';
  }
  if (DataType.isTimestamp(type)) return type.unit === TimeUnit.SECOND ? undefined : 'Int64';
  if (DataType.isDate(type)) return type.unit === 0 ? 'Int32' : undefined;
  if (!DataType.isFloat(type) || type.precision === Precision.HALF) return undefined;
  return type.precision === Precision.DOUBLE ? 'Double' : 'Float';
}

/** The column of some rows; of one type, which `isFlatType` has approved. */
export function gatherColumn(type: DataType, parts: readonly ColumnPart[]): FlatColumn {
  const rows = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  const validity = validityOf(parts, rows);
  const kind = fixedKind(type);
  const nulls = validity ? rows - bitsIn(validity) : 0;
  const count = rows - nulls;
  const has = validity && ((row: number) => ((validity[row >> 3] ?? 0) >> (row & 7)) & 1);
  const values = kind ? gatherFixed(kind, parts, count, has) : gatherBytes(type, parts, count, has);
  return { rows, count, validity: nulls === 0 ? undefined : validity, values };
}

function validityOf(parts: readonly ColumnPart[], rows: number): Uint8Array | undefined {
  if (parts.every(({ data }) => data.nullCount === 0)) return undefined;
  const bits = new Uint8Array((rows + 7) >> 3);
  let at = 0;
  for (const { data, from, to } of parts) {
    for (let row = from; row < to; row++, at++) {
      if (data.getValid(row)) bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
    }
  }
  return bits;
}

function bitsIn(bits: Uint8Array): number {
  let count = 0;
  for (const byte of bits) for (let rest = byte; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Whether a row of all parts has a value; absent where all have. */
type Has = ((row: number) => number) | undefined;

const ARRAYS = { Int32: Int32Array, Int64: BigInt64Array, Float: Float32Array, Double: Float64Array } as const;

function gatherFixed(kind: FixedKind, parts: readonly ColumnPart[], count: number, has: Has): FixedValues {
  const size = count * ARRAYS[kind].BYTES_PER_ELEMENT;
  const values: FixedArray = new ARRAYS[kind](scratchBuffer('Values', size), 0, count);
  let [at, row] = [0, 0];
  for (const { data, from, to } of parts) {
    const source = data.values as FixedArray;
    if (!has) {
      values.set(source.subarray(from, to) as never, at);
      at += to - from;
      continue;
    }
    for (let index = from; index < to; index++) if (has(row++)) values[at++] = source[index] as never;
  }
  return { kind, values };
}

function gatherBytes(type: DataType, parts: readonly ColumnPart[], count: number, has: Has): BytesValues {
  const size = parts.reduce((sum, part) => sum + spanOf(part).length, 0);
  const bytes = new Uint8Array(scratchBuffer('Bytes', size), 0, size);
  const offsets = new Int32Array(scratchBuffer('Offsets', 4 * count + 4), 0, count + 1);
  offsets[0] = 0;
  const target = { bytes, offsets, at: 0, used: 0 };
  let row = 0;
  for (const part of parts) {
    if (!has) appendAll(target, part);
    else appendValid(target, part, (index) => has(row + index - part.from));
    row += part.to - part.from;
  }
  return { kind: 'Bytes', isText: DataType.isUtf8(type), bytes: bytes.subarray(0, target.used), offsets };
}

interface BytesTarget {
  readonly bytes: Uint8Array;
  readonly offsets: Int32Array;
  at: number;
  used: number;
}

function spanOf({ data, from, to }: ColumnPart): Uint8Array {
  const offsets: Int32Array = data.valueOffsets;
  return (data.values as Uint8Array).subarray(offsets[from], offsets[to]);
}

function appendAll(target: BytesTarget, part: ColumnPart): void {
  const { data, from, to } = part;
  const source: Int32Array = data.valueOffsets;
  const shift = target.used - (source[from] ?? 0);
  const { offsets } = target;
  let { at } = target;
  for (let row = from + 1; row <= to; row++) offsets[++at] = (source[row] as number) + shift;
  target.bytes.set(spanOf(part), target.used);
  target.used = offsets[at] as number;
  target.at = at;
}

/** What stands where a value is NULL is left out. */
function appendValid(target: BytesTarget, { data, from, to }: ColumnPart, has: (row: number) => number): void {
  const source: Int32Array = data.valueOffsets;
  const bytes = data.values as Uint8Array;
  for (let row = from; row < to; row++) {
    if (!has(row)) continue;
    const start = source[row] as number;
    const end = source[row + 1] as number;
    for (let at = start; at < end; at++) target.bytes[target.used++] = bytes[at] as number;
    target.offsets[++target.at] = target.used;
  }
}
