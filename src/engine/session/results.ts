import { type Data, type RecordBatch, RecordBatchReader } from 'apache-arrow';
import { SqlError } from '../base/errors.ts';
import { mergedNested } from '../execute/merge.ts';
import type { WritableStore } from '../stores/store.ts';
import { arrowType, sameArrowType } from '../types/arrow.ts';
import { batchFromColumns, columnBuilder } from '../types/build/batch.ts';
import { cellReader } from '../types/cell.ts';
import { haveSameLayout, ipcStream } from '../types/ipc.ts';
import type { Schema, SqlType } from '../types/type.ts';

/** Results as they come, readable by position from their first row on. What is large goes to the store. */
export interface Results {
  open(id: string, columns: Schema): ResultWriter;
  /** One batch; fewer rows than asked for when the result ends there, or has not come so far. */
  rows(id: string, range: RowRange, signal: AbortSignal): Promise<RecordBatch>;
  /** All of a result that is whole. */
  read(id: string): ResultReader;
  forget(id: string): Promise<void>;
}

export interface RowRange {
  readonly start: number;
  readonly count: number;
}

export interface ResultReader {
  readonly columns: Schema;
  readonly rows: number;
  /** The rows in the engine's own form, of which a chunk is in memory at a time; to their end, even if they are forgotten. */
  batches(signal: AbortSignal): AsyncGenerator<RecordBatch>;
}

export interface ResultWriter {
  /** So far. */
  readonly rows: number;
  append(batch: RecordBatch, signal: AbortSignal): Promise<void>;
}

interface Chunk {
  readonly firstRow: number;
  readonly rows: number;
  readonly size: number;
  /** Undefined once it is in the store, under the chunk's path. */
  bytes: Uint8Array<ArrayBuffer> | undefined;
  readonly path: string;
}

interface Result {
  readonly id: string;
  readonly columns: Schema;
  readonly chunks: Chunk[];
  /** Batches that do not fill a chunk yet. */
  open: RecordBatch[];
  openRows: number;
  rows: number;
  /** How many read it to its end; it is freed behind the last of them. */
  readers: number;
  forgotten: boolean;
}

const CHUNK_ROWS = 65_536;
const MEMORY_LIMIT = 128 * 1024 * 1024;

export function resultStore(spill: WritableStore, folder: string): Results {
  const results = new Map<string, Result>();
  let inMemory = 0;

  const seal = async (result: Result, signal: AbortSignal) => {
    const bytes = rowsAsIpc(result.open, result.columns);
    const path = `${folder}/${result.id}/${result.chunks.length}.arrows`;
    const firstRow = result.rows - result.openRows;
    const chunk: Chunk = { firstRow, rows: result.openRows, size: bytes.length, bytes, path };
    result.chunks.push(chunk);
    result.open = [];
    result.openRows = 0;
    inMemory += bytes.length;
    if (inMemory <= MEMORY_LIMIT) return;
    await spill.write(path, bytes, { ifAbsent: false, signal });
    chunk.bytes = undefined;
    inMemory -= bytes.length;
  };

  const free = async ({ chunks }: Result) => {
    for (const chunk of chunks) {
      if (chunk.bytes) inMemory -= chunk.size;
      else await spill.remove(chunk.path, new AbortController().signal);
    }
  };

  async function* allBatches(id: string, signal: AbortSignal): AsyncGenerator<RecordBatch> {
    const result = resultOf(results, id);
    const { chunks, open, columns } = result;
    result.readers++;
    try {
      for (const chunk of chunks) yield* joined(await chunkBatches(spill, chunk, signal), columns);
      if (open.length > 0) yield* joined(open, columns);
    } finally {
      if (--result.readers === 0 && result.forgotten) await free(result);
    }
  }

  return {
    open: (id, columns) => {
      const result = emptyResult(id, columns);
      results.set(id, result);
      return {
        get rows() {
          return result.rows;
        },
        append: async (batch, signal) => {
          if (batch.numRows === 0) return;
          result.open.push(batch);
          result.openRows += batch.numRows;
          result.rows += batch.numRows;
          if (result.openRows >= CHUNK_ROWS) await seal(result, signal);
        },
      };
    },
    rows: async (id, range, signal) => {
      const result = resultOf(results, id);
      const batches = await readRows(result, range, (chunk) => chunkBatches(spill, chunk, signal));
      return mergeBatches(batches, result.columns);
    },
    read: (id) => {
      const { columns, rows } = resultOf(results, id);
      return { columns, rows, batches: (signal) => allBatches(id, signal) };
    },
    forget: async (id) => {
      const result = results.get(id);
      if (!result) return;
      results.delete(id);
      result.forgotten = true;
      if (result.readers === 0) await free(result);
    },
  };
}

