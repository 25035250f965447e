import { SqlError } from '../../base/errors.ts';
import type { WritableStore } from '../store.ts';
import { alreadyExists } from './errors.ts';
import { type Closed, storageError } from './handle-errors.ts';
import { handleTree, isNamed, type Place, type TreeParts } from './handles.ts';
import { temporaryNames } from './temporary.ts';

export interface HandleStoreParts extends TreeParts {
  /** What the names of temporary files begin with; the codec must not know them as paths. */
  readonly temporaryPrefix: string;
  /** Same for two stores over the same folder, so that their writers meet at the same Web Lock. */
  readonly lockScope: string;
  /** Writes a new file whole and to the disk. */
  writeFile(
    handle: FileSystemFileHandle,
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<void>;
  readonly closed: Closed;
}

/** In browsers, but not in the compiler's library. */
interface MovableFile extends FileSystemFileHandle {
  move(folder: FileSystemDirectoryHandle, name: string): Promise<void>;
}

const ATTEMPTS = 10;

const isMovable = (handle: FileSystemFileHandle): handle is MovableFile => 'move' in handle;

/**
 * Objects as files below a directory handle. A write goes to a temporary file, which is then moved to its path.
 * The check of `ifAbsent` and the move stand under one Web Lock per path, as do all other moves and removals, so that
 * it is exact among all pages of the origin; a program outside the browser can come between.
 */
export function handleStore(parts: HandleStoreParts): WritableStore {
  const { closed } = parts;
  const tree = handleTree(parts);
  const temporaryName = temporaryNames(parts.temporaryPrefix, tree.root);
  const lockOf = (path: string) => `boathouse/write/${parts.lockScope}/${path}`;

  const explained = async <Result>(path: string, task: () => Promise<Result>): Promise<Result> => {
    try {
      return await task();
    } catch (error) {
      throw await storageError(error, path, closed);
    }
  };

  /** Tries again when another writer or remover had locked the folder, or had removed it as empty. */
  const insist = async <Result>(signal: AbortSignal, task: () => Promise<Result>): Promise<Result> => {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      try {
        return await task();
      } catch (error) {
        if (attempt === ATTEMPTS || !isNamed(error, 'NotFoundError', 'NoModificationAllowedError')) throw error;
        tree.forget();
        await new Promise((resolve) => setTimeout(resolve, attempt));
      }
    }
  };

  async function publish(file: FileSystemFileHandle, path: string, ifAbsent: boolean): Promise<void> {
    try {
      const place = await tree.place(path);
      if (ifAbsent && (await isTaken(place))) throw alreadyExists(path);
      await move(file, place);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new SqlError('BadArguments', `'${path}' has a name that this place cannot hold`, { cause: error });
    }
  }

  return {
    async *list(prefix, signal) {
      try {
        yield* tree.list(prefix, signal);
      } catch (error) {
        throw await storageError(error, prefix, closed);
      }
    },

    head: (path, signal) => explained(path, () => tree.head(path, signal)),

    read: (path, signal, range) => explained(path, () => tree.read(path, signal, range)),

    write: (path, bytes, options) =>
      explained(path, async () => {
        const { ifAbsent, signal } = options;
        signal.throwIfAborted();
        const name = await temporaryName();
        const root = await tree.root();
        const file = await root.getFileHandle(name, { create: true });
        try {
          await parts.writeFile(file, bytes, signal);
          const commit = () => insist(signal, () => publish(file, path, ifAbsent));
          await navigator.locks.request(lockOf(path), { signal }, commit);
        } catch (error) {
          await root.removeEntry(name).catch(() => {}); // What is left is swept later; the error to tell is the first.
          throw error;
        }
      }),

    remove: (path, signal) =>
      explained(path, async () => {
        signal.throwIfAborted();
        const remove = () => insist(signal, () => tree.remove(path, signal));
        await navigator.locks.request(lockOf(path), { signal }, remove);
      }),
  };
}

async function isTaken({ folder, name }: Place): Promise<boolean> {
  try {
    await folder.getFileHandle(name);
    return true;
  } catch (error) {
    if (isNamed(error, 'NotFoundError')) return false;
    throw error;
  }
}

async function move(file: FileSystemFileHandle, { folder, name }: Place): Promise<void> {
  if (!isMovable(file)) throw new DOMException('this browser cannot move files', 'NotSupportedError');
  await file.move(folder, name);
}
