import { type Data, type DataType, makeData } from 'apache-arrow';
import type { Cell } from '../cell.ts';

/** Builds one Arrow column in the engine's form, value by value. After `finish` it is empty again. */
export interface ColumnBuilder {
  readonly length: number;
  append(cell: Cell): void;
  finish(): Data;
}

interface ColumnParts {
  readonly type: DataType;
  readonly length: number;
  readonly nullCount?: number | undefined;
  readonly nullBitmap?: Uint8Array | undefined;
  readonly data?: ArrayBufferView | undefined;
  readonly valueOffsets?: Int32Array | undefined;
  readonly child?: Data | undefined;
  readonly children?: readonly Data[] | undefined;
}

/** Arrow's makeData for a type known only at run time: its overloads want one known to the compiler. */
export function columnData(parts: ColumnParts): Data {
  return makeData(parts as never);
}

/** One validity bit a value; the bitmap is left out of the result while nothing is NULL. */
export class Validity {
  #bits = new Uint8Array(128);
  #nulls = 0;

  set(index: number, valid: boolean): void {
    if (index >> 3 >= this.#bits.length) this.#bits = grown(this.#bits, (index >> 3) + 1);
    if (valid) this.#bits[index >> 3] = (this.#bits[index >> 3] ?? 0) | (1 << (index & 7));
    else this.#nulls++;
  }

  finish(length: number): { readonly nullBitmap: Uint8Array | undefined; readonly nullCount: number } {
    const nullCount = this.#nulls;
    const nullBitmap = nullCount === 0 ? undefined : this.#bits.slice(0, (length + 7) >> 3);
    this.#bits = new Uint8Array(128);
    this.#nulls = 0;
    return { nullBitmap, nullCount };
  }
}

export function grown(bytes: Uint8Array, atLeast: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(atLeast, bytes.length * 2));
  larger.set(bytes);
  return larger;
}
