import { ByteSink } from '../../types/json/sink.ts';
import { bytesOf, cachedReader, numbersOf, vectorKernel } from '../frame.ts';
import { type Kernel, KernelError, type VectorWriter } from '../kernel.ts';
import { readSharedPaths } from './shared-paths.ts';
import { writeText } from './text.ts';

/** Seven bits in each byte, so that the whole is a text. */
const DIGITS = 4;
const MISSING = 0x7f;
const MOST_BYTES = MISSING << 21;

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
    const from = out.sink.length;
    packed.write(out.sink, bytes, found, texts);
    out.appended(row, from);
  };
});

class PackedParts implements VectorWriter {
  sink = new ByteSink(0);
  /** Where in the sink the document's parts begin. */
  #from = 0;

  write(sink: ByteSink, bytes: Uint8Array, found: Int32Array, texts: readonly boolean[]): void {
    const places = texts.length * 2 * DIGITS;
    this.sink = sink;
    this.#from = sink.length;
    sink.reserve(places);
    sink.length += places;
    for (let part = 0; part < texts.length; part++) {
      const start = found[2 * part] ?? -1;
      const end = found[2 * part + 1] ?? -1;
      if (start < 0) this.null(part);
      else if (texts[part]) writeText(this, part, bytes, [start, end]);
      else this.bytes(part, bytes, start, end - start);
    }
  }

  null(part: number): void {
    const { bytes } = this.sink;
    const from = this.#from + part * 2 * DIGITS;
    for (let at = from; at < from + 2 * DIGITS; at++) bytes[at] = MISSING;
  }

  bytes(part: number, source: Uint8Array, start: number, length: number): void {
    const from = this.sink.length;
    this.sink.append(source, start, start + length);
    this.appended(part, from);
  }

  text(part: number, value: string): void {
    const bytes = encoder.encode(value);
    this.bytes(part, bytes, 0, bytes.length);
  }

  appended(part: number, start: number): void {
    const { bytes, length } = this.sink;
    if (length - this.#from >= MOST_BYTES) throw new KernelError('a VARIANT is too large to take parts of');
    const at = this.#from + part * 2 * DIGITS;
    writeDigits(bytes, at, start - this.#from);
    writeDigits(bytes, at + DIGITS, length - start);
  }

  number(): never {
    throw new KernelError('a part is a text');
  }

  bigint(): never {
    throw new KernelError('a part is a text');
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
