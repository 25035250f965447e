/**
 * How to add a store: one file in this folder that gives an `ObjectStore`, a row in `index.ts` that says which URL
 * schemes it answers to, and a test that runs the suite of `contract.ts` over it.
 */

export interface ObjectInfo {
  /** Slash-separated, without a leading slash. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970, where the store knows. */
  readonly lastModified?: number | undefined;
  /** As the store gives it, quotes included; absent where it has none. */
  readonly etag?: string | undefined;
}

/** Bytes from `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface WriteOptions {
  /** Makes the write fail with `InvalidOperation` when the path exists: commits rest on it. */
  readonly ifAbsent: boolean;
  readonly signal: AbortSignal;
}

/**
 * Bytes under slash-separated paths, wherever they are kept.
 * `list` yields in path order (by UTF-16 unit), at any depth, every path that starts with the prefix.
 * `read` of a missing path throws `StorageNotFound`; `head` returns undefined.
 * A range is clipped to the object: what lies past its end is not there, and no error.
 * Bytes read belong to the reader, bytes written to the writer again once `write` has settled. Memory that a reader
 * gives as `into` may hold what is read, instead of new memory: from its start on, where it has room.
 * A reader never sees half a written object: `write` shows it whole, at its end.
 */
export interface ObjectStore {
  list(prefix: string, signal: AbortSignal): AsyncIterable<ObjectInfo>;
  /** What `list` yields behind a path, whether that is there or not; absent where that is no cheaper. */
  listAfter?(prefix: string, after: string, signal: AbortSignal): AsyncIterable<ObjectInfo>;
  head(path: string, signal: AbortSignal): Promise<ObjectInfo | undefined>;
  read(
    path: string,
    signal: AbortSignal,
    range?: ByteRange,
    into?: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** Absent on read-only stores. */
  write?(path: string, bytes: Uint8Array | AsyncIterable<Uint8Array>, options: WriteOptions): Promise<void>;
  /** Absent on read-only stores. Removing a missing path is not an error. */
  remove?(path: string, signal: AbortSignal): Promise<void>;
  /** What `remove` does, for many at once; absent where that is no cheaper. */
  removeAll?(paths: readonly string[], signal: AbortSignal): Promise<void>;
  /** Absent where nobody but this engine can reach the objects. */
  presign?(request: PresignRequest, signal: AbortSignal): Promise<PresignedUrl>;
}

export interface PresignRequest {
  readonly path: string;
  readonly method: 'GET' | 'PUT';
  readonly expiresSeconds: number;
  /** That whoever puts the object must send. */
  readonly contentType?: string | undefined;
}

/** A URL that anybody may use until it expires, and the headers that must be sent with it. */
export interface PresignedUrl {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Removes objects by as few requests as the store can. */
export async function removeAll(store: WritableStore, paths: readonly string[], signal: AbortSignal): Promise<void> {
  if (store.removeAll) return store.removeAll(paths, signal);
  for (const path of paths) {
    signal.throwIfAborted();
    await store.remove(path, signal);
  }
}

/** A store whose objects can be written and removed. */
export type WritableStore = ObjectStore & Required<Pick<ObjectStore, 'write' | 'remove'>>;

export function isWritable(store: ObjectStore): store is WritableStore {
  return store.write !== undefined && store.remove !== undefined;
}
