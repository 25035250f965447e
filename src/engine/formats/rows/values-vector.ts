import type { Cell } from '../../types/cell.ts';
import { DoubleReader } from '../../types/parse/bytes-number.ts';
import { type Ranges, VALUE } from './ranges.ts';

const LEFT_BRACKET = 0x5b;
const RIGHT_BRACKET = 0x5d;
const COMMA = 0x2c;
const SPACE = 0x20;

/** The items of vectors, one vector after the other. */
export function vectorValues(ranges: Ranges, dimension: number): Float32Array<ArrayBuffer> {
  const { states, rows } = ranges;
  const values = new Float32Array(rows * dimension);
  const reader = new VectorReader(ranges.bytes, values);
  for (let row = 0, at = ranges.index; row < rows; row++, at += ranges.stride) {
    if (states[row] !== VALUE) continue;
    const from = row * dimension;
    const count = reader.read(ranges.starts[at] ?? 0, ranges.ends[at] ?? 0, from, from + dimension);
    if (count === dimension) continue;
    const cell = ranges.parse(row);
    if (cell !== undefined) values.set((cell as readonly Cell[]).map(Number), from);
  }
  return values;
}

/** Reads `[1.5, 2]` with blanks around its items. */
class VectorReader {
  readonly #bytes: Uint8Array;
  readonly #values: Float32Array;
  readonly #number = new DoubleReader();

  constructor(bytes: Uint8Array, values: Float32Array) {
    this.#bytes = bytes;
    this.#values = values;
  }

  /** Writes items to `values` from `from`, at most up to `to`; gives their count, -1 for another spelling. */
  read(start: number, end: number, from: number, to: number): number {
    const bytes = this.#bytes;
    if (bytes[start] !== LEFT_BRACKET || bytes[end - 1] !== RIGHT_BRACKET) return -1;
    let index = from;
    for (let at = start + 1; at < end; index++) {
      let next = at;
      while (next < end - 1 && bytes[next] !== COMMA) next++;
      const value = this.#item(at, next);
      if (Number.isNaN(value) || index >= to) return -1;
      this.#values[index] = value;
      at = next + 1;
    }
    return index - from;
  }

  #item(start: number, end: number): number {
    let from = start;
    let to = end;
    while (from < to && this.#bytes[from] === SPACE) from++;
    while (to > from && this.#bytes[to - 1] === SPACE) to--;
    return this.#number.read(this.#bytes, from, to);
  }
}
