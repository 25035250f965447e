import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, type Bucket, objectOf, performOperation, queryMap, sortedKeys } from './bucket.ts';
import { errorXml, Refusal } from './refusal.ts';
import { decodePath, type Key, verifySignature } from './sigv4.ts';

/**
 * A server of buckets on loopback that checks signatures as S3 does, for tests and journeys. Its addresses are
 * `<endpoint>/<bucket>/<key>`, and `http://<bucket>.localhost:<port>/<key>` of virtual hosts.
 */
export interface S3Server {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  readonly port: number;
  /** All that came since the last `requests.length = 0`. */
  readonly requests: RecordedRequest[];
  /** The rule of all buckets; undefined lets no page in. */
  cors: CorsRule | undefined;
  /** Milliseconds that the server's clock is ahead of this machine's. */
  clockOffset: number;
  /** Keys of a page of a listing. */
  pageSize: number;
  put(bucket: string, key: string, bytes: Uint8Array | string): void;
  read(bucket: string, key: string): Buffer | undefined;
  keys(bucket: string): readonly string[];
  /** What is left of uploads in parts that were neither completed nor aborted. */
  openUploads(bucket: string): number;
  /** Makes the n-th request from now go wrong, the next one being the first; preflights are not counted. */
  fault(nth: number, fault: Fault): void;
  /** From now on requests for an object wait until the function that is given back is called. */
  hold(bucket: string, key: string): () => void;
  close(): Promise<void>;
}

export interface S3ServerOptions {
  readonly keys?: Readonly<Record<string, Key>>;
  readonly buckets: Readonly<Record<string, BucketOptions>>;
  /** 0 takes a free one. */
  readonly port?: number;
  /** The least size of a part that is not the last; 5 MiB, as in S3. */
  readonly minPartBytes?: number;
}

export interface BucketOptions {
  readonly region?: string;
  readonly anonymous?: boolean;
  /** Answers 301 to those who come for another region, as the global endpoint of S3 does. */
  readonly redirects?: boolean;
}

export interface CorsRule {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
}

export const OPEN_CORS: CorsRule = {
  origins: ['*'],
  methods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
  headers: ['*'],
  exposed: ['ETag', 'Content-Range', 'Content-Length', 'Accept-Ranges', 'x-amz-bucket-region'],
};

export interface RecordedRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: string;
  readonly range: string | undefined;
  readonly preflight: boolean;
  readonly status: number;
  /** Of the answer's body. */
  readonly bytes: number;
}

export type Fault =
  /** The connection ends without an answer, the request not performed. */
  | { readonly kind: 'Drop' }
  /** The request is performed, and its answer is lost. */
  | { readonly kind: 'LoseAnswer' }
  | { readonly kind: 'Delay'; readonly milliseconds: number }
  | { readonly kind: 'SlowDown' }
  /** The body ends after so many bytes. */
  | { readonly kind: 'Truncate'; readonly bytes: number };

