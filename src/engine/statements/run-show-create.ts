import type { ObjectName } from '../sql/ast.ts';
import { printName, printSqlType, printString, quoteName } from '../sql/print-name.ts';
import { isSystemDatabase } from '../system/index.ts';
import { optionsText } from '../system/tables.ts';
import { plain } from '../types/type.ts';
import { databaseById, findDatabase, findRelation, findView, type Relation } from '../warehouse/find.ts';
import type { StreamRecord, TableColumn, TableRecord, ViewRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import { column, type Outcome, rowsOutcome, type StatementContext } from './context.ts';
import { at, nameOf, qualified } from './names.ts';
import type { ShowCreate } from './syntax/show.ts';
import { indexText } from './table-index.ts';

export async function showCreate(statement: ShowCreate, ctx: StatementContext): Promise<Outcome> {
  if (statement.of === 'DATABASE') return showCreateDatabase(statement.name, ctx);
  const catalog = ctx.catalog();
  const { name } = statement;
  const { database, name: last } = qualified(name, catalog, ctx);
  const find = statement.of === 'VIEW' ? findView : findRelation;
  const relation = at(name, () => find(catalog, database, last.name));
  const options = ctx.session.settings.get('hide_options_in_show_create_table') === '0';
  const print = { quote: statement.quoted ? quoteName : printName, options };
  return definition(statement.of === 'VIEW' ? 'View' : 'Table', relation.name, createText(relation, catalog, print));
}

function showCreateDatabase(name: ObjectName, ctx: StatementContext): Outcome {
  const database = nameOf(name, ctx).parts.at(-1)?.name ?? '';
  const isSystem = isSystemDatabase(database);
  if (!isSystem) at(name, () => findDatabase(ctx.catalog(), database));
  return definition(
    'Database',
    database,
    `CREATE DATABASE ${tick(database)} ENGINE=${isSystem ? 'SYSTEM' : 'DEFAULT'}`,
  );
}

function definition(kind: string, name: string, sql: string): Outcome {
  return rowsOutcome([column(kind, plain('String')), column(`Create ${kind}`, plain('String'))], [[name, sql]]);
}

const tick = (name: string) => `\`${name.replaceAll('`', '``')}\``;

interface PrintOptions {
  readonly quote: (name: string) => string;
  readonly options: boolean;
}

function createText(relation: Relation, catalog: CatalogState, print: PrintOptions): string {
  const database = databaseById(catalog, relation.databaseId)?.name ?? '';
  switch (relation.kind) {
    case 'Table':
      return tableText(relation, print);
    case 'View':
      return viewText(relation, database, print);
    case 'Stream':
      return streamText(relation, catalog);
  }
}

function tableText(table: TableRecord, print: PrintOptions): string {
  const { name, columns, clusterKey, comment, options } = table;
  const tail = [
    engineText(table),
    clusterKey.length > 0 ? `CLUSTER BY (${clusterKey.join(', ')})` : '',
    print.options ? optionsText(options) : '',
    comment === '' ? '' : `COMMENT = ${printString(comment)}`,
  ].filter(Boolean);
  const items = [
    ...columns.map((one) => columnText(one, print)),
    ...(table.checks ?? []).map(({ name, expr }) => `CONSTRAINT ${print.quote(name)} CHECK (${expr})`),
    ...(table.indexes ?? []).filter(({ type }) => type !== 'AGGREGATING').map(indexText),
  ];
  const lines = items.map((item) => `  ${item}`).join(',\n');
  return `CREATE ${persistenceText(table)}TABLE ${print.quote(name)} (\n${lines}\n) ${tail.join(' ')}`;
}

function persistenceText({ session, transient }: TableRecord): string {
  if (session !== undefined) return 'TEMP ';
  return transient ? 'TRANSIENT ' : '';
}

function engineText({ external, connection }: TableRecord): string {
  if (external === undefined) return 'ENGINE=FUSE';
  const named = connection === undefined ? '' : ` CONNECTION = (CONNECTION_NAME = ${printString(connection)})`;
  return `ENGINE=DELTA ${printString(external)}${named}`;
}

function columnText(shown: TableColumn, { quote }: PrintOptions): string {
  const { name, type, nullable, default: value, comment, computed, autoincrement } = shown;
  return [
    quote(name),
    printSqlType(type),
    nullable ? 'NULL' : 'NOT NULL',
    value === undefined ? '' : `DEFAULT ${value}`,
    computed ? `AS (${computed.expr}) ${computed.stored ? 'STORED' : 'VIRTUAL'}` : '',
    autoincrement ? `AUTOINCREMENT (${autoincrement.start}, ${autoincrement.step}) ORDER` : '',
    comment === undefined || comment === '' ? '' : `COMMENT ${printString(comment)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function viewText({ name, columns, query }: ViewRecord, database: string, { quote }: PrintOptions): string {
  const list = columns ? ` (${columns.map(quote).join(', ')})` : '';
  return `CREATE VIEW ${tick(database)}.${tick(name)}${list} AS ${query}`;
}

function streamText({ name, tableId, appendOnly, comment }: StreamRecord, catalog: CatalogState): string {
  const table = catalog.objects.get(tableId) ?? catalog.dropped.get(tableId)?.object;
  const database = table?.kind === 'Table' ? (databaseById(catalog, table.databaseId)?.name ?? '') : '';
  return [
    `CREATE STREAM ${tick(name)} ON TABLE ${tick(database)}.${tick(table?.name ?? '')}`,
    appendOnly ? '' : ' APPEND_ONLY = false',
    comment === '' ? '' : ` COMMENT = ${printString(comment)}`,
  ].join('');
}
