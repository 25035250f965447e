import { collect } from '../base/async.ts';
import { commitPath } from '../table/layout.ts';
import { fence } from './commit.ts';
import type { Engine } from './engine.ts';
import type { TableRecord } from './object.ts';
import { COMMIT_LOCK, dataFilePath, MARKERS, markerPath, tableFolder, transactionLock } from './paths.ts';
import type { CatalogState } from './state.ts';

interface Marker {
  readonly transaction: string;
  readonly folder: string;
}

/** Removes what transactions left that ended without knowing how, or with their engine. */
export async function recoverWarehouse(engine: Engine, signal: AbortSignal): Promise<void> {
  if ((await deadMarkers(engine, signal)).length === 0) return;
  await engine.host.locks.withLock(COMMIT_LOCK, signal, async () => {
    // Whoever had the lock before may have cleaned up or just ended.
    const markers = await deadMarkers(engine, signal);
    if (markers.length === 0) return;
    await fence(engine, await engine.refresh(signal));
    const state = await engine.refresh(signal);
    for (const marker of markers) await cleanUp(engine, state, marker, signal);
  });
}

async function deadMarkers({ store, host }: Engine, signal: AbortSignal): Promise<Marker[]> {
  const found = await collect(store.list(MARKERS, signal));
  const dead: Marker[] = [];
  for (const { path } of found) {
    const [transaction = '', folder = ''] = path.slice(MARKERS.length).split('/');
    if (!(await host.locks.isHeld(transactionLock(transaction)))) dead.push({ transaction, folder });
  }
  return dead;
}

async function cleanUp(
  engine: Engine,
  state: CatalogState,
  { transaction, folder }: Marker,
  signal: AbortSignal,
): Promise<void> {
  const { store } = engine;
  const table = tableIn(state, folder);
  const version = table && state.tableVersions.get(table.id)?.version;
  const prefix = dataFilePath({ folder }, `${transaction}-`);
  const known = table && version !== undefined ? await knownFiles(engine, table, version, signal) : new Set<string>();
  for (const { path } of await collect(store.list(prefix, signal))) {
    if (!known.has(path)) await store.remove(path, signal);
  }
  await store.remove(commitPath(tableFolder({ folder }), (version ?? -1) + 1), signal);
  await store.remove(markerPath(transaction, folder), signal);
}

function tableIn(state: CatalogState, folder: string): TableRecord | undefined {
  const objects = [...state.objects.values(), ...[...state.dropped.values()].map(({ object }) => object)];
  return objects.find((object): object is TableRecord => object.kind === 'Table' && object.folder === folder);
}

/** Files of the table, or of a former version of it. */
async function knownFiles(
  engine: Engine,
  table: TableRecord,
  version: number,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const { files, tombstones } = await engine.snapshotAt(table, version, signal);
  const paths = [...files.values(), ...tombstones.values()].map(({ path }) => dataFilePath(table, path));
  return new Set(paths);
}
