import { get } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { collect } from '../../base/async.ts';
import { hint } from '../../base/hints.ts';
import { OPEN_CORS, type S3Server, s3Server, TEST_KEY } from '../../test/s3/server.ts';
import { bytesOf, inPieces, LIVE, type Objects, patterned, same, textOf } from '../common/contract-kit.ts';
import { writableStoreContract } from '../contract.ts';
import { s3Bucket } from './address.ts';
import type { S3Options } from './client.ts';
import { s3Store } from './store.ts';

const BUCKETS = Array.from({ length: 80 }, (_, index) => `contract-${index}`);
const CUSTOMER_KEY = btoa('0123456789abcdef0123456789abcdef');

let server: S3Server;
beforeAll(async () => {
  server = await s3Server({
    keys: {
      [TEST_KEY.id]: { secret: TEST_KEY.secret },
      TEMPORARY: { secret: 'temporary', token: 'a/token+=' },
      READER: { secret: 'reader', mayList: false, mayWrite: false },
    },
    buckets: {
      ...Object.fromEntries(BUCKETS.map((name) => [name, {}])),
      data: {},
      open: { anonymous: true },
      far: { region: 'eu-west-1' },
      away: { region: 'ap-south-1', redirects: true },
    },
    minPartBytes: 1024,
  });
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
  server.cors = OPEN_CORS;
  server.clockOffset = 0;
  server.pageSize = 1000;
});

const noWait = async () => {};

function storeOf(bucket: string, parameters: Readonly<Record<string, string>> = {}, options: S3Options = {}) {
  const keys = { access_key_id: TEST_KEY.id, secret_access_key: TEST_KEY.secret };
  return s3Store(s3Bucket(bucket, { endpoint_url: server.endpoint, ...keys, ...parameters }), {
    wait: noWait,
    ...options,
  });
}

let used = 0;

async function filled(objects: Objects) {
  const bucket = BUCKETS[used++];
  if (bucket === undefined) throw new Error('the tests want more buckets');
  for (const [path, bytes] of Object.entries(objects)) server.put(bucket, path, bytes);
  return storeOf(bucket, {}, { partBytes: 1 << 20 });
}

writableStoreContract('s3', filled);

describe('how a bucket is entered', () => {
  beforeEach(() => server.put('data', 'dir/a b+中.txt', '0123456789'));

  test('by temporary keys, their token signed with the rest', async () => {
    const temporary = { access_key_id: 'TEMPORARY', secret_access_key: 'temporary', security_token: 'a/token+=' };
    const store = storeOf('data', temporary);
    expect(textOf(await store.read('dir/a b+中.txt', LIVE, { start: 2, end: 5 }))).toBe('234');
  });

  test('by nobody, where the bucket lets everybody in', async () => {
    server.put('open', 'x', 'public');
    const anonymous = { access_key_id: '', secret_access_key: '' };
    expect(textOf(await storeOf('open', anonymous).read('x', LIVE))).toBe('public');
    expect(await storeOf('open', anonymous).head('x', LIVE)).toMatchObject({ path: 'x', size: 6 });
    await expect(storeOf('data', anonymous).read('x', LIVE)).rejects.toMatchObject({
      kind: 'StoragePermissionDenied',
      message: "AccessDenied (HTTP 403) from bucket 'data': Access Denied",
      hint: hint('giveKeys'),
    });
  });

  test('by the host of the bucket', async () => {
    const seen: string[] = [];
    // Only browsers take every name under localhost for this machine.
    const send: typeof fetch = (url, init) => {
      const { host, pathname, search } = new URL(String(url));
      seen.push(`${init?.method} ${host}`);
      return new Promise((resolve, reject) => {
        const path = `${pathname}${search}`;
        get({ host: '127.0.0.1', port: server.port, path, headers: { host } }, async (answer) => {
          resolve(new Response(Buffer.concat(await collect(answer)), { status: answer.statusCode ?? 0 }));
        }).on('error', reject);
      });
    };
    const endpoint = `http://localhost:${server.port}`;
    const store = storeOf('data', { endpoint_url: endpoint, enable_virtual_host_style: 'true' }, { fetch: send });
    const listed = await collect(store.list('dir/', LIVE));
    expect(listed.map(({ path, size }) => [path, size])).toEqual([['dir/a b+中.txt', 10]]);
    expect(seen).toEqual([`GET data.localhost:${server.port}`]);
  });

  test.each(['far', 'away'])('in the region that the answer names (%s)', async (bucket) => {
    server.put(bucket, 'x', 'found');
    const store = storeOf(bucket);
    expect(textOf(await store.read('x', LIVE))).toBe('found');
    expect(textOf(await store.read('x', LIVE))).toBe('found');
    expect(server.requests.map(({ status }) => status)).toEqual([bucket === 'far' ? 400 : 301, 200, 200]);
  });

  test('a region that was given and is wrong is an error that says so', async () => {
    await expect(storeOf('far', { region: 'us-west-2' }).read('x', LIVE)).rejects.toMatchObject({
      message: expect.stringContaining("the region 'us-west-2' is wrong; expecting 'eu-west-1'"),
      hint: hint('ownRegion'),
    });
  });

  test('with a key of the customer, by headers that are signed', async () => {
    const store = storeOf('data', { master_key: CUSTOMER_KEY }, { partBytes: 2000 });
    await store.write('sealed', bytesOf('sealed'), { ifAbsent: false, signal: LIVE });
    expect(textOf(await store.read('sealed', LIVE, { start: 1, end: 4 }))).toBe('eal');
    expect(await store.head('sealed', LIVE)).toMatchObject({ size: 6 });
    await expect(storeOf('data').read('sealed', LIVE)).rejects.toMatchObject({
      message: expect.stringContaining('stored using a form of Server Side Encryption'),
    });
  });
});

