import { databasesOf } from '../warehouse/find.ts';
import type { DatabaseRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import { defineTable, micros } from './table.ts';

/** Databases that hold no tables of anybody's; Databend numbers what it makes itself from 2^62 on. */
export const SYSTEM_DATABASES = ['information_schema', 'system', 'system_history'] as const;

export function systemDatabaseId(name: (typeof SYSTEM_DATABASES)[number]): bigint {
  return (1n << 62n) + BigInt(SYSTEM_DATABASES.indexOf(name)) + 1n;
}

const COLUMNS = {
  catalog: 'String',
  name: 'String',
  database_id: 'UInt64',
  owner: 'String?',
  dropped_on: 'Timestamp?',
} as const;

export const databasesTable = defineTable({
  name: 'databases',
  columns: COLUMNS,
  rows: ({ catalog }) => liveDatabases(catalog),
});

export const databasesWithHistoryTable = defineTable({
  name: 'databases_with_history',
  columns: COLUMNS,
  rows: ({ catalog }) => [
    ...liveDatabases(catalog),
    ...[...catalog.dropped.values()].flatMap(({ object, droppedOn }) =>
      object.kind === 'Database' ? [databaseRow(object, droppedOn)] : [],
    ),
  ],
});

function liveDatabases(catalog: CatalogState) {
  return [
    ...SYSTEM_DATABASES.map((name) => ({ catalog: 'default', name, database_id: systemDatabaseId(name) })),
    ...databasesOf(catalog).map((database) => databaseRow(database, undefined)),
  ];
}

function databaseRow({ name, id }: DatabaseRecord, droppedOn: number | undefined) {
  const dropped_on = droppedOn === undefined ? null : micros(droppedOn);
  return { catalog: 'default', name, database_id: BigInt(id), dropped_on };
}
