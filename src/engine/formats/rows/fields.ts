import { grown } from '../../types/build/column.ts';

/** What a mark says of a field: bare text, text in quotes, or none at all since the record was too short. */
export const PLAIN = 0;
export const QUOTED = 1;
export const MISSING = 2;

/**
 * Where the fields of a window's records lie, record by record: field `index` of row `row` is the text from
 * `starts[row * stride + index]` up to `ends[…]` of `bytes`.
 */
export class Fields {
  /** Fields kept of a record. */
  readonly stride: number;
  bytes = new Uint8Array(0);
  starts = new Int32Array(0);
  ends = new Int32Array(0);
  marks = new Uint8Array(0);
  rows = 0;
  /** Whole records, for messages. */
  recordStarts = new Int32Array(0);
  recordEnds = new Int32Array(0);
  /** Position of each record in its file, from 0. */
  numbers = new Float64Array(0);
  /** Whether every text is known to be valid UTF-8. */
  utf8 = true;
  /** By field of a record: 0 where a tokenizer knows of every record that the field is bare, not empty, and not NULL. */
  readonly doubtful: Uint8Array;
  /** As many zeros as there are rows, or more. */
  zeros = new Uint8Array(0);

  constructor(stride: number) {
    this.stride = stride;
    this.doubtful = new Uint8Array(stride).fill(1);
  }

  clear(bytes: Uint8Array<ArrayBuffer>): void {
    this.bytes = bytes;
    this.rows = 0;
    this.utf8 = true;
  }

  /** Makes room for one more record, and for one field beyond it. */
  reserve(): void {
    const fields = (this.rows + 1) * this.stride + 1;
    if (fields > this.starts.length) {
      this.starts = grownInts(this.starts, fields);
      this.ends = grownInts(this.ends, fields);
      this.marks = grown(this.marks, this.starts.length);
    }
    if (this.rows < this.recordStarts.length) return;
    this.recordStarts = grownInts(this.recordStarts, this.rows + 1);
    this.recordEnds = grownInts(this.recordEnds, this.rows + 1);
    this.zeros = new Uint8Array(this.recordStarts.length);
    const numbers = new Float64Array(this.recordStarts.length);
    numbers.set(this.numbers);
    this.numbers = numbers;
  }

  /** Adds the record whose fields were written after those of the last one. */
  close(start: number, end: number, number: number): void {
    this.recordStarts[this.rows] = start;
    this.recordEnds[this.rows] = end;
    this.numbers[this.rows++] = number;
  }

  /** Takes rows out; the others keep their order. */
  drop(rows: { has(row: number): boolean }): void {
    const { stride } = this;
    let to = 0;
    for (let from = 0; from < this.rows; from++) {
      if (rows.has(from)) continue;
      this.starts.copyWithin(to * stride, from * stride, (from + 1) * stride);
      this.ends.copyWithin(to * stride, from * stride, (from + 1) * stride);
      this.marks.copyWithin(to * stride, from * stride, (from + 1) * stride);
      this.recordStarts[to] = this.recordStarts[from] ?? 0;
      this.recordEnds[to] = this.recordEnds[from] ?? 0;
      this.numbers[to++] = this.numbers[from] ?? 0;
    }
    this.rows = to;
  }
}

function grownInts(values: Int32Array, atLeast: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(atLeast, values.length * 2, 1024));
  larger.set(values);
  return larger;
}
