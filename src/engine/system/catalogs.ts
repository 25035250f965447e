import { defineTable } from './table.ts';

export const catalogsTable = defineTable({
  name: 'catalogs',
  columns: { name: 'String' },
  rows: () => [{ name: 'default' }],
});

/** What CREATE TABLE takes and CREATE VIEW makes. */
export const enginesTable = defineTable({
  name: 'engines',
  columns: { Engine: 'String', Comment: 'String' },
  rows: () => [
    { Engine: 'DELTA', Comment: 'DELTA STORAGE Engine' },
    { Engine: 'FUSE', Comment: 'FUSE Storage Engine' },
    { Engine: 'STREAM', Comment: 'STREAM STORAGE Engine' },
    { Engine: 'VIEW', Comment: 'VIEW STORAGE (LOGICAL VIEW)' },
  ],
});
