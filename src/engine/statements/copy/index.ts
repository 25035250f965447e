import { SqlError } from '../../base/errors.ts';
import { formatOf } from '../../formats/index.ts';
import type { SelectedFile } from '../../stages/files.ts';
import { isWritable, removeAll } from '../../stores/store.ts';
import type { TableField } from '../../table/delta-schema.ts';
import type { Transaction } from '../../warehouse/contract.ts';
import type { TableColumn, TableRecord } from '../../warehouse/object.ts';
import { afterCommit, type Outcome, type StatementContext, tellFilesChanged } from '../context.ts';
import type { CopyIntoTable } from '../syntax/copy-table.ts';
import { type WritableRows, writeRows } from '../table-writer.ts';
import { findTarget, targetColumns } from '../target.ts';
import { checkWithoutFiles } from './check-items.ts';
import { queriedFiles } from './columnar.ts';
import { evolves, newColumns } from './evolution.ts';
import { type CopySource, loadedFile, openCopySource } from './files.ts';
import type { CopyFile, CopyJob } from './job.ts';
import { copyReport } from './report.ts';
import { parsedFiles } from './rows.ts';
import { type Adoption, adoptFile } from './same-bytes.ts';

/** COPY INTO <table>: all rows of the files and their history in one commit, or nothing. */
export function copyIntoTable(copy: CopyIntoTable, ctx: StatementContext): Promise<Outcome> {
  return copyFiles(copy, { overwrite: false }, ctx);
}

/** As COPY INTO <table>; with `overwrite` the rows of its files take the place of all that the table has. */
export async function copyFiles(
  copy: CopyIntoTable,
  { overwrite }: Pick<CopyJob, 'overwrite'>,
  ctx: StatementContext,
): Promise<Outcome> {
  const target = findTarget(copy.table, ctx);
  const columns = targetColumns(target, copy.columns);
  const source = await openCopySource(copy, target.table, ctx);
  checkOptions(copy, source);
  const report = copyReport(copy);
  const evolved = evolves(copy, target.table, source);
  const found = evolved ? await newColumns(copy, target.table, source, ctx) : [];
  await checkWithoutFiles({ copy, columns, source }, ctx);
  const finished = await ctx.transact(async (transaction) => {
    const table = withColumns(target.table, found, transaction);
    const columns = targetColumns({ ...target, table }, copy.columns);
    return load({ copy, table, columns, source, report, evolved, overwrite }, transaction, ctx);
  });
  ctx.session.rejected = report.rejected;
  if (copy.purge) await afterCommit(() => purge({ copy, source }, finished, ctx), ctx);
  return report.outcome();
}

function withColumns(table: TableRecord, added: readonly TableColumn[], transaction: Transaction): TableRecord {
  if (added.length === 0) return table;
  return transaction.alter<'Table'>({ ...table, columns: [...table.columns, ...added] });
}

/** The files that were read. */
async function load(job: CopyJob, transaction: Transaction, ctx: StatementContext): Promise<readonly SelectedFile[]> {
  const { copy, table, source } = job;
  // A path that nothing stands under leaves the table as it is, as in a COPY.
  const overwrite = job.overwrite && source.files.length > 0;
  const done: SelectedFile[] = [];
  const { fields, files } = await transaction.snapshot(table, ctx.signal);
  const { added } = await writeRows({ transaction, table }, loadedRows(job, { fields, done }, ctx), ctx);
  const removed = overwrite ? [...files.values()] : [];
  if (added.length + removed.length > 0)
    transaction.write(table, { added, removed, operation: overwrite ? 'WRITE' : 'COPY INTO' });
  if (overwrite) transaction.forgetLoads(table);
  if (done.length > 0 && !(copy.force && copy.purge)) {
    const loads = done.map((file) => loadedFile(file, source.keyOf(file), ctx));
    transaction.recordLoads(table, loads, { force: copy.force === true });
  }
  return done;
}

function checkOptions({ columnMatchMode, span }: CopyIntoTable, { format }: CopySource): void {
  if (columnMatchMode === undefined) return;
  if (format.type !== 'PARQUET')
    throw new SqlError('BadArguments', 'COLUMN_MATCH_MODE can only apply to Parquet for now.', { span });
  if (columnMatchMode === 'POSITION')
    throw new SqlError('BadArguments', 'COLUMN_MATCH_MODE=POSITION not supported yet.', { span });
}

interface Loading {
  readonly fields: readonly TableField[];
  /** Collects the files that were read. */
  readonly done: SelectedFile[];
}

/** The rows of all files, or what a file itself holds where it is what we would write. SIZE_LIMIT ends them early. */
async function* loadedRows(
  job: CopyJob,
  { fields, done }: Loading,
  ctx: StatementContext,
): AsyncGenerator<WritableRows> {
  const { copy, source, report } = job;
  let missing = copy.sizeLimit || Number.POSITIVE_INFINITY;
  ctx.progress.expect({
    files: source.files.length,
    bytes: source.files.reduce((sum, { info }) => sum + info.size, 0),
  });
  const adoption: Adoption = { format: source.format, fields, progress: ctx.progress };
  // Rows that are checked, numbered or computed are looked at.
  const isAnew = Number.isFinite(missing) || Boolean(job.table.checks) || job.table.columns.some(isFilled);
  for await (const copied of filesOf(job, ctx)) {
    const { file, batches } = copied;
    done.push(file);
    for await (const found of isAnew ? batches : asTheyAre(copied, adoption, ctx)) {
      const part = atMost(missing, found);
      const rows = rowsOf(part);
      missing -= rows;
      report.loaded(file.path, rows);
      yield part;
      if (missing <= 0) return;
    }
    ctx.progress.add({ files: 1 });
    const outcome = report.fileOutcome(file.path);
    if (outcome) ctx.progress.fileDone(outcome);
  }
}

/** What the table's writer has to look at. */
const isFilled = ({ computed, autoincrement }: TableColumn) => computed !== undefined || autoincrement !== undefined;

const rowsOf = (part: WritableRows) => ('rows' in part ? part.rows : part.numRows);

function atMost(rows: number, part: WritableRows): WritableRows {
  return 'rows' in part || part.numRows <= rows ? part : part.slice(0, rows);
}

/** The file's own bytes, or else those of single columns, as far as they will do. */
async function* asTheyAre(
  { adoptable, inParts, batches }: CopyFile,
  adoption: Adoption,
  { signal }: StatementContext,
): AsyncGenerator<WritableRows> {
  const adopted = adoptable && (await adoptFile(adoptable, adoption, signal));
  if (adopted) yield adopted;
  else yield* (await inParts?.(adoption.fields)) ?? batches;
}

function filesOf(job: CopyJob, ctx: StatementContext): AsyncIterable<CopyFile> {
  const format = formatOf(job.source.format);
  if (format.kind === 'row' && !job.copy.transform) return parsedFiles(format, job, ctx);
  return queriedFiles(job, ctx);
}

/** What cannot be removed stays; the rows are in the table. */
async function purge(
  { copy, source }: Pick<CopyJob, 'copy' | 'source'>,
  done: readonly SelectedFile[],
  ctx: StatementContext,
): Promise<void> {
  const { store } = source.location;
  if (!isWritable(store)) return;
  const alsoOld = ctx.session.settings.get('purge_duplicated_files_in_copy') === '1';
  const { signal } = new AbortController();
  const paths = [...done, ...(alsoOld ? source.loadedBefore : [])].map(({ info }) => info.path);
  await removeAll(store, paths, signal).catch(() => {});
  if (copy.location.kind === 'StageLocation') tellFilesChanged(copy.location.stage, ctx);
}
