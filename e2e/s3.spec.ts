import { test as base } from 'playwright/test';
import { OPEN_CORS, type S3Server, s3Server, TEST_KEY } from '../src/engine/test/s3/server.ts';
import { App, expect, watch } from './app.ts';

interface Fixtures {
  readonly server: S3Server;
  readonly app: App;
}

/** A bucket on another origin than the page's, so that CORS is what it is. */
const test = base.extend<Fixtures>({
  server: async ({ page: _ }, use) => {
    const server = await s3Server({ buckets: { lake: { region: 'eu-west-1' } } });
    server.put('lake', 'in/a.csv', '1,one\n2,two\n');
    server.put('lake', 'in/b.csv', '3,three\n');
    await use(server);
    await server.close();
  },
  app: async ({ page, baseURL, server }, use) => {
    const wrong = watch(page, baseURL ?? '');
    await use(new App(page));
    // The bucket is what the journey is about, and a request that it refuses is told in the console.
    expect(wrong.filter((line) => !line.includes(server.endpoint))).toEqual([]);
  },
});

function connection({ endpoint }: S3Server): string {
  return `CREATE OR REPLACE CONNECTION lake STORAGE_TYPE = 's3' ENDPOINT_URL = '${endpoint}'
  ACCESS_KEY_ID = '${TEST_KEY.id}' SECRET_ACCESS_KEY = '${TEST_KEY.secret}';
CREATE OR REPLACE STAGE lake URL = 's3://lake/in/' CONNECTION = (CONNECTION_NAME = 'lake') FILE_FORMAT = (TYPE = CSV);`;
}

test('a bucket is listed, read and loaded without one preflight', async ({ app, server }) => {
  await app.open();
  await app.openWorksheet();
  await app.run(`${connection(server)}
LIST @lake;
CREATE OR REPLACE TABLE numbers (id INT, name STRING);
COPY INTO numbers FROM @lake;
SELECT id, name FROM numbers ORDER BY id;`);
  await expect
    .poll(() => app.rows(), { timeout: 60_000 })
    .toEqual([
      ['1', 'one'],
      ['2', 'two'],
      ['3', 'three'],
    ]);
  expect(server.requests.filter(({ preflight }) => preflight)).toEqual([]);
  expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('files are removed from a bucket by one request', async ({ app, server }) => {
  await app.open();
  await app.openWorksheet();
  await app.run(`${connection(server)}
REMOVE @lake;
SELECT count(*) FROM list_stage(location => '@lake');`);
  await expect.poll(() => app.rows(), { timeout: 60_000 }).toEqual([['0']]);
  expect(server.keys('lake')).toEqual([]);
});

test('a bucket that lets no page in is told with the rule that it wants', async ({ app, server, baseURL }) => {
  server.cors = undefined;
  await app.open();
  await app.openWorksheet();
  await app.run(`${connection(server)}
LIST @lake;`);
  const card = app.page.getByRole('alert', { name: 'Error' });
  await expect(card).toContainText('the bucket has no CORS rule', { timeout: 60_000 });
  await card.getByRole('button', { name: 'Copy', exact: true }).first().click();
  const rule = JSON.parse(await app.page.evaluate(() => navigator.clipboard.readText()));
  expect(rule[0]).toMatchObject({ AllowedOrigins: [new URL(baseURL ?? '').origin], AllowedHeaders: ['*'] });

  server.cors = { ...OPEN_CORS, origins: rule[0].AllowedOrigins, exposed: rule[0].ExposeHeaders };
  await app.run('SELECT $1 FROM @lake ORDER BY 1');
  await expect.poll(() => app.rows(), { timeout: 60_000 }).toEqual([['1'], ['2'], ['3']]);
});
