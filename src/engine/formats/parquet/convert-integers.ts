import { SqlError } from '../../base/errors.ts';

/*
 * Arithmetic on 64-bit integers as two words of 32 bits: on BigInts it would take fifteen times as long.
 * Typed arrays are little endian wherever WebAssembly runs, so the low word comes first; storing a number into one
 * keeps its low 32 bits.
 */

const WORD = 2 ** 32;

function wordsOf(values: BigInt64Array, length: number): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, length * 2);
}

/** Each value times a factor of at most a million; throws if a product does not fit. */
export function multiplied(values: BigInt64Array, length: number, factor: number): BigInt64Array {
  const result = new BigInt64Array(length);
  const from = wordsOf(values, length);
  const to = wordsOf(result, length);
  let overflow = false;
  for (let at = 0; at < from.length; at += 2) {
    const low = ((from[at] ?? 0) >>> 0) * factor;
    const high = (from[at + 1] ?? 0) * factor + Math.floor(low / WORD);
    to[at] = low;
    to[at + 1] = high;
    overflow ||= high !== (high | 0);
  }
  if (overflow) throw new SqlError('BadBytes', 'a timestamp of the file is too far from 1970 to count microseconds');
  return result;
}

/** Each value divided by a thousand and rounded towards zero, as Databend does with nanoseconds. */
export function thousandths(values: BigInt64Array, length: number): BigInt64Array {
  const result = new BigInt64Array(length);
  const from = wordsOf(values, length);
  const to = wordsOf(result, length);
  for (let at = 0; at < from.length; at += 2) {
    const high = from[at + 1] ?? 0;
    const quotient = Math.floor(high / 1000);
    const rest = (high - quotient * 1000) * WORD + ((from[at] ?? 0) >>> 0);
    let low = Math.floor(rest / 1000);
    // So far it is rounded down.
    if (high < 0 && rest > low * 1000) low += 1;
    to[at] = low;
    to[at + 1] = low === WORD ? quotient + 1 : quotient;
  }
  return result;
}

const DAY_MILLIS = 86_400_000;

/** Milliseconds since 1970 as whole days, rounded down. */
export function wholeDays(values: BigInt64Array, length: number): Int32Array {
  const words = wordsOf(values, length);
  const days = new Int32Array(length);
  for (let row = 0; row < length; row++) {
    const millis = (words[row * 2 + 1] ?? 0) * WORD + ((words[row * 2] ?? 0) >>> 0);
    days[row] = Math.floor(millis / DAY_MILLIS);
  }
  return days;
}

let halves: Float32Array | undefined;

/** The value of each of the 65,536 half floats. */
function halfTable(): Float32Array {
  const table = new Float32Array(0x1_0000);
  for (let bits = 0; bits < table.length; bits++) {
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    const sign = bits & 0x8000 ? -1 : 1;
    table[bits] = sign * halfMagnitude(exponent, fraction);
  }
  return table;
}

function halfMagnitude(exponent: number, fraction: number): number {
  if (exponent === 0) return fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  return (1 + fraction / 1024) * 2 ** (exponent - 15);
}

export function halfValue(bits: number): number {
  halves ??= halfTable();
  return halves[bits] ?? 0;
}

/** Two bytes a value, little endian. */
export function floatsFromHalves(bytes: Uint8Array, length: number): Float32Array {
  const floats = new Float32Array(length);
  for (let row = 0; row < length; row++) {
    floats[row] = halfValue((bytes[row * 2] ?? 0) | ((bytes[row * 2 + 1] ?? 0) << 8));
  }
  return floats;
}
