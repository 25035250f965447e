import { SqlError } from '../base/errors.ts';
import type { Expr } from '../sql/ast.ts';
import type { Query, Select } from '../sql/ast-query.ts';
import { parseExpr, parseQuery } from '../sql/parser.ts';
import { printString, quoteName } from '../sql/print-name.ts';
import { isSystemDatabase, systemTable } from '../system/index.ts';
import { findDatabase, findRelation } from '../warehouse/find.ts';
import type { Outcome, StatementContext } from './context.ts';
import { describeColumns } from './describe-columns.ts';
import { at, nameOf } from './names.ts';
import { runSelect } from './query.ts';
import type { Show, ShowSubject } from './syntax/show.ts';

/** What SHOW lists, as a query over system tables; LIKE, WHERE and LIMIT come on top. */
interface Listing {
  /** Names of the underlying table, so that WHERE may use them. */
  readonly items: readonly string[];
  readonly from: string;
  readonly where?: string;
  /** What LIKE looks at and the rows are ordered by. */
  readonly name?: string;
  /** LIKE takes any case; the statements that list objects by name do not. */
  readonly anyCase?: boolean;
}

type ListingOf = (show: Show, ctx: StatementContext) => Listing;

export async function show(statement: Show, ctx: StatementContext): Promise<Outcome> {
  if (statement.subject === 'FIELDS') return describeColumns(columnsOwner(statement), ctx);
  const listing = LISTINGS[statement.subject];
  if (!listing) {
    throw new SqlError('Unimplemented', `SHOW ${statement.subject} is not supported`, { span: statement.span });
  }
  return runSelect(listingQuery(listing(statement, ctx), statement), ctx);
}

/** `FROM t FROM db` is `db.t`. */
function columnsOwner({ table, database, span }: Show) {
  if (!table) throw new SqlError('Internal', 'SHOW COLUMNS came without its table', { span });
  return database ? { ...table, parts: [...database.parts, ...table.parts.slice(-1)] } : table;
}

function listingQuery({ items, from, where, name = 'name', anyCase = false }: Listing, show: Show): Query {
  const query = parseQuery(`SELECT ${items.join(', ')} FROM ${from} WHERE ${where ?? 'TRUE'} ORDER BY ${name}`);
  // The text above is a plain SELECT.
  const body = query.body as Select;
  const filter = filterExpr(show, anyCase ? `lower(${name})` : name, anyCase);
  const limit = show.limit === undefined ? undefined : parseExpr(String(show.limit));
  return { ...query, limit, body: { ...body, where: both(body.where, filter) } };
}

function filterExpr({ filter }: Show, name: string, anyCase: boolean): Expr | undefined {
  if (filter?.kind !== 'LikeFilter') return filter?.expr;
  const { pattern } = filter;
  return parseExpr(`${name} LIKE ${printString(anyCase ? pattern.toLowerCase() : pattern)}`);
}

function both(left: Expr | undefined, right: Expr | undefined): Expr | undefined {
  if (!left || !right) return left ?? right;
  return { kind: 'Binary', operator: 'AND', left, right, span: right.span };
}

/** The database that FROM names, the current one without it. Throws UnknownDatabase. */
function databaseOf({ database }: Show, ctx: StatementContext): string {
  const name = database ? (nameOf(database, ctx).parts.at(-1)?.name ?? '') : ctx.session.database;
  if (isSystemDatabase(name)) return name;
  return at(database ?? NOWHERE, () => findDatabase(ctx.catalog(), name)).name;
}

const NOWHERE = { span: { start: 0, end: 0 } };

const inDatabase = (database: string) => `database = ${printString(database)}`;

const LISTINGS: { readonly [Subject in ShowSubject]: ListingOf | undefined } = {
  DATABASES: showDatabases,
  TABLES: showTables,
  VIEWS: showViews,
  STREAMS: showStreams,
  COLUMNS: showColumns,
  FIELDS: undefined,
  STAGES: option('stages'),
  'FILE FORMATS': option('file_formats'),
  CONNECTIONS: option('connections'),
  SETTINGS: option('settings'),
  VARIABLES: option('variables'),
  FUNCTIONS: option('functions', ['name', 'is_aggregate', 'description']),
  'USER FUNCTIONS': option('user_functions', [
    'name',
    'is_aggregate',
    'description',
    'arguments',
    'language',
    'created_on',
    'update_on',
  ]),
  TABLE_FUNCTIONS: option('table_functions'),
  TASKS: option('tasks'),
  CATALOGS: () => ({ items: ['name AS "Catalogs"'], from: 'system.catalogs', anyCase: true }),
  ENGINES: () => ({ items: ['*'], from: 'system.engines', name: '"Engine"', anyCase: true }),
  METRICS: undefined,
  PROCESSLIST: undefined,
  INDEXES: option('indexes'),
  SEQUENCES: option('sequences'),
  PROCEDURES: option('procedures'),
  TAGS: option('tags'),
  USERS: undefined,
  ROLES: undefined,
  LOCKS: () => ({ items: ['*'], from: 'system.locks', name: 'table_id' }),
  'TABLE STATUS': showTableStatus,
  'DROP TABLES': showDropTables,
  'DROP DATABASES': () => ({
    items: ['catalog', 'name', 'database_id', 'dropped_on'],
    from: 'system.databases_with_history',
    where: 'dropped_on IS NOT NULL',
  }),
};

