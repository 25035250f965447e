import { randomUUID } from 'node:crypto';
import type { BigIntStats, Dirent } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, readdir, rename, rmdir, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { prefetch } from '../base/async.ts';
import { SqlError } from '../base/errors.ts';
import { clipRange, piecesOf } from './common/bytes.ts';
import { alreadyExists, notFound } from './common/errors.ts';
import type { ObjectInfo, WritableStore, WriteOptions } from './store.ts';

export interface DirectoryOptions {
  /** Whether nobody but the store makes folders below the root: then it removes those that it empties. */
  readonly ownsFolders: boolean;
}

interface Child {
  readonly text: string;
  readonly isFolder: boolean;
}

const HOST = hostname().replace(/[^\w.]/g, '_');
const TEMPORARY = /^\.boathouse-tmp-([\w.]+)-(\d+)-[0-9a-f-]{36}$/;
const FILES_AHEAD = 16;
const READ_CHUNK = 64 << 20;
const MKDIR_ATTEMPTS = 10;

/**
 * The files below a folder of the disk, for Node. A write goes to a temporary file beside its path, is flushed, and
 * then renamed; with `ifAbsent` it is linked instead, which the system refuses when the path exists, so that of any
 * number of processes exactly one wins. Links are followed when reading; `..` is refused.
 */
export function directoryStore(root: string, { ownsFolders }: DirectoryOptions): WritableStore {
  const base = resolve(root);
  const swept = new Set<string>();

  return {
    async *list(prefix, signal) {
      signal.throwIfAborted();
      const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      if (folder !== '' && placeOf(base, folder.slice(0, -1)) === undefined) return;
      try {
        yield* listFolder({ base, prefix, signal }, folder, []);
      } catch (error) {
        throw explain(error, prefix);
      }
    },

    head: (path, signal) =>
      explained(path, async () => {
        signal.throwIfAborted();
        return infoAt(base, path);
      }),

    read: (path, signal, range, into) =>
      explained(path, async () => {
        signal.throwIfAborted();
        const place = placeOf(base, path);
        const file = place === undefined ? undefined : await unlessMissing(open(place, 'r'));
        if (!file) throw notFound(path);
        try {
          const stats = await file.stat();
          if (!stats.isFile()) throw notFound(path);
          const { start, end } = clipRange(range, stats.size);
          return await readBytes(file, { path, start, end, into }, signal);
        } finally {
          await file.close();
        }
      }),

    write: (path, bytes, options) =>
      explained(path, async () => {
        options.signal.throwIfAborted();
        const place = placeOf(base, path);
        if (place === undefined) throw new SqlError('BadArguments', `'${path}' is not the path of a file`);
        const folder = dirname(place);
        if (!swept.has(folder)) await sweep(folder);
        swept.add(folder);
        await writeFile({ path, place, folder }, bytes, options);
      }),

    remove: (path, signal) =>
      explained(path, async () => {
        signal.throwIfAborted();
        const place = placeOf(base, path);
        const stats = place === undefined ? undefined : await unlessMissing(lstat(place));
        if (place === undefined || !stats || stats.isDirectory()) return;
        await unlessMissing(unlink(place));
        if (ownsFolders) await removeEmpty(dirname(place), base);
      }),
  };
}

/** Where a path lies on the disk; undefined when no file can have it. */
function placeOf(base: string, path: string): string | undefined {
  const names = path.split('/');
  if (names.includes('..')) {
    throw new SqlError('BadArguments', `stage path traversal is not allowed by stage_path_traversal_policy: ${path}`);
  }
  return names.every(isName) ? join(base, ...names) : undefined;
}

function isName(name: string): boolean {
  return name !== '' && name !== '.' && !name.includes('\0') && (sep === '/' || !/[\\:]/.test(name));
}

async function infoAt(base: string, path: string): Promise<ObjectInfo | undefined> {
  const place = placeOf(base, path);
  const stats = place === undefined ? undefined : await unlessMissing(stat(place, { bigint: true }));
  return stats?.isFile() ? infoOf(path, stats) : undefined;
}

function infoOf(path: string, stats: BigIntStats): ObjectInfo {
  return { path, size: Number(stats.size), lastModified: Number(stats.mtimeMs) };
}

interface Listing {
  readonly base: string;
  readonly prefix: string;
  readonly signal: AbortSignal;
}

/** `above` are the identities of the folders on the way down: a link back to one of them would never end. */
async function* listFolder(
  listing: Listing,
  path: string,
  above: readonly string[],
): AsyncGenerator<ObjectInfo, void, undefined> {
  const { base, signal } = listing;
  const stats = await unlessMissing(stat(join(base, path), { bigint: true }));
  const identity = `${stats?.dev}:${stats?.ino}`;
  if (!stats?.isDirectory() || above.includes(identity)) return;
  const children = await childrenOf(listing, path);
  const infos = prefetch(
    children.map((child) => async () => (child.isFolder ? undefined : infoAt(base, child.text))),
    FILES_AHEAD,
  );
  let index = 0;
  for await (const info of infos) {
    signal.throwIfAborted();
    const child = children[index++];
    if (child?.isFolder) yield* listFolder(listing, child.text, [...above, identity]);
    else if (info) yield info;
  }
}

