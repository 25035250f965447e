import { queryOptions } from '@tanstack/react-query';
import type { QueryRows } from '../../engine/index.ts';
import { keys } from './keys.ts';
import { ask, askRecords, type TextRecord } from './rows.ts';
import { isScratch } from './scratch.ts';
import { quoted } from './uploads.ts';

export interface Table {
  readonly database: string;
  readonly name: string;
  readonly kind: 'Table' | 'View';
  /** Unknown for views. */
  readonly rows: number | undefined;
  /** Bytes as they lie in the store. */
  readonly size: number | undefined;
  readonly engine: string;
  readonly createdOn: string | undefined;
}

export interface TableColumn {
  readonly database: string;
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
  /** The expression that fills it in; empty when there is none. */
  readonly defaultExpr: string;
  readonly comment: string;
}

/** A file that a table was loaded from. */
export interface LoadedFile {
  readonly file: string;
  readonly size: number;
  /** Of the file, when it was loaded. */
  readonly modified: string | undefined;
  readonly loadedAt: Date;
}

/** Databases that describe the others; listed last. */
const SYSTEM: ReadonlySet<string> = new Set(['system', 'system_history', 'information_schema']);

export function isSystemDatabase(name: string): boolean {
  return SYSTEM.has(name);
}

/** Every table and view of every database, in the order of their names. */
export function allTables() {
  return queryOptions({
    queryKey: keys.allTables(),
    queryFn: async ({ signal }): Promise<readonly Table[]> => {
      const tables = (await askRecords(TABLES, signal)).map((record) => tableOf(record, 'Table'));
      const views = (await askRecords(VIEWS, signal)).map((record) => tableOf(record, 'View'));
      return [...tables, ...views]
        .filter(({ name }) => !isScratch(name))
        .sort((x, y) => x.database.localeCompare(y.database) || x.name.localeCompare(y.name));
    },
  });
}

const TABLES = `SELECT database, name, engine, num_rows, data_size, created_on
  FROM system.tables WHERE table_type <> 'VIEW'`;
const VIEWS = 'SELECT database, name, engine, created_on FROM system.views';

function tableOf(record: TextRecord, kind: Table['kind']): Table {
  const { database, name, engine, num_rows: rows, data_size: size, created_on: created } = record;
  const count = (text: string | null | undefined) => (text === null || text === undefined ? undefined : Number(text));
  return {
    ...{ database: database ?? '', name: name ?? '', engine: engine ?? '', kind },
    ...{ rows: count(rows), size: count(size), createdOn: created ?? undefined },
  };
}

/** Every column of every table, in table order; for the tree and its filter. */
export function allColumns() {
  return queryOptions({
    queryKey: keys.allColumns(),
    queryFn: async ({ signal }): Promise<readonly TableColumn[]> => {
      const sql = 'SELECT database, `table`, name, type, is_nullable, default_expression, comment FROM system.columns';
      return (await askRecords(sql, signal)).map(columnOf).filter(({ table }) => !isScratch(table));
    },
  });
}

function columnOf({
  database,
  table,
  name,
  type,
  is_nullable: nullable,
  default_expression: fallback,
  comment,
}: TextRecord): TableColumn {
  return {
    ...{ database: database ?? '', table: table ?? '', name: name ?? '', type: type ?? '' },
    ...{ isNullable: nullable === 'YES', defaultExpr: fallback ?? '', comment: comment ?? '' },
  };
}

type TableName = Pick<Table, 'database' | 'name'>;

const tableQuery = <T>({ database, name }: TableName, part: string, queryFn: (signal: AbortSignal) => Promise<T>) =>
  queryOptions({
    queryKey: [...keys.table(database, name), part],
    queryFn: ({ signal }) => queryFn(signal),
  });

/** The statement that made a table or a view. */
export function tableDefinition(table: Table) {
  return tableQuery(table, 'definition', async (signal): Promise<string> => {
    const head = table.kind === 'View' ? 'VIEW' : 'TABLE';
    const [record = {}] = await askRecords(`SHOW CREATE ${head} ${tableText(table)}`, signal);
    const texts = Object.values(record);
    return texts[texts.length - 1] ?? '';
  });
}

const PREVIEW_ROWS = 200;

/** The first rows. */
export function tableRows(table: TableName) {
  return tableQuery(table, 'rows', (signal): Promise<QueryRows> => {
    return ask(`SELECT * FROM ${tableText(table)} LIMIT ${PREVIEW_ROWS}`, signal);
  });
}

/** The files that COPY INTO has loaded. */
export function tableLoads(table: TableName) {
  return tableQuery(table, 'loads', async (signal): Promise<readonly LoadedFile[]> => {
    const name = quoted(`${table.database}.${table.name}`);
    const sql = `SELECT * FROM copy_history(${name}) JOIN copy_times(${name}) USING (file_name)`;
    return (await askRecords(sql, signal)).map(loadOf);
  });
}

function loadOf({ file_name: file, content_length: size, last_modified, loaded_on: on }: TextRecord): LoadedFile {
  return {
    ...{ file: file ?? '', size: Number(size ?? 0), modified: last_modified ?? undefined },
    loadedAt: new Date(`${(on ?? '').replace(' ', 'T').slice(0, 23)}Z`),
  };
}

/** A name as it stands in SQL: quoted when it must be. */
export function nameText(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name) ? name : `\`${name.replaceAll('`', '``')}\``;
}

/** Words that cannot name a table or a column without quotes. */
const RESERVED: ReadonlySet<string> = new Set(
  'all and any as asc between by case cast create cross desc distinct div drop else end except exists false for from full group having ilike in inner insert intersect into is join left like limit not null on or order outer qualify regexp right rlike select set some table then to true union unique update using values when where with xor'.split(
    ' ',
  ),
);

/** A table from anywhere; in the default database its name is enough. */
export function tableText({ database, name }: TableName): string {
  return database === 'default' ? nameText(name) : `${nameText(database)}.${nameText(name)}`;
}

/** A SELECT that names every column, ready to be cut down. */
export function selectTable(table: TableName, columns: readonly TableColumn[]): string {
  const list = columns.length === 0 ? '*' : columns.map(({ name }) => nameText(name)).join(',\n       ');
  return `SELECT ${list}\nFROM ${tableText(table)}\nLIMIT 100;`;
}

/** An INSERT with a place for each column, to be filled in. */
export function insertTable(table: TableName, columns: readonly TableColumn[]): string {
  const names = columns.map(({ name }) => nameText(name)).join(', ');
  const values = columns.map(({ defaultExpr, isNullable }) => defaultExpr || (isNullable ? 'NULL' : '?')).join(', ');
  return `INSERT INTO ${tableText(table)} (${names})\nVALUES (${values});`;
}

export function dropStatement(table: Table): string {
  return `DROP ${table.kind === 'View' ? 'VIEW' : 'TABLE'} ${tableText(table)}`;
}
