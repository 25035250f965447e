import { createHash } from 'node:crypto';
import { test as base } from 'playwright/test';
import { type S3Server, s3Server, TEST_KEY } from '../src/engine/test/s3/server.ts';
import { App, expect, watch } from './app.ts';
import { fiveTimes } from './figures.ts';

interface Fixtures {
  readonly lake: S3Server;
  readonly app: App;
}

const FILES = 12;

/** A bucket with CSV files of 60,000 rows. */
const test = base.extend<Fixtures>({
  lake: async ({ browserName: _ }, use) => {
    const server = await s3Server({ buckets: { lake: {} } });
    for (let file = 0; file < FILES; file++) {
      const lines = Array.from({ length: 60_000 }, (_, row) => `${file * 60_000 + row},word ${row % 977}\n`);
      server.put('lake', `in/part_${String(file).padStart(2, '0')}.csv`, lines.join(''));
    }
    await use(server);
    await server.close();
  },
  app: async ({ page, baseURL, lake }, use) => {
    const wrong = watch(page, baseURL ?? '');
    await use(new App(page));
    expect(wrong.filter((line) => !line.includes(lake.endpoint))).toEqual([]);
  },
});

const connect = ({ endpoint }: S3Server) => `CREATE CONNECTION lake STORAGE_TYPE = 's3' ENDPOINT_URL = '${endpoint}'
  ACCESS_KEY_ID = '${TEST_KEY.id}' SECRET_ACCESS_KEY = '${TEST_KEY.secret}';
CREATE STAGE lake URL = 's3://lake/in/' CONNECTION = (CONNECTION_NAME = 'lake') FILE_FORMAT = (TYPE = CSV);`;

/** What the line of progress says, each time that it changes; `at` in milliseconds. */
interface Said {
  readonly at: number;
  readonly text: string;
  readonly share: string | null;
}

async function follow({ page }: App): Promise<() => Promise<readonly Said[]>> {
  await page.evaluate(() => {
    const said: Said[] = [];
    const look = () => {
      const line = document.querySelector('.results .progress');
      const text = [...(line?.children ?? [])].map((part) => part.textContent).join(' | ');
      const share = line?.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') ?? null;
      if (line && said.at(-1)?.text !== text) said.push({ at: performance.now(), text, share });
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
    Object.assign(globalThis, { said });
  });
  return () => page.evaluate(() => (globalThis as unknown as { readonly said: readonly Said[] }).said);
}

const numbers = (said: readonly Said[], pattern: RegExp) =>
  said.flatMap(({ text }) => {
    const found = pattern.exec(text)?.[1];
    return found === undefined ? [] : [Number(found.replaceAll(',', ''))];
  });

const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);

test('29: a query over many files tells phase, files, rows, bytes, network and rate, and never goes back', async ({
  app,
  lake,
}) => {
  await app.open();
  await app.openWorksheet();
  await app.run(connect(lake));
  await expect(app.result(/CREATE STAGE done/)).toBeVisible();
  const said = await follow(app);
  await app.run('SELECT COUNT(DISTINCT md5($2)) AS words, COUNT(*) AS lines FROM @lake');
  await expect.poll(() => app.rows(), { timeout: 60_000 }).toEqual([['977', String(FILES * 60_000)]]);
  const lines = await said();
  const files = numbers(lines, /(\d+) of 12 files/);
  const rows = numbers(lines, /([\d,]+) rows/);
  expect(files).toEqual(ascending(files));
  expect(rows).toEqual(ascending(rows));
  expect(new Set(files).size).toBeGreaterThan(2);
  const shares = lines.flatMap(({ share }) => (share === null ? [] : [Number(share)]));
  expect(shares).toEqual(ascending(shares));
  const all = lines.map(({ text }) => text).join('\n');
  expect(all).toMatch(/\| Scanning \|/);
  expect(all).toMatch(/MiB of \d+(\.\d)? MiB/);
  expect(all).toMatch(/net \d/);
  expect(all).toMatch(/B\/s/);
  const took = (lines.at(-1)?.at ?? 0) - (lines[0]?.at ?? 0);
  const rate = (lines.length * 1000) / took;
  test.info().annotations.push({ type: 'updates', description: `${rate.toFixed(1)} a second` });
  expect(rate).toBeGreaterThan(4 / 3);

  const parts = Array.from({ length: 6 }, (_, part) => `INSERT INTO legs SELECT number + ${part} FROM numbers(30000);`);
  await app.run(`CREATE TABLE legs (n BIGINT); ${parts.join('')} UPDATE legs SET n = n + 1`);
  await expect(app.result(/UPDATE 180,000 rows affected/)).toBeVisible();
  const update = (await said()).slice(lines.length);
  const changed = numbers(update, /(\d+) of 6 files/);
  expect(changed).not.toHaveLength(0);
  expect(changed).toEqual(ascending(changed));
});

