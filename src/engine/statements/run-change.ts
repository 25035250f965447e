import type { RecordBatch } from 'apache-arrow';
import { collect } from '../base/async.ts';
import { type Span, SqlError } from '../base/errors.ts';
import type { BoundQuery, BoundRelation } from '../bind/plan.ts';
import { visitQuery } from '../bind/walk.ts';
import type { Chunk } from '../scan/chunk.ts';
import { type OpenTable, scanDataFile } from '../scan/table.ts';
import type { Expr, Identifier, TypeName } from '../sql/ast.ts';
import type { NamedTable, Query, SelectItem } from '../sql/ast-query.ts';
import type { AddFile } from '../table/action.ts';
import { rowTrackingColumns } from '../table/metadata.ts';
import type { DataFile } from '../table/write.ts';
import { cellReader } from '../types/cell.ts';
import { plain } from '../types/type.ts';
import type { Transaction } from '../warehouse/contract.ts';
import type { TableColumn, TableRecord } from '../warehouse/object.ts';
import { countOutcome, type Outcome, type StatementContext } from './context.ts';
import { bindQuery, execute, lowerSettings } from './query.ts';
import { selectItem, selectQuery } from './select.ts';
import type { Delete, Update } from './syntax/dml.ts';
import { writeRows } from './table-writer.ts';
import { findTarget, targetColumns } from './target.ts';

/**
 * UPDATE and DELETE rewrite the files that hold a row they touch, one after the other: each row of such a file goes
 * through a query that gives what becomes of it, with its id, and says whether it was matched.
 */

export async function deleteRows(statement: Delete, ctx: StatementContext): Promise<Outcome> {
  const { table } = findTarget(statement.table, ctx);
  const { where, span } = statement;
  if (!where) return deleteAll(table, ctx);
  const star: SelectItem = { kind: 'StarItem', qualifier: [], exclude: [], span };
  const query = changeQuery(statement, [star, named('_row_id', span), named('_row_version', span)], {
    kind: 'Case',
    operand: undefined,
    branches: [{ when: where, result: { kind: 'BooleanLiteral', value: false, span } }],
    otherwise: { kind: 'BooleanLiteral', value: true, span },
    span,
  });
  return rewrite(table, { query: await bindQuery(query, ctx), noun: 'deleted' }, ctx);
}

function deleteAll(table: TableRecord, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    const { files, rows = 0 } = await transaction.snapshot(table, ctx.signal);
    transaction.write(table, { added: [], removed: [...files.values()], operation: 'DELETE' });
    return countOutcome('number of rows deleted', rows);
  });
}

export async function update(statement: Update, ctx: StatementContext): Promise<Outcome> {
  const target = findTarget(statement.table, ctx);
  if (statement.from.length > 0)
    throw new SqlError('Unimplemented', 'UPDATE … FROM is not supported yet', { span: statement.span });
  targetColumns(
    target,
    statement.assignments.map(({ column }) => column),
  );
  const items = target.table.columns.map((column): SelectItem => {
    const assignment = statement.assignments.find((one) => one.column.name === column.name);
    const old: Expr = columnRef(column.name, statement);
    const expr = assignment ? assignedValue(assignment.value, { column, old }, statement) : old;
    return selectItem(expr);
  });
  const query = await bindQuery(changeQuery(statement, [...items, ...updateTail(statement)], undefined), ctx);
  return rewrite(target.table, { query, noun: 'updated' }, ctx);
}

function columnRef(name: string, { table, alias, span }: Update): Expr {
  const owner = alias ?? table.parts.at(-1);
  const column: Identifier = { name, quoted: true, span };
  return { kind: 'ColumnRef', parts: owner ? [owner, column] : [column], span };
}

interface Assigned {
  readonly column: TableColumn;
  readonly old: Expr;
}

/** The new value in the column's type where the row matches, else the old one. */
function assignedValue(
  value: Update['assignments'][number]['value'],
  { column, old }: Assigned,
  statement: Update,
): Expr {
  if (value.kind === 'DefaultValue')
    throw new SqlError('Unimplemented', 'SET … = DEFAULT is not supported yet', { span: value.span });
  const { span } = value;
  const type: TypeName = { type: column.type, nullable: undefined, span };
  const result: Expr = { kind: 'Cast', operand: value, type, lenient: false, postfix: false, span };
  if (!statement.where) return result;
  const branches = [{ when: statement.where, result }];
  return { kind: 'Case', operand: undefined, branches, otherwise: old, span: value.span };
}

/** The row's id, its version unless it is changed now, and whether it is matched. */
function updateTail({ where, span }: Update): readonly SelectItem[] {
  const matched: Expr = where ?? { kind: 'BooleanLiteral', value: true, span };
  const version: Expr = {
    kind: 'Case',
    operand: undefined,
    branches: [{ when: matched, result: { kind: 'NullLiteral', span } }],
    otherwise: { kind: 'ColumnRef', parts: [{ name: '_row_version', quoted: true, span }], span },
    span,
  };
  return [named('_row_id', span), selectItem(version), selectItem(matched)];
}

