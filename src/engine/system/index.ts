import { oneTable } from './one.ts';
import { settingsTable } from './settings-table.ts';
import type { SystemTable } from './table.ts';

const TABLES: ReadonlyMap<string, SystemTable> = new Map([oneTable, settingsTable].map((table) => [table.name, table]));

export function systemTable(database: string, name: string): SystemTable | undefined {
  return TABLES.get(`${database}.${name}`);
}
