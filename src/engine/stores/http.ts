import { SqlError } from '../base/errors.ts';
import { clipRange } from './common/bytes.ts';
import { notFound } from './common/errors.ts';
import { decodePath } from './common/urls.ts';
import type { ByteRange, ObjectInfo, ObjectStore } from './store.ts';

export interface HttpOptions {
  /** What follows the `?` of every request: the signature of a presigned URL. Never shown. */
  readonly query?: string | undefined;
  /** The platform's, unless another is handed in. */
  readonly fetch?: typeof fetch | undefined;
}

/**
 * A web server's files, read by ranges of GET alone: a URL that is signed for GET refuses HEAD, and any other header
 * than a plain range costs a preflight across origins. Nothing can be listed.
 * A server that ignores ranges sends the whole file; the last such file is kept.
 */
export function httpStore(origin: string, options: HttpOptions = {}): ObjectStore {
  const get = requester(origin, options);
  let kept: { readonly path: string; readonly bytes: Uint8Array<ArrayBuffer> } | undefined;

  async function keepWhole(path: string, response: Response): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(await response.arrayBuffer());
    kept = { path, bytes };
    return bytes;
  }

  async function head(path: string, signal: AbortSignal): Promise<ObjectInfo | undefined> {
    const response = await get(path, signal, { start: 0, end: 1 });
    if (isMissing(response.status)) {
      await response.body?.cancel();
      return undefined;
    }
    const size = totalSize(response);
    if (size !== undefined) {
      await response.body?.cancel();
      return infoOf(path, size, response);
    }
    if (response.status === 200) return infoOf(path, (await keepWhole(path, response)).length, response);
    await refuse(path, response);
    const whole = await get(path, signal);
    await refuse(path, whole);
    return infoOf(path, lengthOf(whole) ?? (await keepWhole(path, whole)).length, whole);
  }

  return {
    // biome-ignore lint/correctness/useYield: the web has no listing to yield from.
    async *list(prefix, signal) {
      signal.throwIfAborted();
      throw new SqlError('StorageUnsupported', `files of ${origin}/${prefix} cannot be listed`, {
        hint: 'A web server has no listing: name the files, one by one or as {1,2} and [1-9].',
      });
    },

    head,

    async read(path, signal, range) {
      signal.throwIfAborted();
      if (kept?.path === path) return sliceOf(kept.bytes, range);
      if (range && range.end <= range.start) {
        if (!(await head(path, signal))) throw notFound(path);
        return new Uint8Array(0);
      }
      const response = await get(path, signal, range);
      if (response.status === 416) {
        await response.body?.cancel();
        return new Uint8Array(0);
      }
      await refuse(path, response);
      if (response.status === 206) return new Uint8Array(await response.arrayBuffer());
      const whole = range ? await keepWhole(path, response) : new Uint8Array(await response.arrayBuffer());
      return sliceOf(whole, range);
    },
  };
}

/** The store behind a URL, and the path that the URL has in it. */
export function httpPath(
  url: string,
  options: HttpOptions = {},
): { readonly store: ObjectStore; readonly path: string; readonly listable: boolean } {
  const { origin, pathname, search } = parseUrl(url);
  const path = decodePath(pathname.slice(1));
  return { store: httpStore(origin, { ...options, query: search.slice(1) }), path, listable: false };
}

function parseUrl(url: string): URL {
  try {
    return new URL(url);
  } catch (cause) {
    throw new SqlError('SyntaxException', `invalid uri ${url}`, { cause });
  }
}

type Get = (path: string, signal: AbortSignal, range?: ByteRange) => Promise<Response>;

function requester(origin: string, { query, fetch: send = fetch }: HttpOptions): Get {
  const host = new URL(origin).host;
  return async (path, signal, range) => {
    signal.throwIfAborted();
    const names = path.split('/').map(encodeURIComponent).join('/');
    const url = `${origin}/${names}${query ? `?${query}` : ''}`;
    const headers = range ? { Range: `bytes=${range.start}-${range.end - 1}` } : {};
    try {
      return await send(url, { signal, headers });
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      throw new SqlError('StorageUnavailable', `cannot read from ${host}`, {
        hint: `The server may be down. A page can also read only from servers that allow it (CORS): ${host} must answer with 'Access-Control-Allow-Origin'.`,
        cause,
      });
    }
  };
}

const isMissing = (status: number) => status === 404 || status === 410;

/** Throws unless the response holds what was asked for. */
async function refuse(path: string, response: Response): Promise<void> {
  const { status } = response;
  if (response.ok) return;
  await response.body?.cancel();
  if (isMissing(status)) throw notFound(path);
  if (status === 401 || status === 403) {
    throw new SqlError('StoragePermissionDenied', `file '${path}' may not be read (HTTP ${status})`, {
      hint: 'The file may not be public, or a signed link may have expired.',
    });
  }
  const isBusy = status === 429 || status >= 500;
  throw new SqlError(isBusy ? 'StorageUnavailable' : 'StorageOther', `file '${path}' cannot be read (HTTP ${status})`, {
    hint: isBusy ? 'The server is busy or broken; try again later.' : undefined,
  });
}

/** The size of the file of which a response holds a part or the whole, where the server says it and we may see it. */
function totalSize(response: Response): number | undefined {
  const total = /\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1];
  if (total !== undefined && (response.status === 206 || response.status === 416)) return Number(total);
  return response.status === 200 ? lengthOf(response) : undefined;
}

/** Of a compressed body the length says nothing about what will be read. */
function lengthOf(response: Response): number | undefined {
  const length = response.headers.get('Content-Length');
  return length === null || response.headers.has('Content-Encoding') ? undefined : Number(length);
}

function infoOf(path: string, size: number, { headers }: Response): ObjectInfo {
  const lastModified = Date.parse(headers.get('Last-Modified') ?? '');
  const etag = headers.get('ETag') ?? undefined;
  return { path, size, etag, lastModified: Number.isNaN(lastModified) ? undefined : lastModified };
}

function sliceOf(bytes: Uint8Array<ArrayBuffer>, range: ByteRange | undefined): Uint8Array<ArrayBuffer> {
  const { start, end } = clipRange(range, bytes.length);
  return bytes.slice(start, end);
}
