import { SqlError } from '../base/errors.ts';
import type { BoundQuery } from '../bind/plan.ts';
import { splitName } from '../bind/relation.ts';
import type { ObjectName } from '../sql/ast.ts';
import type { Location } from '../sql/ast-query.ts';
import { parseQuery } from '../sql/parser.ts';
import { quoteName } from '../sql/print-name.ts';
import { queryHistoryTable } from '../system/query-history.ts';
import { plain } from '../types/type.ts';
import type { Transaction } from '../warehouse/contract.ts';
import { findDroppedTable, findRelation, lookUpRelation } from '../warehouse/find.ts';
import type { TableColumn, TableIndexRecord, TableRecord } from '../warehouse/object.ts';
import { removeHistory, removeTableFiles } from '../warehouse/vacuum.ts';
import { changeTable, renameTo } from './change-table.ts';
import { declaredChecks } from './checks.ts';
import { clusterKeyOf } from './cluster-key.ts';
import { declaredColumns } from './columns.ts';
import { checkComputed } from './computed.ts';
import { afterCommit, NO_ROWS, type Outcome, rowsOutcome, type StatementContext } from './context.ts';
import { externalOf, foreignColumns, readForeign, refuseForeign } from './foreign-table.ts';
import { at, nameOf, qualified } from './names.ts';
import { optionRecord } from './options.ts';
import { bindQuery, execute } from './query.ts';
import type { CreateTable, DropTable, ExistsTable, RenameTable, TruncateTable, UndropTable } from './syntax/table.ts';
import { declaredIndex, withIndex } from './table-index.ts';
import { checkTableOptions } from './table-options.ts';
import { writeRows } from './table-writer.ts';
import { findSource, givenColumns, rowsOfTable } from './target.ts';
import { dropTemporary, holdSession } from './temporary.ts';

export async function createTable(statement: CreateTable, ctx: StatementContext): Promise<Outcome> {
  checkSupported(statement);
  if (statement.location) return createForeign(statement, statement.location, ctx);
  const query = statement.query && (await bindQuery(statement.query, ctx));
  if (statement.persistence === 'TEMPORARY') await holdSession(ctx.session, ctx.services, ctx.signal);
  return ctx.transact(async (transaction) => {
    const { database, name } = qualified(statement.name, transaction.state(), ctx);
    const isTemporary = statement.persistence === 'TEMPORARY';
    const known = lookUpRelation(transaction.state(), database, name.name);
    const own = known?.kind === 'Table' && known.session !== undefined ? known : undefined;
    const same = isTemporary ? own : lookUpRelation(ctx.services.warehouse.state(), database, name.name);
    if (statement.mode === 'CREATE IF NOT EXISTS' && same) {
      // Its query is not run, and so consumes nothing.
      ctx.streams.consumed.clear();
      return NO_ROWS;
    }
    const columns = await tableColumns(statement, query, ctx);
    const checked = { name: name.name, columns };
    const definitions = statement.columns ?? [];
    await checkComputed(definitions, columns, ctx);
    const checks = await declaredChecks(definitions, statement.checks, checked, ctx);
    const clusterKey = await clusterKeyOf(statement.clusterBy, columns, ctx);
    const orReplace = statement.mode === 'CREATE OR REPLACE';
    if (isTemporary && orReplace && own) dropTemporary(own, transaction, ctx.now);
    const table = at(name, () =>
      transaction.create<'Table'>(
        {
          kind: 'Table',
          name: name.name,
          databaseId: database.id,
          comment: statement.comment ?? '',
          columns,
          options: optionRecord(statement.options),
          transient: statement.persistence === 'TRANSIENT',
          clusterKey,
          indexes: declaredIndexes(statement, columns, ctx),
          checks,
          session: isTemporary ? ctx.session.id : undefined,
        },
        { orReplace },
      ),
    );
    const affected = query ? await fill(table, query, transaction, ctx) : 0;
    return { ...NO_ROWS, affected };
  });
}

function declaredIndexes({ indexes }: CreateTable, columns: readonly TableColumn[], { now }: StatementContext) {
  if (indexes.length === 0) return undefined;
  return indexes.reduce<readonly TableIndexRecord[]>(
    (known, index) => withIndex(known, declaredIndex(index, columns, now), index.span),
    [],
  );
}

function checkSupported({ engine, location, options, span }: CreateTable): void {
  if (engine !== undefined && !ENGINES.has(engine.toUpperCase()))
    throw new SqlError('SyntaxException', `unknown table engine ${engine}`, { span, suggestions: ['FUSE', 'DELTA'] });
  if (!location) checkTableOptions(options, 'create table');
  const storage = options.find(({ name }) => name.toLowerCase() === 'storage_format');
  if (storage && String(storage.value.value).toLowerCase() !== 'parquet')
    throw new SqlError('UnknownFormat', `unknown storage format ${storage.value.value}`, { span: storage.span });
  const missing = [
    engine !== undefined && !/^(fuse|delta)$/i.test(engine) && `the table engine ${engine}`,
    location && engine !== 'DELTA' && 'a table at a location of its own, but with ENGINE = DELTA',
  ].find((what) => what);
  if (missing) throw new SqlError('Unimplemented', `${missing} is not supported yet`, { span });
}

/** Those of Databend. */
const ENGINES: ReadonlySet<string> = new Set([
  ...['FUSE', 'MEMORY', 'NULL', 'RANDOM', 'ICEBERG', 'DELTA', 'PAIMON', 'VIEW', 'STREAM', 'DISTRIBUTED'],
]);

