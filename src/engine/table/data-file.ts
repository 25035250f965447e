import type { RecordBatch } from 'apache-arrow';
import type { ColumnStatistics } from '../formats/parquet/prune.ts';
import type { TableField } from './delta-schema.ts';
import type { RowTrackingColumns } from './metadata.ts';
import { printStatistics } from './statistics.ts';
import { toStorage } from './storage.ts';
import { uniformBatches } from './uniform-batches.ts';

/** A data file in the form of its table, not stored yet. */
export interface EncodedFile {
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** Delta's statistics JSON. */
  readonly stats: string;
}

export type EncodeParquet = (batches: readonly RecordBatch[]) => Promise<Uint8Array>;

/** What makes Parquet files of batches: `formats/parquet/`, in this thread or in a pool of workers. */
export interface FileEncoder {
  readonly encode: EncodeParquet;
  /** By index of column. */
  statistics(batches: readonly RecordBatch[], schema: readonly TableField[]): readonly ColumnStatistics[];
}

/**
 * Rows in the engine's form as a data file of a table with these fields, in their order. With `tracking`, two columns of
 * nullable BIGINT follow: the rows' ids and the versions that last changed them.
 */
export async function encodeDataFile(
  batches: readonly RecordBatch[],
  fields: readonly TableField[],
  encoder: FileEncoder,
  tracking?: RowTrackingColumns,
): Promise<EncodedFile> {
  const alike = uniformBatches(batches, fields);
  const bytes = await encoder.encode(alike.map((batch) => toStorage(batch, fields, tracking)));
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  return describeDataFile(bytes, rows, fields, encoder.statistics(batches, fields));
}

/** A file that already has the table's form, with the statistics of its decoded columns. */
export function describeDataFile(
  bytes: Uint8Array,
  rows: number,
  fields: readonly TableField[],
  statistics: readonly ColumnStatistics[],
): EncodedFile {
  return { bytes, rows, stats: printStatistics(fields, rows, statistics) };
}
