import { callSRet, type DuckDBBindingsBase, dropResponseBuffers, readString } from '@duckdb/duckdb-wasm/blocking';
import { SqlError } from '../base/errors.ts';
import type {
  BytesVector,
  Kernel,
  KernelReturn,
  KernelValue,
  NumbersVector,
  RowKernel,
  Vector,
  VectorWriter,
} from '../kernels/kernel.ts';
import { ByteSink } from '../types/json/sink.ts';
import type { DuckConnection } from './connection.ts';
import { markError } from './errors.ts';

/**
 * Kernels as DuckDB scalar functions. The calling convention is that of duckdb-wasm's webdb.cc: a JSON description of
 * the argument vectors, their addresses as doubles, and a response of three doubles (status, pointer, length).
 */

/** What DuckDB is told that a function gives; text and blob both travel as VARCHAR. */
const SQL_TYPES: { readonly [K in KernelReturn]: string } = {
  text: 'utf8',
  blob: 'utf8',
  double: 'float64',
  float: 'float32',
  int: 'int32',
  bigint: 'int64',
  ubigint: 'uint64',
  boolean: 'bool',
};

/** The part of the emscripten module that is used here. */
export interface WasmMemory {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** By their ids less one, of all instances: the glue knows one runtime a realm, that of the instance started last. */
const kernels: Kernel[] = [];

export function registerKernel(bindings: DuckDBBindingsBase, connection: DuckConnection, kernel: Kernel): void {
  const functionId = kernels.length + 1;
  const name = kernel.returns === 'blob' ? `${kernel.name}_bytes` : kernel.name;
  const declaration = JSON.stringify({ functionId, name, returnType: { sqlType: SQL_TYPES[kernel.returns] } });
  const [status, data, length] = callSRet(
    bindings.mod,
    'duckdb_web_udf_scalar_create',
    ['number', 'string'],
    [connection.id, declaration],
  );
  if (status !== 0) throw new SqlError('Internal', `${kernel.name}: ${readString(bindings.mod, data, length)}`);
  dropResponseBuffers(bindings.mod);
  kernels.push(kernel);
  if (kernel.returns !== 'blob') return;
  // A BLOB result would arrive empty; as VARCHAR the bytes survive, and encode() only changes the type.
  const params = kernel.args.map((_, index) => `a${index}`).join(', ');
  connection.run(`CREATE OR REPLACE MACRO ${kernel.name}(${params}) AS encode(${name}(${params}))`);
}

interface UdfCall {
  readonly module: WasmMemory;
  /** Address of the response. */
  readonly response: number;
  /** Address and size of the description, address and size of the pointers. */
  readonly buffers: readonly number[];
}

interface ArgumentDescription {
  readonly physicalType: string;
  readonly validityBuffer?: number;
  readonly dataBuffer?: number;
  readonly lengthBuffer?: number;
}

interface CallDescription {
  readonly rows: number;
  readonly args: readonly ArgumentDescription[];
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Answers one call of DuckDB for a vector of up to 2,048 rows. */
export function runKernel(id: number, call: UdfCall): void {
  const { module } = call;
  try {
    const kernel = kernels[id - 1];
    if (!kernel) throw new SqlError('Internal', 'a function was called that no kernel stands behind');
    const [descriptionAt = 0, descriptionSize = 0, pointersAt = 0, pointersSize = 0] = call.buffers;
    const text = decoder.decode(module.HEAPU8.subarray(descriptionAt, descriptionAt + descriptionSize));
    const { rows, args } = JSON.parse(text) as CallDescription;
    const pointers = new Float64Array(module.HEAPU8.buffer, pointersAt, pointersSize / 8);
    const reader = new ArgumentReader(module, pointers, rows);
    const vectors = args.map((arg) => reader.read(arg));
    const writer = new HeapWriter(module, kernel.returns, rows);
    if (kernel.kind === 'vector') kernel.run(vectors, writer, rows);
    else runRows(kernel, vectors, writer, rows);
    respond(call, 0, writer.finish(), 0);
  } catch (error) {
    const message = encoder.encode(markError(error));
    const at = module._malloc(message.length);
    module.HEAPU8.set(message, at);
    respond(call, 1, at, message.length);
  }
}

function respond({ module, response }: UdfCall, status: number, pointer: number, length: number): void {
  const heap = new Float64Array(module.HEAPU8.buffer, response, 3);
  heap[0] = status;
  heap[1] = pointer;
  heap[2] = length;
}

/** Views of the arguments in wasm memory. They hold during a call: nothing is reserved there until the kernel is done. */
class ArgumentReader {
  readonly #module: WasmMemory;
  readonly #pointers: Float64Array;
  readonly #rows: number;

