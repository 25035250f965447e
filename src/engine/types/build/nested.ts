import type { Data, DataType } from 'apache-arrow';
import type { Cell, TimestampTzCell } from '../cell.ts';
import { type ColumnBuilder, columnData, Validity } from './column.ts';
import { NumberBuilder } from './scalars.ts';

export class ListBuilder implements ColumnBuilder {
  length = 0;
  readonly #type: DataType;
  readonly #items: ColumnBuilder;
  readonly #validity = new Validity();
  #offsets: number[] = [0];

  constructor(type: DataType, items: ColumnBuilder) {
    this.#type = type;
    this.#items = items;
  }

  append(cell: Cell): void {
    for (const item of (cell ?? []) as readonly Cell[]) this.#items.append(item);
    this.#offsets.push(this.#items.length);
    this.#validity.set(this.length++, cell !== null);
  }

  finish(): Data {
    const { length } = this;
    const valueOffsets = Int32Array.from(this.#offsets);
    this.length = 0;
    this.#offsets = [0];
    const child = this.#items.finish();
    return columnData({ type: this.#type, length, valueOffsets, child, ...this.#validity.finish(length) });
  }
}

export class FixedListBuilder implements ColumnBuilder {
  length = 0;
  readonly #type: DataType;
  readonly #items = new NumberBuilder({ kind: 'Float32' });
  readonly #empty: readonly Cell[];
  readonly #validity = new Validity();

  constructor(type: DataType, dimension: number) {
    this.#type = type;
    this.#empty = new Array<number>(dimension).fill(0);
  }

  append(cell: Cell): void {
    for (const item of (cell ?? this.#empty) as readonly Cell[]) this.#items.append(item);
    this.#validity.set(this.length++, cell !== null);
  }

  finish(): Data {
    const { length } = this;
    this.length = 0;
    const child = this.#items.finish();
    return columnData({ type: this.#type, length, child, ...this.#validity.finish(length) });
  }
}

/** Tuples, the entries of maps, and the two parts of TIMESTAMP_TZ. */
export class TupleBuilder implements ColumnBuilder {
  length = 0;
  readonly #type: DataType;
  readonly #fields: readonly ColumnBuilder[];
  readonly #parts: (cell: Cell) => readonly Cell[];
  readonly #validity = new Validity();

  constructor(type: DataType, fields: readonly ColumnBuilder[], parts: (cell: Cell) => readonly Cell[]) {
    this.#type = type;
    this.#fields = fields;
    this.#parts = parts;
  }

  append(cell: Cell): void {
    const parts = cell === null ? [] : this.#parts(cell);
    for (const [index, field] of this.#fields.entries()) field.append(parts[index] ?? null);
    this.#validity.set(this.length++, cell !== null);
  }

  finish(): Data {
    const { length } = this;
    this.length = 0;
    const children = this.#fields.map((field) => field.finish());
    return columnData({ type: this.#type, length, children, ...this.#validity.finish(length) });
  }
}

export function timestampTzParts(cell: Cell): readonly Cell[] {
  const { micros, offsetSeconds } = cell as TimestampTzCell;
  return [micros, offsetSeconds];
}
