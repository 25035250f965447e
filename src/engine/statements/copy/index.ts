import type { RecordBatch } from 'apache-arrow';
import { SqlError } from '../../base/errors.ts';
import { formatOf } from '../../formats/index.ts';
import type { SelectedFile } from '../../stages/files.ts';
import { isWritable } from '../../stores/store.ts';
import { type Outcome, type StatementContext, tellFilesChanged } from '../context.ts';
import type { CopyIntoTable } from '../syntax/copy-table.ts';
import { writeRows } from '../table-writer.ts';
import { findTarget, targetColumns } from '../target.ts';
import { queriedFiles } from './columnar.ts';
import { type CopySource, loadedFile, openCopySource } from './files.ts';
import type { CopyFile, CopyJob } from './job.ts';
import { copyReport } from './report.ts';
import { parsedFiles } from './rows.ts';

/** COPY INTO <table>: all rows of the files and their history in one commit, or nothing. */
export async function copyIntoTable(copy: CopyIntoTable, ctx: StatementContext): Promise<Outcome> {
  const target = findTarget(copy.table, ctx);
  const { table } = target;
  const columns = targetColumns(target, copy.columns);
  const source = await openCopySource(copy, table, ctx);
  checkOptions(copy, source);
  const report = copyReport(copy);
  const job: CopyJob = { copy, table, columns, source, report };
  const finished = await ctx.transact(async (transaction) => {
    const done: SelectedFile[] = [];
    const { added } = await writeRows({ transaction, table }, loadedRows(job, done, ctx), ctx);
    if (added.length > 0) transaction.write(table, { added, removed: [], operation: 'COPY INTO' });
    if (done.length > 0 && !(copy.force && copy.purge)) {
      const loads = done.map((file) => loadedFile(file, source.keyOf(file), ctx));
      transaction.recordLoads(table, loads, { force: copy.force === true });
    }
    return done;
  });
  ctx.session.rejected = report.rejected;
  if (copy.purge) await afterCommit(() => purge(job, finished, ctx), ctx);
  return report.outcome();
}

function checkOptions({ columnMatchMode, span }: CopyIntoTable, { format }: CopySource): void {
  if (columnMatchMode === undefined) return;
  if (format.type !== 'PARQUET')
    throw new SqlError('BadArguments', 'COLUMN_MATCH_MODE can only apply to Parquet for now.', { span });
  if (columnMatchMode === 'POSITION')
    throw new SqlError('BadArguments', 'COLUMN_MATCH_MODE=POSITION not supported yet.', { span });
}

/** The rows of all files; `done` collects the files that were read. SIZE_LIMIT ends them early. */
async function* loadedRows(job: CopyJob, done: SelectedFile[], ctx: StatementContext): AsyncGenerator<RecordBatch> {
  const { copy, source, report } = job;
  let missing = copy.sizeLimit && copy.sizeLimit > 0 ? copy.sizeLimit : Number.POSITIVE_INFINITY;
  ctx.progress.expect({
    files: source.files.length,
    bytes: source.files.reduce((sum, { info }) => sum + info.size, 0),
  });
  for await (const { file, batches } of filesOf(job, ctx)) {
    done.push(file);
    for await (const batch of batches) {
      const part = batch.numRows > missing ? batch.slice(0, missing) : batch;
      missing -= part.numRows;
      report.loaded(file.path, part.numRows);
      yield part;
      if (missing <= 0) return;
    }
    ctx.progress.add({ files: 1 });
  }
}

function filesOf(job: CopyJob, ctx: StatementContext): AsyncIterable<CopyFile> {
  const format = formatOf(job.source.format);
  if (format.kind === 'row' && !job.copy.transform) return parsedFiles(format, job, ctx);
  return queriedFiles(job, ctx);
}

async function afterCommit(task: () => Promise<void>, { session }: StatementContext): Promise<void> {
  if (session.transaction) session.afterCommit.push(task);
  else await task();
}

/** What cannot be removed stays; the rows are in the table. */
async function purge({ copy, source }: CopyJob, done: readonly SelectedFile[], ctx: StatementContext): Promise<void> {
  const { store } = source.location;
  if (!isWritable(store)) return;
  const alsoOld = ctx.session.settings.get('purge_duplicated_files_in_copy') === '1';
  const { signal } = new AbortController();
  for (const { info } of [...done, ...(alsoOld ? source.loadedBefore : [])]) {
    await store.remove(info.path, signal).catch(() => {});
  }
  if (copy.location.kind === 'StageLocation') tellFilesChanged(copy.location.stage, ctx);
}
