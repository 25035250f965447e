import type { RecordBatch } from 'apache-arrow';
import { type TaskQueue, taskQueue } from '../base/async.ts';
import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { ROW_GROUP_ROWS } from '../formats/parquet/encode.ts';
import { type EncodedFile, type EncodedRows, joinRows } from '../table/data-file.ts';
import type { RowTrackingColumns } from '../table/metadata.ts';
import { type RowsForm, WORTH_A_THREAD } from '../table/rows-encoder.ts';
import type { StoredColumns } from '../table/stored-columns.ts';
import type { DataFile } from '../table/write.ts';
import type { Transaction } from '../warehouse/contract.ts';
import type { TableRecord } from '../warehouse/object.ts';
import { rowChecker } from './checks.ts';
import { rowComputer } from './computed.ts';
import type { StatementContext } from './context.ts';
import { rowNumberer } from './numbered.ts';

/** Files of about this size scan well: bytes are those of Arrow. */
const FILE_BYTES = 96 * 1024 * 1024;
const FILE_ROWS = 1_000_000;
/** Row groups are encoded apart, while the rows of the next are read: so many bytes of Arrow each, a few of them at once. */
const GROUP_BYTES = 32 * 1024 * 1024;

export interface WrittenRows {
  readonly added: readonly DataFile[];
  readonly rows: number;
}

/** Rows of one row group, of which some columns keep the chunks that they have in another file. */
export interface PartlyStored {
  readonly rows: number;
  /** Of the chunks, not compressed. */
  readonly bytes: number;
  readonly stored: StoredColumns;
  /** The other columns. */
  readonly batches: readonly RecordBatch[];
}

export type WritableRows = RecordBatch | EncodedFile | PartlyStored;

export interface RowTarget {
  readonly transaction: Transaction;
  readonly table: TableRecord;
  /** Where two columns behind the table's hold the ids and versions of rows that were there before. */
  readonly tracking?: RowTrackingColumns | undefined;
}

/**
 * Writes rows of the whole table to data files, which become part of it by `transaction.write`. Among them may be files
 * that have the table's form already, and row groups of which some columns have it. When it throws, nothing of it is still at work.
 */
export async function writeRows(
  target: RowTarget,
  batches: AsyncIterable<WritableRows>,
  ctx: StatementContext,
): Promise<WrittenRows> {
  const { fields } = await target.transaction.snapshot(target.table, ctx.signal);
  const tasks = taskQueue(ctx.services.encoder.atOnce);
  const checkRows = await rowChecker(target.table, ctx);
  // Rows that were there before keep what they have.
  const numberRows = target.tracking ? async (batch: RecordBatch) => batch : rowNumberer(target, ctx);
  const computeRows = await rowComputer(target.table, target.tracking !== undefined, ctx);
  const writer = new FileWriter(target, { fields, tracking: target.tracking }, tasks, ctx);
  try {
    for await (const batch of batches) {
      ctx.signal.throwIfAborted();
      if ('stats' in batch) {
        await writer.adopt(batch);
        continue;
      }
      if ('stored' in batch) {
        await writer.addGroup(batch);
        continue;
      }
      for await (const rows of computeRows(await numberRows(batch))) {
        await checkRows(rows);
        await writer.add(rows);
      }
    }
    return await writer.finish();
  } finally {
    await tasks.idle();
  }
}

/** Collects rows to row groups, and row groups to files. */
class FileWriter {
  readonly #target: RowTarget;
  readonly #form: RowsForm;
  readonly #tasks: TaskQueue;
  readonly #ctx: StatementContext;
  #rows = 0;
  #group = new Pile<RecordBatch>();
  #file = new Pile<Promise<EncodedRows>>();
  readonly #added: Promise<DataFile>[] = [];

  constructor(target: RowTarget, form: RowsForm, tasks: TaskQueue, ctx: StatementContext) {
    this.#target = target;
    this.#form = form;
    this.#tasks = tasks;
    this.#ctx = ctx;
  }

