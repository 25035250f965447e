import type { ByteSink } from '../types/json/sink.ts';

/**
 * Kernels are the functions that DuckDB lacks, in TypeScript over whole vectors: pure, knowing nothing of DuckDB.
 * `duck/udf.ts` gives them their arguments straight out of wasm memory and takes results back the same way.
 *
 * How to add one: a `RowKernel` in the file of its topic and a mention in `kernels/index.ts`; a function row then calls
 * it by name in its lowering. Write a `VectorKernel` only where a profile asks for it.
 */

/** What DuckDB can hand over; 64-bit integers come as text. */
export type KernelArg = 'text' | 'blob' | 'double' | 'int';

/** What it takes back. `blob` comes back as BLOB, `bigint` and `ubigint` as 64-bit integers. */
export type KernelReturn = 'text' | 'blob' | 'double' | 'float' | 'int' | 'bigint' | 'ubigint' | 'boolean';

export type KernelValue = string | Uint8Array | number | bigint | boolean | null;

interface KernelBase {
  /** The name that lowerings call: lower case, unlike any DuckDB function. */
  readonly name: string;
  readonly args: readonly KernelArg[];
  readonly returns: KernelReturn;
  /** Whether NULL arguments reach the kernel; by default any of them makes the result NULL. */
  readonly seesNulls?: boolean;
  /** Fetches a library that the kernel stands on: awaited once before a statement that calls it runs. */
  readonly load?: () => Promise<void>;
}

/** One row at a time: texts as strings, blobs as bytes that are only valid during the call. */
export interface RowKernel extends KernelBase {
  readonly kind: 'row';
  /** Throws a KernelError for what the user did wrong. */
  // biome-ignore lint/suspicious/noExplicitAny: the runtime checks argument kinds against `args`, which no type can say per row.
  row(...args: any[]): KernelValue;
}

/** A vector at a time, over bytes: for what runs millions of times a second. */
export interface VectorKernel extends KernelBase {
  readonly kind: 'vector';
  run(args: readonly Vector[], out: VectorWriter, rows: number): void;
}

export type Kernel = RowKernel | VectorKernel;

/**
 * Texts and blobs: value `i` is `bytes` from `starts[i]`, `lengths[i]` long. These are integers, since every place that
 * a kernel comes to from a double is another double to V8.
 */
export interface BytesVector {
  readonly kind: 'bytes';
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly lengths: Uint32Array;
  /** 0 where NULL; absent when there is none. */
  readonly validity: Uint8Array | undefined;
}

export interface NumbersVector {
  readonly kind: 'numbers';
  readonly values: Float64Array | Int32Array;
  readonly validity: Uint8Array | undefined;
}

export type Vector = BytesVector | NumbersVector;

/** Takes the result of row `i`, once each and in order. */
export interface VectorWriter {
  /** Where texts and blobs gather: a kernel may append one itself, and then say so by `appended`. */
  readonly sink: ByteSink;
  /** What stands in `sink` from `start` on is the result. */
  appended(row: number, start: number): void;
  null(row: number): void;
  /** Copies `length` bytes of `source` from `start`. */
  bytes(row: number, source: Uint8Array, start: number, length: number): void;
  text(row: number, value: string): void;
  number(row: number, value: number): void;
  /** For results of `bigint` and `ubigint`. */
  bigint(row: number, value: bigint): void;
}

/** What a kernel throws for bad input: the reason alone, since the lowering knows the call. Becomes error 1006 or the kind given. */
export class KernelError extends Error {
  override readonly name = 'KernelError';
  readonly kind: 'BadArguments' | 'GeometryError';

  constructor(message: string, kind: 'BadArguments' | 'GeometryError' = 'BadArguments') {
    super(message);
    this.kind = kind;
  }
}
