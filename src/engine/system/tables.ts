import { HIDDEN_OPTIONS } from '../warehouse/change-tracking.ts';
import { databaseById, databasesOf, tablesOf } from '../warehouse/find.ts';
import type { TableRecord, TableVersion } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import { systemDatabaseId } from './databases.ts';
import { defineTable, micros, type SystemContext } from './table.ts';

const COLUMNS = {
  catalog: 'String',
  database: 'String',
  database_id: 'UInt64',
  name: 'String',
  table_id: 'UInt64',
  total_columns: 'UInt64',
  engine: 'String',
  engine_full: 'String',
  cluster_by: 'String',
  is_transient: 'String',
  is_attach: 'String',
  created_on: 'Timestamp',
  dropped_on: 'Timestamp?',
  updated_on: 'Timestamp',
  num_rows: 'UInt64?',
  data_size: 'UInt64?',
  data_compressed_size: 'UInt64?',
  index_size: 'UInt64?',
  bloom_index_size: 'UInt64?',
  ngram_index_size: 'UInt64?',
  inverted_index_size: 'UInt64?',
  vector_index_size: 'UInt64?',
  virtual_column_size: 'UInt64?',
  number_of_segments: 'UInt64?',
  number_of_blocks: 'UInt64?',
  owner: 'String?',
  comment: 'String',
  table_type: 'String',
  is_external: 'Boolean',
  table_option: 'String',
  storage_param: 'String',
} as const;

export const tablesTable = defineTable({
  name: 'tables',
  columns: COLUMNS,
  rows: (context) => liveTables(context),
});

export const tablesWithHistoryTable = defineTable({
  name: 'tables_with_history',
  columns: COLUMNS,
  rows: (context) => [...liveTables(context), ...droppedTables(context.catalog)],
});

function liveTables(context: SystemContext) {
  const { catalog } = context;
  const own = databasesOf(catalog).flatMap((database) =>
    tablesOf(catalog, database).map((table) => tableRow(table, { catalog, database: database.name })),
  );
  return [...own, ...systemTables(context)];
}

function droppedTables(catalog: CatalogState) {
  return [...catalog.dropped.values()].flatMap(({ object, droppedOn }) => {
    if (object.kind !== 'Table') return [];
    const database = databaseById(catalog, object.databaseId)?.name ?? '';
    return [{ ...tableRow(object, { catalog, database }), dropped_on: micros(droppedOn) }];
  });
}

/** `(a, b)`, empty without a key. */
function clusterByText({ clusterKey }: TableRecord): string {
  return clusterKey.length === 0 ? '' : `(${clusterKey.join(', ')})`;
}

function tableRow(
  table: TableRecord,
  { catalog, database }: { readonly catalog: CatalogState; readonly database: string },
) {
  const stored = catalog.tableVersions.get(table.id);
  const bytes = BigInt(stored?.bytes ?? 0);
  return {
    ...SAME_FOR_ALL,
    database,
    database_id: BigInt(table.databaseId),
    name: table.name,
    table_id: BigInt(table.id),
    total_columns: BigInt(table.columns.length),
    engine: table.external === undefined ? 'FUSE' : 'DELTA',
    engine_full: table.external === undefined ? 'FUSE' : 'DELTA',
    is_external: table.external !== undefined,
    cluster_by: clusterByText(table),
    is_transient: table.transient ? 'TRANSIENT' : '',
    created_on: micros(table.createdOn),
    updated_on: micros(Math.max(table.updatedOn, stored?.updatedOn ?? 0)),
    num_rows: rowCount(stored),
    data_size: bytes,
    data_compressed_size: bytes,
    index_size: 0n,
    number_of_blocks: BigInt(stored?.files ?? 0),
    comment: table.comment,
    table_option: optionsText(table.options),
  };
}

const SAME_FOR_ALL = {
  catalog: 'default',
  is_attach: '',
  table_type: 'BASE TABLE',
  is_external: false,
  storage_param: '',
} as const;

/** Unknown where a file came without statistics; a table that nothing was written to has none. */
export function rowCount(stored: TableVersion | undefined): bigint | null {
  if (!stored) return 0n;
  return stored.rows === undefined ? null : BigInt(stored.rows);
}

/** `A='x' B='y'`, by key. */
export function optionsText(options: TableRecord['options']): string {
  return Object.keys(options)
    .filter((key) => !HIDDEN_OPTIONS.has(key))
    .sort()
    .map((key) => `${key.toUpperCase()}='${options[key]}'`)
    .join(' ');
}

function systemTables({ systemTables: tables }: SystemContext) {
  return tables.map(({ database, name, columns }, index) => ({
    ...SAME_FOR_ALL,
    database,
    database_id: systemDatabaseId(database),
    name,
    table_id: (1n << 62n) + BigInt(index) + 1n,
    total_columns: BigInt(columns.length),
    engine: 'System',
    engine_full: 'System',
    cluster_by: '',
    is_transient: '',
    created_on: 0n,
    updated_on: 0n,
    comment: '',
    table_option: '',
  }));
}
