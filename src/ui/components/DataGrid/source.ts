import type { RecordBatch } from 'apache-arrow';
import type { Schema } from '../../../engine/index.ts';

/** Rows that a grid shows, by position. */
export interface GridSource {
  /** Other data has another id; the same id with more rows is the same result, further on. */
  readonly id: string;
  /** Of the rows: a source of the same ones in other columns keeps the place that is in view. The id if absent. */
  readonly rowsId?: string;
  /** The number of a row from 0, where it is not its position. */
  readonly numberOf?: (position: number) => number;
  readonly columns: Schema;
  /** How many rows there are so far. */
  readonly rows: number;
  /** Fewer rows than asked for when they have not come yet. */
  page(start: number, count: number, signal: AbortSignal): Promise<RecordBatch>;
}

export function rowsIdOf({ id, rowsId }: GridSource): string {
  return rowsId ?? id;
}

/** The number of a row from 1, as a person counts. */
export function rowNumber({ numberOf }: Pick<GridSource, 'numberOf'>, position: number): number {
  return (numberOf?.(position) ?? position) + 1;
}

export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** A source over batches that are there already: lists and previews. */
export function batchSource(id: string, columns: Schema, batches: readonly RecordBatch[]): GridSource {
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  return {
    ...{ id, columns, rows },
    async page(start, count) {
      let first = 0;
      for (const batch of batches) {
        if (start < first + batch.numRows) return batch.slice(start - first, start - first + count);
        first += batch.numRows;
      }
      throw new RangeError(`The rows end before ${start}.`);
    },
  };
}
