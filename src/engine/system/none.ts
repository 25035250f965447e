import { defineTable, type SystemTable } from './table.ts';

/** Objects that a warehouse in a folder does not hold: the tables are there for the tools that ask, and empty. */
export const EMPTY_TABLES: readonly SystemTable[] = [
  defineTable({
    name: 'locks',
    columns: {
      table_id: 'UInt64',
      revision: 'UInt64',
      type: 'String',
      status: 'String',
      user: 'String',
      node: 'String',
      query_id: 'String',
      created_on: 'Timestamp',
      acquired_on: 'Timestamp?',
      extra_info: 'String',
    },
    rows: () => [],
  }),
];
