/** Conversions of whole value buffers between the engine's form and that of data files. */

function words(values: ArrayBufferView): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.byteLength >> 2);
}

/** Values of `from` words of 32 bits as values of `to` words: low words first, filled up with zero. */
export function resizeWords(values: ArrayBufferView, from: 1 | 2 | 4, to: 1 | 2 | 4): Uint32Array<ArrayBuffer> {
  const source = words(values);
  const count = source.length / from;
  const target = new Uint32Array(count * to);
  const isDouble = Math.min(from, to) === 2;
  for (let index = 0, read = 0, write = 0; index < count; index++, read += from, write += to) {
    target[write] = source[read] ?? 0;
    if (isDouble) target[write + 1] = source[read + 1] ?? 0;
  }
  return target;
}

export interface IntervalParts {
  readonly months: Int32Array<ArrayBuffer>;
  readonly days: Int32Array<ArrayBuffer>;
  readonly micros: BigInt64Array<ArrayBuffer>;
}

/** Arrow's month, day, nanosecond intervals as three columns. */
export function splitIntervals(values: ArrayBufferView): IntervalParts {
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  const count = values.byteLength >> 4;
  const parts = { months: new Int32Array(count), days: new Int32Array(count), micros: new BigInt64Array(count) };
  for (let index = 0; index < count; index++) {
    parts.months[index] = view.getInt32(index * 16, true);
    parts.days[index] = view.getInt32(index * 16 + 4, true);
    parts.micros[index] = view.getBigInt64(index * 16 + 8, true) / 1000n;
  }
  return parts;
}

export function joinIntervals({ months, days, micros }: IntervalParts): Int32Array<ArrayBuffer> {
  const target = new Int32Array(months.length * 4);
  const view = new DataView(target.buffer);
  for (let index = 0; index < months.length; index++) {
    view.setInt32(index * 16, months[index] ?? 0, true);
    view.setInt32(index * 16 + 4, days[index] ?? 0, true);
    view.setBigInt64(index * 16 + 8, (micros[index] ?? 0n) * 1000n, true);
  }
  return target;
}

/** Offsets of lists that all hold `size` items. */
export function evenOffsets(count: number, size: number): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: count + 1 }, (_, index) => index * size);
}

/**
 * The items of lists of `size`, one list after the other. A list of another length (a NULL has none) is filled with
 * zeros; when there is none the items are used where they are.
 */
export function evenItems(
  items: Float32Array<ArrayBuffer>,
  offsets: ArrayLike<number | bigint>,
  count: number,
  size: number,
): Float32Array<ArrayBuffer> {
  const first = Number(offsets[0] ?? 0);
  let isEven = true;
  for (let row = 0; row <= count && isEven; row++) isEven = Number(offsets[row]) === first + row * size;
  if (isEven) return items.subarray(first, first + count * size);
  const target = new Float32Array(count * size);
  for (let row = 0; row < count; row++) {
    const start = Number(offsets[row]);
    if (Number(offsets[row + 1]) - start === size) target.set(items.subarray(start, start + size), row * size);
  }
  return target;
}
