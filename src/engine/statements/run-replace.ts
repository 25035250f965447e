import type { RecordBatch } from 'apache-arrow';
import { collect } from '../base/async.ts';
import { SqlError } from '../base/errors.ts';
import { pickRows } from '../execute/pick.ts';
import { arrowSchema } from '../types/arrow.ts';
import { arrowBatch } from '../types/build/batch.ts';
import { cellReader } from '../types/cell.ts';
import { plain } from '../types/type.ts';
import type { TableColumn } from '../warehouse/object.ts';
import { applyChanges, openChanges, type TableChanges } from './change/apply.ts';
import { insertedRows } from './change/inserted-rows.ts';
import { keyRanges } from './change/key-ranges.ts';
import { locatedRows } from './change/located.ts';
import { checkKeysOnce, replacedRows, replacingRows } from './change/replacing.ts';
import { findRows, firstRelation, withPlace } from './change/target-scan.ts';
import type { Outcome, StatementContext } from './context.ts';
import { execute } from './query.ts';
import type { Replace } from './syntax/insert.ts';
import { writeRows } from './table-writer.ts';
import { findTarget, type Target, targetColumns } from './target.ts';

/** REPLACE INTO: rows of the table with the keys of new rows go, then the new rows come, unless DELETE WHEN says no. */
export async function replace(statement: Replace, ctx: StatementContext): Promise<Outcome> {
  const target = findTarget(statement.table, ctx);
  const columns = targetColumns(target, statement.columns);
  const keys = keyColumns(statement, target, columns);
  const source = await insertedRows(statement, columns, ctx);
  const query = await replacingRows({ source, target, columns, deleteWhen: statement.deleteWhen }, ctx);
  const affected = await ctx.transact(async (transaction) => {
    const changes = await openChanges(target.table, transaction, ctx);
    const { batches } = await execute(query, { ...ctx, progress: changes.progress.others });
    return replaceRows({ target, keys, batches, changes }, ctx);
  });
  return { columns: target.table.columns, batches: noRows(), affected };
}

function keyColumns({ on }: Replace, target: Target, given: readonly TableColumn[]): readonly TableColumn[] {
  return targetColumns(target, on).map((column, index) => {
    if (given.includes(column)) return column;
    throw new SqlError('BadArguments', `the key column \`${column.name}\` is not among the columns to insert`, {
      span: on[index]?.span,
    });
  });
}

interface Replacement {
  readonly target: Target;
  readonly keys: readonly TableColumn[];
  /** Of the whole table, and behind them whether a row only deletes. */
  readonly batches: AsyncIterable<RecordBatch>;
  readonly changes: TableChanges;
}

async function replaceRows(replacement: Replacement, ctx: StatementContext): Promise<number> {
  const { target, keys, batches, changes } = replacement;
  const { table, transaction, progress } = changes;
  const rows: RecordBatch[] = [];
  const written = await writeRows({ transaction, table }, insertedOf(batches, { table, keys }, rows), ctx);
  const sides = { target, keys, rows };
  await checkKeysOnce(sides, { ...ctx, progress: progress.looking });
  const bound = replacedRows(sides, ctx);
  const relation = firstRelation(bound);
  const join = bound.body.kind === 'Select' && bound.body.from?.kind === 'Join' ? bound.body.from : undefined;
  const query = withPlace(bound, relation);
  const predicates = await keyRanges({ query, conditions: join?.on, target: relation, source: join?.right }, ctx);
  const scan = { ...changes, query, relation, predicates };
  for await (const { files, batches } of findRows(scan, ctx)) {
    const found = locatedRows(await collect(batches), []);
    const deleted = new Uint8Array(found.places.length).fill(1);
    await applyChanges(changes, { files, rows: found, form: { columns: [], types: [], deleted, strict: false } }, ctx);
  }
  transaction.write(table, {
    added: [...changes.added, ...written.added],
    removed: changes.removed,
    operation: 'REPLACE',
    restsOn: predicates,
  });
  return written.rows;
}

/** The rows that do more than delete, without what says so. Of all rows the keys are kept. */
async function* insertedOf(
  batches: AsyncIterable<RecordBatch>,
  { table: { columns }, keys }: Pick<Replacement, 'keys'> & Pick<Target, 'table'>,
  kept: RecordBatch[],
): AsyncGenerator<RecordBatch> {
  for await (const batch of batches) {
    kept.push(keysOf(batch, keys, columns));
    const flag = batch.data.children[columns.length];
    const deletes = flag ? cellReader(flag, plain('Boolean')) : () => false;
    const others = Array.from({ length: batch.numRows }, (_, row) => row).filter((row) => deletes(row) !== true);
    const picked = Int32Array.from(others);
    const data = columns.flatMap(({ type }, index) => {
      const column = batch.data.children[index];
      return column ? [picked.length === batch.numRows ? column : pickRows(column, type, picked)] : [];
    });
    const fields = batch.schema.fields
      .slice(0, columns.length)
      .map((field, index) => field.clone({ type: data[index]?.type ?? field.type }));
    yield arrowBatch(fields, data, picked.length);
  }
}

/** Copied: a column of the batch would keep the memory of all of it. */
function keysOf(batch: RecordBatch, keys: readonly TableColumn[], columns: readonly TableColumn[]): RecordBatch {
  const rows = Int32Array.from({ length: batch.numRows }, (_, row) => row);
  const data = keys.flatMap((key) => {
    const column = batch.data.children[columns.indexOf(key)];
    return column ? [pickRows(column, key.type, rows)] : [];
  });
  const fields = arrowSchema(keys).fields.map((field, index) => field.clone({ type: data[index]?.type ?? field.type }));
  return arrowBatch(fields, data, batch.numRows);
}

async function* noRows(): AsyncGenerator<RecordBatch> {}
