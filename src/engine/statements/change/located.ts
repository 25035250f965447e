import type { Data, RecordBatch } from 'apache-arrow';
import { assert, SqlError } from '../../base/errors.ts';
import { mergedColumn } from '../../execute/merge.ts';
import { pickFromBoth, pickRows } from '../../execute/pick.ts';
import { columnBuilder } from '../../types/build/batch.ts';
import type { SqlType } from '../../types/type.ts';

/** What becomes of rows of one data file. */
export interface FileChanges {
  /** Where the rows stand in the file, ascending. */
  readonly places: Int32Array;
  /** Which of them go, by position in `places`; undefined where all stay. */
  readonly deleted: Uint8Array | undefined;
  /** New values by index of the table's column, parallel to `places`. */
  readonly values: ReadonlyMap<number, Data>;
}

/** Rows that a query found: their places (see `ROW_COLUMNS`), in no order, and columns parallel to them. */
export interface LocatedRows {
  readonly places: BigInt64Array;
  readonly columns: readonly Data[];
}

/** The rows of all batches, whose first column is the place. */
export function locatedRows(batches: readonly RecordBatch[], types: readonly SqlType[]): LocatedRows {
  const rows = batches.reduce((sum, { numRows }) => sum + numRows, 0);
  const places = new BigInt64Array(rows);
  let at = 0;
  for (const batch of batches) {
    places.set((columnOf(batch, 0).values as BigInt64Array).subarray(0, batch.numRows), at);
    at += batch.numRows;
  }
  const columns = types.map((type, index) => {
    const parts = batches.map((batch) => columnOf(batch, index + 1));
    return joinedColumn(parts, type);
  });
  return { places, columns };
}

function columnOf(batch: RecordBatch, index: number): Data {
  const column = batch.data.children[index];
  assert(column !== undefined, `a batch has a column ${index}`);
  return column;
}

/** Parts of a column end to end, whatever its type. */
export function joinedColumn(parts: readonly Data[], type: SqlType): Data {
  if (parts.length === 0) return columnBuilder(type).finish();
  const merged = mergedColumn(parts);
  if (merged) return merged;
  return parts.reduce((all, part) => {
    const rows = Int32Array.from({ length: all.length + part.length }, (_, row) => row);
    return pickFromBoth(all, part, type, rows);
  });
}

export interface ChangeForm {
  /** Indexes of the table's columns that the located columns are new values of, and their types. */
  readonly columns: readonly number[];
  readonly types: readonly SqlType[];
  /** By row; undefined where all stay. */
  readonly deleted: Uint8Array | undefined;
  /** Whether a row that is found several times is an error; otherwise the first counts. */
  readonly strict: boolean;
}

/** The changes by number of file. Throws UnresolvableConflict where it would be left to chance what becomes of a row. */
export function changesByFile({ places, columns }: LocatedRows, form: ChangeForm): ReadonlyMap<number, FileChanges> {
  const order = sortedDistinct(places, form);
  const changes = new Map<number, FileChanges>();
  const words = new Int32Array(places.buffer);
  const fileOf = (at: number) => words[(order[at] ?? 0) * 2 + 1] ?? 0;
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && fileOf(end) === fileOf(start)) end++;
    const rows = order.subarray(start, end);
    const values = form.columns.map((column, index): [number, Data] => [
      column,
      valuesAt(columns, form.types, { index, rows }),
    ]);
    changes.set(fileOf(start), {
      places: Int32Array.from(rows, (row) => words[row * 2] ?? 0),
      deleted: form.deleted && Uint8Array.from(rows, (row) => form.deleted?.[row] ?? 0),
      values: new Map(values),
    });
    start = end;
  }
  return changes;
}

interface Wanted {
  readonly index: number;
  readonly rows: Int32Array;
}

function valuesAt(columns: readonly Data[], types: readonly SqlType[], { index, rows }: Wanted): Data {
  const [column, type] = [columns[index], types[index]];
  assert(column !== undefined && type !== undefined, `there is a new value ${index}`);
  const isWhole = rows.length === column.length && rows.every((row, at) => row === at);
  return isWhole ? column : pickRows(column, type, rows);
}

/** Row numbers by ascending place, each place once. */
function sortedDistinct(places: BigInt64Array, { deleted, strict }: ChangeForm): Int32Array {
  const order = Int32Array.from(places, (_, row) => row);
  const isSorted = places.every((place, row) => row === 0 || (places[row - 1] ?? 0n) < place);
  if (isSorted) return order;
  const numbers = Float64Array.from(places, Number);
  order.sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b);
  let kept = 0;
  for (const row of order) {
    const last = order[kept - 1];
    if (kept > 0 && last !== undefined && numbers[last] === numbers[row]) {
      if (strict && !(deleted?.[last] && deleted[row])) throw severalMatches();
      continue;
    }
    order[kept++] = row;
  }
  return order.subarray(0, kept);
}

function severalMatches(): SqlError {
  return new SqlError(
    'UnresolvableConflict',
    'multi rows from source match one and the same row in the target_table multi times',
  );
}
