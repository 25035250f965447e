import { AwsV4Signer } from 'aws4fetch';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type S3Server, s3Server, TEST_KEY } from './server.ts';

let server: S3Server;

beforeAll(async () => {
  server = await s3Server({
    keys: {
      [TEST_KEY.id]: { secret: TEST_KEY.secret },
      TEMPORARY: { secret: 'temporary', token: 'the token' },
      READER: { secret: 'reader', mayWrite: false, mayList: false },
    },
    buckets: {
      data: {},
      open: { anonymous: true },
      far: { region: 'eu-west-1' },
      away: { region: 'eu-west-1', redirects: true },
    },
    minPartBytes: 4,
  });
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
});

interface Call {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly key?: { readonly id: string; readonly secret: string; readonly token?: string };
  readonly inHeader?: boolean;
}

async function call(path: string, { method = 'GET', headers = {}, body, key = TEST_KEY, inHeader }: Call = {}) {
  const signer = new AwsV4Signer({
    url: `${server.endpoint}${path}`,
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    accessKeyId: key.id,
    secretAccessKey: key.secret,
    ...('token' in key && key.token !== undefined ? { sessionToken: key.token } : {}),
    service: 's3',
    region: 'us-east-1',
    signQuery: !inHeader,
  });
  const signed = await signer.sign();
  return fetch(signed.url, { method, headers: signed.headers, ...(body === undefined ? {} : { body }) });
}

const code = async (response: Response) => `${response.status} ${/<Code>(\w+)</.exec(await response.text())?.[1]}`;

