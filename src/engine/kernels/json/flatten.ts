import { COMMA, LEFT_BRACE, LEFT_BRACKET, QUOTE, RIGHT_BRACKET } from '../../types/json/bytes.ts';
import { skipText, skipValue } from '../../types/json/scan.ts';
import { ByteSink } from '../../types/json/sink.ts';
import { bytesOf, cachedReader, numbersOf, scratch } from '../frame.ts';
import type { Vector, VectorKernel, VectorWriter } from '../kernel.ts';
import { appendKey, FIELD, ITEM, NULL } from './lists.ts';
import { follow, parsePath, type Step } from './path/steps.ts';

interface FlattenOptions {
  readonly isRecursive: boolean;
  readonly objects: boolean;
  readonly arrays: boolean;
}

const FIELDS = 5;
const encoder = new TextEncoder();

/** Writes the rows of one document into the scratch buffer. */
class Flattener {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #options: FlattenOptions;
  /** The path to the container at hand. */
  readonly #path: ByteSink;

  constructor(bytes: Uint8Array, end: number, path: ByteSink, options: FlattenOptions) {
    this.#bytes = bytes;
    this.#end = end;
    this.#path = path;
    this.#options = options;
  }

  expand(start: number): void {
    const first = this.#bytes[start];
    if (first === LEFT_BRACKET && this.#options.arrays) this.#expandArray(start);
    if (first === LEFT_BRACE && this.#options.objects) this.#expandObject(start);
  }

  #expandArray(start: number): void {
    if (this.#bytes[start + 1] === RIGHT_BRACKET) return;
    const length = this.#path.length;
    let at = start;
    for (let index = 0; at === start || this.#bytes[at] === COMMA; index++) {
      const value = at + 1;
      this.#path.ascii(`[${index}]`);
      this.#open();
      scratch.push(NULL);
      this.#field(this.#path.bytes, 0, this.#path.length);
      scratch.push(FIELD);
      scratch.ascii(String(index));
      at = this.#close(value, start);
      this.#path.length = length;
    }
  }

  #expandObject(start: number): void {
    if (this.#bytes[start + 1] !== QUOTE) return;
    const length = this.#path.length;
    let at = start;
    while (at === start || this.#bytes[at] === COMMA) {
      const key = at + 1;
      const keyEnd = skipText(this.#bytes, key);
      if (length > 0) this.#path.push(0x2e);
      const from = this.#path.length;
      appendKey(this.#path, this.#bytes, key, keyEnd);
      this.#open();
      scratch.append(this.#path.bytes, from, this.#path.length);
      this.#field(this.#path.bytes, 0, this.#path.length);
      scratch.push(FIELD);
      scratch.push(NULL);
      at = this.#close(keyEnd + 1, start);
      this.#path.length = length;
    }
  }

  #open(): void {
    if (scratch.length > 0) scratch.push(ITEM);
  }

  #field(bytes: Uint8Array, start: number, end: number): void {
    scratch.push(FIELD);
    scratch.append(bytes, start, end);
  }

  /** The value; when recursive what it stands in and the rows of what is in it, too. Gives the position after the value. */
  #close(value: number, container: number): number {
    const bytes = this.#bytes;
    const next = skipValue(bytes, value, this.#end);
    this.#field(bytes, value, next);
    if (this.#options.isRecursive) {
      this.#field(bytes, container, skipValue(bytes, container, this.#end));
      this.expand(value);
    }
    return next;
  }
}

const path = new ByteSink(256);

/**
 * FLATTEN: one item for each member or element: key, path, index, value and, when recursive, what holds it (else that
 * is the same for all). NULL where there is no row, unless `outer` asks for one of NULLs. What is inside a value
 * follows it at once.
 */
export const flattenKernel: VectorKernel = {
  kind: 'vector',
  name: 'json_flatten',
  args: ['text', 'text', 'int', 'int', 'text'],
  returns: 'text',
  seesNulls: true,
  run([documents, paths, outers, recursives, modes], out, rows) {
    const { bytes, starts, lengths, validity } = bytesOf(documents);
    const start = cachedReader(paths, readStart);
    const options = optionsReader(recursives, modes);
    const outer = numbersOf(outers);
    for (let row = 0; row < rows; row++) {
      scratch.length = 0;
      const document = { bytes, start: starts[row] ?? 0, length: lengths[row] ?? 0 };
      if (validity?.[row] !== 0) flatten(document, start(row), options(row));
      writeRow(out, row, outer[row] === 1);
    }
  },
};

interface Start {
  readonly written: Uint8Array;
  readonly steps: readonly Step[];
}

function readStart(text: string): Start {
  return { written: encoder.encode(text), steps: text === '' ? [] : parsePath(text) };
}

function optionsReader(recursives: Vector | undefined, modes: Vector | undefined): (row: number) => FlattenOptions {
  const recursive = numbersOf(recursives);
  return cachedReader(modes, (mode) => ({
    isRecursive: recursive[0] === 1,
    objects: mode !== 'array',
    arrays: mode !== 'object',
  }));
}

interface Document {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly length: number;
}

function flatten({ bytes, start, length }: Document, { written, steps }: Start, options: FlattenOptions): void {
  const end = start + length;
  const at = follow(bytes, start, steps, end);
  if (at < 0) return;
  path.length = 0;
  path.append(written, 0, written.length);
  new Flattener(bytes, end, path, options).expand(at);
}

function writeRow(out: VectorWriter, row: number, isOuter: boolean): void {
  if (scratch.length === 0 && isOuter) {
    for (let field = 0; field < FIELDS; field++) {
      if (field > 0) scratch.push(FIELD);
      scratch.push(NULL);
    }
  }
  if (scratch.length === 0) out.null(row);
  else out.bytes(row, scratch.bytes, 0, scratch.length);
}
