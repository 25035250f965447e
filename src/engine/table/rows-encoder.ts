import type { RecordBatch } from 'apache-arrow';
import { type EncodedRows, encodeRows } from './data-file.ts';
import type { TableField } from './delta-schema.ts';
import { parquetEncoder } from './encode-table-file.ts';
import type { RowTrackingColumns } from './metadata.ts';
import { encoderWith, type StoredColumns, withStored } from './stored-columns.ts';

/** How the rows of a table are to be encoded. Plain data, for any thread. */
export interface RowsForm {
  readonly fields: readonly TableField[];
  readonly tracking?: RowTrackingColumns | undefined;
  /** Columns that the batches lack, whose chunks are kept as they came; the rows are those of one row group then. */
  readonly stored?: StoredColumns | undefined;
}

/** Below this, in bytes of Arrow, a message to a thread and its answer take longer than the work. */
export const WORTH_A_THREAD = 1 << 20;

/** Encodes parts of data files, in this thread or in others. */
export interface RowsEncoder {
  /** Of so many parts it makes use at a time; further ones wait. */
  readonly atOnce: number;
  /** Says that parts worth a thread are coming: one may start while their rows are still being read. */
  expect(): void;
  /** Throws what stands in the way; an abort ends the wait at once. */
  encode(batches: readonly RecordBatch[], form: RowsForm, signal: AbortSignal): Promise<EncodedRows>;
  /** Gives up its threads; what is being encoded fails. */
  end(): void;
}

/** In this thread, which has called `initParquet`. */
export const rowsEncoderHere: RowsEncoder = {
  atOnce: 1,
  expect: () => {},
  async encode(batches, { fields, tracking, stored }) {
    if (!stored) return encodeRows(batches, fields, parquetEncoder, tracking);
    return encodeRows(await withStored(batches, stored, fields), fields, encoderWith(stored), tracking);
  },
  end: () => {},
};
