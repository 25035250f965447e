import { AwsV4Signer } from 'aws4fetch';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hint } from '../base/hints.ts';
import { type TestEngine, testEngine } from '../test/engine.ts';
import { isLong } from '../test/long.ts';
import { narrowReadings, wideReadings } from '../test/readings.ts';
import { type S3Server, s3Server, TEST_KEY } from '../test/s3/server.ts';

let server: S3Server;
let engine: TestEngine;

beforeAll(async () => {
  server = await s3Server({ buckets: { lake: {} } });
  engine = await testEngine();
  const keys = `ACCESS_KEY_ID = '${TEST_KEY.id}' SECRET_ACCESS_KEY = '${TEST_KEY.secret}' ENDPOINT_URL = '${server.endpoint}'`;
  await engine.rows(`CREATE STAGE out URL = 's3://lake/out/' CONNECTION = (${keys})`);
  await engine.rows(
    `COPY INTO @out FROM (SELECT number::BIGINT AS id FROM numbers(1000)) FILE_FORMAT = (TYPE = PARQUET)`,
  );
  const unloaded = server.keys('lake').find((key) => key.endsWith('.parquet')) ?? '';
  server.put('lake', 'dir/rows.parquet', server.read('lake', unloaded) ?? '');
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
});

/** As the console of a cloud, or PRESIGN, gives it. */
async function link(seconds: number, signedOn = Date.now(), name = 'rows.parquet'): Promise<string> {
  const signer = new AwsV4Signer({
    url: `${server.endpoint}/lake/dir/${name}?X-Amz-Expires=${seconds}`,
    accessKeyId: TEST_KEY.id,
    secretAccessKey: TEST_KEY.secret,
    service: 's3',
    region: 'us-east-1',
    datetime: new Date(signedOn).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    signQuery: true,
  });
  return (await signer.sign()).url.href;
}

test('a link is a source like any other; a fresh one to the same file asks for no byte twice', async () => {
  const select = async (seconds: number) => engine.rows(`SELECT id FROM '${await link(seconds)}' LIMIT 3`);
  expect(await select(600)).toEqual([['0'], ['1'], ['2']]);
  const first = server.requests.map(({ method, range }) => [method, range?.startsWith('bytes=')]);
  expect(first.every(([method, isRange]) => method === 'GET' && isRange)).toBe(true);
  server.requests.length = 0;
  expect(await select(700)).toEqual([['0'], ['1'], ['2']]);
  expect(server.requests.map(({ range }) => range)).toEqual(['bytes=0-0']);
});

test('COPY knows a file by its path, whatever link it comes by', async () => {
  await engine.rows('CREATE OR REPLACE TABLE t (id BIGINT)');
  const copy = async (seconds: number) => engine.rows(`COPY INTO t FROM '${await link(seconds)}'`);
  expect(await copy(600)).toEqual([['lake/dir/rows.parquet', '1000', '0', null, null]]);
  expect(await copy(900)).toEqual([]);
});

test('a read whose answer breaks off, or that is turned away for a while, is made again', async () => {
  server.put('lake', 'dir/rows.csv', '1\n2\n3\n');
  const select = async () =>
    engine.rows(`SELECT $1 FROM '${await link(600, Date.now(), 'rows.csv')}' (FILE_FORMAT => 'csv')`);
  server.fault(1, { kind: 'Drop' });
  server.fault(3, { kind: 'Truncate', bytes: 2 });
  server.fault(4, { kind: 'SlowDown' });
  expect(await select()).toEqual([['1'], ['2'], ['3']]);
  expect(server.requests.map(({ status }) => status)).toEqual([0, 206, 206, 503, 206]);
});

test('an expired link says when it expired, a cut one that it must be whole', async () => {
  const signedOn = Date.UTC(2025, 0, 1, 12);
  await expect(engine.rows(`SELECT * FROM '${await link(60, signedOn)}'`)).rejects.toMatchObject({
    code: 3002,
    message: "the link to 'lake/dir/rows.parquet' expired at 2025-01-01T12:01:00.000Z",
    hint: hint('freshLink'),
  });
  const whole = await link(600);
  await expect(engine.rows(`SELECT * FROM '${whole.slice(0, -3)}'`)).rejects.toMatchObject({
    code: 3002,
    message: expect.stringContaining('SignatureDoesNotMatch'),
    hint: hint('wholeLink'),
  });
  await expect(engine.rows(`SELECT * FROM '${whole.replace('rows', 'none')}'`)).rejects.toMatchObject({ code: 3002 });
});

test('messages name the file without what signs it', async () => {
  const url = (await link(600)).replace('?', '?X-Amz-Nothing=1&');
  await expect(engine.rows(`SELECT nothing FROM '${await link(600)}'`)).rejects.not.toThrow('X-Amz-Signature');
  await expect(engine.rows(`SELECT nothing FROM '${url}'`)).rejects.not.toThrow('X-Amz-Signature');
});

describe('the first hundred rows of a large file', () => {
  async function cost(name: string, file: Uint8Array) {
    server.put('lake', 'dir/rows.parquet', file);
    expect((await engine.rows(`SELECT * FROM '${await link(600)}' LIMIT 100`)).length, name).toBe(100);
    const bytes = server.requests.reduce((sum, request) => sum + request.bytes, 0);
    return { requests: server.requests.length, mb: bytes / 1e6, share: bytes / file.length };
  }

  test('cost one row group where groups are small', async () => {
    const { requests, mb } = await cost('small groups', await narrowReadings(isLong ? 80 : 3));
    expect(requests).toBeLessThanOrEqual(8);
    expect(mb).toBeLessThan(3);
  });

  test('cost a page of each column where groups are large', async () => {
    const { requests, mb } = await cost('large groups', await wideReadings(isLong ? 8 : 1));
    expect(requests).toBeLessThanOrEqual(14);
    expect(mb).toBeLessThan(2);
  });
});
