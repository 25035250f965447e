import { databasesOf, tablesOf } from '../warehouse/find.ts';
import type { TableIndexRecord, TableRecord } from '../warehouse/object.ts';
import { defineTable, micros } from './table.ts';

export const indexesTable = defineTable({
  name: 'indexes',
  columns: {
    name: 'String',
    type: 'String',
    database: 'String',
    table: 'String?',
    original: 'String',
    definition: 'String',
    created_on: 'Timestamp',
    updated_on: 'Timestamp?',
  },
  rows: ({ catalog }) =>
    databasesOf(catalog).flatMap((database) =>
      tablesOf(catalog, database).flatMap((table) =>
        (table.indexes ?? []).map((index) => ({
          name: index.name,
          type: index.type,
          database: database.name,
          table: table.name,
          original: index.query ?? '',
          definition: index.query ?? definitionOf(table, index),
          created_on: micros(index.createdOn),
        })),
      ),
    ),
});

/** `t(a, b) tokenizer='chinese'` */
function definitionOf({ name }: TableRecord, { columns, options }: TableIndexRecord): string {
  const given = Object.keys(options)
    .sort()
    .map((key) => `${key}='${options[key] ?? ''}'`);
  return [`${name}(${columns.join(', ')})`, ...given].join(' ');
}