export const TEST_KEY = { id: 'AKIDBOATHOUSETEST', secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYTESTSECRET' } as const;

interface State {
  readonly options: S3ServerOptions;
  readonly keys: ReadonlyMap<string, Key>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly faults: Map<number, Fault>;
  /** By path. */
  readonly held: Map<string, Promise<void>>;
  /** Requests that were no preflights. */
  count: number;
}

export async function s3Server(options: S3ServerOptions): Promise<S3Server> {
  const state: State = {
    options,
    keys: new Map(Object.entries(options.keys ?? { [TEST_KEY.id]: { secret: TEST_KEY.secret } })),
    buckets: new Map(Object.entries(options.buckets).map(([name, bucket]) => [name, bucketOf(name, bucket)])),
    faults: new Map(),
    held: new Map(),
    count: 0,
  };
  const http = createServer((request, response) => void answer(server, state, request, response));
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const bucket = (name: string) => state.buckets.get(name) ?? unknownBucket(name);
  const server: S3Server = {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    requests: [],
    cors: OPEN_CORS,
    clockOffset: 0,
    pageSize: 1000,
    put: (name, key, bytes) => {
      bucket(name).objects.set(key, objectOf(Buffer.from(bytes)));
    },
    read: (name, key) => bucket(name).objects.get(key)?.bytes,
    keys: (name) => sortedKeys(bucket(name)),
    openUploads: (name) => bucket(name).uploads.size,
    fault: (nth, fault) => {
      state.faults.set(state.count + nth, fault);
    },
    hold: (name, key) => holdPath(state, `/${name}/${key}`),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}

function holdPath({ held }: State, path: string): () => void {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  held.set(path, released);
  return () => {
    held.delete(path);
    release();
  };
}

function bucketOf(name: string, { region = 'us-east-1', anonymous = false }: BucketOptions): Bucket {
  return { name, region, anonymous, objects: new Map(), uploads: new Map() };
}

function unknownBucket(name: string): never {
  throw new Refusal(404, 'NoSuchBucket', 'The specified bucket does not exist', { fields: { BucketName: name } });
}

async function answer(
  server: S3Server,
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request).catch(() => undefined);
  if (!body) return;
  const isPreflight = request.method === 'OPTIONS';
  if (!isPreflight) await state.held.get(decodeURIComponent(request.url?.split('?')[0] ?? ''));
  const fault = isPreflight ? undefined : state.faults.get(++state.count);
  if (fault?.kind === 'Delay') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
  if (fault?.kind === 'Drop') {
    record(server, request, { status: 0 });
    request.socket.destroy();
    return;
  }
  const made = isPreflight ? preflight(server, request) : replyTo(server, state, { request, body, fault });
  record(server, request, made);
  if (fault?.kind === 'LoseAnswer') request.socket.destroy();
  else send(request, response, made, fault);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

function record(server: S3Server, request: IncomingMessage, { status, body = '' }: Answer): void {
  const { path, query } = splitUrl(request);
  server.requests.push({
    method: request.method ?? '',
    path: decodeURIComponent(path),
    query,
    range: request.headers.range,
    preflight: request.method === 'OPTIONS',
    status,
    bytes: request.method === 'HEAD' ? 0 : Buffer.byteLength(body),
  });
}

function send(request: IncomingMessage, response: ServerResponse, made: Answer, fault: Fault | undefined): void {
  const body = Buffer.from(made.body ?? '');
  response.writeHead(made.status, { 'Content-Length': `${body.length}`, ...made.headers });
  if (request.method === 'HEAD') response.end();
  else if (fault?.kind === 'Truncate') {
    response.write(body.subarray(0, fault.bytes), () => request.socket.destroy());
  } else response.end(body);
}

function splitUrl({ url = '/' }: IncomingMessage): { readonly path: string; readonly query: string } {
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

interface Incoming {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly fault: Fault | undefined;
}

function replyTo(server: S3Server, state: State, { request, body, fault }: Incoming): Answer {
  const cors = corsHeaders(server.cors, request);
  try {
    if (fault?.kind === 'SlowDown') throw new Refusal(503, 'SlowDown', 'Please reduce your request rate.');
    const made = perform(server, state, request, body);
    return { ...made, headers: { ...made.headers, ...cors } };
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(500, 'InternalError', String(error));
    const headers = { 'Content-Type': 'application/xml', ...refusal.headers, ...cors };
    return { status: refusal.status, headers, body: errorXml(refusal, splitUrl(request).path) };
  }
}

function perform(server: S3Server, state: State, request: IncomingMessage, body: Buffer): Answer {
  const { path, query } = splitUrl(request);
  const { name, key } = place(request, path, state);
  const bucket = state.buckets.get(name) ?? unknownBucket(name);
  const now = Date.now() + server.clockOffset;
  const headers = headersOf(request);
  checkRegion(state.options.buckets[name], bucket, { authorization: headers.get('authorization'), query });
  const method = request.method ?? '';
  const signed = verifySignature(
    { method, path, query, headers, body },
    { keys: state.keys, now, region: bucket.region },
  );
  checkRights(signed, bucket, { method, isListing: key === '' });
  const { pageSize } = server;
  const minPartBytes = state.options.minPartBytes ?? 5 * 1024 * 1024;
  return performOperation({ method, bucket, key, query: queryMap(query), headers, body, now, pageSize, minPartBytes });
}

function place({ headers: { host = '' } }: IncomingMessage, path: string, { buckets }: State) {
  const virtual = /^(.+)\.localhost(?::\d+)?$/.exec(host)?.[1];
  const decoded = decodePath(path).slice(1);
  if (virtual !== undefined && buckets.has(virtual)) return { name: virtual, key: decoded };
  const slash = decoded.indexOf('/');
  return slash < 0 ? { name: decoded, key: '' } : { name: decoded.slice(0, slash), key: decoded.slice(slash + 1) };
}

/** Names in lower case; the values of one that comes twice joined by commas. */
function headersOf({ headers }: IncomingMessage): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]),
  );
}

