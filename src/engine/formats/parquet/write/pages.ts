import type { ByteSink } from '../../../types/json/sink.ts';
import type { ValueEncoding } from '../encoding.ts';
import { bitWidth, writeHybrid, writeRun, writeVarintInto } from './bits.ts';
import type { BytesValues, FixedArray, FlatColumn, FlatValues } from './column.ts';
import { EXACT, writeDeltas } from './delta.ts';
import type { Dictionary } from './dictionary.ts';
import { scratchBuffer } from './scratch.ts';

/** Appends the values from one to another. */
export type WriteValues = (range: readonly [number, number], out: ByteSink) => void;

export interface ValueWriter {
  readonly encoding: ValueEncoding | 'RLE_DICTIONARY';
  readonly write: WriteValues;
}

/** How the values are written: as they are asked for, unless integers are too large to have differences. */
export function valueWriter(
  values: FlatValues,
  encoding: ValueEncoding,
  dictionary: Dictionary | undefined,
): ValueWriter {
  if (dictionary) return dictionaryWriter(dictionary);
  if (values.kind === 'Bytes') return bytesWriter(values, encoding);
  const integers = encoding === 'DELTA_BINARY_PACKED' ? exactIntegers(values.values) : undefined;
  if (integers) return { encoding: 'DELTA_BINARY_PACKED', write: (range, out) => writeDeltas(integers, range, out) };
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: width } = values.values;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return { encoding: 'PLAIN', write: ([from, to], out) => out.append(bytes, from * width, to * width) };
}

/** All values at once, as a dictionary has them. */
export function writePlain(values: FlatValues, count: number, out: ByteSink): void {
  valueWriter(values, 'PLAIN', undefined).write([0, count], out);
}

function dictionaryWriter({ indices, count }: Dictionary): ValueWriter {
  const width = Math.max(1, bitWidth(count - 1));
  return {
    encoding: 'RLE_DICTIONARY',
    write: (range, out) => {
      out.push(width);
      writeHybrid(indices, range, width, out);
    },
  };
}

function bytesWriter(values: BytesValues, encoding: ValueEncoding): ValueWriter {
  switch (encoding) {
    case 'DELTA_BYTE_ARRAY':
      return { encoding, write: (range, out) => writeSharedStarts(values, range, out) };
    case 'DELTA_LENGTH_BYTE_ARRAY':
      return { encoding, write: (range, out) => writeLengthsFirst(values, range, out) };
    default:
      return { encoding: 'PLAIN', write: (range, out) => writeEach(values, range, out) };
  }
}

function exactIntegers(values: FixedArray): Int32Array | Float64Array | undefined {
  if (values instanceof Int32Array) return values;
  if (!(values instanceof BigInt64Array)) return undefined;
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  const doubles = new Float64Array(scratchBuffer('Doubles', values.byteLength), 0, values.length);
  for (let at = 0; at < doubles.length; at++) {
    const value = (words[at * 2 + 1] as number) * 2 ** 32 + ((words[at * 2] as number) >>> 0);
    if (value > EXACT || value < -EXACT) return undefined;
    doubles[at] = value;
  }
  return doubles;
}

function writeEach({ bytes, offsets }: BytesValues, [from, to]: readonly [number, number], out: ByteSink): void {
  for (let at = from; at < to; at++) {
    const start = offsets[at] as number;
    const end = offsets[at + 1] as number;
    const length = end - start;
    out.reserve(4);
    for (let shift = 0; shift < 32; shift += 8) out.bytes[out.length++] = length >>> shift;
    out.append(bytes, start, end);
  }
}

function writeLengthsFirst(
  { bytes, offsets }: BytesValues,
  [from, to]: readonly [number, number],
  out: ByteSink,
): void {
  const lengths = new Int32Array(scratchBuffer('Rests', 4 * (to - from)), 0, to - from);
  for (let at = 0; at < lengths.length; at++) {
    lengths[at] = (offsets[from + at + 1] as number) - (offsets[from + at] as number);
  }
  writeDeltas(lengths, [0, lengths.length], out);
  out.append(bytes, offsets[from] ?? 0, offsets[to] ?? 0);
}

/** Of each value how much it has in common with the one before, how long the rest is, and the rests. */
function writeSharedStarts(
  { bytes, offsets }: BytesValues,
  [from, to]: readonly [number, number],
  out: ByteSink,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shared = new Int32Array(scratchBuffer('Shared', 4 * (to - from)), 0, to - from);
  const rests = new Int32Array(scratchBuffer('Rests', 4 * (to - from)), 0, to - from);
  let [last, lastLength, size] = [0, 0, 0];
  for (let at = 0; at < shared.length; at++) {
    const start = offsets[from + at] as number;
    const length = (offsets[from + at + 1] as number) - start;
    const same = sharedLength(view, last, start, Math.min(length, lastLength));
    shared[at] = same;
    rests[at] = length - same;
    size += length - same;
    last = start;
    lastLength = length;
  }
  writeDeltas(shared, [0, shared.length], out);
  writeDeltas(rests, [0, rests.length], out);
  out.reserve(size);
  const target = out.bytes;
  let used = out.length;
  for (let at = 0; at < shared.length; at++) {
    const end = offsets[from + at + 1] as number;
    for (let byte = end - (rests[at] as number); byte < end; byte++) target[used++] = bytes[byte] as number;
  }
  out.length = used;
}

function sharedLength(view: DataView, a: number, b: number, most: number): number {
  let at = 0;
  while (at + 4 <= most && view.getInt32(a + at, true) === view.getInt32(b + at, true)) at += 4;
  while (at < most && view.getUint8(a + at) === view.getUint8(b + at)) at++;
  return at;
}

/** Which rows from one to another have a value, with the length of that first. Rows start at a multiple of eight. */
export function writeLevels({ validity }: FlatColumn, [from, to]: readonly [number, number], out: ByteSink): void {
  out.reserve(4);
  const lengthAt = out.length;
  out.length += 4;
  if (!validity) writeRun(to - from, 1, 1, out);
  else {
    const end = (to + 7) >> 3;
    writeVarintInto(out, (end - (from >> 3)) * 2 + 1);
    out.append(validity, from >> 3, end);
  }
  const length = out.length - lengthAt - 4;
  for (let byte = 0; byte < 4; byte++) out.bytes[lengthAt + byte] = length >>> (byte * 8);
}