/** ENGINE = DELTA at a location: the table of others has columns and rows already. */
async function createForeign(statement: CreateTable, location: Location, ctx: StatementContext): Promise<Outcome> {
  if (statement.columns || statement.like || statement.query) {
    throw new SqlError('BadArguments', 'the columns of a table with ENGINE = DELTA are those that its location has', {
      span: statement.span,
    });
  }
  const external = externalOf(location);
  const columns = foreignColumns((await at(location, () => readForeign(external, ctx))).snapshot);
  return ctx.transact(async (transaction) => {
    const { database, name } = qualified(statement.name, transaction.state(), ctx);
    const isThere = lookUpRelation(transaction.state(), database, name.name) !== undefined;
    if (statement.mode === 'CREATE IF NOT EXISTS' && isThere) return NO_ROWS;
    const orReplace = statement.mode === 'CREATE OR REPLACE';
    const comment = statement.comment ?? '';
    const given = { options: optionRecord(statement.options), transient: false, clusterKey: [], ...external };
    const definition = { kind: 'Table', name: name.name, databaseId: database.id, comment, columns, ...given } as const;
    at(name, () => transaction.create<'Table'>(definition, { orReplace }));
    return NO_ROWS;
  });
}

/** From the list, the other table or the query; all columns of a query may be NULL. */
async function tableColumns(
  { columns, like, span }: CreateTable,
  query: BoundQuery | undefined,
  ctx: StatementContext,
): Promise<readonly TableColumn[]> {
  const declared = columns && (await declaredColumns(columns, ctx));
  if (declared && query && givenColumns({ columns: declared }).length !== query.columns.length)
    throw new SqlError('BadArguments', 'Number of columns does not match', { span });
  if (declared) return declared;
  if (query) {
    return query.columns.map(({ name, type }) => ({
      name,
      type: type.kind === 'Null' ? plain('String') : type,
      nullable: true,
    }));
  }
  if (!like) {
    throw new SqlError(
      'BadArguments',
      'Incorrect CREATE query: required list of column descriptions or AS section or SELECT or ICEBERG/DELTA table engine',
      { span },
    );
  }
  const { database, name } = qualified(like, ctx.catalog(), ctx);
  if (lookUpRelation(ctx.catalog(), database, name.name)?.kind === 'View') {
    const from = `${quoteName(database.name)}.${quoteName(name.name)}`;
    return (await bindQuery(parseQuery(`SELECT * FROM ${from}`), ctx)).columns;
  }
  // Each table counts for itself.
  return findSource(like, ctx).table.columns.map((column) =>
    column.autoincrement
      ? { ...column, autoincrement: { ...column.autoincrement, counter: ctx.services.newId() } }
      : column,
  );
}

async function fill(
  table: TableRecord,
  query: BoundQuery,
  transaction: Transaction,
  ctx: StatementContext,
): Promise<number> {
  const { batches } = await execute(rowsOfTable(query, table, givenColumns(table), ctx), ctx);
  const { added, rows } = await writeRows({ transaction, table }, batches, ctx);
  transaction.write(table, { added, removed: [], operation: 'WRITE' });
  return rows;
}

/** ALL leaves UNDROP a table without rows, and VACUUM nothing to do. */
export async function dropTable({ ifExists, name, all }: DropTable, ctx: StatementContext): Promise<Outcome> {
  const emptied: TableRecord[] = [];
  const temporary: TableRecord[] = [];
  const outcome = await changeTable({ ifExists, name }, ctx, async (table, transaction) => {
    if (all && table.external === undefined && table.session === undefined) {
      const { files } = await transaction.snapshot(table, ctx.signal);
      transaction.write(table, { added: [], removed: [...files.values()], operation: 'TRUNCATE' });
      emptied.push(table);
    }
    if (table.session === undefined) transaction.drop(table);
    else {
      dropTemporary(table, transaction, ctx.now);
      temporary.push(table);
    }
  });
  const { warehouse } = ctx.services;
  for (const table of temporary) await afterCommit(() => removeTableFiles(warehouse, table, ctx.signal), ctx);
  for (const table of emptied) await afterCommit(() => removeHistory(warehouse, table, ctx.signal), ctx);
  return outcome;
}

export async function truncateTable({ name }: TruncateTable, ctx: StatementContext): Promise<Outcome> {
  if (isHistory(nameOf(name, ctx), ctx)) {
    await ctx.services.history.clear(ctx.signal);
    return NO_ROWS;
  }
  return changeTable({ ifExists: false, name }, ctx, async (table, transaction) => {
    refuseForeign(table);
    const { files } = await transaction.snapshot(table, ctx.signal);
    transaction.write(table, { added: [], removed: [...files.values()], operation: 'TRUNCATE' });
    transaction.forgetLoads(table);
  });
}

/** The history is the one table of the system that people may empty. */
function isHistory(name: ObjectName, ctx: StatementContext): boolean {
  const { session } = ctx;
  const { database, name: last } = splitName(nameOf(name, ctx));
  const { database: home, name: table } = queryHistoryTable;
  return (database?.name ?? session.database) === home && last.name === table;
}

export function renameTable({ ifExists, name, to }: RenameTable, ctx: StatementContext): Promise<Outcome> {
  return changeTable({ ifExists, name }, ctx, (table, transaction) => renameTo(table, to, transaction, ctx));
}

export function undropTable({ name }: UndropTable, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    const { database, name: last } = qualified(name, catalog, ctx);
    at(name, () => transaction.undrop(findDroppedTable(catalog, database, last.name)));
    return NO_ROWS;
  });
}

export async function existsTable({ name }: ExistsTable, ctx: StatementContext): Promise<Outcome> {
  const catalog = ctx.catalog();
  const { database, name: last } = qualified(name, catalog, ctx);
  const found = lookUpRelation(catalog, database, last.name) ? findRelation(catalog, database, last.name) : undefined;
  return rowsOutcome([{ name: 'result', type: plain('UInt8'), nullable: false }], [[found ? 1 : 0]]);
}
