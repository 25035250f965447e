import { SqlError } from '../base/errors.ts';
import type { Identifier } from '../sql/ast.ts';
import type { NamedTable } from '../sql/ast-query.ts';
import { databasesOf, tablesOf } from '../warehouse/find.ts';
import type { TableIndexRecord, TableRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import { canonicalQuery } from './canonical-query.ts';
import { changeTable } from './change-table.ts';
import { NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import { refuseForeign } from './foreign-table.ts';
import { bindQuery } from './query.ts';
import type { CreateAggregatingIndex, CreateIndex, DropIndex, RefreshIndex } from './syntax/table-index.ts';
import { declaredIndex, withIndex } from './table-index.ts';
import { visitNodes } from './walk.ts';

/** An index is what the table says of its columns: searches read it, scans do without. */
export function createIndex({ mode, table: name, index }: CreateIndex, ctx: StatementContext): Promise<Outcome> {
  return changeTable({ ifExists: false, name }, ctx, (table, transaction) => {
    refuseForeign(table);
    const indexes = kept(table, index.name.name, mode);
    if (!indexes) return;
    const added = declaredIndex(index, table.columns, ctx.now);
    transaction.alter<'Table'>({ ...table, indexes: withIndex(indexes, added, index.span) });
  });
}

/** The indexes that stay beside a new one of this name; nothing where the statement leaves it at that. */
function kept({ indexes = [] }: TableRecord, name: string, mode: CreateIndex['mode']) {
  const isThere = indexes.some((one) => one.name === name);
  if (isThere && mode === 'CREATE IF NOT EXISTS') return undefined;
  return mode === 'CREATE OR REPLACE' ? indexes.filter((one) => one.name !== name) : indexes;
}

/** Belongs to the one table of its query; the names of all such indexes differ. */
export async function createAggregatingIndex(
  statement: CreateAggregatingIndex,
  ctx: StatementContext,
): Promise<Outcome> {
  const { mode, name, isAsync, query, span } = statement;
  await bindQuery(query, ctx);
  const tables: NamedTable[] = [];
  visitNodes(query, (node) => {
    if (node.kind === 'NamedTable') tables.push(node as NamedTable);
  });
  const [only] = tables;
  if (!only || tables.length > 1)
    throw new SqlError('UnsupportedIndex', 'an aggregating index is a query over one table', { span: query.span });
  return changeTable({ ifExists: false, name: only.name }, ctx, (table, transaction) => {
    const other = aggregatingIndex(transaction.state(), name.name);
    if (other && mode === 'CREATE IF NOT EXISTS') return;
    if (other && mode === 'CREATE')
      throw new SqlError('IndexAlreadyExists', `index '${name.name}' already exists`, { span: name.span });
    const text = canonicalQuery(query, ctx);
    const given = { type: 'AGGREGATING', name: name.name, columns: [], options: {}, isAsync } as const;
    const added: TableIndexRecord = { ...given, query: text, createdOn: ctx.now };
    const left = other ? without(other, name.name) : undefined;
    if (other && left && other.id !== table.id) transaction.alter<'Table'>(left);
    const base = left?.id === table.id ? left : table;
    transaction.alter<'Table'>({ ...base, indexes: withIndex(base.indexes ?? [], added, span) });
  });
}

function aggregatingIndex(catalog: CatalogState, name: string): TableRecord | undefined {
  return databasesOf(catalog)
    .flatMap((database) => tablesOf(catalog, database))
    .find((table) => has(table, 'AGGREGATING', name));
}

function without(table: TableRecord, name: string): TableRecord {
  return { ...table, indexes: (table.indexes ?? []).filter((index) => index.name !== name) };
}

export function dropIndex({ type, ifExists, name, table }: DropIndex, ctx: StatementContext): Promise<Outcome> {
  if (table) {
    return changeTable({ ifExists: false, name: table }, ctx, (owner, transaction) => {
      if (has(owner, type, name.name)) transaction.alter<'Table'>(without(owner, name.name));
      else if (!ifExists) throw unknownIndex(name);
    });
  }
  return ctx.transact(async (transaction) => {
    const owner = aggregatingIndex(transaction.state(), name.name);
    if (owner) transaction.alter<'Table'>(without(owner, name.name));
    else if (!ifExists) throw unknownIndex(name);
    return NO_ROWS;
  });
}

function has({ indexes = [] }: TableRecord, type: DropIndex['type'], name: string): boolean {
  return indexes.some((index) => index.type === type && index.name === name);
}

function unknownIndex({ name, span }: Identifier): SqlError {
  return new SqlError('UnknownIndex', `Unknown index '${name}'`, { span });
}

/** There is nothing to refresh: whatever reads a table reads all its rows. */
export function refreshIndex({ type, name, table }: RefreshIndex, ctx: StatementContext): Promise<Outcome> {
  if (table) {
    return changeTable({ ifExists: false, name: table }, ctx, (owner) => {
      if (!has(owner, type, name.name)) throw unknownIndex(name);
    });
  }
  if (!aggregatingIndex(ctx.catalog(), name.name)) return Promise.reject(unknownIndex(name));
  return Promise.resolve(NO_ROWS);
}