/** In path order: the text of a folder ends in its slash, so that `a.txt` comes before `a/b`. */
async function childrenOf({ base, prefix }: Listing, path: string): Promise<Child[]> {
  const entries = (await unlessMissing(readdir(join(base, path), { withFileTypes: true }))) ?? [];
  const children: Child[] = [];
  for (const entry of entries) {
    if (TEMPORARY.test(entry.name)) continue;
    const isFolder = await leadsToFolder(entry, join(base, path, entry.name));
    const text = `${path}${entry.name}${isFolder ? '/' : ''}`;
    if (text.startsWith(prefix) || (isFolder && prefix.startsWith(text))) children.push({ text, isFolder });
  }
  return children.sort((a, b) => (a.text < b.text ? -1 : 1));
}

async function leadsToFolder(entry: Dirent, place: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return (await unlessMissing(stat(place)))?.isDirectory() ?? false;
}

interface Extent {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly into: Uint8Array<ArrayBuffer> | undefined;
}

async function readBytes(
  file: FileHandle,
  { path, start, end, into }: Extent,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const size = end - start;
  const bytes = into && into.length >= size ? into.subarray(0, size) : new Uint8Array(size);
  for (let done = 0; done < bytes.byteLength; ) {
    signal.throwIfAborted();
    const length = Math.min(READ_CHUNK, bytes.byteLength - done);
    const { bytesRead } = await file.read(bytes, done, length, start + done);
    if (bytesRead === 0) throw new SqlError('StorageOther', `file '${path}' became shorter while it was read`);
    done += bytesRead;
  }
  signal.throwIfAborted();
  return bytes;
}

interface Target {
  readonly path: string;
  readonly place: string;
  readonly folder: string;
}

async function writeFile(
  { path, place, folder }: Target,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  { ifAbsent, signal }: WriteOptions,
): Promise<void> {
  const { name, file } = await openTemporary(folder);
  try {
    await writeBytes(file, bytes, signal);
    if (ifAbsent) await link(name, place);
    else await rename(name, place);
  } catch (error) {
    await unlink(name).catch(() => {}); // Swept later; the error to tell is the first.
    throw ifAbsent && hasCode(error, 'EEXIST') ? alreadyExists(path, error) : error;
  }
  if (ifAbsent) await unlink(name);
  await syncFolder(folder);
}

/** A new empty file in the folder, which is made where it is missing. */
async function openTemporary(folder: string): Promise<{ readonly name: string; readonly file: FileHandle }> {
  for (let attempt = 1; ; attempt++) {
    const name = join(folder, `.boathouse-tmp-${HOST}-${process.pid}-${randomUUID()}`);
    try {
      await mkdir(folder, { recursive: true });
      return { name, file: await open(name, 'wx') };
    } catch (error) {
      // Somebody emptied and removed a folder between two steps; Node says ENOTDIR where that was between two of its own.
      if (attempt === MKDIR_ATTEMPTS || !hasCode(error, 'ENOENT', 'ENOTDIR')) throw error;
    }
  }
}

async function writeBytes(
  file: FileHandle,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const piece of piecesOf(bytes, signal)) {
      for (let done = 0; done < piece.byteLength; ) {
        done += (await file.write(piece, done, piece.byteLength - done)).bytesWritten;
      }
    }
    await file.sync();
    signal.throwIfAborted();
  } finally {
    await file.close();
  }
}

/** Makes a rename last: a system may write a folder much later than the file in it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // Folders cannot be opened there.
  const handle = await unlessMissing(open(folder, 'r'));
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}

/** Removes the folder and those above it, up to the base, as long as they are empty. */
async function removeEmpty(folder: string, base: string): Promise<void> {
  for (let at = folder; at.length > base.length; at = dirname(at)) {
    try {
      await rmdir(at);
    } catch (error) {
      if (hasCode(error, 'ENOTEMPTY', 'EEXIST', 'EBUSY', 'ENOENT')) return;
      throw error;
    }
  }
}

/** Removes what processes of this machine that have ended left half written. */
async function sweep(folder: string): Promise<void> {
  for (const name of (await unlessMissing(readdir(folder))) ?? []) {
    const [, host, pid] = TEMPORARY.exec(name) ?? [];
    if (host === HOST && !isAlive(Number(pid))) await unlessMissing(unlink(join(folder, name)));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

async function unlessMissing<Result>(pending: Promise<Result>): Promise<Result | undefined> {
  try {
    return await pending;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG')) return undefined;
    throw error;
  }
}

async function explained<Result>(path: string, task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    throw explain(error, path);
  }
}

/** What the system refused, as the engine's error; what is not the system's own passes through. */
function explain(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
  const options = { cause: error };
  switch (error.code) {
    case 'ENOENT':
    case 'ELOOP':
      return notFound(path, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new SqlError('StoragePermissionDenied', `file '${path}': ${error.message}`, options);
    case 'EEXIST':
    case 'EISDIR':
    case 'ENOTDIR':
    case 'ENOTEMPTY':
      return new SqlError(
        'StorageOther',
        `file '${path}' cannot be written, because a folder stands where a file is meant, or a file where a folder is`,
        options,
      );
    case 'ENAMETOOLONG':
      return new SqlError('BadArguments', `'${path}' has a name that this place cannot hold`, options);
    case 'ENOSPC':
    case 'EDQUOT':
      return new SqlError('StorageOther', `no room for file '${path}': the disk is full`, options);
    default:
      return new SqlError('StorageOther', `file '${path}': ${error.message}`, options);
  }
}
