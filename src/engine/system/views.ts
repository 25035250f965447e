import { databasesOf, viewsOf } from '../warehouse/find.ts';
import { defineTable, micros } from './table.ts';

export const viewsTable = defineTable({
  name: 'views',
  columns: {
    catalog: 'String',
    database: 'String',
    database_id: 'UInt64',
    name: 'String',
    table_id: 'UInt64',
    engine: 'String',
    engine_full: 'String',
    created_on: 'Timestamp',
    dropped_on: 'Timestamp?',
    updated_on: 'Timestamp',
    owner: 'String?',
    comment: 'String',
    view_query: 'String',
  },
  rows: ({ catalog }) =>
    databasesOf(catalog).flatMap((database) =>
      viewsOf(catalog, database).map((view) => ({
        catalog: 'default',
        database: database.name,
        database_id: BigInt(database.id),
        name: view.name,
        table_id: BigInt(view.id),
        engine: 'VIEW',
        engine_full: 'VIEW',
        created_on: micros(view.createdOn),
        updated_on: micros(view.updatedOn),
        comment: view.comment,
        view_query: view.query,
      })),
    ),
});
