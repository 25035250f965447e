import type { RecordBatch } from 'apache-arrow';
import { joinParquet } from '../formats/parquet/join.ts';
import type { ColumnStatistics } from '../formats/parquet/prune.ts';
import { joinStatistics } from '../formats/parquet/statistics.ts';
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

export type EncodeParquet = (batches: readonly RecordBatch[]) => Promise<Uint8Array<ArrayBuffer>>;

/** What makes Parquet files of batches: `formats/parquet/`, in this thread or in a pool of workers. */
export interface FileEncoder {
  readonly encode: EncodeParquet;
  /** By index of column. */
  statistics(batches: readonly RecordBatch[], schema: readonly TableField[]): readonly ColumnStatistics[];
}

/** Rows of a data file: a Parquet file by themselves, which `joinRows` puts behind others. Plain data, for any thread. */
export interface EncodedRows {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
  /** By index of column. */
  readonly statistics: readonly ColumnStatistics[];
}

/**
 * Rows in the engine's form as those of a table with these fields, in their order. With `tracking`, two columns of
 * nullable BIGINT follow: the rows' ids and the versions that last changed them.
 */
export async function encodeRows(
  batches: readonly RecordBatch[],
  fields: readonly TableField[],
  encoder: FileEncoder,
  tracking?: RowTrackingColumns,
): Promise<EncodedRows> {
  const alike = uniformBatches(batches, fields);
  const bytes = await encoder.encode(alike.map((batch) => toStorage(batch, fields, tracking)));
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  return { bytes, rows, statistics: encoder.statistics(batches, fields) };
}

/** One data file of the rows of all parts, in their order; at least one part. */
export function joinRows(parts: readonly EncodedRows[], fields: readonly TableField[]): EncodedFile {
  const bytes = joinParquet(parts.map((part) => part.bytes));
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const statistics = parts.map((part) => part.statistics).reduce(joinColumns);
  return describeDataFile(bytes, rows, fields, statistics);
}

function joinColumns(a: readonly ColumnStatistics[], b: readonly ColumnStatistics[]): readonly ColumnStatistics[] {
  return a.map((column, index) => joinStatistics(column, b[index] ?? column));
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