describe('what a read costs', () => {
  test('is one GET with a range and no preflight of a page', async () => {
    server.put('data', 'x', patterned(100_000));
    const seen: RequestInit[] = [];
    const send: typeof fetch = (url, init = {}) => {
      seen.push(init);
      return fetch(url, init);
    };
    await storeOf('data', {}, { fetch: send }).read('x', LIVE, { start: 10, end: 20 });
    expect(server.requests.map(({ method, range, bytes }) => [method, range, bytes])).toEqual([
      ['GET', 'bytes=10-19', 10],
    ]);
    expect(seen.map(({ headers }) => [...new Headers(headers).keys()])).toEqual([['range']]);
  });

  test('a long listing comes by pages, as far as it is read', async () => {
    for (let index = 0; index < 25; index++) server.put('far', `page/${String(index).padStart(2, '0')}`, '');
    server.pageSize = 10;
    const store = storeOf('far', { region: 'eu-west-1' });
    expect((await collect(store.list('page/', LIVE))).length).toBe(25);
    expect(server.requests.length).toBe(3);
    for await (const { path } of store.list('page/', LIVE)) if (path === 'page/03') break;
    expect(server.requests.length).toBe(4);
    const rest = await collect(store.listAfter('page/', 'page/15x', LIVE));
    expect(rest.map(({ path }) => path.slice(5))).toEqual(['16', '17', '18', '19', '20', '21', '22', '23', '24']);
    expect(server.requests.length).toBe(5);
  });

  test('many objects are removed by one request', async () => {
    const keys = Array.from({ length: 30 }, (_, index) => `gone/<${index}>&`);
    for (const key of [...keys, 'stays']) server.put('away', key, 'x');
    await storeOf('away', { region: 'ap-south-1' }).removeAll(keys, LIVE);
    expect(server.keys('away').filter((key) => key.startsWith('gone'))).toEqual([]);
    expect(server.keys('away')).toContain('stays');
    expect(server.requests.map(({ method, query }) => [method, query.startsWith('delete=')])).toEqual([['POST', true]]);
  });
});

