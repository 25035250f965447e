import { assert } from '../base/errors.ts';
import { ByteSink } from '../types/json/sink.ts';
import {
  type BytesVector,
  type KernelArg,
  KernelError,
  type KernelReturn,
  type RowKernel,
  type Vector,
  type VectorKernel,
  type VectorWriter,
} from './kernel.ts';

/** Writes one row, of which no argument is NULL. */
type WriteRow = (row: number, out: VectorWriter) => void;

interface Signature {
  readonly name: string;
  readonly args: readonly KernelArg[];
  readonly returns: KernelReturn;
}

/** A kernel over whole vectors: `prepare` looks at the arguments once and gives what writes a row. */
export function vectorKernel(
  { name, args, returns }: Signature,
  prepare: (vectors: readonly Vector[]) => WriteRow,
): VectorKernel {
  return {
    kind: 'vector',
    name,
    args,
    returns,
    run(vectors, out, rows) {
      const writeRow = prepare(vectors);
      const masks = vectors.flatMap(({ validity }) => (validity ? [validity] : []));
      const hasNulls = masks.length > 0;
      for (let row = 0; row < rows; row++) {
        if (hasNulls && masks.some((mask) => mask[row] === 0)) out.null(row);
        else writeRow(row, out);
      }
    },
  };
}

/** A kernel from texts to a text. */
export function textKernel(name: string, args: readonly KernelArg[], row: RowKernel['row']): RowKernel {
  return { kind: 'row', name, args, returns: 'text', row };
}

/** A kernel from texts to a boolean. */
export function predicateKernel(name: string, args: readonly KernelArg[], row: RowKernel['row']): RowKernel {
  return { kind: 'row', name, args, returns: 'boolean', row };
}

export function bytesOf(vector: Vector | undefined): BytesVector {
  assert(vector?.kind === 'bytes', 'the argument is a text');
  return vector;
}

export function numbersOf(vector: Vector | undefined): Float64Array | Int32Array {
  assert(vector?.kind === 'numbers', 'the argument is a number');
  return vector.values;
}

/** Where results are put together; one at a time, since kernels do not call each other. */
export const scratch = new ByteSink(1 << 16);

const decoder = new TextDecoder();

export function decode(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** What is read from an argument that is mostly the same in all rows: a key, a path, a format. */
export function cachedReader<T>(vector: Vector | undefined, read: (text: string) => T): (row: number) => T {
  const { bytes, starts, lengths } = bytesOf(vector);
  let lastStart = -1;
  let lastLength = -1;
  let last: T | undefined;
  return (row) => {
    const start = starts[row] ?? 0;
    const length = lengths[row] ?? 0;
    if (last !== undefined && length === lastLength && sameBytes(bytes, start, lastStart, length)) return last;
    lastStart = start;
    lastLength = length;
    last = read(decode(bytes, start, start + length));
    return last;
  };
}

function sameBytes(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  if (a === b) return true;
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}

/** The last argument of kernels that may fail: 1 makes the result NULL instead of an error. */
export function failOrNull(mode: number, message: string): null {
  if (mode === 1) return null;
  throw new KernelError(message);
}
