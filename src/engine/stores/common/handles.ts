import { prefetch } from '../../base/async.ts';
import type { ByteRange, ObjectInfo } from '../store.ts';
import { clipRange } from './bytes.ts';
import { notFound } from './errors.ts';

/** How paths are kept as the names of folders and files. */
export interface NameCodec {
  /** The names of the folders down to the object, then its own. */
  namesOf(path: string): string[];
  /**
   * What a name adds to the path: of a folder, its closing slash included.
   * Undefined for what is not part of any path, such as temporary files.
   */
  textOf(name: string, kind: FileSystemHandleKind): string | undefined;
}

/** The objects below a directory handle; what OPFS and a folder of this device have in common. */
export interface HandleTree {
  list(prefix: string, signal: AbortSignal): AsyncGenerator<ObjectInfo, void, undefined>;
  head(path: string, signal: AbortSignal): Promise<ObjectInfo | undefined>;
  read(path: string, signal: AbortSignal, range?: ByteRange): Promise<Uint8Array<ArrayBuffer>>;
  root(): Promise<FileSystemDirectoryHandle>;
  /** The object as the browser's own file, read only when somebody reads it; undefined where there is none. */
  file(path: string): Promise<File | undefined>;
  /** The folder that holds the object of this path, made where it is missing, and the object's name in it. */
  place(path: string): Promise<Place>;
  remove(path: string, signal: AbortSignal): Promise<void>;
  /** Drops remembered handles: somebody else may have removed their folders. */
  forget(): void;
}

export interface Place {
  readonly folder: FileSystemDirectoryHandle;
  readonly name: string;
}

interface Child {
  readonly text: string;
  readonly handle: FileSystemDirectoryHandle | FileSystemFileHandle;
}

const MAX_CACHED_FOLDERS = 4096;
const FILES_AHEAD = 16;
const READ_ATTEMPTS = 5;

export const isNamed = (error: unknown, ...names: string[]) => error instanceof Error && names.includes(error.name);

/** Missing, or a folder where a file was meant, or the other way round. */
const isMissing = (error: unknown) => isNamed(error, 'NotFoundError', 'TypeMismatchError');

export interface TreeParts {
  openRoot(): Promise<FileSystemDirectoryHandle>;
  readonly codec: NameCodec;
  /** Whether nobody else makes folders below the root: then those that are emptied are removed. */
  readonly ownsFolders: boolean;
}

export function handleTree({ openRoot, codec, ownsFolders }: TreeParts): HandleTree {
  const folders = folderCache(openRoot);

  async function fileAt(path: string): Promise<File | undefined> {
    const names = codec.namesOf(path);
    try {
      const folder = await folders.open(names.slice(0, -1), false);
      const handle = await folder.getFileHandle(names.at(-1) ?? '');
      return await handle.getFile();
    } catch (error) {
      // A TypeError says that no file of this device can have such a name.
      if (isMissing(error) || error instanceof TypeError) return undefined;
      throw error;
    }
  }

  return {
    root: () => folders.open([], false),
    file: fileAt,
    forget: folders.forget,

    async *list(prefix, signal) {
      signal.throwIfAborted();
      const folderPath = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      const names = folderPath === '' ? [] : codec.namesOf(folderPath.slice(0, -1));
      const folder = await folders.open(names, false).catch((error: unknown) => {
        if (isMissing(error) || error instanceof TypeError) return undefined;
        throw error;
      });
      if (folder) yield* listFolder(folder, folderPath, { prefix, codec, signal });
    },

    async head(path, signal) {
      signal.throwIfAborted();
      const file = await fileAt(path);
      signal.throwIfAborted();
      return file && infoOf(path, file);
    },

    async read(path, signal, range) {
      for (let attempt = 1; ; attempt++) {
        signal.throwIfAborted();
        const file = await fileAt(path);
        if (!file) throw notFound(path);
        const { start, end } = clipRange(range, file.size);
        try {
          const buffer = await file.slice(start, end).arrayBuffer();
          signal.throwIfAborted();
          return new Uint8Array(buffer);
        } catch (error) {
          // A File is a snapshot: it cannot be read any more once another object has taken its place.
          if (attempt === READ_ATTEMPTS || !isNamed(error, 'NotReadableError', 'NotFoundError')) throw error;
        }
      }
    },

    async place(path) {
      const names = codec.namesOf(path);
      return { folder: await folders.open(names.slice(0, -1), true), name: names.at(-1) ?? '' };
    },

    async remove(path, signal) {
      signal.throwIfAborted();
      const names = codec.namesOf(path);
      try {
        const folder = await folders.open(names.slice(0, -1), false);
        // Folders answer to removeEntry too, so that the name must first prove to be a file's.
        await folder.getFileHandle(names.at(-1) ?? '');
        await folder.removeEntry(names.at(-1) ?? '');
      } catch (error) {
        if (isMissing(error) || error instanceof TypeError) return;
        throw error;
      }
      if (ownsFolders) await folders.removeEmpty(names.slice(0, -1));
    },
  };
}

