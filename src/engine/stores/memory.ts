import { clipRange, gatherBytes } from './common/bytes.ts';
import { alreadyExists, notFound } from './common/errors.ts';
import type { ObjectInfo, WritableStore } from './store.ts';

interface Entry {
  readonly info: ObjectInfo;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The first index of the sorted paths whose path is not before the given one. */
function lowerBound(paths: readonly string[], path: string): number {
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((paths[middle] ?? '') < path) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Objects in memory, gone with it. Any text is a path; readers get copies, so buffers may be transferred. */
export function memoryStore(now: () => number = Date.now): WritableStore {
  const entries = new Map<string, Entry>();
  let sorted: string[] | undefined;
  let writes = 0;

  return {
    async *list(prefix, signal) {
      signal.throwIfAborted();
      sorted ??= [...entries.keys()].sort();
      const paths = sorted;
      for (let i = lowerBound(paths, prefix); paths[i]?.startsWith(prefix); i++) {
        signal.throwIfAborted();
        const entry = entries.get(paths[i] ?? '');
        if (entry) yield entry.info;
      }
    },

    async head(path, signal) {
      signal.throwIfAborted();
      return entries.get(path)?.info;
    },

    async read(path, signal, range) {
      signal.throwIfAborted();
      const entry = entries.get(path);
      if (!entry) throw notFound(path);
      const { start, end } = clipRange(range, entry.bytes.byteLength);
      return entry.bytes.slice(start, end);
    },

    async write(path, bytes, { ifAbsent, signal }) {
      const whole = await gatherBytes(bytes, signal);
      if (!entries.has(path)) sorted = undefined;
      else if (ifAbsent) throw alreadyExists(path);
      const info = { path, size: whole.byteLength, lastModified: now(), etag: `"${++writes}"` };
      entries.set(path, { info, bytes: whole });
    },

    async remove(path, signal) {
      signal.throwIfAborted();
      if (entries.delete(path)) sorted = undefined;
    },
  };
}
