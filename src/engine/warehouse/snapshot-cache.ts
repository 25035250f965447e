import { SqlError } from '../base/errors.ts';
import type { WritableStore } from '../stores/store.ts';
import type { TableLog } from '../table/layout.ts';
import { readCommits, readSnapshot } from '../table/log.ts';
import { advance, type TableSnapshot } from '../table/snapshot.ts';
import type { ObjectId, TableRecord } from './object.ts';
import { tableFolder } from './paths.ts';

const MOST_TABLES = 64;

export interface SnapshotCache {
  /** A committed version; from the newest one that is kept, where that is older, only what came after it is read. */
  read(table: TableRecord, version: number, signal: AbortSignal): Promise<TableSnapshot>;
  keep(table: TableRecord, snapshot: TableSnapshot): void;
}

/** Keeps the newest snapshots of the tables that were last read. */
export function snapshotCache(store: WritableStore): SnapshotCache {
  const kept = new Map<ObjectId, TableSnapshot>();

  const keep = ({ id }: TableRecord, snapshot: TableSnapshot) => {
    const known = kept.get(id);
    kept.delete(id);
    kept.set(id, known && known.version > snapshot.version ? known : snapshot);
    const [oldest] = kept.keys();
    if (kept.size > MOST_TABLES && oldest !== undefined) kept.delete(oldest);
  };

  return {
    keep,
    async read(table, version, signal) {
      const known = kept.get(table.id);
      if (known?.version === version) return known;
      const log = { store, folder: tableFolder(table) };
      const snapshot = (await advanced(known, version, log, signal)) ?? (await readSnapshot(log, signal, version));
      keep(table, snapshot);
      return snapshot;
    },
  };
}

/** Undefined where the log between was removed, or nothing older is known. */
async function advanced(
  known: TableSnapshot | undefined,
  version: number,
  log: TableLog,
  signal: AbortSignal,
): Promise<TableSnapshot | undefined> {
  if (!known || known.version > version) return undefined;
  try {
    return advance(known, await readCommits(log, known.version, version, signal));
  } catch (error) {
    if (error instanceof SqlError && error.kind === 'StorageNotFound') return undefined;
    throw error;
  }
}
