import type { Cell } from '../../types/cell.ts';
import type { Column } from '../../types/type.ts';
import type { TargetColumn } from './field-batch.ts';
import type { Fields } from './fields.ts';
import { textOf } from './messages.ts';
import type { Ranges } from './ranges.ts';

/** What a slice needs to know of a window. */
type Places = Pick<Fields, 'bytes' | 'starts' | 'ends' | 'marks' | 'stride' | 'rows' | 'utf8'>;

/** One column of a window of a text file; what makes a value of a field is the format's. */
export abstract class ColumnSlice implements Ranges {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly stride: number;
  readonly index: number;
  readonly rows: number;
  readonly states: Uint8Array;
  readonly utf8: boolean;
  abstract readonly special: number;
  protected readonly column: Column;
  protected readonly marks: Uint8Array;

  constructor(fields: Places, { column, index }: TargetColumn, states = new Uint8Array(fields.rows)) {
    this.bytes = fields.bytes;
    this.starts = fields.starts;
    this.ends = fields.ends;
    this.stride = fields.stride;
    this.rows = fields.rows;
    this.utf8 = fields.utf8;
    this.index = index;
    this.states = states;
    this.marks = fields.marks;
    this.column = column;
  }

  protected text(row: number): string {
    const at = row * this.stride + this.index;
    return textOf(this.bytes, this.starts[at] ?? 0, this.ends[at] ?? 0);
  }

  abstract parse(row: number): Cell | undefined;
  abstract fail(row: number, cause: string): void;
}