test('29: what a cancelled query has given stays, labelled, and the next runs at once', async ({ app }) => {
  const { page } = app;
  await app.open();
  await app.openWorksheet();
  const label = page.getByText(/^Cancelled after [\d,]+ rows$/);
  let first = 0;
  await fiveTimes('from Cancel until the session is there again', 500, async () => {
    // Other rows in each turn: those of the last one are shown until they come.
    await app.run(`SELECT number, md5((number + ${first})::STRING) AS m FROM numbers(300000000)`);
    const digest = createHash('md5').update(String(first++)).digest('hex');
    await expect(page.getByRole('grid').getByText(digest).first()).toBeVisible();
    await expect(label).toHaveCount(0);
    const start = performance.now();
    await page.getByRole('button', { name: 'Cancel' }).first().click();
    await expect(label).toBeVisible();
    return performance.now() - start;
  });
  const kept = Number(/[\d,]+/.exec((await label.textContent()) ?? '')?.[0].replaceAll(',', ''));
  expect(kept).toBeGreaterThan(0);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(kept + 1));
  await app.run('SELECT 41 + 1 AS answer');
  await expect.poll(() => app.rows()).toEqual([['42']]);
});

test('29: above the limit that is set, a query asks first and states the bytes', async ({ app, lake }) => {
  const { page } = app;
  await app.open();
  await app.go('Settings');
  await page.getByLabel('Ask before a statement reads more than').selectOption('10 MiB');
  await app.openWorksheet();
  await app.run(connect(lake));
  await expect(app.result(/CREATE STAGE done/)).toBeVisible();
  await app.run('SELECT COUNT(*) AS lines FROM @lake/part_00.csv');
  await expect.poll(() => app.rows()).toEqual([['60000']]);
  await app.run('SELECT COUNT(DISTINCT $2) AS words FROM @lake');
  await expect(page.getByText(/it would read 1\d\.\d MiB of files, more than 10\.0 MiB/).first()).toBeVisible();
  const read = lake.requests.filter(({ path }) => path.endsWith('part_11.csv')).length;
  expect(read).toBe(0);
  await page.getByRole('button', { name: 'Run it anyway' }).click();
  await expect.poll(() => app.rows(), { timeout: 60_000 }).toEqual([['977']]);
});

/** Every file that the browser keeps for the page. */
function keptFiles(app: App): Promise<readonly string[]> {
  return app.page.evaluate(async () => {
    const names: string[] = [];
    const walk = async (folder: FileSystemDirectoryHandle, path: string) => {
      for await (const [name, entry] of folder) {
        if (entry instanceof FileSystemDirectoryHandle) await walk(entry, `${path}${name}/`);
        else names.push(path + name);
      }
    };
    await walk(await navigator.storage.getDirectory(), '');
    return names.sort();
  });
}

test('28: an export that is cancelled leaves no file', async ({ app, lake }) => {
  const { page } = app;
  await app.open();
  await app.openWorksheet();
  await app.run(`${connect(lake)} SELECT $1 AS id, $2 AS word FROM @lake`);
  await expect(app.result(/SELECT 720,000 rows/)).toBeVisible({ timeout: 60_000 });
  for (const format of ['Parquet', 'CSV']) {
    // Some files are read and written; the next one does not come.
    lake.fault(8, { kind: 'Delay', milliseconds: 100_000 });
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: format, exact: true }).click();
    const line = page.locator('.progress').filter({ has: page.getByRole('progressbar', { name: /^Writing/ }) });
    await expect(line).toContainText(/[1-9]\d* of 12 files/);
    await line.getByRole('button', { name: /^Cancel result_/ }).click();
    await expect(line).toHaveCount(0);
    await expect(page.getByText(/^The export of result_.* is cancelled$/)).toBeAttached();
  }
  expect((await keptFiles(app)).filter((name) => /export_|result_/.test(name))).toEqual([]);
  await app.run('LIST @~');
  await expect(app.result(/LIST 0 rows/)).toBeVisible();
});
