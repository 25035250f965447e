import type { RecordBatch } from 'apache-arrow';
import { joinParquet } from '../formats/parquet/join.ts';
import type { ColumnStatistics } from '../formats/parquet/prune.ts';
import { joinStatistics } from '../formats/parquet/statistics.ts';
import { arrowBatch } from '../types/build/batch.ts';
import type { SqlType } from '../types/type.ts';
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
  /** `statistics` by index of column, of those that it looked at: of the values as they are stored. */
  encode(batches: readonly RecordBatch[]): Promise<{
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly statistics: readonly (ColumnStatistics | undefined)[];
  }>;
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
  const { bytes, statistics } = await encoder.encode(alike.map((batch) => toStorage(batch, fields, tracking)));
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  const known = fields.map(({ type }, index) => (isStoredAsRead(type) ? statistics[index] : undefined));
  const isUnknown = (_: unknown, index: number) => known[index] === undefined;
  const others = fields.filter(isUnknown);
  const taken =
    others.length > 0
      ? encoder.statistics(
          alike.map((batch) => only(batch, isUnknown)),
          others,
        )
      : [];
  const rest = taken.values();
  return { bytes, rows, statistics: known.flatMap((found) => found ?? rest.next().value ?? []) };
}

function only(batch: RecordBatch, isWanted: (part: unknown, index: number) => boolean): RecordBatch {
  return arrowBatch(batch.schema.fields.filter(isWanted), batch.data.children.filter(isWanted), batch.numRows);
}

/** Whether a stored value is the cell, so that what is known of the ones holds for the others. */
function isStoredAsRead({ kind }: SqlType): boolean {
  switch (kind) {
    case 'Int8':
    case 'Int16':
    case 'Int32':
    case 'Int64':
    case 'Float32':
    case 'Float64':
    case 'Date':
    case 'Timestamp':
    case 'String':
      return true;
    default:
      return false;
  }
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
