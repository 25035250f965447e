import type { Data } from 'apache-arrow';

/** Where the least and the greatest value of a column stand; -1 where there is none. NaN is neither. */
export interface Extremes {
  readonly min: number;
  readonly max: number;
  readonly nanCount?: number;
}

/** Of `rows`, or of all rows: of numbers of up to 32 bits and of floats. */
export function numberExtremes(part: Data, rows: Int32Array | undefined): Extremes {
  const values = part.values as ArrayLike<number>;
  const count = rows?.length ?? part.length;
  let min = -1;
  let max = -1;
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  let nanCount = 0;
  for (let at = 0; at < count; at++) {
    const row = rows ? (rows[at] ?? 0) : at;
    const value = values[row] ?? 0;
    if (Number.isNaN(value)) {
      nanCount++;
      continue;
    }
    if (value < least || min < 0) {
      least = value;
      min = row;
    }
    if (value > greatest || max < 0) {
      greatest = value;
      max = row;
    }
  }
  return { min, max, nanCount };
}

/** Integers of several 32-bit words, the lowest first. */
interface WordLayout {
  readonly width: 2 | 4;
  readonly signed: boolean;
}

export function wordExtremes(part: Data, rows: Int32Array | undefined, { width, signed }: WordLayout): Extremes {
  const { buffer, byteOffset, byteLength } = part.values as ArrayBufferView<ArrayBuffer>;
  const words = new Uint32Array(buffer, byteOffset, byteLength >> 2);
  // With its sign flipped, a signed top word compares as an unsigned one.
  const flip = signed ? 0x8000_0000 : 0;
  if (width === 2) return pairExtremes(words, flip, rows, part.length);
  const compare = (a: number, b: number): number => {
    let left = a * width + width - 1;
    let right = b * width + width - 1;
    const top = (((words[left] ?? 0) ^ flip) >>> 0) - (((words[right] ?? 0) ^ flip) >>> 0);
    if (top !== 0) return top;
    for (let word = 1; word < width; word++) {
      const difference = (words[--left] ?? 0) - (words[--right] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return extremesBy(compare, part.length, rows);
}

/** The same for two words, most of which have the top word in common. */
function pairExtremes(words: Uint32Array, flip: number, rows: Int32Array | undefined, length: number): Extremes {
  const count = rows?.length ?? length;
  let [min, leastTop, leastLow] = [-1, Number.POSITIVE_INFINITY, 0];
  let [max, greatestTop, greatestLow] = [-1, -1, 0];
  for (let at = 0; at < count; at++) {
    const row = rows ? (rows[at] ?? 0) : at;
    const low = words[row * 2] ?? 0;
    const top = ((words[row * 2 + 1] ?? 0) ^ flip) >>> 0;
    if (top < leastTop || (top === leastTop && low < leastLow)) [min, leastTop, leastLow] = [row, top, low];
    if (top > greatestTop || (top === greatestTop && low > greatestLow))
      [max, greatestTop, greatestLow] = [row, top, low];
  }
  return { min, max };
}

/** Of texts, by their bytes, which is by code point. */
export function byteExtremes(part: Data, rows: Int32Array | undefined): Extremes {
  const bytes = part.values as Uint8Array;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offsets = plainOffsets(part.valueOffsets);
  const compare = (a: number, b: number): number => {
    const left = offsets[a] ?? 0;
    const right = offsets[b] ?? 0;
    const leftLength = (offsets[a + 1] ?? 0) - left;
    const rightLength = (offsets[b + 1] ?? 0) - right;
    return compareBytes(view, left, right, Math.min(leftLength, rightLength)) || leftLength - rightLength;
  };
  return extremesBy(compare, part.length, rows);
}

/** Of two places, so many bytes. */
export function compareBytes(view: DataView, left: number, right: number, length: number): number {
  let at = 0;
  // Four bytes in the order in which they stand compare as they do one by one.
  for (; at + 4 <= length; at += 4) {
    const difference = view.getUint32(left + at) - view.getUint32(right + at);
    if (difference !== 0) return difference;
  }
  for (; at < length; at++) {
    const difference = view.getUint8(left + at) - view.getUint8(right + at);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function plainOffsets(offsets: Int32Array | BigInt64Array): Int32Array | Float64Array {
  return offsets instanceof BigInt64Array ? Float64Array.from(offsets, Number) : offsets;
}

export function bitExtremes(part: Data, rows: Int32Array | undefined): Extremes {
  const bits = part.values as Uint8Array;
  const bit = (row: number) => ((bits[(part.offset + row) >> 3] ?? 0) >> ((part.offset + row) & 7)) & 1;
  return extremesBy((a, b) => bit(a) - bit(b), part.length, rows);
}

function extremesBy(compare: (a: number, b: number) => number, length: number, rows: Int32Array | undefined): Extremes {
  const count = rows?.length ?? length;
  if (count === 0) return { min: -1, max: -1 };
  let min = rows ? (rows[0] ?? 0) : 0;
  let max = min;
  for (let at = 1; at < count; at++) {
    const row = rows ? (rows[at] ?? 0) : at;
    if (compare(row, min) < 0) min = row;
    else if (compare(row, max) > 0) max = row;
  }
  return { min, max };
}
