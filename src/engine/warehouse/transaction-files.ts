import type { WritableStore } from '../stores/store.ts';
import type { EncodedFile } from '../table/data-file.ts';
import type { DataFile } from '../table/write.ts';
import { NEVER } from './catalog-log.ts';
import type { WarehouseHost } from './host.ts';
import type { TableRecord } from './object.ts';
import { dataFilePath, markerPath, transactionLock } from './paths.ts';

/**
 * What one transaction puts in the store before it commits. A marker for each table that it touches says so to
 * whoever cleans up, should the transaction's lock be found free.
 */
export interface TransactionFiles {
  /** To be called before anything is stored in the table's folder. */
  mark(table: TableRecord, signal: AbortSignal): Promise<void>;
  write(table: TableRecord, file: EncodedFile, signal: AbortSignal): Promise<DataFile>;
  /** Removes the data files that are not kept, by their path in the store, and what the transaction left else. */
  finish(kept: ReadonlySet<string>): Promise<void>;
  /** Leaves everything to `recover`. */
  abandon(): void;
}

export function transactionFiles(id: string, store: WritableStore, host: WarehouseHost): TransactionFiles {
  let release: Promise<() => void> | undefined;
  const marks = new Map<string, Promise<void>>();
  const written = new Set<string>();

  const mark = async (folder: string, signal: AbortSignal) => {
    release ??= host.locks.hold(transactionLock(id), NEVER);
    await release;
    await store.write(markerPath(id, folder), new Uint8Array(0), { ifAbsent: false, signal });
  };

  const files: TransactionFiles = {
    mark({ folder }, signal) {
      const known = marks.get(folder);
      if (known) return known;
      const marked = mark(folder, signal);
      marks.set(folder, marked);
      // A mark that failed is made again by the next write.
      marked.catch(() => marks.delete(folder));
      return marked;
    },

    async write(table, { bytes, rows, stats }, signal) {
      await files.mark(table, signal);
      const path = `${id}-${written.size}.parquet`;
      const whole = dataFilePath(table, path);
      written.add(whole);
      await store.write(whole, bytes, { ifAbsent: true, signal });
      return { path, size: bytes.byteLength, rows, stats, modificationTime: host.now() };
    },

    async finish(kept) {
      try {
        for (const path of written) if (!kept.has(path)) await store.remove(path, NEVER);
        for (const folder of marks.keys()) await store.remove(markerPath(id, folder), NEVER);
      } finally {
        files.abandon();
      }
    },

    abandon() {
      release?.then((free) => free()).catch(() => {});
      release = undefined;
    },
  };
  return files;
}
