import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { collect } from '../base/async.ts';
import { hint } from '../base/hints.ts';
import { aborted, bytesOf, HOSTILE_NAMES, LIVE, type Objects, patterned, textOf } from './common/contract-kit.ts';
import { unlistedStoreContract } from './contract.ts';
import { httpPath, httpStore } from './http.ts';
import { urlOpener } from './index.ts';

interface Behaviour {
  /** Whether `Range` is taken. */
  readonly ranges: boolean;
  /** Whether the page may see `Content-Range`. */
  readonly exposed: boolean;
}

interface FileServer {
  readonly origin: string;
  readonly requests: readonly string[];
}

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<FileServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.range ?? '-'}`);
    handler(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const NORMAL: Behaviour = { ranges: true, exposed: true };

function serve(objects: Objects, { ranges, exposed }: Behaviour = NORMAL): Promise<FileServer> {
  return listen((request, response) => {
    const path = decodeURIComponent((request.url ?? '').slice(1).split('?')[0] ?? '');
    const bytes = objects[path];
    if (request.method !== 'GET') response.writeHead(403).end();
    else if (!bytes) response.writeHead(404).end('no such file');
    else if (!ranges || !request.headers.range) {
      response.writeHead(200, { 'Content-Length': bytes.length, ETag: '"1"' }).end(bytes);
    } else {
      sendRange(response, bytes, request.headers.range, exposed);
    }
  });
}

function sendRange(response: ServerResponse, bytes: Uint8Array, range: string, exposed: boolean): void {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  const start = Number(first);
  const end = Math.min(Number(last) + 1, bytes.length);
  if (start >= bytes.length) {
    response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end();
    return;
  }
  const shown = exposed ? { 'Content-Range': `bytes ${start}-${end - 1}/${bytes.length}` } : {};
  response.writeHead(206, { ...shown, ETag: '"1"', 'Last-Modified': 'Thu, 01 Jan 1970 00:00:07 GMT' });
  response.end(bytes.subarray(start, end));
}

async function storeOver(objects: Objects, behaviour = NORMAL) {
  return httpStore((await serve(objects, behaviour)).origin);
}

unlistedStoreContract('a web server', (objects) => storeOver(objects));
unlistedStoreContract('a web server without ranges', (objects) => storeOver(objects, { ranges: false, exposed: true }));

describe('requests', () => {
  test('a file is read by GET with plain ranges, never past what was asked for', async () => {
    const server = await serve({ 'a/b.csv': patterned(1000) });
    const { store, path, listable } = httpPath(`${server.origin}/a/b.csv?X-Signature=x%2Fy`);
    expect([path, listable]).toEqual(['a/b.csv', false]);
    expect(await store.head(path, LIVE)).toEqual({ path, size: 1000, etag: '"1"', lastModified: 7000 });
    expect((await store.read(path, LIVE, { start: 10, end: 20 })).length).toBe(10);
    expect(server.requests).toEqual([
      'GET /a/b.csv?X-Signature=x%2Fy bytes=0-0',
      'GET /a/b.csv?X-Signature=x%2Fy bytes=10-19',
    ]);
  });

  test('a server that ignores ranges is asked for a file once', async () => {
    const server = await serve({ a: patterned(1000) }, { ranges: false, exposed: true });
    const store = httpStore(server.origin);
    expect((await store.head('a', LIVE))?.size).toBe(1000);
    expect((await store.read('a', LIVE, { start: 10, end: 20 })).length).toBe(10);
    expect((await store.read('a', LIVE, { start: 20, end: 40 })).length).toBe(20);
    expect(server.requests).toHaveLength(2);
  });

  test('a size that a page may not see is found in another way', async () => {
    const store = await storeOver({ a: patterned(1000) }, { ranges: true, exposed: false });
    expect((await store.head('a', LIVE))?.size).toBe(1000);
  });

  test('hostile names reach the server as they are', async () => {
    const objects = Object.fromEntries(HOSTILE_NAMES.map((name) => [`d/${name}`, bytesOf(name)]));
    const store = await storeOver(objects);
    for (const name of HOSTILE_NAMES) expect(textOf(await store.read(`d/${name}`, LIVE))).toBe(name);
  });
});

describe('failures', () => {
  test.each([
    [404, 'StorageNotFound'],
    [401, 'StoragePermissionDenied'],
    [403, 'StoragePermissionDenied'],
    [429, 'StorageUnavailable'],
    [503, 'StorageUnavailable'],
    [400, 'StorageOther'],
  ] as const)('HTTP %s is %s', async (status, kind) => {
    const { origin } = await listen((_, response) => response.writeHead(status).end());
    await expect(httpStore(origin).read('a', LIVE)).rejects.toMatchObject({ kind });
    if (status !== 404) await expect(httpStore(origin).head('a', LIVE)).rejects.toMatchObject({ kind });
  });

  test('a server that cannot be reached may lack CORS', async () => {
    await expect(httpStore('http://127.0.0.1:9').read('a', LIVE)).rejects.toMatchObject({
      kind: 'StorageUnavailable',
      message: 'cannot read from 127.0.0.1:9',
      hint: hint('serverCors', '127.0.0.1:9'),
    });
  });

  test('an aborted signal ends every reader with AbortError', async () => {
    const store = await storeOver({ a: bytesOf('x') });
    await expect(store.read('a', aborted())).rejects.toMatchObject({ name: 'AbortError' });
    await expect(store.head('a', aborted())).rejects.toMatchObject({ name: 'AbortError' });
    const controller = new AbortController();
    const { origin } = await listen(() => controller.abort());
    await expect(httpStore(origin).read('a', controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('the web has no listing', async () => {
    const store = await storeOver({});
    await expect(collect(store.list('', LIVE))).rejects.toMatchObject({ kind: 'StorageUnsupported' });
  });
});

describe('schemes', () => {
  test('http and what the host hands in are opened', async () => {
    const store = await storeOver({});
    const open = urlOpener({ fs: () => ({ store, path: 'x', listable: true }) });
    expect(await open('fs:///x', {})).toEqual({ store, path: 'x', listable: true });
    expect((await open('HTTPS://example.com/a%20b/%E4%B8%AD?q=1', {})).path).toBe('a b/中');
  });

  test.each([
    ['fs:///x', 'StorageUnsupported'],
    ['azblob://bucket/x', 'StorageUnsupported'],
    ['s4://bucket/x', 'StorageOther'],
    ['x/y', 'SyntaxException'],
  ] as const)('%s is refused', async (url, kind) => {
    await expect(urlOpener()(url, {})).rejects.toMatchObject({ kind });
  });
});
