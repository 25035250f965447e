import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { linkExpiry } from '../base/link.ts';
import { clipRange } from './common/bytes.ts';
import { corsRule, pageOrigin } from './common/cors.ts';
import { notFound } from './common/errors.ts';
import { type RetryOptions, withRetries } from './common/retry.ts';
import { decodePath } from './common/urls.ts';
import type { ByteRange, ObjectInfo, ObjectStore } from './store.ts';

export interface HttpOptions {
  /** What follows the `?` of every request: the signature of a presigned URL. Never shown. */
  readonly query?: string | undefined;
  /** The platform's, unless another is handed in. */
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** Of the page that asks; undefined outside of pages. */
  readonly origin?: string | undefined;
  readonly wait?: RetryOptions['wait'];
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
    await response.body?.cancel();
    const whole = await get(path, signal);
    const length = lengthOf(whole);
    if (length === undefined) return infoOf(path, (await keepWhole(path, whole)).length, whole);
    await whole.body?.cancel();
    return infoOf(path, length, whole);
  }

  async function readNothing(path: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    if (!(await head(path, signal))) throw notFound(path);
    return new Uint8Array(0);
  }

  async function read(path: string, signal: AbortSignal, range?: ByteRange): Promise<Uint8Array<ArrayBuffer>> {
    if (kept?.path === path) return sliceOf(kept.bytes, range);
    if (range && range.end <= range.start) return readNothing(path, signal);
    const response = await get(path, signal, range);
    if (response.status === 416) {
      await response.body?.cancel();
      return new Uint8Array(0);
    }
    if (isMissing(response.status)) throw notFound(path);
    if (response.status === 206) return new Uint8Array(await response.arrayBuffer());
    const whole = range ? await keepWhole(path, response) : new Uint8Array(await response.arrayBuffer());
    return sliceOf(whole, range);
  }

  return {
    // biome-ignore lint/correctness/useYield: the web has no listing to yield from.
    async *list(prefix, signal) {
      signal.throwIfAborted();
      throw new SqlError('StorageUnsupported', `files of ${origin}/${prefix} cannot be listed`, {
        hint: hint('nameFiles'),
      });
    },

    head: (path, signal) => unbroken(() => head(path, signal), { origin, signal, wait: options.wait }),

    read: (path, signal, range) => unbroken(() => read(path, signal, range), { origin, signal, wait: options.wait }),
  };
}

interface Reading extends Pick<RetryOptions, 'signal' | 'wait'> {
  readonly origin: string;
}

/** Reads again when the body of an answer broke off, which is a TypeError everywhere. */
async function unbroken<Result>(task: () => Promise<Result>, { origin, signal, wait }: Reading): Promise<Result> {
  try {
    const mayPass = (error: unknown) => error instanceof TypeError;
    return await withRetries(task, { attempts: ATTEMPTS, signal, wait, mayPass });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof TypeError)) throw error;
    const message = `the answer from ${new URL(origin).host} broke off`;
    throw new SqlError('StorageUnavailable', message, { hint: hint('tryLater'), cause: error });
  }
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

/** An answer that holds what was asked for, or that says that there is nothing: of 404, 410 and 416. */
type Get = (path: string, signal: AbortSignal, range?: ByteRange) => Promise<Response>;

const ATTEMPTS = 4;

function requester(origin: string, options: HttpOptions): Get {
  const { query, fetch: send = fetch, wait } = options;
  const link: Link = { host: new URL(origin).host, query: query ?? '', now: options.now ?? Date.now };
  let hasAnswered = false;
  return (path, signal, range) => {
    const names = path.split('/').map(encodeURIComponent).join('/');
    const url = `${origin}/${names}${query ? `?${query}` : ''}`;
    const headers = range ? { Range: `bytes=${range.start}-${range.end - 1}` } : {};
    const once = async () => {
      const response = await send(url, { signal, headers }).catch((cause: unknown) => {
        signal.throwIfAborted();
        if (cause instanceof SqlError) throw cause;
        throw noAnswer(link, options.origin ?? pageOrigin(), cause);
      });
      hasAnswered = true;
      if (response.ok || isMissing(response.status) || response.status === 416) return response;
      throw await refusal(path, response, link);
    };
    // A server that has never answered is more likely forbidden or wrong than busy.
    const mayPass = (error: unknown) => error instanceof SqlError && error.kind === 'StorageUnavailable';
    return withRetries(once, { attempts: hasAnswered ? ATTEMPTS : 2, signal, mayPass, wait });
  };
}

interface Link {
  readonly host: string;
  /** Holds the signature of a presigned URL. */
  readonly query: string;
  readonly now: () => number;
}

/** `fetch` does not tell a server that is down from one that lets no page in. */
function noAnswer({ host, query }: Link, origin: string | undefined, cause: unknown): SqlError {
  const isSigned = linkExpiry(query) !== undefined;
  return new SqlError('StorageUnavailable', `cannot read from ${host}`, {
    hint: origin !== undefined && isSigned ? hint('linkCors', origin) : hint('serverCors', host),
    snippet: origin !== undefined && isSigned ? corsRule(origin) : undefined,
    cause,
  });
}

const isMissing = (status: number) => status === 404 || status === 410;

async function refusal(path: string, response: Response, link: Link): Promise<SqlError> {
  const { status } = response;
  const body = (await response.text().catch(() => '')).slice(0, 4096);
  const reason = /<Code>([^<]*)<\/Code>(?:\s*<Message>([^<]*)<)?/.exec(body);
  const said = reason ? `: ${[reason[1], reason[2]].filter(Boolean).join(': ')}` : '';
  if (status === 401 || status === 403) return forbidden(path, { status, body, said }, link);
  const isBusy = status === 429 || status >= 500;
  const kind = isBusy ? 'StorageUnavailable' : 'StorageOther';
  return new SqlError(kind, `file '${path}' cannot be read (HTTP ${status})${said}`, {
    hint: isBusy ? hint('serverBusy') : undefined,
  });
}

interface Answer {
  readonly status: number;
  readonly body: string;
  /** What the server says about it, if it says anything. */
  readonly said: string;
}

function forbidden(path: string, { status, body, said }: Answer, { query, now }: Link): SqlError {
  const end = linkExpiry(query);
  if (end !== undefined && (now() > end || /expired/i.test(body))) {
    return new SqlError('StoragePermissionDenied', `the link to '${path}' expired at ${new Date(end).toISOString()}`, {
      hint: hint('freshLink'),
    });
  }
  return new SqlError('StoragePermissionDenied', `file '${path}' may not be read (HTTP ${status})${said}`, {
    hint: end === undefined ? hint('notPublic') : hint('wholeLink'),
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
