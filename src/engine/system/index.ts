import { catalogsTable, enginesTable } from './catalogs.ts';
import { columnsTable } from './columns.ts';
import { connectionDetailsTable } from './connection-details.ts';
import { connectionsTable } from './connections.ts';
import { constraintsTable } from './constraints.ts';
import { databasesTable, databasesWithHistoryTable, SYSTEM_DATABASES } from './databases.ts';
import { fileFormatsTable } from './file-formats.ts';
import { functionsTable, tableFunctionsTable } from './functions.ts';
import { indexesTable } from './indexes.ts';
import { schemaColumnsTable, schemaTablesTable, schemataTable, schemaViewsTable } from './information-schema.ts';
import { EMPTY_TABLES } from './none.ts';
import { notificationHistoryTable, notificationsTable } from './notifications.ts';
import { oneTable } from './one.ts';
import { proceduresTable } from './procedures.ts';
import { queryHistoryTable } from './query-history.ts';
import { sequencesTable } from './sequences.ts';
import { rejectedRowsTable, variablesTable } from './session-tables.ts';
import { settingsTable } from './settings-table.ts';
import { stagesTable } from './stages.ts';
import { streamsTable, streamsTerseTable } from './streams.ts';
import type { SystemTable } from './table.ts';
import { tablesTable, tablesWithHistoryTable } from './tables.ts';
import { tagsTable } from './tags.ts';
import { missedTaskRunsTable, taskHistoryTable, tasksTable } from './tasks.ts';
import { temporaryTablesTable } from './temporary-tables.ts';
import { userFunctionsTable } from './user-functions.ts';
import { viewsTable } from './views.ts';

/** How to add one is said in `table.ts`. */
export const SYSTEM_TABLES: readonly SystemTable[] = [
  schemaColumnsTable,
  schemataTable,
  schemaTablesTable,
  schemaViewsTable,
  catalogsTable,
  columnsTable,
  connectionDetailsTable,
  connectionsTable,
  constraintsTable,
  databasesTable,
  databasesWithHistoryTable,
  enginesTable,
  fileFormatsTable,
  functionsTable,
  indexesTable,
  missedTaskRunsTable,
  notificationHistoryTable,
  notificationsTable,
  oneTable,
  queryHistoryTable,
  proceduresTable,
  rejectedRowsTable,
  sequencesTable,
  settingsTable,
  stagesTable,
  streamsTable,
  streamsTerseTable,
  tableFunctionsTable,
  tablesTable,
  tablesWithHistoryTable,
  tagsTable,
  taskHistoryTable,
  tasksTable,
  temporaryTablesTable,
  userFunctionsTable,
  variablesTable,
  viewsTable,
  ...EMPTY_TABLES,
];

const BY_NAME: ReadonlyMap<string, SystemTable> = new Map(
  SYSTEM_TABLES.map((table) => [`${table.database}.${table.name}`, table]),
);

export function systemTable(database: string, name: string): SystemTable | undefined {
  return BY_NAME.get(`${database}.${name}`);
}

export function isSystemDatabase(name: string): boolean {
  return SYSTEM_DATABASES.some((database) => database === name);
}