  async add(batch: RecordBatch): Promise<void> {
    if (batch.numRows === 0) return;
    checkNulls(batch, this.#target.table.columns);
    this.#rows += batch.numRows;
    this.#group.add(batch, batch.numRows, sizeOf(batch));
    if (this.#group.bytes >= WORTH_A_THREAD) this.#ctx.services.encoder.expect();
    if (this.#group.rows >= ROW_GROUP_ROWS || this.#group.bytes >= GROUP_BYTES) await this.#endGroup();
    await this.#endLargeFile();
  }

  /** Stored columns that are NOT NULL have no place for a NULL; the others are looked at here. */
  async addGroup({ rows, bytes, batches, stored }: PartlyStored): Promise<void> {
    await this.#endGroup();
    const columns = this.#target.table.columns.filter((_, index) => !stored.indexes.includes(index));
    for (const batch of batches) checkNulls(batch, columns);
    this.#rows += rows;
    const size = batches.reduce((sum, batch) => sum + sizeOf(batch), bytes);
    await this.#encode(batches, { ...this.#form, stored }, { rows, bytes: size });
    await this.#endLargeFile();
  }

  async adopt(file: EncodedFile): Promise<void> {
    this.#rows += file.rows;
    await this.#store(async () => file);
    this.#ctx.progress.add({ written: file.rows });
  }

  /** Until then rows are still being read, and written beside it. */
  async finish(): Promise<WrittenRows> {
    if (this.#rows > 0) this.#ctx.progress.phase('writing');
    await this.#endGroup();
    await this.#endFile();
    return { added: await Promise.all(this.#added), rows: this.#rows };
  }

  async #endGroup(): Promise<void> {
    const { items, rows, bytes } = this.#group;
    if (rows === 0) return;
    this.#group = new Pile();
    await this.#encode(items, this.#form, { rows, bytes });
  }

  async #encode(batches: readonly RecordBatch[], form: RowsForm, { rows, bytes }: Size): Promise<void> {
    const { services, signal, progress } = this.#ctx;
    const { result } = await this.#tasks.start(async () => {
      const encoded = await services.encoder.encode(batches, form, signal);
      progress.add({ written: rows });
      return encoded;
    });
    this.#file.add(result, rows, bytes);
  }

  async #endLargeFile(): Promise<void> {
    if (this.#file.rows >= FILE_ROWS || this.#file.bytes >= FILE_BYTES) await this.#endFile();
  }

  async #endFile(): Promise<void> {
    const { items, rows } = this.#file;
    if (rows === 0) return;
    this.#file = new Pile();
    await this.#store(async () => joinRows(await Promise.all(items), this.#form.fields));
  }

  /** One file after the other, so that a slow store holds up the reading. */
  async #store(file: () => Promise<EncodedFile>): Promise<void> {
    const { transaction, table } = this.#target;
    await this.#added.at(-1);
    const { result } = await this.#tasks.start(async () =>
      transaction.writeFile(table, await file(), this.#ctx.signal),
    );
    this.#added.push(result);
  }
}

interface Size {
  readonly rows: number;
  readonly bytes: number;
}

class Pile<Item> {
  readonly items: Item[] = [];
  rows = 0;
  bytes = 0;

  add(item: Item, rows: number, bytes: number): void {
    this.items.push(item);
    this.rows += rows;
    this.bytes += bytes;
  }
}

function checkNulls(batch: RecordBatch, columns: TableRecord['columns']): void {
  for (const [index, { name, nullable }] of columns.entries()) {
    if (nullable || (batch.data.children[index]?.nullCount ?? 0) === 0) continue;
    throw new SqlError('BadArguments', `fail to insert NULL into column \`${name}\`, which is NOT NULL`, {
      hint: hint('coalesce'),
    });
  }
}

function sizeOf(batch: RecordBatch): number {
  return batch.data.children.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
