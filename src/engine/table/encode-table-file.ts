import type { RecordBatch } from 'apache-arrow';
import { encodeParquet } from '../formats/parquet/encode.ts';
import { columnStatistics } from '../formats/parquet/statistics.ts';
import { type EncodedFile, encodeRows, type FileEncoder, joinRows } from './data-file.ts';
import type { TableField } from './delta-schema.ts';
import type { RowTrackingColumns } from './metadata.ts';

/** Encodes in this thread; whoever uses it has called `initParquet`. */
export const parquetEncoder: FileEncoder = {
  encode: (batches) => encodeParquet(batches),
  statistics: columnStatistics,
};

/**
 * Rows with the SQL types of a table's columns, in their order, as a data file of the table; `fields` are those of its
 * snapshot. At least one batch. With `tracking` (see `rowTrackingColumns`) two columns of nullable BIGINT follow, which
 * a rewrite uses to keep the rows' ids.
 *
 * The way back is `fromStorage(batch, fields)`, for batches whose columns have the physical names of the fields.
 */
export async function encodeTableFile(
  batches: readonly RecordBatch[],
  fields: readonly TableField[],
  tracking?: RowTrackingColumns,
): Promise<EncodedFile> {
  return joinRows([await encodeRows(batches, fields, parquetEncoder, tracking)], fields);
}
