import type { Cell } from '../../types/cell.ts';
import { DoubleReader, LongReader, readInteger, ScaledReader, TWO_POW_32 } from '../../types/parse/bytes-number.ts';
import { type Ranges, VALUE } from './ranges.ts';

/** Integers of up to 32 bits as 32-bit words, unsigned ones modulo 2³². */
export function integerValues(ranges: Ranges, least: number, greatest: number): Int32Array<ArrayBuffer> {
  const { bytes, starts, ends, stride, states, rows } = ranges;
  const values = new Int32Array(rows);
  for (let row = 0, at = ranges.index; row < rows; row++, at += stride) {
    if (states[row] !== VALUE) continue;
    const value = readInteger(bytes, starts[at] ?? 0, ends[at] ?? 0);
    values[row] = value >= least && value <= greatest ? value : Number(ranges.parse(row) ?? 0);
  }
  return values;
}

/** 64-bit integers as pairs of words. */
export function longValues(ranges: Ranges, signed: boolean): Int32Array<ArrayBuffer> {
  const { bytes, starts, ends, stride, states, rows } = ranges;
  const words = new Int32Array(2 * rows);
  const reader = new LongReader();
  for (let row = 0, at = ranges.index; row < rows; row++, at += stride) {
    if (states[row] !== VALUE) continue;
    if (reader.read(bytes, starts[at] ?? 0, ends[at] ?? 0, signed)) {
      words[2 * row] = reader.low;
      words[2 * row + 1] = reader.high;
    } else {
      setWords(words, 2 * row, 2, ranges.parse(row));
    }
  }
  return words;
}

export function doubleValues(ranges: Ranges): Float64Array<ArrayBuffer> {
  const { bytes, starts, ends, stride, states, rows } = ranges;
  const values = new Float64Array(rows);
  const reader = new DoubleReader();
  for (let row = 0, at = ranges.index; row < rows; row++, at += stride) {
    if (states[row] !== VALUE) continue;
    const value = reader.read(bytes, starts[at] ?? 0, ends[at] ?? 0);
    values[row] = Number.isNaN(value) ? Number(ranges.parse(row) ?? 0) : value;
  }
  return values;
}

/** Decimals of up to 38 digits, unscaled, as four words each. */
export function decimalValues(ranges: Ranges, precision: number, scale: number): Int32Array<ArrayBuffer> {
  const { bytes, starts, ends, stride, states, rows } = ranges;
  const words = new Int32Array(4 * rows);
  const reader = new ScaledReader(scale);
  const limit = 10 ** Math.min(precision, 15);
  for (let row = 0, at = ranges.index; row < rows; row++, at += stride) {
    if (states[row] !== VALUE) continue;
    const unscaled = reader.read(bytes, starts[at] ?? 0, ends[at] ?? 0);
    if (Math.abs(unscaled) < limit) setDecimal(words, 4 * row, unscaled);
    else setWords(words, 4 * row, 4, ranges.parse(row));
  }
  return words;
}

function setDecimal(words: Int32Array, at: number, unscaled: number): void {
  const high = Math.floor(unscaled / TWO_POW_32);
  words[at] = unscaled - high * TWO_POW_32;
  words[at + 1] = high;
  words[at + 2] = unscaled < 0 ? -1 : 0;
  words[at + 3] = unscaled < 0 ? -1 : 0;
}

/** Writes a 64 or 128-bit integer that came as a cell. */
export function setWords(words: Int32Array, at: number, count: number, cell: Cell | undefined): void {
  let rest = BigInt((cell ?? 0) as bigint);
  for (let word = 0; word < count; word++) {
    words[at + word] = Number(BigInt.asIntN(32, rest));
    rest >>= 32n;
  }
}

const ONE = 0x31;
const ZERO = 0x30;
const TRUE = [0x74, 0x72, 0x75, 0x65];
const FALSE = [0x66, 0x61, 0x6c, 0x73, 0x65];

/** Booleans as bits. */
export function bitValues(ranges: Ranges): Uint8Array<ArrayBuffer> {
  const { bytes, starts, ends, stride, states, rows } = ranges;
  const bits = new Uint8Array((rows + 7) >> 3);
  for (let row = 0, at = ranges.index; row < rows; row++, at += stride) {
    if (states[row] !== VALUE) continue;
    const start = starts[at] ?? 0;
    const length = (ends[at] ?? 0) - start;
    const isTrue = (length === 1 && bytes[start] === ONE) || isWord(bytes, start, length, TRUE);
    if (isTrue) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
    else if (!(length === 1 && bytes[start] === ZERO) && !isWord(bytes, start, length, FALSE)) ranges.parse(row);
  }
  return bits;
}

function isWord(bytes: Uint8Array, start: number, length: number, word: readonly number[]): boolean {
  if (length !== word.length) return false;
  for (let i = 0; i < length; i++) if (bytes[start + i] !== word[i]) return false;
  return true;
}
