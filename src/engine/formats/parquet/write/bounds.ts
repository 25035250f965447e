import { compareBytes } from '../extremes.ts';
import type { BytesValues, FixedArray, FlatValues } from './column.ts';

/** Where the least and the greatest value stand; -1 where there is none. NaN is neither. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export function boundsOf(values: FlatValues, count: number): Bounds {
  return values.kind === 'Bytes' ? byteBounds(values, count) : fixedBounds(values.values, count);
}

function fixedBounds(values: FixedArray, count: number): Bounds {
  let [min, max] = [-1, -1];
  if (values instanceof BigInt64Array) return wideBounds(values, count);
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < count; at++) {
    const value = values[at] as number;
    if (value < least || (min < 0 && value === least)) {
      least = value;
      min = at;
    }
    if (value > greatest || (max < 0 && value === greatest)) {
      greatest = value;
      max = at;
    }
  }
  return { min, max };
}

/** By words, without a bigint for each value. */
function wideBounds({ buffer, byteOffset }: BigInt64Array, count: number): Bounds {
  const words = new Int32Array(buffer, byteOffset, count * 2);
  let [min, max] = count === 0 ? [-1, -1] : [0, 0];
  for (let at = 1; at < count; at++) {
    if (comesBefore(words, at, min)) min = at;
    else if (comesBefore(words, max, at)) max = at;
  }
  return { min, max };
}

function comesBefore(words: Int32Array, a: number, b: number): boolean {
  const left = words[a * 2 + 1] as number;
  const right = words[b * 2 + 1] as number;
  return left < right || (left === right && (words[a * 2] as number) >>> 0 < (words[b * 2] as number) >>> 0);
}

function byteBounds({ bytes, offsets }: BytesValues, count: number): Bounds {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [min, max] = count === 0 ? [-1, -1] : [0, 0];
  for (let at = 1; at < count; at++) {
    // Most columns rise rather than fall.
    if (compareTexts(view, offsets, max, at) < 0) max = at;
    else if (compareTexts(view, offsets, at, min) < 0) min = at;
  }
  return { min, max };
}

function compareTexts(view: DataView, offsets: Int32Array, a: number, b: number): number {
  const left = offsets[a] as number;
  const right = offsets[b] as number;
  const leftLength = (offsets[a + 1] as number) - left;
  const rightLength = (offsets[b + 1] as number) - right;
  return compareBytes(view, left, right, Math.min(leftLength, rightLength)) || leftLength - rightLength;
}