describe('what goes wrong', () => {
  beforeEach(() => server.put('data', 'x', '0123456789'));

  test.each([
    ['a dropped connection', { kind: 'Drop' }],
    ['a busy server', { kind: 'SlowDown' }],
    ['a body that breaks off', { kind: 'Truncate', bytes: 3 }],
  ] as const)('%s passes', async (_, fault) => {
    const store = storeOf('data');
    await store.head('x', LIVE);
    server.fault(1, fault);
    server.fault(2, fault);
    expect(textOf(await store.read('x', LIVE))).toBe('0123456789');
    expect(server.requests.length).toBe(4);
  });

  test('a server that stays busy is an error after five attempts', async () => {
    for (let nth = 1; nth <= 5; nth++) server.fault(nth, { kind: 'SlowDown' });
    await expect(storeOf('data').read('x', LIVE)).rejects.toMatchObject({
      kind: 'StorageUnavailable',
      message: "SlowDown (HTTP 503) from bucket 'data': Please reduce your request rate.",
    });
    expect(server.requests.length).toBe(5);
  });

  test('of a write whose answer was lost it is found out that it was done', async () => {
    const store = storeOf('data');
    await store.head('x', LIVE);
    server.fault(1, { kind: 'LoseAnswer' });
    await store.write('commit/1', bytesOf('mine'), { ifAbsent: true, signal: LIVE });
    expect(server.read('data', 'commit/1')?.toString()).toBe('mine');
    server.put('data', 'commit/2', 'theirs');
    await expect(store.write('commit/2', bytesOf('mine'), { ifAbsent: true, signal: LIVE })).rejects.toMatchObject({
      kind: 'InvalidOperation',
      message: "file 'commit/2' already exists",
    });
  });

  test('of an upload that fails nothing is left', async () => {
    const store = storeOf('data', {}, { partBytes: 2000 });
    const large = patterned(9000);
    await store.write('large', inPieces(large, 777), { ifAbsent: false, signal: LIVE });
    expect(same(await store.read('large', LIVE), large)).toBe(true);
    async function* failing() {
      yield* inPieces(large, 777);
      throw new Error('the source broke');
    }
    await expect(store.write('half', failing(), { ifAbsent: false, signal: LIVE })).rejects.toThrow('the source broke');
    await expect(store.write('large', inPieces(large, 777), { ifAbsent: true, signal: LIVE })).rejects.toMatchObject({
      kind: 'InvalidOperation',
    });
    expect(server.keys('data')).not.toContain('half');
    expect(server.openUploads('data')).toBe(0);
  });

  test.each([true, false])(
    'of an upload whose last answer was lost it is found out that it was done (%s)',
    async (ifAbsent) => {
      const store = storeOf('data', {}, { partBytes: 2000 });
      const large = patterned(5000);
      await store.head('x', LIVE);
      // One request creates it, three bring its parts.
      server.fault(5, { kind: 'LoseAnswer' });
      await store.write(`upload/${ifAbsent}`, inPieces(large, 777), { ifAbsent, signal: LIVE });
      expect(same(server.read('data', `upload/${ifAbsent}`) ?? new Uint8Array(), large)).toBe(true);
      expect(server.openUploads('data')).toBe(0);
    },
  );

  test('an upload that meets an object of others is an error, whatever answers were lost', async () => {
    const store = storeOf('data', {}, { partBytes: 2000 });
    await store.head('x', LIVE);
    server.fault(5, { kind: 'Drop' });
    await expect(
      store.write('x', inPieces(patterned(5000), 777), { ifAbsent: true, signal: LIVE }),
    ).rejects.toMatchObject({ kind: 'InvalidOperation', message: "file 'x' already exists" });
    expect(server.openUploads('data')).toBe(0);
  });

  test('an error whose body breaks off says what its status does', async () => {
    const broken: typeof fetch = async () =>
      new Response(new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) }), {
        status: 403,
      });
    await expect(storeOf('data', {}, { fetch: broken }).read('x', LIVE)).rejects.toMatchObject({
      kind: 'StoragePermissionDenied',
    });
  });

  test('an abort ends a request that hangs', async () => {
    const controller = new AbortController();
    server.fault(1, { kind: 'Delay', milliseconds: 5000 });
    const read = storeOf('data').read('x', controller.signal);
    setTimeout(() => controller.abort(), 20);
    await expect(read).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('errors say the cause and what to do', () => {
  const failing = (bucket: string, parameters: Readonly<Record<string, string>> = {}, options: S3Options = {}) =>
    collect(storeOf(bucket, parameters, options).list('', LIVE));

  const TEMPORARY = { access_key_id: 'TEMPORARY', secret_access_key: 'temporary', security_token: 'old' };
  const READER = { access_key_id: 'READER', secret_access_key: 'reader' };

  test.each([
    ['none', {}, 'NoSuchBucket (HTTP 404)', { name: 'checkBucket' }],
    ['data', { access_key_id: 'AK' }, 'InvalidAccessKeyId (HTTP 403)', { name: 'unknownKey' }],
    ['data', { secret_access_key: 'SK' }, 'SignatureDoesNotMatch (HTTP 403)', hint('wrongSecret')],
    ['data', TEMPORARY, 'InvalidToken (HTTP 400)', hint('freshKeys')],
    ['data', READER, 'AccessDenied (HTTP 403)', hint('policyOf', 's3:ListBucket', 'arn:aws:s3:::data')],
  ])('%s with %j', async (bucket, parameters, message, advice) => {
    await expect(failing(bucket, parameters)).rejects.toMatchObject({
      kind: bucket === 'none' ? 'StorageNotFound' : 'StoragePermissionDenied',
      message: expect.stringContaining(message),
      hint: advice,
    });
  });

  test('a clock that is wrong', async () => {
    server.clockOffset = 3_600_000;
    await expect(failing('data')).rejects.toMatchObject({
      message: expect.stringContaining('Request has expired'),
      hint: hint('clockBehind', '60', expect.stringMatching(/^\d{4}-.*Z$/)),
    });
    server.clockOffset = -3_600_000;
    await expect(failing('data')).rejects.toMatchObject({
      hint: hint('clockAhead', '60', expect.stringMatching(/^\d{4}-.*Z$/)),
    });
  });

  test('no answer that a page may see, with the rule that the bucket wants', async () => {
    const blocked: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    const error = await failing('data', {}, { fetch: blocked, origin: 'https://app.example' }).catch(
      (thrown) => thrown,
    );
    expect(error).toMatchObject({
      kind: 'StorageUnavailable',
      message: `no answer from 127.0.0.1:${server.port} that this page may see`,
      hint: hint('bucketCors', 'https://app.example'),
      snippet: { title: hint('corsRule') },
    });
    expect(JSON.parse(error.snippet.text)[0]).toMatchObject({ AllowedOrigins: ['https://app.example'] });
    await expect(failing('data', {}, { fetch: blocked })).rejects.toMatchObject({ snippet: undefined });
  });

  test('half of a pair of keys, and an address that is none', () => {
    expect(() => s3Bucket('b', { access_key_id: 'AK' })).toThrow('secret_access_key is missing');
    expect(() => s3Bucket('b', { endpoint_url: 'ftp://x' })).toThrow("endpoint_url 'ftp://x' is no URL");
    expect(s3Bucket('b', { endpoint_url: 'minio.example:9000/' }).endpoint).toBe('https://minio.example:9000');
    expect(s3Bucket('b', { endpoint_url: 'https://s3.eu-central-1.amazonaws.com' }).region).toBe('eu-central-1');
    expect(() => s3Bucket('b', { role_arn: 'arn:aws:iam::1:role/r' })).toThrow('a role cannot be assumed from here');
  });
});

describe('links for others', () => {
  test('let anybody read or put until they expire', async () => {
    const store = storeOf('far');
    const put = await store.presign(
      { path: 'a/b c', method: 'PUT', expiresSeconds: 60, contentType: 'text/csv' },
      LIVE,
    );
    expect(put.headers).toEqual({ 'content-type': 'text/csv' });
    expect((await fetch(put.url, { method: 'PUT', body: 'x', headers: { 'content-type': 'text/plain' } })).status).toBe(
      403,
    );
    expect((await fetch(put.url, { method: 'PUT', body: 'linked', headers: put.headers })).status).toBe(200);
    const get = await store.presign({ path: 'a/b c', method: 'GET', expiresSeconds: 60 }, LIVE);
    expect(await (await fetch(get.url)).text()).toBe('linked');
    server.clockOffset = 61_000;
    expect(await (await fetch(get.url)).text()).toContain('Request has expired');
  });
});
