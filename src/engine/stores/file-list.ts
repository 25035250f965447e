import { SqlError } from '../base/errors.ts';
import type { ObjectInfo, ObjectStore } from './store.ts';

/** A file of a folder that the browser has handed over as a list. */
export interface ListedFile {
  /** Below the folder. */
  readonly path: string;
  readonly file: File;
}

/** The files of a folder of this device as a person chose them once: read-only, and gone with the page. */
export function fileListStore(files: readonly ListedFile[]): ObjectStore {
  const byPath = new Map([...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map((one) => [one.path, one.file]));
  const infoOf = (path: string, { size, lastModified }: File): ObjectInfo => ({ path, size, lastModified });
  return {
    async *list(prefix, signal) {
      for (const [path, file] of byPath) {
        signal.throwIfAborted();
        if (path.startsWith(prefix)) yield infoOf(path, file);
      }
    },
    async head(path) {
      const file = byPath.get(path);
      return file && infoOf(path, file);
    },
    async read(path, signal, range) {
      signal.throwIfAborted();
      const file = byPath.get(path);
      if (!file) throw new SqlError('StorageNotFound', `the folder has no file ${path}`);
      const part = range ? file.slice(range.start, range.end) : file;
      return new Uint8Array(await part.arrayBuffer());
    },
  };
}
