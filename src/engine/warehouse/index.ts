import { SqlError } from '../base/errors.ts';
import { encodeParquet } from '../formats/parquet/encode.ts';
import type { WritableStore } from '../stores/store.ts';
import { writeCheckpoint } from '../table/checkpoint.ts';
import type { EncodeParquet } from '../table/data-file.ts';
import { announcer } from './announcer.ts';
import { catchUp, NEVER, readCatalog } from './catalog-log.ts';
import type { Warehouse } from './contract.ts';
import type { Engine } from './engine.ts';
import type { WarehouseHost } from './host.ts';
import { unknownObject } from './object-kinds.ts';
import { tableFolder } from './paths.ts';
import { recoverWarehouse } from './recover.ts';
import { snapshotCache } from './snapshot-cache.ts';
import { CatalogTransaction } from './transaction.ts';

/**
 * How a table is made, written and read:
 *
 *     const transaction = warehouse.begin();
 *     const table = transaction.create<'Table'>({ kind: 'Table', databaseId, name, columns, … });
 *     const { fields } = await transaction.snapshot(table, signal);
 *     const file = await encodeTableFile(batches, fields);          // table/encode-table-file.ts
 *     const added = [await transaction.writeFile(table, file, signal)];
 *     transaction.write(table, { added, removed: [], operation: 'WRITE' });
 *     await transaction.commit(signal);
 *
 *     const snapshot = await warehouse.snapshot(table, signal);
 *     for (const { path, rows } of snapshot.files.values()) …        // dataFilePath(table, path) is its place in the store
 *     fromStorage(batch, snapshot.fields)                            // a decoded batch in the types of the table
 */

export interface WarehouseOptions {
  /** Ends the opening; the warehouse itself knows no end but `close`. */
  readonly signal?: AbortSignal | undefined;
  /** What writes the checkpoints of tables: in this thread unless given. */
  readonly encode?: EncodeParquet | undefined;
}

const encodeHere: EncodeParquet = async (batches) => (await encodeParquet(batches)).bytes;

/**
 * Opens the warehouse in a store. An empty store becomes one, with a database `default`; in another, what crashed
 * engines left is removed while the work goes on. Engines on one store have to share the locks of their hosts.
 */
export async function openWarehouse(
  store: WritableStore,
  host: WarehouseHost,
  { signal = NEVER, encode = encodeHere }: WarehouseOptions = {},
): Promise<Warehouse> {
  let state = await readCatalog(store, signal);
  const work = new Set<Promise<void>>();
  const snapshots = snapshotCache(store);
  const changes = announcer(host.channel);

  const engine: Engine = {
    store,
    host,
    encode,
    state: () => state,
    learn: (newer) => {
      if (newer.version > state.version) state = newer;
    },
    refresh: async (refreshSignal) => {
      engine.learn(await catchUp(store, state, refreshSignal));
      return state;
    },
    snapshotAt: snapshots.read,
    keepSnapshot: snapshots.keep,
    announce: changes.announce,
    later: (task) => {
      // What fails here (a checkpoint, the removal of a file) is only a saving, and made up for later.
      const done = task().catch(() => {});
      work.add(done);
      done.finally(() => work.delete(done));
    },
  };

  const idle = async () => {
    while (work.size > 0) await Promise.all(work);
  };

  if (state.version === 0) await foundWarehouse(engine, signal);
  else engine.later(() => recoverWarehouse(engine, NEVER));

  return {
    store,
    state: engine.state,
    refresh: engine.refresh,
    begin: (session) => new CatalogTransaction(engine, session),
    snapshot: async (table, snapshotSignal, version) => {
      const wanted = version ?? state.tableVersions.get(table.id)?.version;
      if (wanted === undefined) throw unknownObject('Table', table.name, []);
      return snapshots.read(table, wanted, snapshotSignal);
    },
    checkpoint: async (table, version, checkpointSignal) => {
      const snapshot = await snapshots.read(table, version, checkpointSignal);
      const log = { store, folder: tableFolder(table) };
      await writeCheckpoint(log, snapshot, { encode, now: host.now() }, checkpointSignal);
    },
    recover: (recoverSignal) => recoverWarehouse(engine, recoverSignal),
    onChange: changes.listen,
    idle,
    close: async () => {
      await idle();
      changes.close();
    },
  };
}

async function foundWarehouse(engine: Engine, signal: AbortSignal): Promise<void> {
  const transaction = new CatalogTransaction(engine);
  transaction.create<'Database'>({ kind: 'Database', name: 'default', comment: '', options: {} });
  try {
    await transaction.commit(signal);
  } catch (error) {
    // Another engine has founded it at the same time.
    if (!(error instanceof SqlError) || error.kind !== 'DatabaseAlreadyExists') throw error;
  }
}