/** A system table that is shown as it is. */
function option(table: string, items: readonly string[] = ['*']): ListingOf {
  return () => ({ items, from: `system.${table}`, anyCase: true });
}

function showDatabases({ full, history }: Show): Listing {
  const name = 'name AS "databases_in_default"';
  return {
    items: [...(full ? ['catalog AS "Catalog"', 'owner'] : []), name, ...(history ? ['dropped_on AS drop_time'] : [])],
    from: history ? 'system.databases_with_history' : 'system.databases',
  };
}

const SIZES = ['num_rows', 'data_size', 'data_compressed_size', 'index_size'];
const TABLE_HEAD = ['name AS "Tables"', 'table_type AS "Table_type"', 'database AS "Database"', 'catalog AS "Catalog"'];

function showTables(show: Show, ctx: StatementContext): Listing {
  const { full, history } = show;
  const database = databaseOf(show, ctx);
  const dropTime = history ? ['dropped_on AS drop_time'] : [];
  const details = ['owner', 'engine', 'cluster_by AS "Cluster_by"', 'created_on AS create_time', ...dropTime, ...SIZES];
  return {
    items: full ? [...TABLE_HEAD, ...details] : [`name AS ${quoteName(`Tables_in_${database}`)}`, ...dropTime],
    from: history ? 'system.tables_with_history' : 'system.tables',
    where: inDatabase(database),
  };
}

function showDropTables(show: Show, ctx: StatementContext): Listing {
  return {
    items: [...TABLE_HEAD, 'engine', 'created_on AS create_time', 'dropped_on AS drop_time', ...SIZES],
    from: 'system.tables_with_history',
    where: `dropped_on IS NOT NULL AND ${inDatabase(databaseOf(show, ctx))}`,
  };
}

function showTableStatus(show: Show, ctx: StatementContext): Listing {
  const unknown = (name: string, type: string) => `CAST(NULL AS ${type} NULL) AS "${name}"`;
  return {
    items: [
      'name AS "Name"',
      'engine AS "Engine"',
      '0::BIGINT UNSIGNED AS "Version"',
      unknown('Row_format', 'STRING'),
      'num_rows AS "Rows"',
      unknown('Avg_row_length', 'BIGINT UNSIGNED'),
      'data_size AS "Data_length"',
      unknown('Max_data_length', 'BIGINT UNSIGNED'),
      'index_size AS "Index_length"',
      unknown('Data_free', 'BIGINT UNSIGNED'),
      unknown('Auto_increment', 'BIGINT UNSIGNED'),
      'created_on AS "Create_time"',
      'updated_on AS "Update_time"',
      unknown('Check_time', 'TIMESTAMP'),
      unknown('Collation', 'STRING'),
      unknown('Checksum', 'STRING'),
      'comment AS "Comment"',
      'cluster_by AS "Cluster_by"',
    ],
    from: 'system.tables',
    where: inDatabase(databaseOf(show, ctx)),
  };
}

function showViews(show: Show, ctx: StatementContext): Listing {
  const { full, history } = show;
  const database = databaseOf(show, ctx);
  const dropTime = history ? ['dropped_on AS drop_time'] : [];
  const details = ['owner', 'engine', 'created_on AS create_time', ...dropTime, 'view_query'];
  const head = ['name AS "Views"', 'database AS "Database"', 'catalog AS "Catalog"'];
  return {
    items: full ? [...head, ...details] : [`name AS ${quoteName(`Views_in_${database}`)}`, ...dropTime],
    from: 'system.views',
    where: inDatabase(database),
  };
}

function showStreams(show: Show, ctx: StatementContext): Listing {
  const database = databaseOf(show, ctx);
  const details = ['owner', 'comment', 'mode', 'invalid_reason', 'has_data'];
  return {
    items: show.full
      ? ['created_on', 'name', 'database', 'catalog', 'table_name AS table_on', ...details]
      : [`name AS ${quoteName(`Streams_in_${database}`)}`, 'table_name AS table_on', 'mode'],
    from: 'system.streams',
    where: inDatabase(database),
  };
}

/** In the words that MySQL's clients know, and in the order of the names. */
function showColumns(show: Show, ctx: StatementContext): Listing {
  const owner = nameOf(columnsOwner(show), ctx);
  const table = owner.parts.at(-1)?.name ?? '';
  const database = owner.parts.at(-2)?.name ?? ctx.session.database;
  at(
    owner,
    () => systemTable(database, table) ?? findRelation(ctx.catalog(), findDatabase(ctx.catalog(), database), table),
  );
  const more = ['collation_name AS "Collation"', 'privileges AS "Privileges"', 'column_comment AS "Comment"'];
  return {
    items: [
      'column_name AS "Field"',
      'column_type AS "Type"',
      'is_nullable AS "Null"',
      '"default" AS "Default"',
      'extra AS "Extra"',
      'column_key AS "Key"',
      ...(show.full ? more : []),
    ],
    from: 'information_schema.columns',
    where: `table_schema = ${printString(database)} AND table_name = ${printString(table)}`,
    name: 'column_name',
  };
}
