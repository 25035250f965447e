import { databasesOf, tablesOf } from '../warehouse/find.ts';
import { defineTable, micros } from './table.ts';

export const constraintsTable = defineTable({
  name: 'constraints',
  columns: {
    name: 'String',
    type: 'String',
    expression: 'String',
    database: 'String',
    table: 'String?',
    created_on: 'Timestamp',
    updated_on: 'Timestamp?',
  },
  rows: ({ catalog }) =>
    databasesOf(catalog).flatMap((database) =>
      tablesOf(catalog, database).flatMap((table) =>
        (table.checks ?? []).map(({ name, expr }) => ({
          name,
          type: 'CHECK',
          expression: expr,
          database: database.name,
          table: table.name,
          created_on: micros(table.createdOn),
        })),
      ),
    ),
});
