import { Field, Float64, Int32, makeData } from 'apache-arrow';
import { AwsClient } from 'aws4fetch';
import { encodeParquet } from '../src/engine/formats/parquet/encode.ts';
import { joinParquet } from '../src/engine/formats/parquet/join.ts';
import { initParquetInNode } from '../src/engine/test/parquet.ts';
import { type S3Server, TEST_KEY } from '../src/engine/test/s3/server.ts';
import { arrowBatch } from '../src/engine/types/build/batch.ts';
import { BUCKET, expect, test } from './bucket.ts';
import { fiveTimes, TIMES } from './figures.ts';

const LATER = { timeout: 60_000 };
const MB = 1024 * 1024;
const GROUPS = 25;
const GROUP_ROWS = 550_000;

/** 200 MB in 25 row groups: `n` counts the rows, `x` and `y` are noise. */
async function largeParquet(): Promise<Uint8Array> {
  initParquetInNode();
  const fields = [
    new Field('n', new Int32(), false),
    new Field('x', new Float64(), false),
    new Field('y', new Float64(), false),
  ];
  const noise = Float64Array.from({ length: GROUP_ROWS }, () => Math.random());
  const noisy = makeData({ type: new Float64(), length: GROUP_ROWS, nullCount: 0, data: noise });
  const groups: Uint8Array<ArrayBuffer>[] = [];
  for (let group = 0; group < GROUPS; group++) {
    const counted = Int32Array.from({ length: GROUP_ROWS }, (_, row) => group * GROUP_ROWS + row);
    const columns = [makeData({ type: new Int32(), length: GROUP_ROWS, nullCount: 0, data: counted }), noisy, noisy];
    const batch = arrowBatch(fields, columns, GROUP_ROWS);
    groups.push((await encodeParquet([batch], { fields, compression: 'NONE', rowGroupRows: GROUP_ROWS })).bytes);
  }
  return joinParquet(groups);
}

const bytesRead = ({ requests }: S3Server) => requests.reduce((sum, { bytes }) => sum + bytes, 0);

test('17: a link to 200 MB of Parquet shows rows for few bytes, and says what CORS rule is missing', async ({
  app,
  bucket,
}, info) => {
  const file = await largeParquet();
  expect(file.length).toBeGreaterThan(200 * MB);
  for (let copy = 1; copy <= TIMES; copy++) bucket.put(BUCKET, `in/large${copy === 1 ? '' : `_${copy}`}.parquet`, file);
  const { page } = app;
  await app.open();
  const signer = new AwsClient({ accessKeyId: TEST_KEY.id, secretAccessKey: TEST_KEY.secret, service: 's3' });
  let link = '';
  let turns = 0;
  await app.openWorksheet();
  await fiveTimes('until the rows of a pasted link are shown', 1000, async () => {
    // Another file to the console, of which nothing is known yet.
    const file = `${BUCKET}/in/large${turns++ === 0 ? '' : `_${turns}`}.parquet`;
    const url = `${bucket.endpoint}/${file}?X-Amz-Expires=3600`;
    link = (await signer.sign(url, { aws: { signQuery: true, region: 'us-east-1' } })).url;
    await app.go('Stages');
    await page.getByRole('button', { name: 'Paste a link' }).click();
    const paste = page.getByRole('dialog', { name: 'Query a file behind a link' });
    await paste.getByRole('textbox', { name: 'Link' }).fill(link);
    bucket.requests.length = 0;
    const start = performance.now();
    await paste.getByRole('button', { name: 'Query' }).click();
    await expect.poll(async () => (await app.rows())[0]?.[0], { ...LATER, intervals: [20] }).toBe('0');
    const took = performance.now() - start;
    await expect(app.columnHead('n')).toContainText('INT');
    await expect(app.columnHead('x')).toContainText('DOUBLE');
    await expect(app.result(/SELECT 1,000 rows/)).toBeVisible();
    const first = bytesRead(bucket);
    info.annotations.push({ type: 'bytes for the rows of the link', description: `${(first / MB).toFixed(2)} MB` });
    expect(first).toBeLessThan(2 * MB);
    return took;
  });
  const shown = await page.getByText(/^[\d.]+ [KM]i?B$/).allTextContents();
  info.annotations.push({ type: 'byte counter', description: shown.join(', ') });

  await app.openWorksheet();
  bucket.requests.length = 0;
  await app.run(
    `SELECT count(*), min(n), max(n), count(x) FROM '${link}' (FILE_FORMAT => 'PARQUET') WHERE n BETWEEN 5499999 AND 5500001`,
  );
  await expect.poll(() => app.rows(), LATER).toEqual([['3', '5499999', '5500001', '3']]);
  info.annotations.push({ type: 'a filter on n', description: `${(bytesRead(bucket) / MB).toFixed(2)} MB` });
  // The rows lie in two row groups of 25.
  expect(bytesRead(bucket)).toBeLessThan((2.2 * file.length) / GROUPS);

  bucket.cors = undefined;
  await app.openWorksheet();
  await app.run(`SELECT max(x) FROM '${link}' (FILE_FORMAT => 'PARQUET')`);
  const card = page.getByRole('alert').filter({ hasText: 'CORS rule of the bucket' });
  await expect(card).toContainText(new URL(page.url()).origin, LATER);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await card.getByRole('button', { name: 'Copy', exact: true }).first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('"AllowedOrigins"');
});

test('more of a folder of a bucket than is listed at first is shown on demand', async ({ app, bucket }) => {
  for (let index = 0; index < 5200; index++)
    bucket.put(BUCKET, `many/part-${String(index).padStart(5, '0')}.csv`, '1\n');
  await app.open();
  await app.openWorksheet();
  await app.run(`CREATE CONNECTION lake STORAGE_TYPE = 's3' ENDPOINT_URL = '${bucket.endpoint}'
    ACCESS_KEY_ID = '${TEST_KEY.id}' SECRET_ACCESS_KEY = '${TEST_KEY.secret}';
    CREATE STAGE many URL = 's3://${BUCKET}/many/' CONNECTION = (CONNECTION_NAME = 'lake')`);
  await expect(app.results).toHaveCount(2);
  await app.page.goto('#/stages/many');
  const cut = app.page.getByRole('status').filter({ hasText: 'The first 5,000 files' });
  await expect(cut).toBeVisible(LATER);
  bucket.requests.length = 0;
  await cut.getByRole('button', { name: 'Show 5,000 more' }).click();
  await expect(cut).toBeHidden(LATER);
  expect(bucket.requests.map(({ method }) => method)).toEqual(['GET']);
  await expect(app.page.getByText('5,200 files', { exact: false }).first()).toBeVisible();
});
