import type { RecordBatch } from 'apache-arrow';
import { SqlError } from '../base/errors.ts';
import type { EncodedFile } from '../table/data-file.ts';
import { encodeTableFile } from '../table/encode-table-file.ts';
import type { RowTrackingColumns } from '../table/metadata.ts';
import type { DataFile } from '../table/write.ts';
import type { Transaction } from '../warehouse/contract.ts';
import type { TableRecord } from '../warehouse/object.ts';
import type { StatementContext } from './context.ts';

/** Files of about this size scan well, and a batch of rows of this size fits in memory twice. */
const FILE_BYTES = 96 * 1024 * 1024;
const FILE_ROWS = 1_000_000;

export interface WrittenRows {
  readonly added: readonly DataFile[];
  readonly rows: number;
}

export interface RowTarget {
  readonly transaction: Transaction;
  readonly table: TableRecord;
  /** Where two columns behind the table's hold the ids and versions of rows that were there before. */
  readonly tracking?: RowTrackingColumns | undefined;
}

/**
 * Writes rows of the whole table to data files, which become part of it by `transaction.write`. Among them may be files
 * that have the table's form already.
 */
export async function writeRows(
  { transaction, table, tracking }: RowTarget,
  batches: AsyncIterable<RecordBatch | EncodedFile>,
  ctx: StatementContext,
): Promise<WrittenRows> {
  const { fields } = await transaction.snapshot(table, ctx.signal);
  const added: DataFile[] = [];
  let pending: RecordBatch[] = [];
  let [bytes, pendingRows, rows] = [0, 0, 0];
  const flush = async () => {
    if (pendingRows === 0) return;
    ctx.progress.phase('writing');
    const file = await encodeTableFile(pending, fields, tracking);
    added.push(await transaction.writeFile(table, file, ctx.signal));
    [pending, bytes, pendingRows] = [[], 0, 0];
  };
  for await (const batch of batches) {
    ctx.signal.throwIfAborted();
    if ('stats' in batch) {
      ctx.progress.phase('writing');
      added.push(await transaction.writeFile(table, batch, ctx.signal));
      rows += batch.rows;
      continue;
    }
    if (batch.numRows === 0) continue;
    checkNulls(batch, table);
    pending.push(batch);
    bytes += sizeOf(batch);
    pendingRows += batch.numRows;
    rows += batch.numRows;
    if (bytes >= FILE_BYTES || pendingRows >= FILE_ROWS) await flush();
  }
  await flush();
  return { added, rows };
}

function checkNulls(batch: RecordBatch, { columns }: TableRecord): void {
  for (const [index, { name, nullable }] of columns.entries()) {
    if (nullable || (batch.data.children[index]?.nullCount ?? 0) === 0) continue;
    throw new SqlError('BadArguments', `fail to insert NULL into column \`${name}\`, which is NOT NULL`, {
      hint: 'Leave the rows out, or give the column a value with COALESCE.',
    });
  }
}

function sizeOf(batch: RecordBatch): number {
  return batch.data.children.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