  constructor(module: WasmMemory, pointers: Float64Array, rows: number) {
    this.#module = module;
    // Copied: the view would be lost with the memory it looks into.
    this.#pointers = pointers.slice();
    this.#rows = rows;
  }

  read(arg: ArgumentDescription): Vector {
    const heap = this.#module.HEAPU8;
    const validityAt = this.#at(arg.validityBuffer);
    const validity = validityAt === 0 ? undefined : heap.subarray(validityAt, validityAt + this.#rows);
    const dataAt = this.#at(arg.dataBuffer);
    if (arg.physicalType === 'VARCHAR') {
      return {
        kind: 'bytes',
        bytes: heap,
        starts: new Uint32Array(new Float64Array(heap.buffer, dataAt, this.#rows)),
        lengths: new Uint32Array(new Float64Array(heap.buffer, this.#at(arg.lengthBuffer), this.#rows)),
        validity,
      };
    }
    const array = arg.physicalType === 'INT32' ? Int32Array : Float64Array;
    return { kind: 'numbers', values: new array(heap.buffer, dataAt, this.#rows), validity };
  }

  #at(buffer: number | undefined): number {
    return buffer === undefined ? 0 : (this.#pointers[buffer] ?? 0);
  }
}

/** Memory of an instance that one call after another may use; DuckDB copies results out before it calls again. */
class Scratch {
  readonly #module: WasmMemory;
  #at = 0;
  #size = 0;

  constructor(module: WasmMemory) {
    this.#module = module;
  }

  reserve(size: number): number {
    if (size > this.#size) {
      if (this.#at !== 0) this.#module._free(this.#at);
      this.#size = Math.max(size, 65_536, this.#size * 2);
      this.#at = this.#module._malloc(this.#size);
    }
    return this.#at;
  }
}

interface Scratches {
  readonly data: Scratch;
  readonly lengths: Scratch;
}

const scratches = new WeakMap<WasmMemory, Scratches>();

function scratchOf(module: WasmMemory): Scratches {
  const known = scratches.get(module);
  if (known) return known;
  const made = { data: new Scratch(module), lengths: new Scratch(module) };
  scratches.set(module, made);
  return made;
}

const WIDTHS: { readonly [K in KernelReturn]: number } = {
  text: 8,
  blob: 8,
  double: 8,
  float: 4,
  int: 4,
  bigint: 8,
  ubigint: 8,
  boolean: 1,
};

/** Of one call after the other, since kernels do not call each other. */
const texts = new ByteSink(1 << 20);

/**
 * Collects results. Texts gather in a buffer of ours and move to wasm memory at the end in one copy, because a
 * reservation there could grow the memory and detach the views a kernel is reading from.
 */
class HeapWriter implements VectorWriter {
  readonly sink = texts;
  readonly #module: WasmMemory;
  readonly #returns: KernelReturn;
  readonly #rows: number;
  readonly #validity: Uint8Array;
  readonly #numbers: Float64Array;
  readonly #wide: BigInt64Array;
  readonly #lengths: Float64Array;

  constructor(module: WasmMemory, returns: KernelReturn, rows: number) {
    this.#module = module;
    this.#returns = returns;
    this.#rows = rows;
    this.#validity = new Uint8Array(rows);
    this.#numbers = new Float64Array(rows);
    this.#wide = new BigInt64Array(returns === 'bigint' || returns === 'ubigint' ? rows : 0);
    this.#lengths = new Float64Array(returns === 'text' || returns === 'blob' ? rows : 0);
    this.sink.length = 0;
  }

  null(row: number): void {
    this.#numbers[row] = this.sink.length;
  }

  bytes(row: number, source: Uint8Array, start: number, length: number): void {
    const from = this.sink.length;
    this.sink.append(source, start, start + length);
    this.appended(row, from);
  }

  text(row: number, value: string): void {
    const { sink } = this;
    const from = sink.length;
    sink.reserve(value.length * 3);
    sink.length += encoder.encodeInto(value, sink.bytes.subarray(from)).written;
    this.appended(row, from);
  }

  appended(row: number, start: number): void {
    this.#validity[row] = 1;
    this.#numbers[row] = start;
    this.#lengths[row] = this.sink.length - start;
  }

  number(row: number, value: number): void {
    this.#validity[row] = 1;
    this.#numbers[row] = value;
  }

  bigint(row: number, value: bigint): void {
    this.#validity[row] = 1;
    this.#wide[row] = BigInt.asIntN(64, value);
  }

  /** Puts everything into wasm memory; gives the address of (data, validity, lengths). */
  finish(): number {
    const { _malloc: malloc } = this.#module;
    const isText = this.#lengths.length > 0;
    const width = WIDTHS[this.#returns];
    // One block for the pointers and, behind them, the texts: DuckDB copies those. Numbers it takes over with their block.
    const size = this.#rows * width + this.sink.length;
    const scratch = isText ? scratchOf(this.#module) : undefined;
    const dataAt = scratch?.data.reserve(size) ?? malloc(Math.max(1, size));
    const lengthsAt = scratch?.lengths.reserve(this.#rows * 8) ?? 0;
    // DuckDB frees the validity and the triple after each call, and nothing else.
    const validityAt = malloc(Math.max(1, this.#rows));
    const tripleAt = malloc(24);
    const heap = this.#module.HEAPU8;
    heap.set(this.#validity, validityAt);
    if (isText) this.#writeTexts(heap, dataAt, lengthsAt);
    else this.#writeNumbers(heap, dataAt);
    new Float64Array(heap.buffer, tripleAt, 3).set([dataAt, validityAt, lengthsAt]);
    return tripleAt;
  }

  #writeTexts(heap: Uint8Array, dataAt: number, lengthsAt: number): void {
    const textAt = dataAt + this.#rows * 8;
    heap.set(this.sink.bytes.subarray(0, this.sink.length), textAt);
    const pointers = new Float64Array(heap.buffer, dataAt, this.#rows);
    for (let row = 0; row < this.#rows; row++) pointers[row] = (this.#numbers[row] ?? 0) + textAt;
    new Float64Array(heap.buffer, lengthsAt, this.#rows).set(this.#lengths);
  }

  #writeNumbers(heap: Uint8Array, at: number): void {
    switch (this.#returns) {
      case 'bigint':
      case 'ubigint':
        new BigInt64Array(heap.buffer, at, this.#rows).set(this.#wide);
        break;
      case 'int':
        new Int32Array(heap.buffer, at, this.#rows).set(this.#numbers);
        break;
      case 'float':
        new Float32Array(heap.buffer, at, this.#rows).set(this.#numbers);
        break;
      case 'boolean':
        new Uint8Array(heap.buffer, at, this.#rows).set(this.#numbers);
        break;
      default:
        new Float64Array(heap.buffer, at, this.#rows).set(this.#numbers);
    }
  }
}

function runRows(kernel: RowKernel, vectors: readonly Vector[], writer: HeapWriter, rows: number): void {
  const readers = vectors.map((vector, index) => valueReader(vector, kernel.args[index] === 'blob'));
  const values = new Array<KernelValue>(readers.length);
  for (let row = 0; row < rows; row++) {
    let missing = false;
    for (const [index, read] of readers.entries()) {
      const value = read(row);
      if (value === null) missing = true;
      values[index] = value;
    }
    const result = missing && !kernel.seesNulls ? null : kernel.row(...values);
    writeValue(writer, row, result);
  }
}

function valueReader(vector: Vector, isBlob: boolean): (row: number) => KernelValue {
  const { validity } = vector;
  const read = vector.kind === 'numbers' ? numberReader(vector) : bytesReader(vector, isBlob);
  return validity ? (row) => (validity[row] ? read(row) : null) : read;
}

function numberReader({ values }: NumbersVector): (row: number) => KernelValue {
  return (row) => values[row] ?? 0;
}

function bytesReader({ bytes, starts, lengths }: BytesVector, isBlob: boolean): (row: number) => KernelValue {
  return (row) => {
    const start = starts[row] ?? 0;
    const slice = bytes.subarray(start, start + (lengths[row] ?? 0));
    return isBlob ? slice : decoder.decode(slice);
  };
}

function writeValue(writer: HeapWriter, row: number, value: KernelValue): void {
  if (value === null || value === undefined) writer.null(row);
  else if (typeof value === 'string') writer.text(row, value);
  else if (typeof value === 'number') writer.number(row, value);
  else if (typeof value === 'bigint') writer.bigint(row, value);
  else if (typeof value === 'boolean') writer.number(row, value ? 1 : 0);
  else writer.bytes(row, value, 0, value.length);
}