function infoOf(path: string, file: File): ObjectInfo {
  return { path, size: file.size, lastModified: file.lastModified };
}

interface Listing {
  readonly prefix: string;
  readonly codec: NameCodec;
  readonly signal: AbortSignal;
}

async function* listFolder(
  folder: FileSystemDirectoryHandle,
  path: string,
  listing: Listing,
): AsyncGenerator<ObjectInfo, void, undefined> {
  const { signal } = listing;
  const children = await childrenOf(folder, path, listing);
  const infos = prefetch(
    children.map((child) => () => fileInfo(child)),
    FILES_AHEAD,
  );
  let index = 0;
  for await (const info of infos) {
    signal.throwIfAborted();
    const child = children[index++];
    if (child?.handle.kind === 'directory') yield* listFolder(child.handle, child.text, listing);
    else if (info) yield info;
  }
}

/**
 * What a folder holds that leads to paths with the prefix, in path order: the text of a folder ends in its slash,
 * so that `a.txt` comes before `a/b`. A folder that has gone meanwhile holds nothing.
 */
async function childrenOf(folder: FileSystemDirectoryHandle, path: string, listing: Listing): Promise<Child[]> {
  const { prefix, codec, signal } = listing;
  const children: Child[] = [];
  try {
    for await (const [name, handle] of folder.entries()) {
      signal.throwIfAborted();
      const added = codec.textOf(name, handle.kind);
      if (added === undefined) continue;
      const text = path + added;
      const isWithin = text.startsWith(prefix) || (handle.kind === 'directory' && prefix.startsWith(text));
      if (isWithin) children.push({ text, handle });
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return children.sort((a, b) => (a.text < b.text ? -1 : 1));
}

async function fileInfo({ text, handle }: Child): Promise<ObjectInfo | undefined> {
  if (handle.kind === 'directory') return undefined;
  try {
    return infoOf(text, await handle.getFile());
  } catch (error) {
    if (isMissing(error)) return undefined; // Removed since it was listed.
    throw error;
  }
}

/** Handles of folders by their names, so that a path is walked once. */
function folderCache(openRoot: () => Promise<FileSystemDirectoryHandle>) {
  const cached = new Map<string, FileSystemDirectoryHandle>();

  async function open(names: readonly string[], create: boolean): Promise<FileSystemDirectoryHandle> {
    const key = names.join('/');
    const known = cached.get(key);
    if (known) return known;
    const name = names.at(-1);
    const folder =
      name === undefined
        ? await openRoot()
        : await (await open(names.slice(0, -1), create)).getDirectoryHandle(name, { create });
    if (cached.size >= MAX_CACHED_FOLDERS) cached.clear();
    cached.set(key, folder);
    return folder;
  }

  return {
    open,

    forget() {
      cached.clear();
    },

    /** Removes the folder and those above it as long as they are empty. */
    async removeEmpty(names: readonly string[]): Promise<void> {
      for (let depth = names.length; depth > 0; depth--) {
        try {
          const parent = await open(names.slice(0, depth - 1), false);
          await parent.removeEntry(names[depth - 1] ?? '');
          cached.delete(names.slice(0, depth).join('/'));
        } catch (error) {
          // Not empty, or being written into: it stays. Gone: somebody else removed it.
          if (isNamed(error, 'InvalidModificationError', 'NoModificationAllowedError', 'NotFoundError')) return;
          throw error;
        }
      }
    },
  };
}
