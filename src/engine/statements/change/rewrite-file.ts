import type { Data, RecordBatch } from 'apache-arrow';
import { assert } from '../../base/errors.ts';
import { pickFromBoth, pickRows } from '../../execute/pick.ts';
import { type Chunk, computedColumn } from '../../scan/chunk.ts';
import { type OpenTable, scanDataFile } from '../../scan/table.ts';
import type { AddFile } from '../../table/action.ts';
import { rowTrackingColumns } from '../../table/metadata.ts';
import type { DataFile } from '../../table/write.ts';
import { arrowBatch } from '../../types/build/batch.ts';
import { plain } from '../../types/type.ts';
import type { Transaction } from '../../warehouse/contract.ts';
import type { TableRecord } from '../../warehouse/object.ts';
import type { StatementContext } from '../context.ts';
import { lowerSettings } from '../query.ts';
import { writeRows } from '../table-writer.ts';
import type { FileChanges } from './located.ts';

export interface FileRewrite {
  readonly transaction: Transaction;
  readonly table: TableRecord;
  readonly opened: OpenTable;
  readonly file: AddFile;
  readonly changes: FileChanges;
}

/** Writes the file anew with its rows changed; each row that stays keeps its id. */
export async function rewriteFile(rewrite: FileRewrite, ctx: StatementContext): Promise<readonly DataFile[]> {
  const { transaction, table, opened } = rewrite;
  const tracking = rowTrackingColumns(opened.snapshot.metadata);
  return (await writeRows({ transaction, table, tracking }, changedRows(rewrite, ctx), ctx)).added;
}

async function* changedRows(rewrite: FileRewrite, ctx: StatementContext): AsyncGenerator<RecordBatch> {
  const { opened, file, changes } = rewrite;
  const columns = Array.from({ length: opened.snapshot.fields.length + 2 }, (_, index) => index);
  let [firstRow, from] = [0, 0];
  for await (const chunk of scanWholeFile(opened, file, columns, ctx)) {
    const end = firstRow + chunk.batch.numRows;
    let to = from;
    while (to < changes.places.length && (changes.places[to] ?? 0) < end) to++;
    yield to === from ? chunk.batch : changedChunk(chunk, { changes, firstRow, from, to });
    [firstRow, from] = [end, to];
  }
}

export function scanWholeFile(
  opened: OpenTable,
  file: AddFile,
  columns: readonly number[],
  ctx: StatementContext,
): AsyncGenerator<Chunk> {
  const { timezone, numericCast } = lowerSettings(ctx, {});
  const session = { timezone, numericCast };
  const request = { columns, predicates: [], limit: undefined, session, progress: ctx.progress };
  return scanDataFile(opened, file, request, ctx.signal);
}

interface ChunkChanges {
  readonly changes: FileChanges;
  readonly firstRow: number;
  /** The changes that fall into the chunk. */
  readonly from: number;
  readonly to: number;
}

/** Rows are picked from the chunk and the new values behind it. */
function changedChunk({ batch, types }: Chunk, part: ChunkChanges): RecordBatch {
  const { changes, from, to } = part;
  const { kept, patched, updated } = pickLists(batch.numRows, part);
  const versions = batch.data.children.length - 1;
  const columns = batch.data.children.map((old, index): Data => {
    const type = types[index];
    assert(type !== undefined, 'a chunk tells its types');
    if (index === versions && updated > 0)
      return pickFromBoth(old, NULL_VERSION, type, versionRows(patched, old.length));
    const values = changes.values.get(index);
    if (!values || updated === 0) return kept ? pickRows(old, type, kept) : old;
    const isWhole = updated === old.length && from === 0 && to === values.length;
    return isWhole ? values : pickFromBoth(old, values, type, patched);
  });
  return arrowBatch(
    batch.schema.fields.map((field, index) => withType(field, columns[index])),
    columns,
    patched.length,
  );
}

const withType = (field: RecordBatch['schema']['fields'][number], data: Data | undefined) =>
  field.clone({ type: data?.type ?? field.type });

/** A row that is changed now takes the version of the commit. */
const NULL_VERSION = computedColumn(plain('Int64'), 1, () => null);

function versionRows(patched: Int32Array, rows: number): Int32Array {
  return patched.map((row) => Math.min(row, rows));
}

interface PickLists {
  /** Rows of the chunk that stay; undefined where all do. */
  readonly kept: Int32Array | undefined;
  /** The same rows, where new values (counted on from the chunk's rows) take the place of old ones. */
  readonly patched: Int32Array;
  readonly updated: number;
}

function pickLists(rows: number, { changes, firstRow, from, to }: ChunkChanges): PickLists {
  const { places, deleted } = changes;
  const patched = new Int32Array(rows);
  const kept = new Int32Array(rows);
  let [count, next, updated] = [0, from, 0];
  for (let row = 0; row < rows; row++) {
    const isHit = next < to && places[next] === firstRow + row;
    const change = isHit ? next++ : -1;
    if (isHit && deleted?.[change]) continue;
    if (isHit) updated++;
    kept[count] = row;
    patched[count++] = isHit ? rows + change : row;
  }
  return { kept: count === rows ? undefined : kept.subarray(0, count), patched: patched.subarray(0, count), updated };
}
