import type { RecordBatch } from 'apache-arrow';
import { collect } from '../base/async.ts';
import { SqlError } from '../base/errors.ts';
import { pickRows } from '../execute/pick.ts';
import { arrowBatch } from '../types/build/batch.ts';
import { cellReader } from '../types/cell.ts';
import { plain } from '../types/type.ts';
import type { Transaction } from '../warehouse/contract.ts';
import type { TableColumn } from '../warehouse/object.ts';
import { applyChanges, openChanges } from './change/apply.ts';
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
    const rows = await collect((await execute(query, ctx)).batches);
    return replaceRows({ target, keys, rows, transaction }, ctx);
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
  readonly rows: readonly RecordBatch[];
  readonly transaction: Transaction;
}

async function replaceRows(replacement: Replacement, ctx: StatementContext): Promise<number> {
  const { target, keys, rows, transaction } = replacement;
  const { table } = target;
  const sides = { target, keys, rows };
  await checkKeysOnce(sides, ctx);
  const changes = await openChanges(table, transaction, ctx);
  const bound = replacedRows(sides, ctx);
  const relation = firstRelation(bound);
  const join = bound.body.kind === 'Select' && bound.body.from?.kind === 'Join' ? bound.body.from : undefined;
  const predicates = await keyRanges({ conditions: join?.on, target: relation, source: join?.right }, ctx);
  const scan = { query: withPlace(bound, relation), relation, opened: changes.opened, predicates };
  for await (const { files, batches } of findRows(scan, ctx)) {
    const found = locatedRows(batches, []);
    const deleted = new Uint8Array(found.places.length).fill(1);
    await applyChanges(changes, { files, rows: found, form: { columns: [], types: [], deleted, strict: false } }, ctx);
  }
  const { added, rows: inserted } = await writeRows({ transaction, table }, insertedOf(rows, table.columns), ctx);
  transaction.write(table, {
    added: [...changes.added, ...added],
    removed: changes.removed,
    operation: 'REPLACE',
    restsOn: predicates,
  });
  return inserted;
}

/** The rows that do more than delete, without what says so. */
async function* insertedOf(rows: readonly RecordBatch[], columns: readonly TableColumn[]): AsyncGenerator<RecordBatch> {
  for (const batch of rows) {
    const flag = batch.data.children[columns.length];
    const deletes = flag ? cellReader(flag, plain('Boolean')) : () => false;
    const kept = Array.from({ length: batch.numRows }, (_, row) => row).filter((row) => deletes(row) !== true);
    const picked = Int32Array.from(kept);
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

async function* noRows(): AsyncGenerator<RecordBatch> {}