function emptyResult(id: string, columns: Schema): Result {
  return { id, columns, chunks: [], open: [], openRows: 0, rows: 0, readers: 0, forgotten: false };
}

function resultOf(results: ReadonlyMap<string, Result>, id: string): Result {
  const result = results.get(id);
  if (result) return result;
  throw new SqlError('UnknownQuery', `Result ${id} is not there any more; run the statement again`);
}

async function readRows(
  { chunks, open, openRows, rows }: Result,
  { start, count }: RowRange,
  read: (chunk: Chunk) => Promise<RecordBatch[]>,
): Promise<RecordBatch[]> {
  const end = Math.min(start + count, rows);
  const found: RecordBatch[] = [];
  for (const chunk of chunks) {
    if (chunk.firstRow >= end || chunk.firstRow + chunk.rows <= start) continue;
    found.push(...sliced(await read(chunk), chunk.firstRow, start, end));
  }
  return [...found, ...sliced(open, rows - openRows, start, end)];
}

/** The parts of batches, the first of which begins at row `at`, that lie between two rows. */
function sliced(batches: readonly RecordBatch[], at: number, start: number, end: number): RecordBatch[] {
  const parts: RecordBatch[] = [];
  let first = at;
  for (const batch of batches) {
    const [from, to] = [Math.max(start, first) - first, Math.min(end, first + batch.numRows) - first];
    if (to > from) parts.push(batch.slice(from, to));
    first += batch.numRows;
  }
  return parts;
}

async function chunkBatches(spill: WritableStore, chunk: Chunk, signal: AbortSignal): Promise<RecordBatch[]> {
  return [...RecordBatchReader.from(chunk.bytes ?? (await spill.read(chunk.path, signal)))];
}

/** Rows of several batches in one. */
function mergeBatches(batches: readonly RecordBatch[], columns: Schema): RecordBatch {
  const [only] = batches;
  if (only && batches.length === 1) return only;
  return inOwnForm(batches, columns);
}

/** Rows of several batches in one of the engine's own form, whatever form they came in. */
export function inOwnForm(batches: readonly RecordBatch[], columns: Schema): RecordBatch {
  const merged = columns.map(
    ({ type }, index) => mergedAsTheyAre(batches, index, type) ?? mergedCells(batches, index, type),
  );
  return ownBatch(batches, merged, columns);
}

/** One batch; each by itself where that would be a copy cell by cell. */
function joined(batches: readonly RecordBatch[], columns: Schema): readonly RecordBatch[] {
  const merged = columns.flatMap(({ type }, index) => mergedAsTheyAre(batches, index, type) ?? []);
  if (merged.length === columns.length) return [ownBatch(batches, merged, columns)];
  return batches.map((batch) => inOwnForm([batch], columns));
}

function ownBatch(batches: readonly RecordBatch[], merged: readonly Data[], columns: Schema): RecordBatch {
  const rows = batches.reduce((sum, { numRows }) => sum + numRows, 0);
  const schema = columns.map((column, index) => ({ ...column, name: `c${index}`, nullable: true }));
  return batchFromColumns(schema, merged, rows);
}

/** Undefined where a part is not in the engine's own form. */
function mergedAsTheyAre(batches: readonly RecordBatch[], index: number, type: SqlType): Data | undefined {
  const own = batches.flatMap(({ data: { children } }) => {
    const data = children[index];
    return data && sameArrowType(data.type, arrowType(type)) ? [data] : [];
  });
  return own.length === batches.length ? mergedNested(own) : undefined;
}

/** Copied cell by cell. */
function mergedCells(batches: readonly RecordBatch[], index: number, type: SqlType): Data {
  const builder = columnBuilder(type);
  for (const { data, numRows } of batches) {
    const child = data.children[index];
    const read = child ? cellReader(child, type) : () => null;
    for (let row = 0; row < numRows; row++) builder.append(read(row));
  }
  return builder.finish();
}

/** Rows of a result as an Arrow IPC stream; batches that came in several forms become one in the engine's own. */
export function rowsAsIpc(batches: readonly RecordBatch[], columns: Schema): Uint8Array<ArrayBuffer> {
  return ipcStream(haveSameLayout(batches) ? batches : [mergeBatches(batches, columns)]);
}