test('objects are put, read by ranges and deleted, signed in the query or in headers', async () => {
  for (const inHeader of [false, true]) {
    expect((await call('/data/a%20b%2B%E4%B8%AD.txt', { method: 'PUT', body: '0123456789', inHeader })).status).toBe(
      200,
    );
    expect(server.read('data', 'a b+中.txt')?.toString()).toBe('0123456789');
    const part = await call('/data/a%20b%2B%E4%B8%AD.txt', { headers: { Range: 'bytes=2-4' }, inHeader });
    expect([part.status, part.headers.get('Content-Range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    const last = await call('/data/a%20b%2B%E4%B8%AD.txt', { headers: { Range: 'bytes=-3' }, inHeader });
    expect(await last.text()).toBe('789');
    expect(await code(await call('/data/a%20b%2B%E4%B8%AD.txt', { headers: { Range: 'bytes=10-11' }, inHeader }))).toBe(
      '416 InvalidRange',
    );
    const head = await call('/data/a%20b%2B%E4%B8%AD.txt', { method: 'HEAD', inHeader });
    expect([head.status, head.headers.get('Content-Length'), head.headers.get('ETag')]).toEqual([
      200,
      '10',
      '"781e5e245d69b566979b86e28d23f2c7"',
    ]);
    expect((await call('/data/a%20b%2B%E4%B8%AD.txt', { method: 'DELETE', inHeader })).status).toBe(204);
    expect(await code(await call('/data/a%20b%2B%E4%B8%AD.txt', { inHeader }))).toBe('404 NoSuchKey');
  }
});

test('who may not, may not', async () => {
  expect(await code(await call('/none/x'))).toBe('404 NoSuchBucket');
  expect(await code(await call('/data/x', { key: { id: 'OTHER', secret: 'x' } }))).toBe('403 InvalidAccessKeyId');
  expect(await code(await call('/data/x', { key: { ...TEST_KEY, secret: 'x' } }))).toBe('403 SignatureDoesNotMatch');
  expect(await code(await call('/far/x'))).toBe('400 AuthorizationQueryParametersError');
  expect(await code(await call('/far/x', { inHeader: true }))).toBe('400 AuthorizationHeaderMalformed');
  const away = await call('/away/x');
  expect([away.headers.get('x-amz-bucket-region'), await code(away)]).toEqual(['eu-west-1', '301 PermanentRedirect']);
  const temporary = { id: 'TEMPORARY', secret: 'temporary' };
  expect(await code(await call('/data/x', { key: temporary }))).toBe('403 InvalidAccessKeyId');
  expect(await code(await call('/data/x', { key: { ...temporary, token: 'other' } }))).toBe('400 InvalidToken');
  expect(await code(await call('/data/x', { key: { ...temporary, token: 'the token' } }))).toBe('404 NoSuchKey');
  const reader = { id: 'READER', secret: 'reader' };
  expect(await code(await call('/data/x', { key: reader }))).toBe('404 NoSuchKey');
  expect(await code(await call('/data/x', { key: reader, method: 'PUT', body: 'x' }))).toBe('403 AccessDenied');
  expect(await code(await call('/data?list-type=2', { key: reader }))).toBe('403 AccessDenied');
  server.put('open', 'x', 'public');
  expect(await (await fetch(`${server.endpoint}/open/x`)).text()).toBe('public');
  expect(await code(await fetch(`${server.endpoint}/open/x`, { method: 'DELETE' }))).toBe('403 AccessDenied');
  expect(await code(await fetch(`${server.endpoint}/data/x`))).toBe('403 AccessDenied');
});

test('a listing comes in pages, by prefix and delimiter, its names encoded on demand', async () => {
  for (const key of ['l/a', 'l/b/1', 'l/b/2', 'l/c d', 'l/\u0001', 'm']) server.put('data', key, key);
  const first = await (await call('/data?list-type=2&prefix=l/&delimiter=/&max-keys=2&encoding-type=url')).text();
  expect(first.match(/<(?:Key|Prefix)>[^<]*/g)).toEqual(['<Prefix>l/', '<Key>l/%01', '<Key>l/a']);
  const token = /<NextContinuationToken>([^<]+)/.exec(first)?.[1] ?? '';
  const second = await (
    await call(
      `/data?list-type=2&prefix=l/&delimiter=/&encoding-type=url&continuation-token=${encodeURIComponent(token)}`,
    )
  ).text();
  expect(second.match(/<(?:Key|Prefix)>[^<]*/g)).toEqual(['<Prefix>l/', '<Key>l/c+d', '<Prefix>l/b/']);
  expect(second).toContain('<IsTruncated>false');
  expect(await code(await call('/data?list-type=2&continuation-token=x'))).toBe('400 InvalidArgument');
});

test('of two writers that want the name free one gets it', async () => {
  const put = () => call('/data/once', { method: 'PUT', body: 'x', headers: { 'If-None-Match': '*' } });
  const answers = await Promise.all([put(), put()]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
});

test('parts make an object when they are completed in order, and none when they are aborted', async () => {
  const create = async () => {
    const made = await call('/data/parts?uploads', { method: 'POST' });
    return /<UploadId>([^<]+)/.exec(await made.text())?.[1] ?? '';
  };
  const id = await create();
  const etags: string[] = [];
  for (const [index, body] of ['first', 'se'].entries()) {
    const part = await call(`/data/parts?partNumber=${index + 1}&uploadId=${id}`, { method: 'PUT', body });
    etags.push(part.headers.get('ETag') ?? '');
  }
  const complete = (order: readonly number[]) => {
    const parts = order.map((n) => `<Part><PartNumber>${n}</PartNumber><ETag>${etags[n - 1]}</ETag></Part>`).join('');
    const body = `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`;
    return call(`/data/parts?uploadId=${id}`, { method: 'POST', body });
  };
  expect(await code(await complete([2, 1]))).toBe('400 InvalidPartOrder');
  expect((await complete([1, 2])).status).toBe(200);
  expect(server.read('data', 'parts')?.toString()).toBe('firstse');
  const other = await create();
  expect((await call(`/data/parts?uploadId=${other}`, { method: 'DELETE' })).status).toBe(204);
  expect(await code(await call(`/data/parts?uploadId=${other}`, { method: 'DELETE' }))).toBe('404 NoSuchUpload');
});

test('a page is let in by the rule alone, and preflights are counted apart', async () => {
  const origin = { Origin: 'https://app.example' };
  server.put('open', 'x', 'public');
  const url = `${server.endpoint}/open/x`;
  expect((await fetch(url, { headers: origin })).headers.get('Access-Control-Allow-Origin')).toBe('*');
  const asked = {
    ...origin,
    'Access-Control-Request-Method': 'PUT',
    'Access-Control-Request-Headers': 'if-none-match',
  };
  expect((await fetch(url, { method: 'OPTIONS', headers: asked })).status).toBe(200);
  const rule = server.cors;
  server.cors = undefined;
  expect((await fetch(url, { headers: origin })).headers.get('Access-Control-Allow-Origin')).toBeNull();
  expect(await code(await fetch(url, { method: 'OPTIONS', headers: asked }))).toBe('403 AccessForbidden');
  server.cors = rule;
  expect(server.requests.map(({ method, preflight, bytes }) => [method, preflight, bytes > 0])).toEqual([
    ['GET', false, true],
    ['OPTIONS', true, false],
    ['GET', false, true],
    ['OPTIONS', true, true],
  ]);
});

test('requests go wrong on order', async () => {
  server.put('open', 'x', 'public');
  const url = `${server.endpoint}/open/x`;
  server.fault(1, { kind: 'Drop' });
  server.fault(2, { kind: 'SlowDown' });
  server.fault(3, { kind: 'Truncate', bytes: 3 });
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  expect(await code(await fetch(url))).toBe('503 SlowDown');
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow('terminated');
  expect(await (await fetch(url)).text()).toBe('public');
  expect(server.requests.map(({ status }) => status)).toEqual([0, 503, 200, 200]);
});
