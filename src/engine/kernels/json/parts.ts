import { ByteSink } from '../../types/json/sink.ts';
import { bytesOf, cachedReader, numbersOf, vectorKernel } from '../frame.ts';
import { type Kernel, KernelError, type VectorWriter } from '../kernel.ts';
import { readSharedPaths } from './shared-paths.ts';
import { writeText } from './text.ts';

/** Seven bits in each byte, so that the whole is a text. */
const DIGITS = 4;
const MISSING = 0x7f;
const MOST_BYTES = MISSING << 21;
/** Most parts are no longer, and copied in place. */
const SHORT = 32;

/**
 * Parts of a document as one text: for each where it begins and how long it is, both in four digits of base 128, then the
 * parts themselves. A part without a value has `MISSING` for its place.
 */
const manyPaths = vectorKernel({ name: 'json_get_paths', args: ['text', 'text'], returns: 'text' }, (vectors) => {
  const { bytes, starts, lengths } = bytesOf(vectors[0]);
  const pathsOf = cachedReader(vectors[1], readSharedPaths);
  const packed = new PackedParts();
  let found = new Int32Array(0);
  return (row, out) => {
    const start = starts[row] ?? 0;
    const { texts, find } = pathsOf(row);
    if (found.length !== 2 * texts.length) found = new Int32Array(2 * texts.length);
    find(bytes, start, start + (lengths[row] ?? 0), found);
    packed.write(bytes, found, texts);
    out.bytes(row, packed.sink.bytes, 0, packed.sink.length);
  };
});

class PackedParts implements VectorWriter {
  readonly sink = new ByteSink(256);

  write(bytes: Uint8Array, found: Int32Array, texts: readonly boolean[]): void {
    const places = texts.length * 2 * DIGITS;
    this.sink.length = 0;
    this.sink.reserve(places);
    this.sink.length = places;
    for (let part = 0; part < texts.length; part++) {
      const start = found[2 * part] ?? -1;
      const end = found[2 * part + 1] ?? -1;
      if (start < 0) this.null(part);
      else if (texts[part]) writeText(this, part, bytes, [start, end]);
      else if (end - start > SHORT) this.bytes(part, bytes, start, end - start);
      else this.#short(part, bytes, start, end);
    }
  }

  #short(part: number, source: Uint8Array, start: number, end: number): void {
    const { sink } = this;
    sink.reserve(SHORT);
    const { bytes } = sink;
    let to = sink.length;
    this.#place(part, end - start);
    for (let from = start; from < end; from++) bytes[to++] = source[from] as number;
    sink.length = to;
  }

  null(part: number): void {
    const { bytes } = this.sink;
    for (let at = part * 2 * DIGITS; at < (part + 1) * 2 * DIGITS; at++) bytes[at] = MISSING;
  }

  bytes(part: number, source: Uint8Array, start: number, length: number): void {
    this.#place(part, length);
    this.sink.append(source, start, start + length);
  }

  text(part: number, value: string): void {
    const bytes = encoder.encode(value);
    this.bytes(part, bytes, 0, bytes.length);
  }

  number(): never {
    throw new KernelError('a part is a text');
  }

  bigint(): never {
    throw new KernelError('a part is a text');
  }

  #place(part: number, length: number): void {
    const at = part * 2 * DIGITS;
    const { bytes, length: start } = this.sink;
    if (start + length >= MOST_BYTES) throw new KernelError('a VARIANT is too large to take parts of');
    writeDigits(bytes, at, start);
    writeDigits(bytes, at + DIGITS, length);
  }
}

function writeDigits(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >> 21;
  bytes[at + 1] = (value >> 14) & 127;
  bytes[at + 2] = (value >> 7) & 127;
  bytes[at + 3] = value & 127;
}

const encoder = new TextEncoder();

const onePart = vectorKernel({ name: 'json_part', args: ['text', 'int'], returns: 'text' }, (vectors) => {
  const { bytes, starts } = bytesOf(vectors[0]);
  const parts = numbersOf(vectors[1]);
  return (row, out) => {
    const start = starts[row] ?? 0;
    const at = start + (parts[row] ?? 0) * 2 * DIGITS;
    if (bytes[at] === MISSING) out.null(row);
    else out.bytes(row, bytes, start + readDigits(bytes, at), readDigits(bytes, at + DIGITS));
  };
});

function readDigits(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 21) | ((bytes[at + 1] ?? 0) << 14) | ((bytes[at + 2] ?? 0) << 7) | (bytes[at + 3] ?? 0);
}

export const partKernels: readonly Kernel[] = [manyPaths, onePart];
