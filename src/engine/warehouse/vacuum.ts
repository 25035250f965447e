import { collect } from '../base/async.ts';
import type { ObjectInfo } from '../stores/store.ts';
import { logFolder } from '../table/layout.ts';
import { readCommits } from '../table/log.ts';
import type { Warehouse } from './contract.ts';
import type { DroppedObject, TableRecord } from './object.ts';
import { dataFilePath, MARKERS, tableFolder } from './paths.ts';
import { heldFrom } from './snapshot-tags.ts';

/** Finding what VACUUM and PURGE remove and removing it are two steps, for DRY RUN. */
export interface VacuumPlan {
  readonly table: TableRecord;
  /** The oldest version that can be read afterwards. */
  readonly from: number;
  /** Log files of older versions, the newest first, so that the history has no hole at any time. */
  readonly commits: readonly ObjectInfo[];
  readonly checkpoints: readonly ObjectInfo[];
  /** Data files that no version since `from` has, those that crashed writers left included. */
  readonly data: readonly ObjectInfo[];
}

/** What a live table does not need for a version, the later ones and those that tags hold. */
export async function vacuumPlan(
  warehouse: Warehouse,
  table: TableRecord,
  wanted: number,
  signal: AbortSignal,
): Promise<VacuumPlan> {
  const folder = `${tableFolder(table)}/`;
  const found = await collect(warehouse.store.list(folder, signal));
  // In this order: whoever wrote a file that was found either still runs, or has committed by the time of the refresh.
  const running = await runningTransactions(warehouse, signal);
  await warehouse.refresh(signal);
  const from = heldFrom(warehouse.state(), table, wanted);
  const kept = await neededFiles(warehouse, table, from, signal);
  const log = logFolder(tableFolder(table));
  const old = found.filter(({ path }) => versionIn(path, log) < from);
  const isCommit = ({ path }: ObjectInfo) => /^\d+\.json$/.test(path.slice(log.length));
  const data = found.filter(({ path }) => {
    const name = path.slice(folder.length);
    return !name.startsWith('_') && !kept.has(path) && !running.has(name.slice(0, name.indexOf('-')));
  });
  const commits = old.filter(isCommit).reverse();
  return { table, from, commits, checkpoints: old.filter((file) => !isCommit(file)), data };
}

/** Infinity for what belongs to no version. */
function versionIn(path: string, log: string): number {
  const digits = path.startsWith(log) ? /^\d{20}(?=\.)/.exec(path.slice(log.length)) : null;
  return digits ? Number(digits[0]) : Number.POSITIVE_INFINITY;
}

/** The files of a version and all that were added since. */
async function neededFiles(
  warehouse: Warehouse,
  table: TableRecord,
  from: number,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const current = warehouse.state().tableVersions.get(table.id)?.version ?? from;
  const { files } = await warehouse.snapshot(table, signal, from);
  const log = { store: warehouse.store, folder: tableFolder(table) };
  const actions = (await readCommits(log, from, current, signal)).flatMap((commit) => commit.actions);
  const later = actions.filter((action) => action.kind === 'Add');
  return new Set([...files.values(), ...later].map(({ path }) => dataFilePath(table, path)));
}

/** Their files are not part of a table yet, or belong to whoever recovers the warehouse. */
async function runningTransactions({ store }: Warehouse, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const markers = await collect(store.list(MARKERS, signal));
  return new Set(markers.map(({ path }) => path.slice(MARKERS.length).split('/')[0] ?? ''));
}

/** Ends the history before `from`, then removes files. Should that fail at any point, all later versions stay readable. */
export async function runVacuum(
  warehouse: Warehouse,
  { table, from, commits, checkpoints, data }: VacuumPlan,
  signal: AbortSignal,
): Promise<void> {
  if (commits.length > 0) await warehouse.checkpoint(table, from, signal);
  await removeFiles(warehouse, [...commits, ...checkpoints, ...data], signal);
}

/** Removes what only former versions of a table have. What cannot be removed is for VACUUM. */
export async function removeHistory(warehouse: Warehouse, table: TableRecord, signal: AbortSignal): Promise<void> {
  const current = warehouse.state().tableVersions.get(table.id)?.version;
  if (current === undefined) return;
  await runVacuum(warehouse, await vacuumPlan(warehouse, table, current, signal), signal);
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

export async function removeTableFiles(warehouse: Warehouse, table: TableRecord, signal: AbortSignal): Promise<void> {
  await removeFiles(warehouse, await filesOfTable(warehouse, table, signal), signal);
}

async function removeFiles({ store }: Warehouse, files: readonly ObjectInfo[], signal: AbortSignal): Promise<void> {
  for (const { path } of files) await store.remove(path, signal);
}