function named(name: string, span: Span): SelectItem {
  return selectItem({ kind: 'ColumnRef', parts: [{ name, quoted: true, span }], span });
}

/** `SELECT <items> FROM <table> [WHERE <where>]` */
function changeQuery(statement: Delete | Update, items: readonly SelectItem[], where: Expr | undefined): Query {
  const { span, alias, table } = statement;
  const from: NamedTable = {
    kind: 'NamedTable',
    name: table,
    alias: alias && { name: alias, columns: [] },
    travel: undefined,
    changes: undefined,
    streamOptions: undefined,
    sample: undefined,
    pivot: undefined,
    span: table.span,
  };
  return selectQuery({ with: statement.with, items, from, where, span });
}

interface Change {
  /**
   * The rows that stay: the table's columns as they become, the row's id and version. UPDATE says in a last column
   * whether the row is matched, DELETE leaves matched ones out.
   */
  readonly query: BoundQuery;
  readonly noun: 'updated' | 'deleted';
}

async function rewrite(table: TableRecord, change: Change, ctx: StatementContext): Promise<Outcome> {
  const relation = targetRelation(change.query, table);
  return ctx.transact(async (transaction) => {
    const opened = await ctx.openTable(table, ctx.signal);
    const snapshot = await transaction.snapshot(table, ctx.signal);
    const removed: AddFile[] = [];
    const added: DataFile[] = [];
    let total = 0;
    for (const file of snapshot.files.values()) {
      const source: FileChange = { table, file, relation, change, opened: { ...opened, snapshot } };
      const result = await rewriteFile(source, transaction, ctx);
      total += result.matched;
      if (result.matched === 0) continue;
      removed.push(file);
      added.push(...result.added);
    }
    const operation = change.noun === 'updated' ? 'UPDATE' : 'DELETE';
    if (removed.length > 0) transaction.write(table, { added, removed, operation });
    return countOutcome(`number of rows ${change.noun}`, total);
  });
}

function targetRelation(query: BoundQuery, table: TableRecord): BoundRelation {
  const found: BoundRelation[] = [];
  visitQuery(query, {
    from: (from) => {
      if (from.kind === 'Relation' && from.source.kind === 'Table' && from.source.table.id === table.id)
        found.push(from);
    },
  });
  const isTarget = query.body.kind === 'Select' ? query.body.from : undefined;
  const target = found.find((relation) => relation === isTarget);
  if (!target) throw new SqlError('Internal', 'the target of a change is not in its query');
  return target;
}

interface FileChange {
  readonly table: TableRecord;
  readonly file: AddFile;
  readonly relation: BoundRelation;
  readonly change: Change;
  readonly opened: OpenTable;
}

interface FileResult {
  readonly matched: number;
  readonly added: readonly DataFile[];
}

/** A file without a matching row stays as it is. */
async function rewriteFile(source: FileChange, transaction: Transaction, ctx: StatementContext): Promise<FileResult> {
  const { table, relation, change, opened } = source;
  const read = { rows: 0 };
  const { batches } = await execute(change.query, ctx, {
    drive: { relation, chunks: (columns) => counted(scanFile(source, columns, ctx), read) },
  });
  const kept = await collect(batches);
  const matched =
    change.noun === 'updated'
      ? kept.reduce((sum, batch) => sum + countTrue(batch), 0)
      : read.rows - kept.reduce((sum, { numRows }) => sum + numRows, 0);
  if (matched === 0) return { matched, added: [] };
  const tracking = rowTrackingColumns(opened.snapshot.metadata);
  const { added } = await writeRows({ transaction, table, tracking }, inOrder(kept), ctx);
  return { matched, added };
}

function scanFile({ opened, file }: FileChange, columns: readonly number[], ctx: StatementContext) {
  const { timezone, numericCast } = lowerSettings(ctx, {});
  const session = { timezone, numericCast };
  const wanted = columns.length > 0 ? columns : [0];
  const request = { columns: wanted, predicates: [], limit: undefined, session, progress: ctx.progress };
  return scanDataFile(opened, file, request, ctx.signal);
}

async function* counted(chunks: AsyncIterable<Chunk>, read: { rows: number }): AsyncGenerator<Chunk> {
  for await (const chunk of chunks) {
    read.rows += chunk.batch.numRows;
    yield chunk;
  }
}

async function* inOrder(batches: readonly RecordBatch[]): AsyncGenerator<RecordBatch> {
  yield* batches;
}

const BOOLEAN = plain('Boolean');

/** How many rows have true in the last column. */
function countTrue(batch: RecordBatch): number {
  const last = batch.data.children.at(-1);
  const read = last ? cellReader(last, BOOLEAN) : () => false;
  let count = 0;
  for (let row = 0; row < batch.numRows; row++) if (read(row) === true) count++;
  return count;
}
