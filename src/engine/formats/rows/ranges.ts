import type { Cell } from '../../types/cell.ts';

/** What a row of a column turned out to be. */
export const VALUE = 0;
export const NULL = 1;
/** The column's default, which the caller of the format fills in. */
export const DEFAULT = 2;

/** Where the texts of one column lie: row `row` from `starts[row * stride + index]` up to `ends[…]` of `bytes`. */
export interface Ranges {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly stride: number;
  readonly index: number;
  readonly rows: number;
  /** VALUE, NULL or DEFAULT by row; only rows that are VALUE have a text. */
  readonly states: Uint8Array;
  /** Rows that are not VALUE. */
  readonly special: number;
  /** Whether every text is known to be valid UTF-8. */
  readonly utf8: boolean;
  /** A text that the quick readers leave alone, as a cell; undefined once the row has been reported as bad. */
  parse(row: number): Cell | undefined;
  /** Reports a row as bad. */
  fail(row: number, cause: string): void;
}
