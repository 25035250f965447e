import { collect } from '../base/async.ts';
import type { ObjectInfo } from '../stores/store.ts';
import type { Warehouse } from './contract.ts';
import type { DroppedObject, TableRecord } from './object.ts';
import { dataFilePath, MARKERS, tableFolder } from './paths.ts';

/**
 * Files that VACUUM may remove: finding them and removing them are two steps, for DRY RUN. `before` is the end of the
 * retention: what was removed from a table since then can still be read by time travel.
 */

/** Data files of a live table that none of its versions since `before` has. */
export async function unusedFiles(
  warehouse: Warehouse,
  table: TableRecord,
  before: number,
  signal: AbortSignal,
): Promise<ObjectInfo[]> {
  const running = await runningTransactions(warehouse, signal);
  const { files, tombstones } = await warehouse.snapshot(table, signal);
  const recent = [...tombstones.values()].filter((file) => (file.deletionTimestamp ?? before) >= before);
  const kept = new Set([...files.values(), ...recent].map(({ path }) => dataFilePath(table, path)));
  const folder = `${tableFolder(table)}/`;
  const found = await collect(warehouse.store.list(folder, signal));
  return found.filter(({ path }) => {
    const name = path.slice(folder.length);
    return !name.startsWith('_') && !kept.has(path) && !running.has(name.slice(0, name.indexOf('-')));
  });
}

/** Files that are not part of a table yet, or belong to whoever recovers the warehouse. */
async function runningTransactions({ store }: Warehouse, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const markers = await collect(store.list(MARKERS, signal));
  return new Set(markers.map(({ path }) => path.slice(MARKERS.length).split('/')[0] ?? ''));
}

/** Tables that were dropped before a time, in one database or in all. */
export function expiredTables(warehouse: Warehouse, before: number, databaseId?: number): DroppedObject[] {
  return [...warehouse.state().dropped.values()].filter(({ object, droppedOn }) => {
    const isMeant = object.kind === 'Table' && (databaseId === undefined || object.databaseId === databaseId);
    return isMeant && droppedOn < before;
  });
}

/** All files of a table, its log included. */
export function filesOfTable(
  { store }: Warehouse,
  table: Pick<TableRecord, 'folder'>,
  signal: AbortSignal,
): Promise<ObjectInfo[]> {
  return collect(store.list(`${tableFolder(table)}/`, signal));
}

/** Forgets dropped tables, then removes their files: should that fail, nobody can bring back half a table. */
export async function purgeTables(
  warehouse: Warehouse,
  tables: readonly DroppedObject[],
  signal: AbortSignal,
): Promise<void> {
  const transaction = warehouse.begin();
  for (const table of tables) transaction.purge(table);
  await transaction.commit(signal);
  for (const { object } of tables) {
    if (object.kind === 'Table') await removeFiles(warehouse, await filesOfTable(warehouse, object, signal), signal);
  }
}

export async function removeFiles(
  { store }: Warehouse,
  files: readonly ObjectInfo[],
  signal: AbortSignal,
): Promise<void> {
  for (const { path } of files) await store.remove(path, signal);
}
