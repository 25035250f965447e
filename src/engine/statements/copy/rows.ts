import type { RecordBatch } from 'apache-arrow';
import { SqlError } from '../../base/errors.ts';
import { selectOf } from '../../bind/build-query.ts';
import type { BoundExpr, BoundRelation } from '../../bind/plan.ts';
import type { RowBatch, RowFormat } from '../../formats/format.ts';
import { type Chunk, type ChunkColumn, chunkOf, computedColumn } from '../../scan/chunk.ts';
import { fileSource, type SelectedFile } from '../../stages/files.ts';
import { type Column, plain, type Schema } from '../../types/type.ts';
import type { StatementContext } from '../context.ts';
import { execute, lowerSettings } from '../query.ts';
import { defaultValue } from '../target.ts';
import type { CopyFile, CopyJob } from './job.ts';

/** CSV, TEXT and NDJSON straight into the table's columns: the reader itself gives the values their types. */
export async function* parsedFiles(format: RowFormat, job: CopyJob, ctx: StatementContext): AsyncGenerator<CopyFile> {
  for (const file of job.source.files) yield { file, batches: rowsOfFile(format, file, job, ctx) };
}

async function* rowsOfFile(
  format: RowFormat,
  file: SelectedFile,
  job: CopyJob,
  ctx: StatementContext,
): AsyncGenerator<RecordBatch> {
  if (file.info.size === 0) return;
  const { source, columns, copy, report } = job;
  const { timezone, numericCast } = lowerSettings(ctx, {});
  ctx.progress.phase('scanning');
  const read = format.read(
    fileSource(source.location, file, ctx.progress),
    {
      format: source.format,
      target: { kind: 'Columns', columns, refuseOthers: job.evolved },
      session: { timezone, numericCast },
      disableVariantCheck: copy.disableVariantCheck === true,
      onRowError: (error) => report.failed(file.path, error),
      onProgress: ({ bytes }) => ctx.progress.add({ bytes }),
    },
    ctx.signal,
  );
  for await (const rows of read) {
    ctx.progress.add({ rows: rows.batch.numRows });
    if (isWholeTable(job) && rows.defaulted.size === 0) yield rows.batch;
    else yield* withDefaults(rows, job, ctx);
  }
}

/** Whether the file's columns are the table's, in their order. */
function isWholeTable({ columns, table }: CopyJob): boolean {
  return columns.length === table.columns.length && table.columns.every((column, index) => column === columns[index]);
}

const NOWHERE = { start: 0, end: 0 };

/** Fills in what the file leaves to the columns' defaults, each of which is evaluated for each row. */
async function* withDefaults(rows: RowBatch, job: CopyJob, ctx: StatementContext): AsyncGenerator<RecordBatch> {
  const { columns, table } = job;
  const flagged = [...rows.defaulted.keys()];
  const schema: Schema = [...columns, ...flagged.map((index) => flagColumn(index))];
  const relation: BoundRelation = {
    kind: 'Relation',
    id: 1,
    columns: schema,
    source: { kind: 'Rows', name: 'parsed rows', columns: schema, rows: neverRead },
  };
  const items = table.columns.map((column): BoundExpr => {
    const index = columns.indexOf(column);
    if (index < 0) return defaultValue(column, ctx);
    const value = columnExpr(column, index);
    const flag = flagged.indexOf(index);
    if (flag < 0) return value;
    const when = columnExpr(flagColumn(index), columns.length + flag);
    const branches = [{ when, result: defaultValue(column, ctx) }];
    return { kind: 'Case', branches, otherwise: value, type: column.type, nullable: true, span: NOWHERE };
  });
  const chunk = flaggedChunk(rows, columns, flagged);
  const drive = { relation, chunks: () => once(chunk) };
  yield* (await execute(selectOf({ items, from: relation, columns: table.columns }), ctx, { drive })).batches;
}

async function* once(chunk: Chunk): AsyncGenerator<Chunk> {
  yield chunk;
}

function neverRead(): never {
  throw new SqlError('Internal', 'parsed rows are driven, not read');
}

const flagColumn = (index: number): Column => ({ name: `default ${index}`, type: plain('Boolean'), nullable: false });

function columnExpr({ name, type, nullable }: Column, index: number): BoundExpr {
  return { kind: 'Column', relation: 1, index, name, type, nullable, span: NOWHERE };
}

function flaggedChunk({ batch, defaulted }: RowBatch, columns: Schema, flagged: readonly number[]): Chunk {
  const data = columns.flatMap(({ type }, index): ChunkColumn[] => {
    const child = batch.data.children[index];
    return child ? [{ index, type, data: child }] : [];
  });
  const flags = flagged.map((column, position): ChunkColumn => {
    const bits = defaulted.get(column);
    const type = plain('Boolean');
    const flag = computedColumn(type, batch.numRows, (row) => bits?.[row] === 1);
    return { index: columns.length + position, type, data: flag };
  });
  return chunkOf([...data, ...flags], batch.numRows);
}
