import { type Data, DataType } from 'apache-arrow';
import type { StatisticValue } from '../formats/format.ts';
import { isUnsigned, type SqlType } from '../types/type.ts';

/** The least and the greatest value of a column, without NULL and NaN, and how many of the latter there are. */
export interface Range {
  readonly min: StatisticValue | undefined;
  readonly max: StatisticValue | undefined;
  readonly nans: number;
}

type IsValid = (row: number) => boolean;

function validity(data: Data): IsValid | undefined {
  return data.nullCount === 0 ? undefined : (row) => data.getValid(row);
}

/** Of numbers, dates, timestamps and decimals. */
export function valueRange(data: Data, type: SqlType): Range {
  switch (type.kind) {
    case 'Int64':
    case 'UInt64':
    case 'Timestamp':
      return wordRange(data, 2, isUnsigned(type));
    case 'Decimal':
      return wordRange(data, 4, false);
    default:
      return numberRange(data);
  }
}

function numberRange(data: Data): Range {
  const values = data.values as ArrayLike<number>;
  const isValid = validity(data);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let nans = 0;
  let found = false;
  for (let row = 0; row < data.length; row++) {
    if (isValid && !isValid(row)) continue;
    const value = values[row] ?? 0;
    if (value < min) min = value;
    if (value > max) max = value;
    if (Number.isNaN(value)) nans++;
    else found = true;
  }
  return found ? { min, max, nans } : { min: undefined, max: undefined, nans };
}

/** Integers of 64 or 128 bits, compared by words of 32 bits: a bigint for each value takes several times as long. */
function wordRange(data: Data, width: 2 | 4, unsigned: boolean): Range {
  const values = data.values as Int32Array | BigInt64Array;
  const words = new Int32Array(values.buffer, values.byteOffset, data.length * width);
  const isValid = validity(data);
  const isLess = wordOrder(words, width, unsigned);
  let min = -1;
  let max = -1;
  for (let row = 0; row < data.length; row++) {
    if (isValid && !isValid(row)) continue;
    if (min < 0 || isLess(row, min)) min = row;
    if (max < 0 || isLess(max, row)) max = row;
  }
  if (min < 0) return { min: undefined, max: undefined, nans: 0 };
  return { min: wordsValue(words, min, width, unsigned), max: wordsValue(words, max, width, unsigned), nans: 0 };
}

/** With its sign bit flipped, an unsigned word compares as a signed one. */
const FLIP = 0x8000_0000;

function wordOrder(words: Int32Array, width: number, unsigned: boolean): (a: number, b: number) => boolean {
  const topFlip = unsigned ? FLIP : 0;
  return (a, b) => {
    const top = width - 1;
    const left = (words[a * width + top] ?? 0) ^ topFlip;
    const right = (words[b * width + top] ?? 0) ^ topFlip;
    if (left !== right) return left < right;
    for (let word = top - 1; word >= 0; word--) {
      const lower = (words[a * width + word] ?? 0) ^ FLIP;
      const other = (words[b * width + word] ?? 0) ^ FLIP;
      if (lower !== other) return lower < other;
    }
    return false;
  };
}

function wordsValue(words: Int32Array, row: number, width: number, unsigned: boolean): bigint {
  const top = BigInt(words[row * width + width - 1] ?? 0);
  let value = unsigned ? BigInt.asUintN(32, top) : top;
  for (let word = width - 2; word >= 0; word--) {
    value = (value << 32n) | BigInt.asUintN(32, BigInt(words[row * width + word] ?? 0));
  }
  return value;
}

const decoder = new TextDecoder();

/** More than what statistics keep of a text. */
const DECODED_BYTES = 256;

/** Texts go by their bytes. What exceeds some hundred bytes is cut: bounds of files are shorter still. */
export function textRange(data: Data): Range {
  const isValid = validity(data);
  const bytes = data.values as Uint8Array;
  const offsets = offsetsOf(data);
  let range: TextRange | undefined;
  for (let row = 0; row < data.length; row++) {
    if (isValid && !isValid(row)) continue;
    const start = offsets[row] ?? 0;
    const end = offsets[row + 1] ?? 0;
    const head = headOf(bytes, start, end);
    if (range && head > range.min.head && head < range.max.head) continue;
    range = widened(range, { head, bytes: bytes.subarray(start, end) });
  }
  return { min: range && decodeStart(range.min), max: range && decodeStart(range.max), nans: 0 };
}

interface TextRange {
  readonly min: Text;
  readonly max: Text;
}

function widened(range: TextRange | undefined, text: Text): TextRange {
  if (!range) return { min: text, max: text };
  if (compareText(text, range.min) < 0) return { min: text, max: range.max };
  return compareText(text, range.max) > 0 ? { min: range.min, max: text } : range;
}

function compareText(a: Text, b: Text): number {
  return a.head - b.head || compareBytes(a.bytes, b.bytes);
}

interface Text {
  readonly head: number;
  readonly bytes: Uint8Array;
}

function offsetsOf({ type, valueOffsets }: Data): ArrayLike<number> {
  return DataType.isLargeUtf8(type) ? Float64Array.from(valueOffsets as ArrayLike<bigint>, Number) : valueOffsets;
}

/** The first six bytes as a number: most comparisons need no more. */
function headOf(bytes: Uint8Array, start: number, end: number): number {
  let head = 0;
  for (let index = start; index < start + 6; index++) head = head * 256 + (index < end ? (bytes[index] ?? 0) : 0);
  return head;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function decodeStart({ bytes }: Text): string {
  return decoder.decode(bytes.subarray(0, DECODED_BYTES));
}
