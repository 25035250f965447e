import type { Data, DataType } from 'apache-arrow';
import { assert } from '../../base/errors.ts';
import { arrowType } from '../arrow.ts';
import type { Cell, IntervalCell } from '../cell.ts';
import { showDecimal } from '../decimal.ts';
import type { SqlType } from '../type.ts';
import { type ColumnBuilder, columnData, grown, Validity } from './column.ts';

type NumberArray =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

const ARRAYS: { readonly [kind: string]: new (length: number) => NumberArray } = {
  UInt8: Uint8Array,
  UInt16: Uint16Array,
  UInt32: Uint32Array,
  UInt64: BigUint64Array,
  Int8: Int8Array,
  Int16: Int16Array,
  Int32: Int32Array,
  Int64: BigInt64Array,
  Float32: Float32Array,
  Float64: Float64Array,
  Date: Int32Array,
  Timestamp: BigInt64Array,
};

/** Integers, floats, dates and timestamps. */
export class NumberBuilder implements ColumnBuilder {
  length = 0;
  readonly #type: DataType;
  readonly #array: new (
    length: number,
  ) => NumberArray;
  readonly #wide: boolean;
  readonly #validity = new Validity();
  #values: NumberArray;

  constructor(type: SqlType) {
    const array = ARRAYS[type.kind];
    assert(array !== undefined, `${type.kind} is kept as numbers`);
    this.#type = arrowType(type);
    this.#array = array;
    this.#values = new array(1024);
    this.#wide = this.#values instanceof BigInt64Array || this.#values instanceof BigUint64Array;
  }

  append(cell: Cell): void {
    if (this.length === this.#values.length) this.#grow();
    // Whether the array holds numbers or bigints is known by its class, which no type says of an element.
    if (cell !== null) this.#values[this.length] = (this.#wide ? BigInt(cell as bigint) : Number(cell)) as never;
    this.#validity.set(this.length++, cell !== null);
  }

  #grow(): void {
    const larger = new this.#array(this.#values.length * 2);
    larger.set(this.#values as never);
    this.#values = larger;
  }

  finish(): Data {
    const { length } = this;
    const data = this.#values.slice(0, length);
    this.length = 0;
    return columnData({ type: this.#type, length, data, ...this.#validity.finish(length) });
  }
}

export class BooleanBuilder implements ColumnBuilder {
  length = 0;
  readonly #validity = new Validity();
  #bits = new Uint8Array(128);

  append(cell: Cell): void {
    const index = this.length++;
    if (index >> 3 >= this.#bits.length) this.#bits = grown(this.#bits, (index >> 3) + 1);
    if (cell === true) this.#bits[index >> 3] = (this.#bits[index >> 3] ?? 0) | (1 << (index & 7));
    this.#validity.set(index, cell !== null);
  }

  finish(): Data {
    const { length } = this;
    const data = this.#bits.slice(0, (length + 7) >> 3);
    this.length = 0;
    this.#bits = new Uint8Array(128);
    return columnData({ type: arrowType({ kind: 'Boolean' }), length, data, ...this.#validity.finish(length) });
  }
}

const encoder = new TextEncoder();

/** Texts and binaries. */
export class BytesBuilder implements ColumnBuilder {
  length = 0;
  readonly #type: DataType;
  readonly #validity = new Validity();
  #offsets = new Int32Array(1024);
  #bytes = new Uint8Array(4096);
  #end = 0;

  constructor(type: DataType) {
    this.#type = type;
  }

  append(cell: Cell): void {
    if (cell === null) this.#close(false);
    else if (typeof cell === 'string') this.#appendText(cell);
    else this.appendBytes(cell as Uint8Array, 0, (cell as Uint8Array).length);
  }

  #appendText(text: string): void {
    // A UTF-16 unit takes at most three bytes of UTF-8.
    this.#reserve(text.length * 3);
    this.#end += encoder.encodeInto(text, this.#bytes.subarray(this.#end)).written;
    this.#close(true);
  }

  /** The bytes of `source` from `start` up to `end`. */
  appendBytes(source: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    if (end - start > 24) this.#bytes.set(source.subarray(start, end), this.#end);
    else for (let from = start, to = this.#end; from < end; from++, to++) this.#bytes[to] = source[from] ?? 0;
    this.#end += end - start;
    this.#close(true);
  }

  #reserve(bytes: number): void {
    if (this.#end + bytes > this.#bytes.length) this.#bytes = grown(this.#bytes, this.#end + bytes);
  }

  #close(valid: boolean): void {
    this.#validity.set(this.length++, valid);
    if (this.length === this.#offsets.length) {
      const larger = new Int32Array(this.#offsets.length * 2);
      larger.set(this.#offsets);
      this.#offsets = larger;
    }
    this.#offsets[this.length] = this.#end;
  }

  finish(): Data {
    const { length } = this;
    const valueOffsets = this.#offsets.slice(0, length + 1);
    const data = this.#bytes.slice(0, this.#end);
    this.length = 0;
    this.#end = 0;
    return columnData({ type: this.#type, length, valueOffsets, data, ...this.#validity.finish(length) });
  }
}

type WriteWords = (view: DataView, at: number, cell: Exclude<Cell, null>) => void;

/** Sixteen bytes a value: decimals and intervals. */
export class WordsBuilder implements ColumnBuilder {
  length = 0;
  readonly #type: DataType;
  readonly #write: WriteWords;
  readonly #validity = new Validity();
  #bytes = new Uint8Array(16 * 256);

  constructor(type: DataType, write: WriteWords) {
    this.#type = type;
    this.#write = write;
  }

  append(cell: Cell): void {
    const at = this.length * 16;
    if (at === this.#bytes.length) this.#bytes = grown(this.#bytes, at + 16);
    if (cell !== null) this.#write(new DataView(this.#bytes.buffer), at, cell);
    this.#validity.set(this.length++, cell !== null);
  }

  finish(): Data {
    const { length } = this;
    const bytes = this.#bytes.slice(0, length * 16);
    this.length = 0;
    this.#bytes = new Uint8Array(16 * 256);
    const data = new Int32Array(bytes.buffer);
    return columnData({ type: this.#type, length, data, ...this.#validity.finish(length) });
  }
}

export const writeDecimal: WriteWords = (view, at, cell) => {
  const unscaled = cell as bigint;
  view.setBigUint64(at, BigInt.asUintN(64, unscaled), true);
  view.setBigInt64(at + 8, BigInt.asIntN(64, unscaled >> 64n), true);
};

export const writeInterval: WriteWords = (view, at, cell) => {
  const { months, days, micros } = cell as IntervalCell;
  view.setInt32(at, months, true);
  view.setInt32(at + 4, days, true);
  view.setBigInt64(at + 8, micros * 1000n, true);
};

export function wideDecimalBuilder(scale: number): ColumnBuilder {
  const texts = new BytesBuilder(arrowType({ kind: 'String' }));
  return {
    get length() {
      return texts.length;
    },
    append: (cell) => texts.append(cell === null ? null : showDecimal(cell as bigint, scale)),
    finish: () => texts.finish(),
  };
}
