import { databaseById } from '../warehouse/find.ts';
import { temporaryTables } from '../warehouse/session-view.ts';
import { defineTable, micros } from './table.ts';

export const temporaryTablesTable = defineTable({
  name: 'temporary_tables',
  columns: {
    database: 'String',
    name: 'String',
    table_id: 'UInt64',
    engine: 'String',
    user: 'String',
    session_id: 'String',
    session_type: 'String',
    is_current_session: 'Boolean',
    created_on: 'Timestamp',
    updated_on: 'Timestamp',
    compressed_data_bytes: 'UInt64',
    index_data_bytes: 'UInt64',
    num_rows: 'UInt64',
  },
  rows: ({ catalog, session }) =>
    temporaryTables(catalog).map((table) => {
      const version = catalog.tableVersions.get(table.id);
      return {
        database: databaseById(catalog, table.databaseId)?.name ?? '',
        name: table.name,
        table_id: BigInt(table.id),
        engine: 'FUSE',
        user: 'root',
        session_id: table.session ?? '',
        session_type: 'Local',
        is_current_session: table.session === session,
        created_on: micros(table.createdOn),
        updated_on: micros(version?.updatedOn ?? table.updatedOn),
        compressed_data_bytes: BigInt(version?.bytes ?? 0),
        index_data_bytes: 0n,
        num_rows: BigInt(version?.rows ?? 0),
      };
    }),
});
