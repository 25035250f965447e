import { mapConcurrently } from '../base/async.ts';
import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { NO_PROGRESS, type ProgressSink } from '../base/progress.ts';
import { linearRegex } from '../base/regex.ts';
import type { FileSource } from '../formats/format.ts';
import type { ObjectInfo } from '../stores/store.ts';
import { expandGlob } from './glob.ts';
import { checkTraversal, type OpenLocation } from './location.ts';

export interface Selection {
  readonly pattern: string | undefined;
  readonly files: readonly string[] | undefined;
  /** The listing ends with the page that has so many; without it, all are listed. */
  readonly most?: number | undefined;
  /** The listing begins behind this file, as people see its path. */
  readonly after?: string | undefined;
}

export const EVERYTHING: Selection = { pattern: undefined, files: undefined };

/** A file of a location; `path` is what people see, relative to the location's root. */
export interface SelectedFile {
  readonly path: string;
  readonly info: ObjectInfo;
}

const CONCURRENT_HEADS = 8;

/**
 * The files that path, PATTERN and FILES choose, the one rule for LIST, REMOVE, SELECT, COPY and INFER_SCHEMA
 * (stages-and-copy §2.7): the exact file first, then in path order.
 */
export async function selectFiles(
  location: OpenLocation,
  selection: Selection,
  signal: AbortSignal,
): Promise<SelectedFile[]> {
  try {
    return await chosenFiles(location, selection, signal);
  } catch (error) {
    throw error instanceof SqlError && error.kind.startsWith('Storage') ? error.at(location.span) : error;
  }
}

async function chosenFiles(
  location: OpenLocation,
  { files, pattern, most, after }: Selection,
  signal: AbortSignal,
): Promise<SelectedFile[]> {
  if (files) return namedFiles(location, files, signal);
  if (!location.listable) return namedFiles({ ...location, path: '' }, expandGlob(location.path), signal);
  const fits = pattern === undefined ? undefined : parsePattern(pattern);
  return listedFiles(location, { fits, after, most: most ?? Number.POSITIVE_INFINITY }, signal);
}

async function namedFiles(
  location: OpenLocation,
  names: readonly string[],
  signal: AbortSignal,
): Promise<SelectedFile[]> {
  return mapConcurrently(names, CONCURRENT_HEADS, async (name) => {
    checkTraversal(name);
    const { path } = location;
    const joined = path === '' || path.endsWith('/') ? `${path}${name}` : `${path}/${name}`;
    const info = await location.store.head(`${location.root}${joined}`, signal);
    if (info) return { path: joined, info };
    throw new SqlError('StorageNotFound', `file ${joined} does not exist in ${location.name}`, {
      hint: location.listable ? hint('listFiles', location.name) : undefined,
    });
  });
}

interface Listing {
  readonly fits: ((rest: string) => boolean) | undefined;
  readonly most: number;
  readonly after: string | undefined;
}

async function listedFiles(
  { store, root, path }: OpenLocation,
  { fits, most, after }: Listing,
  signal: AbortSignal,
): Promise<SelectedFile[]> {
  const exact: SelectedFile[] = [];
  const others: SelectedFile[] = [];
  try {
    const from = after === undefined ? undefined : `${root}${after}`;
    for await (const info of listFrom(store, { prefix: `${root}${path}`, from }, signal)) {
      const shown = info.path.slice(root.length);
      const rest = shown.slice(path.length);
      if (shown === '' || shown.endsWith('/')) continue;
      if (rest === '') exact.push({ path: shown, info });
      else if (!fits || fits(rest)) others.push({ path: shown, info });
      if (exact.length + others.length >= most) break;
    }
  } catch (error) {
    const info = await unlistedFile(error, { store, path: `${root}${path}` }, signal);
    return [{ path, info }];
  }
  return [...exact, ...others];
}

async function* listFrom(
  store: OpenLocation['store'],
  { prefix, from }: { readonly prefix: string; readonly from: string | undefined },
  signal: AbortSignal,
): AsyncGenerator<ObjectInfo> {
  if (from === undefined) yield* store.list(prefix, signal);
  else if (store.listAfter) yield* store.listAfter(prefix, from, signal);
  else for await (const info of store.list(prefix, signal)) if (info.path > from) yield info;
}

/** Many buckets let everybody read their files and nobody list them: a path may still name a file. Else throws the error. */
async function unlistedFile(
  error: unknown,
  { store, path }: Pick<OpenLocation, 'store' | 'path'>,
  signal: AbortSignal,
): Promise<ObjectInfo> {
  const isDenied = error instanceof SqlError && error.kind === 'StoragePermissionDenied';
  const mayBeFile = isDenied && path !== '' && !path.endsWith('/');
  // A file that may not be read either tells no more than the listing did.
  const info = mayBeFile ? await store.head(path, signal).catch(() => undefined) : undefined;
  signal.throwIfAborted();
  if (info) return info;
  throw error;
}

/** Anchored without grouping, as Databend does: `a|b` starts with a, or ends with b. */
function parsePattern(pattern: string): (rest: string) => boolean {
  try {
    return linearRegex(`^${pattern}$`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SqlError('SyntaxException', `Pattern format invalid, got:${pattern}, error:${reason}`);
  }
}

/** The file for a format to read. Made once for a file, since formats remember footers by it. */
export function fileSource(
  location: OpenLocation,
  { path, info }: SelectedFile,
  progress: ProgressSink = NO_PROGRESS,
): FileSource {
  const { size, etag, lastModified } = info;
  return { path, size, etag, lastModified, read: readerOf(location, info, progress) };
}

/** Where bytes come over the network, they are counted, and kept for the next reader if they are known to be the same. */
function readerOf({ store, ranges, stage, name }: OpenLocation, info: ObjectInfo, progress: ProgressSink) {
  const read: FileSource['read'] = (range, signal, into) => store.read(info.path, signal, range, into);
  if (!ranges) return read;
  const fetched: FileSource['read'] = async (range, signal) => {
    const bytes = await read(range, signal);
    progress.add({ networkBytes: bytes.length });
    return bytes;
  };
  const { path, size, etag, lastModified } = info;
  if (etag === undefined && lastModified === undefined) return fetched;
  const key = JSON.stringify([stage?.id ?? authorityOf(name), path, size, etag, lastModified]);
  const cached: FileSource['read'] = (range, signal) =>
    ranges.read(`${key} ${range.start}-${range.end}`, () => fetched(range, signal));
  return cached;
}

function authorityOf(uri: string): string {
  return /^[^:]+:\/\/[^/]*/.exec(uri)?.[0] ?? uri;
}
