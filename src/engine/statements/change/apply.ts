import type { Predicate } from '../../formats/format.ts';
import type { OpenTable } from '../../scan/table.ts';
import type { AddFile } from '../../table/action.ts';
import { scanSet } from '../../table/scan-set.ts';
import type { DataFile } from '../../table/write.ts';
import { plain, type SqlType } from '../../types/type.ts';
import type { Transaction } from '../../warehouse/contract.ts';
import type { TableRecord } from '../../warehouse/object.ts';
import type { StatementContext } from '../context.ts';
import { type ChangeForm, changesByFile, type LocatedRows } from './located.ts';
import { rewriteFile } from './rewrite-file.ts';
import { type TargetProgress, targetProgress } from './target-progress.ts';

/** Collects what a statement does to the files of its table, until all of it is written at once. */
export interface TableChanges {
  readonly transaction: Transaction;
  readonly table: TableRecord;
  readonly opened: OpenTable;
  readonly progress: TargetProgress;
  readonly added: DataFile[];
  readonly removed: AddFile[];
}

/** `predicates` are of all rows that the statement may touch. */
export async function openChanges(
  table: TableRecord,
  transaction: Transaction,
  ctx: StatementContext,
  predicates: readonly Predicate[] = [],
): Promise<TableChanges> {
  const opened = await ctx.openTable(table, ctx.signal);
  const snapshot = await transaction.snapshot(table, ctx.signal);
  const progress = targetProgress(ctx.progress, scanSet(snapshot, predicates));
  return { transaction, table, opened: { ...opened, snapshot }, progress, added: [], removed: [] };
}

export interface Located {
  /** Those that the places number. */
  readonly files: readonly AddFile[];
  readonly rows: LocatedRows;
  readonly form: ChangeForm;
}

/** Rewrites the files that hold a located row; the others stay as they are. Returns how many rows are changed. */
export async function applyChanges(
  changes: TableChanges,
  { files, rows, form }: Located,
  ctx: StatementContext,
): Promise<ChangedRows> {
  const { progress } = changes;
  let [updated, deleted] = [0, 0];
  const byFile = changesByFile(rows, form);
  progress.found(files.length, files.length - byFile.size);
  for (const [number, change] of byFile) {
    const file = files[number];
    if (!file) continue;
    const rewriting = { ...ctx, progress: progress.rewriting(file) };
    changes.added.push(...(await rewriteFile({ ...changes, file, changes: change }, rewriting)));
    changes.removed.push(file);
    progress.done();
    const gone = change.deleted?.reduce((sum, flag) => sum + flag, 0) ?? 0;
    deleted += gone;
    updated += change.places.length - gone;
  }
  return { updated, deleted };
}

export interface ChangedRows {
  readonly updated: number;
  readonly deleted: number;
}

/** Columns of a table by index, and their types. */
export function columnForm(table: TableRecord, indexes: readonly number[]): Pick<ChangeForm, 'columns' | 'types'> {
  return { columns: indexes, types: indexes.map((index): SqlType => table.columns[index]?.type ?? plain('Null')) };
}