/** The global endpoint knows where a bucket is, and sends those away who come for another region. */
function checkRegion(
  options: BucketOptions | undefined,
  { name, region }: Bucket,
  { authorization, query }: { readonly authorization: string | undefined; readonly query: string },
): void {
  const credential = queryMap(query).get('X-Amz-Credential') ?? /Credential=([^,]+)/.exec(authorization ?? '')?.[1];
  if (!options?.redirects || credential === undefined || credential.split('/')[2] === region) return;
  throw new Refusal(
    301,
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    {
      fields: { Endpoint: `${name}.s3.${region}.amazonaws.com`, Bucket: name },
      headers: { 'x-amz-bucket-region': region },
    },
  );
}

function checkRights(
  key: Key | undefined,
  { anonymous }: Bucket,
  { method, isListing }: { readonly method: string; readonly isListing: boolean },
): void {
  const isRead = method === 'GET' || method === 'HEAD';
  const may = key
    ? (isRead || key.mayWrite !== false) && !(isRead && isListing && key.mayList === false)
    : anonymous && isRead;
  if (!may) throw new Refusal(403, 'AccessDenied', 'Access Denied');
}

function isAllowed(rule: CorsRule, origin: string, method: string): boolean {
  return (rule.origins.includes('*') || rule.origins.includes(origin)) && rule.methods.includes(method);
}

function corsHeaders(rule: CorsRule | undefined, { headers: { origin }, method = '' }: IncomingMessage) {
  if (origin === undefined || !rule || !isAllowed(rule, origin, method)) return {};
  return {
    'Access-Control-Allow-Origin': rule.origins.includes('*') ? '*' : origin,
    'Access-Control-Expose-Headers': rule.exposed.join(', '),
    Vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

function preflight({ cors: rule }: S3Server, request: IncomingMessage): Answer {
  const { origin = '', ...headers } = request.headers;
  const method = headers['access-control-request-method'] ?? '';
  const wanted = (headers['access-control-request-headers'] ?? '').split(',').map((name) => name.trim().toLowerCase());
  const known = rule?.headers.map((name) => name.toLowerCase()) ?? [];
  const mayHeaders = known.includes('*') || wanted.every((name) => name === '' || known.includes(name));
  if (!rule || !isAllowed(rule, origin, method) || !mayHeaders) {
    const reason = rule ? 'This CORS request is not allowed.' : 'CORS is not enabled for this bucket.';
    const refusal = new Refusal(403, 'AccessForbidden', `CORSResponse: ${reason}`);
    return { status: 403, headers: { 'Content-Type': 'application/xml' }, body: errorXml(refusal, '') };
  }
  return {
    status: 200,
    headers: {
      'Access-Control-Allow-Origin': rule.origins.includes('*') ? '*' : origin,
      'Access-Control-Allow-Methods': rule.methods.join(', '),
      'Access-Control-Allow-Headers': wanted.join(', '),
      'Access-Control-Max-Age': '600',
    },
  };
}
