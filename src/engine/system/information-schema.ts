import { type SqlType, typeName } from '../types/type.ts';
import { databasesOf, tablesOf, viewsOf } from '../warehouse/find.ts';
import type { DatabaseRecord, TableRecord, TableVersion, ViewRecord } from '../warehouse/object.ts';
import { type ListedColumn, listColumns } from './columns.ts';
import { SYSTEM_DATABASES } from './databases.ts';
import { defineTable, micros, type SystemContext } from './table.ts';
import { rowCount } from './tables.ts';

const database = 'information_schema';

export const schemataTable = defineTable({
  database,
  name: 'schemata',
  columns: {
    catalog_name: 'String',
    schema_name: 'String',
    schema_owner: 'String',
    default_character_set_catalog: 'String?',
    default_character_set_schema: 'String?',
    default_character_set_name: 'String?',
    default_collation_name: 'String?',
    sql_path: 'String?',
  },
  rows: ({ catalog }) =>
    [...SYSTEM_DATABASES, ...databasesOf(catalog).map(({ name }) => name)].map((name) => ({
      catalog_name: name,
      schema_name: name,
      schema_owner: 'default',
    })),
});

export const schemaTablesTable = defineTable({
  database,
  name: 'tables',
  columns: {
    table_catalog: 'String',
    table_schema: 'String',
    table_name: 'String',
    table_type: 'String',
    engine: 'String',
    create_time: 'Timestamp',
    drop_time: 'Timestamp?',
    data_length: 'UInt64?',
    index_length: 'UInt64?',
    table_rows: 'UInt64?',
    auto_increment: 'UInt64?',
    table_collation: 'String?',
    data_free: 'UInt64?',
    table_comment: 'String',
  },
  rows: (context) => [...ownTables(context), ...systemTables(context)],
});

function ownTables({ catalog }: SystemContext) {
  return databasesOf(catalog).flatMap((owner) => [
    ...tablesOf(catalog, owner).map((table) => ({
      ...relationRow(owner, table),
      ...storedSizes(catalog.tableVersions.get(table.id)),
      table_type: 'BASE TABLE',
      engine: 'FUSE',
    })),
    ...viewsOf(catalog, owner).map((view) => ({ ...relationRow(owner, view), table_type: 'VIEW', engine: 'VIEW' })),
  ]);
}

function relationRow(owner: DatabaseRecord, { name, createdOn, comment }: TableRecord | ViewRecord) {
  return {
    table_catalog: owner.name,
    table_schema: owner.name,
    table_name: name,
    create_time: micros(createdOn),
    table_comment: comment,
  };
}

function storedSizes(stored: TableVersion | undefined) {
  return {
    data_length: BigInt(stored?.bytes ?? 0),
    index_length: 0n,
    table_rows: rowCount(stored),
  };
}

function systemTables({ systemTables: tables }: SystemContext) {
  return tables.map((table) => ({
    table_catalog: table.database,
    table_schema: table.database,
    table_name: table.name,
    table_type: 'BASE TABLE',
    engine: 'System',
    create_time: 0n,
    table_comment: '',
  }));
}

export const schemaColumnsTable = defineTable({
  database,
  name: 'columns',
  columns: {
    table_catalog: 'String',
    table_schema: 'String',
    table_name: 'String',
    column_name: 'String',
    ordinal_position: 'UInt8',
    column_default: 'String?',
    column_comment: 'String',
    column_key: 'String?',
    nullable: 'UInt8',
    is_nullable: 'String',
    data_type: 'String',
    column_type: 'String',
    character_maximum_length: 'UInt64?',
    character_octet_length: 'UInt64?',
    numeric_precision: 'UInt8?',
    numeric_precision_radix: 'UInt8?',
    numeric_scale: 'UInt8?',
    datetime_precision: 'UInt8?',
    character_set_catalog: 'String?',
    character_set_schema: 'String?',
    character_set_name: 'String?',
    collation_catalog: 'String?',
    collation_schema: 'String?',
    collation_name: 'String?',
    domain_catalog: 'String?',
    domain_schema: 'String?',
    domain_name: 'String?',
    privileges: 'String?',
    default: 'String',
    extra: 'String?',
  },
  rows: async (context) => (await listColumns(context)).map(columnRow),
});

/** Databend gives each column the position 1 and no default; the order of the rows is that of the table. */
function columnRow({ database: owner, table, column }: ListedColumn) {
  const { type, nullable } = column;
  return {
    table_catalog: owner,
    table_schema: owner,
    table_name: table,
    column_name: column.name,
    ordinal_position: 1,
    column_comment: column.comment ?? '',
    nullable: nullable ? 1 : 0,
    is_nullable: nullable ? 'YES' : 'NO',
    data_type: typeName(type).toLowerCase(),
    column_type: columnTypeText(type),
    default: column.default ?? '',
    ...sizes(type),
  };
}

/** What MySQL's clients expect: `varchar(16382)` for texts. */
function columnTypeText(type: SqlType): string {
  return type.kind === 'String' ? `varchar(${TEXT_LENGTH})` : typeName(type).toLowerCase();
}

const TEXT_LENGTH = 16382n;

function sizes(type: SqlType) {
  if (type.kind === 'String') return { character_maximum_length: TEXT_LENGTH };
  if (type.kind === 'Decimal')
    return { numeric_precision: type.precision, numeric_precision_radix: 10, numeric_scale: type.scale };
  return {};
}

export const schemaViewsTable = defineTable({
  database,
  name: 'views',
  columns: {
    table_catalog: 'String',
    table_schema: 'String',
    table_name: 'String',
    view_definition: 'String',
    check_option: 'String',
    is_updatable: 'UInt8',
    is_insertable_into: 'UInt8',
    is_trigger_updatable: 'UInt8',
    is_trigger_deletable: 'UInt8',
    is_trigger_insertable_into: 'UInt8',
  },
  rows: ({ catalog }) =>
    databasesOf(catalog).flatMap((owner) =>
      viewsOf(catalog, owner).map(({ name, query }) => ({
        table_catalog: owner.name,
        table_schema: owner.name,
        table_name: name,
        view_definition: query,
        check_option: 'NONE',
        is_updatable: 0,
        is_insertable_into: 0,
        is_trigger_updatable: 0,
        is_trigger_deletable: 0,
        is_trigger_insertable_into: 0,
      })),
    ),
});
