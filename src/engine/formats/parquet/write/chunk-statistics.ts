import { binary, bool, i64, struct, type ThriftValue } from '../write-thrift.ts';
import type { Bounds } from './bounds.ts';
import type { BytesValues, FlatValues } from './column.ts';

/** Bounds of texts are cut to so many bytes. */
const MOST_TEXT_BYTES = 64;

/** A chunk's statistics as its footer has them. Bytes without an order have no bounds. */
export function chunkStatistics(values: FlatValues, { min, max }: Bounds, nulls: number): ThriftValue {
  if (min < 0 || (values.kind === 'Bytes' && !values.isText)) return struct({ 3: i64(nulls) });
  const least = lowerBound(values, min);
  const greatest = upperBound(values, max);
  return struct({
    3: i64(nulls),
    5: greatest && binary(greatest.bytes),
    6: binary(least.bytes),
    7: greatest && bool(greatest.isExact),
    8: bool(least.isExact),
  });
}

interface StoredBound {
  readonly bytes: Uint8Array;
  readonly isExact: boolean;
}

function lowerBound(values: FlatValues, at: number): StoredBound {
  if (values.kind !== 'Bytes') return { bytes: fixedBytes(values, at, -0), isExact: true };
  const bytes = textAt(values, at);
  if (bytes.length <= MOST_TEXT_BYTES) return { bytes, isExact: true };
  return { bytes: bytes.subarray(0, characterStart(bytes, MOST_TEXT_BYTES)), isExact: false };
}

/** Undefined where a long text has no short one above it. */
function upperBound(values: FlatValues, at: number): StoredBound | undefined {
  if (values.kind !== 'Bytes') return { bytes: fixedBytes(values, at, 0), isExact: true };
  const bytes = textAt(values, at);
  if (bytes.length <= MOST_TEXT_BYTES) return { bytes, isExact: true };
  // The text up to a letter that has another one of one byte behind it, which takes its place.
  for (let last = MOST_TEXT_BYTES - 1; last >= 0; last--) {
    const byte = bytes[last] ?? 0;
    if (byte >= 0x7e) continue;
    const above = bytes.slice(0, last + 1);
    above[last] = byte + 1;
    return { bytes: above, isExact: false };
  }
  return undefined;
}

/** A copy: the values hold only until the next column. */
function textAt({ bytes, offsets }: BytesValues, at: number): Uint8Array {
  return bytes.slice(offsets[at], offsets[at + 1]);
}

/** The last place up to `at` where a character begins. */
function characterStart(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  return start;
}

/** Little-endian; a zero gets the sign that has every zero within the bounds. */
function fixedBytes({ kind, values }: Exclude<FlatValues, BytesValues>, at: number, zero: number): Uint8Array {
  const one = values.slice(at, at + 1);
  if ((kind === 'Float' || kind === 'Double') && one[0] === 0) one[0] = zero as never;
  return new Uint8Array(one.buffer);
}
