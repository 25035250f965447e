import { SqlError } from '../base/errors.ts';
import { castTo } from '../bind/build.ts';
import { binderFor } from '../bind/index.ts';
import type { BoundQuery, BoundRelation } from '../bind/plan.ts';
import type { Chunk } from '../scan/chunk.ts';
import { type OpenTable, scanDataFile } from '../scan/table.ts';
import { parseQuery } from '../sql/parser.ts';
import { quoteName } from '../sql/print-name.ts';
import type { AddFile } from '../table/action.ts';
import { rowTrackingColumns } from '../table/metadata.ts';
import type { DataFile } from '../table/write.ts';
import type { Transaction } from '../warehouse/contract.ts';
import { databaseById } from '../warehouse/find.ts';
import type { TableColumn, TableRecord } from '../warehouse/object.ts';
import { bindSession } from './bind-session.ts';
import type { StatementContext } from './context.ts';
import { bindQuery, execute, lowerSettings } from './query.ts';
import { writeRows } from './table-writer.ts';
import { defaultValue, NO_RELATIONS } from './target.ts';
import { withoutPlaces } from './walk.ts';

/** A column as it is to be, and the old one whose values it takes; without one it takes its default. */
export interface NewColumn {
  readonly column: TableColumn;
  readonly from: string | undefined;
}

/**
 * Gives the table other columns and writes its rows anew, each under the id that it had. Throws BadArguments where a
 * value does not fit, and the table stays as it was.
 */
export async function rewriteTable(
  table: TableRecord,
  columns: readonly NewColumn[],
  transaction: Transaction,
  ctx: StatementContext,
): Promise<void> {
  const snapshot = await transaction.snapshot(table, ctx.signal);
  const opened = { ...(await ctx.openTable(table, ctx.signal)), snapshot };
  const query = await rewriteQuery(table, { columns, order: [] }, transaction, ctx);
  const altered = transaction.alter<'Table'>({ ...table, columns: columns.map(({ column }) => column) });
  const removed = [...snapshot.files.values()];
  if (removed.length === 0) return;
  const added = await rewriteFiles({ table: altered, query, opened, files: removed }, transaction, ctx);
  transaction.write(altered, { added, removed, operation: 'ALTER TABLE' });
}

export interface Compaction {
  readonly files: readonly AddFile[];
  /** Expressions that the rows are sorted by; without any they stay in the files' order. */
  readonly order?: readonly string[];
}

/** Puts the rows of some files together in as few as they fit in. To others nothing has changed: each keeps its id. */
export async function compactFiles(
  table: TableRecord,
  { files, order = [] }: Compaction,
  transaction: Transaction,
  ctx: StatementContext,
): Promise<void> {
  const snapshot = await transaction.snapshot(table, ctx.signal);
  const opened = { ...(await ctx.openTable(table, ctx.signal)), snapshot };
  const columns = table.columns.map((column) => ({ column, from: column.name }));
  const query = await rewriteQuery(table, { columns, order }, transaction, ctx);
  const added = await rewriteFiles({ table, query, opened, files }, transaction, ctx);
  transaction.write(table, { added, removed: files, operation: 'OPTIMIZE', dataChange: false });
}

interface Rewriting {
  /** As it is to be. */
  readonly table: TableRecord;
  readonly query: BoundQuery;
  /** As it was. */
  readonly opened: OpenTable;
  readonly files: readonly AddFile[];
}

async function rewriteFiles(
  { table, query, opened, files }: Rewriting,
  transaction: Transaction,
  ctx: StatementContext,
): Promise<readonly DataFile[]> {
  const rows = {
    relation: relationOf(query),
    totals: async () => ({ files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) }),
    chunks: (indexes: readonly number[]) => scanFiles(opened, files, indexes, ctx),
  };
  // To be sorted the rows have to be there all at once.
  const { batches } = await execute(query, ctx, query.orderBy.length > 0 ? { load: rows } : { drive: rows });
  const tracking = rowTrackingColumns(opened.snapshot.metadata);
  return (await writeRows({ transaction, table, tracking }, batches, ctx)).added;
}

/** The new columns, then the id and the version of each row. */
async function rewriteQuery(
  table: TableRecord,
  { columns, order }: { readonly columns: readonly NewColumn[]; readonly order: readonly string[] },
  transaction: Transaction,
  ctx: StatementContext,
): Promise<BoundQuery> {
  const database = databaseById(transaction.state(), table.databaseId)?.name ?? '';
  const items = columns.map(({ from }) => (from === undefined ? 'NULL' : quoteName(from)));
  const name = `${quoteName(database)}.${quoteName(table.name)}`;
  const sorted = order.length > 0 ? ` ORDER BY ${order.join(', ')}` : '';
  const text = `SELECT ${[...items, '_row_id', '_row_version'].join(', ')} FROM ${name}${sorted}`;
  const query = await bindQuery(withoutPlaces(parseQuery(text)), ctx);
  const { body } = query;
  if (body.kind !== 'Select') throw new SqlError('Internal', 'the query of a rewrite is a SELECT');
  const binder = binderFor(bindSession(NO_RELATIONS, ctx));
  const values = body.items.map((item, index) => {
    const made = columns[index];
    if (!made) return item;
    return made.from === undefined ? defaultValue(made.column, ctx) : castTo(binder, item, made.column.type);
  });
  const output = query.columns.map((old, index) => columns[index]?.column ?? old);
  return { ...query, columns: output, body: { ...body, items: values } };
}

function relationOf({ body }: BoundQuery): BoundRelation {
  const from = body.kind === 'Select' ? body.from : undefined;
  if (from?.kind === 'Relation') return from;
  throw new SqlError('Internal', 'the query of a rewrite reads its table');
}

async function* scanFiles(
  table: OpenTable,
  files: readonly AddFile[],
  columns: readonly number[],
  ctx: StatementContext,
): AsyncGenerator<Chunk> {
  const { timezone, numericCast } = lowerSettings(ctx, {});
  const request = {
    columns,
    predicates: [],
    limit: undefined,
    session: { timezone, numericCast },
    progress: ctx.progress,
  };
  ctx.progress.phase('scanning');
  for (const file of files) {
    yield* scanDataFile(table, file, request, ctx.signal);
    ctx.progress.add({ files: 1 });
  }
}
