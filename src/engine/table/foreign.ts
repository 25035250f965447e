import { SqlError } from '../base/errors.ts';
import type { ObjectInfo } from '../stores/store.ts';
import { commitPath, type TableLog } from './layout.ts';
import { readCommits, readSnapshot } from './log.ts';
import { advance, type TableSnapshot } from './snapshot.ts';

/** Delta tables that others write: their newest version is looked for whenever one is read. */
export interface ForeignTables {
  /** `key` tells tables apart. Throws StorageNotFound where there is none. */
  newest(key: string, log: TableLog, signal: AbortSignal): Promise<TableSnapshot>;
}

interface Known {
  readonly snapshot: TableSnapshot;
  /** Its last log file, by which a table that was made anew is told. */
  readonly commit: ObjectInfo | undefined;
}

const MOST_TABLES = 64;

export function foreignTables(): ForeignTables {
  const known = new Map<string, Known>();
  return {
    async newest(key, log, signal) {
      const last = known.get(key);
      const snapshot = (last && (await advanced(last, log, signal))) ?? (await readSnapshot(log, signal));
      if (last?.snapshot === snapshot) return snapshot;
      known.delete(key);
      known.set(key, { snapshot, commit: await log.store.head(commitPath(log.folder, snapshot.version), signal) });
      const [oldest] = known.keys();
      if (known.size > MOST_TABLES && oldest !== undefined) known.delete(oldest);
      return snapshot;
    },
  };
}

/** With the commits that have come since; undefined where the log is no longer the one that was read. */
async function advanced(
  { snapshot, commit }: Known,
  log: TableLog,
  signal: AbortSignal,
): Promise<TableSnapshot | undefined> {
  const now = await log.store.head(commitPath(log.folder, snapshot.version), signal);
  if (!now || !commit || !isSame(now, commit)) return undefined;
  let next = snapshot;
  for (;;) {
    const commits = await readCommits(log, next.version, next.version + 1, signal).catch(noCommit);
    if (!commits) return next;
    next = advance(next, commits);
  }
}

function isSame(now: ObjectInfo, before: ObjectInfo): boolean {
  return now.size === before.size && now.etag === before.etag && now.lastModified === before.lastModified;
}

function noCommit(error: unknown): undefined {
  if (error instanceof SqlError && error.kind === 'StorageNotFound') return undefined;
  throw error;
}
