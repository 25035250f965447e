import { assert } from '../base/errors.ts';
import type {
  BytesVector,
  Kernel,
  KernelArg,
  KernelReturn,
  KernelValue,
  RowKernel,
  Vector,
  VectorWriter,
} from '../kernels/kernel.ts';
import { ByteSink } from '../types/json/sink.ts';

/**
 * Runs a kernel over rows of JavaScript values, as `duck/udf.ts` would over a vector in wasm memory:
 * texts and blobs are copied into one block, a value that stands in several rows only once.
 */
export function runKernel(kernel: Kernel, rows: readonly (readonly KernelValue[])[]): KernelValue[] {
  if (kernel.kind === 'row') return rows.map((row) => runRow(kernel, row));
  const vectors = kernel.args.map((arg, index) =>
    vectorOf(
      arg,
      rows.map((row) => row[index] ?? null),
    ),
  );
  const writer = new ValueWriter(kernel.returns, rows.length);
  kernel.run(vectors, writer, rows.length);
  return writer.values;
}

/** The same for one row. */
export function callKernel(kernel: Kernel, ...args: readonly KernelValue[]): KernelValue {
  return runKernel(kernel, [args])[0] ?? null;
}

function runRow(kernel: RowKernel, row: readonly KernelValue[]): KernelValue {
  if (!kernel.seesNulls && row.includes(null)) return null;
  return kernel.row(...row);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function vectorOf(arg: KernelArg, values: readonly KernelValue[]): Vector {
  const validity = values.includes(null) ? Uint8Array.from(values, (value) => (value === null ? 0 : 1)) : undefined;
  if (arg === 'int') return { kind: 'numbers', values: Int32Array.from(values, Number), validity };
  if (arg === 'double') return { kind: 'numbers', values: Float64Array.from(values, Number), validity };
  return { ...bytesVector(values), validity };
}

function bytesVector(values: readonly KernelValue[]): BytesVector {
  const places = new Map<KernelValue, { readonly start: number; readonly length: number }>();
  const chunks: Uint8Array[] = [];
  let used = 0;
  for (const value of new Set(values)) {
    const bytes = typeof value === 'string' ? encoder.encode(value) : value;
    if (!(bytes instanceof Uint8Array)) continue;
    places.set(value, { start: used, length: bytes.length });
    chunks.push(bytes);
    used += bytes.length;
  }
  const bytes = new Uint8Array(used);
  for (const [index, place] of [...places.values()].entries()) bytes.set(chunks[index] ?? [], place.start);
  return {
    kind: 'bytes',
    bytes,
    starts: Uint32Array.from(values, (value) => places.get(value)?.start ?? 0),
    lengths: Uint32Array.from(values, (value) => places.get(value)?.length ?? 0),
    validity: undefined,
  };
}

class ValueWriter implements VectorWriter {
  readonly sink = new ByteSink();
  readonly values: KernelValue[];
  readonly #returns: KernelReturn;

  constructor(returns: KernelReturn, rows: number) {
    this.#returns = returns;
    this.values = new Array<KernelValue>(rows).fill(null);
  }

  null(row: number): void {
    this.values[row] = null;
  }

  bytes(row: number, source: Uint8Array, start: number, length: number): void {
    const bytes = source.slice(start, start + length);
    this.values[row] = this.#returns === 'text' ? decoder.decode(bytes) : bytes;
  }

  appended(row: number, start: number): void {
    this.bytes(row, this.sink.bytes, start, this.sink.length - start);
  }

  text(row: number, value: string): void {
    assert(this.#returns === 'text', `a kernel of ${this.#returns} gives a text`);
    this.values[row] = value;
  }

  number(row: number, value: number): void {
    if (this.#returns === 'boolean') this.values[row] = value !== 0;
    else if (this.#returns === 'float') this.values[row] = Math.fround(value);
    else this.values[row] = value;
  }

  bigint(row: number, value: bigint): void {
    this.values[row] = this.#returns === 'ubigint' ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value);
  }
}
