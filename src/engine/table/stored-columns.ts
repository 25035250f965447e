import { Field, type RecordBatch } from 'apache-arrow';
import { assert } from '../base/errors.ts';
import { decodeBatches } from '../formats/parquet/decode.ts';
import { encodeParquet } from '../formats/parquet/encode.ts';
import type { Excerpt } from '../formats/parquet/excerpt.ts';
import { footerTree } from '../formats/parquet/thrift-tree.ts';
import { storedGroups } from '../formats/parquet/write/stored-chunk.ts';
import { arrowBatch } from '../types/build/batch.ts';
import type { FileEncoder } from './data-file.ts';
import type { TableField } from './delta-schema.ts';
import { parquetEncoder } from './encode-table-file.ts';

/** Columns of a row group in the form of a table's data files, as another file holds them. Plain data, for any thread. */
export interface StoredColumns {
  /** Its columns have the names that they have in data files. */
  readonly excerpt: Excerpt;
  /** Of the table's columns, in the excerpt's order. */
  readonly indexes: readonly number[];
}

/** Keeps the chunks of the columns; the others are encoded. */
export function encoderWith({ excerpt, indexes }: StoredColumns): FileEncoder {
  const [group] = storedGroups(excerpt.bytes, footerTree(excerpt.bytes).footer);
  const chunks = new Map(group?.chunks.map((chunk, position) => [indexes[position] ?? -1, chunk]));
  return { ...parquetEncoder, encode: (batches) => encodeParquet(batches, { chunks }) };
}

/**
 * Whole rows out of those of the other columns. The stored ones are decoded, so that nothing broken enters a table, and
 * what is said of their values is theirs, whatever their file's footer says.
 */
export async function withStored(
  batches: readonly RecordBatch[],
  { excerpt, indexes }: StoredColumns,
  fields: readonly TableField[],
): Promise<readonly RecordBatch[]> {
  const stored: RecordBatch[] = [];
  for (const slice of excerpt.slices) stored.push(...(await decodeBatches(excerpt, slice)));
  const cuts = [...new Set([...endsOf(batches), ...endsOf(stored)])].sort((a, b) => a - b);
  const given = cutAt(batches, cuts);
  return cutAt(stored, cuts).map((part, at) => {
    const other = given[at];
    assert(batches.length === 0 || other?.numRows === part.numRows, 'stored columns have as many rows as the others');
    const rest = (other?.data.children ?? []).values();
    const columns = fields.map((_, index) => {
      const position = indexes.indexOf(index);
      const column = position < 0 ? rest.next().value : part.data.children[position];
      assert(column !== undefined, 'each column is stored or given');
      return column;
    });
    const arrow = columns.map(({ type }, index) => new Field(`c${index}`, type, true));
    return arrowBatch(arrow, columns, part.numRows);
  });
}

/** Where each batch ends, counted in rows from the first one's start. */
function endsOf(batches: readonly RecordBatch[]): readonly number[] {
  let end = 0;
  return batches.map(({ numRows }) => {
    end += numRows;
    return end;
  });
}

function cutAt(batches: readonly RecordBatch[], cuts: readonly number[]): readonly RecordBatch[] {
  let first = 0;
  return batches.flatMap((batch) => {
    const start = first;
    first += batch.numRows;
    const ends = cuts.filter((cut) => cut > start && cut <= first);
    return ends.map((end, at) => batch.slice((ends[at - 1] ?? start) - start, end - start));
  });
}
