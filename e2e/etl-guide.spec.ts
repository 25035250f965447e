import { mergeTests } from 'playwright/test';
import type { App } from './app.ts';
import { test as bucketTest, expect, guideSections, guideTables, hasGuide, uploadDays, withKeys } from './bucket.ts';
import { test as clockTest } from './clock.ts';

const test = mergeTests(clockTest, bucketTest);

// A service worker would answer for the scripts before the clock gets into them.
test.use({ serviceWorkers: 'block' });

const FIRST_DAYS = [1, 2, 3, 4, 5, 6].map((day) => `2025-01-0${day}`);

const TEN_MINUTES = 600_000;

/** Rows of a day in each of the six exports. */
const ROWS_A_DAY = [12, 480, 36, 24, 120, 30];

/** Runs a text of so many statements, each of which must end well. */
async function runWell(app: App, sql: string, statements: number): Promise<void> {
  await app.run(sql);
  await expect(app.results).toHaveCount(statements, { timeout: 60_000 });
  const others = async () =>
    (await app.outcomes()).filter((outcome) => !/ (\d[\d,]* rows?( affected)?|done)$/.test(outcome));
  await expect.poll(others, { timeout: 60_000 }).toEqual([]);
}

/** Each COPY of the last run loaded so many files, each with the rows of a day. */
async function expectLoaded(app: App, files: number): Promise<void> {
  const copies = app.results.filter({ hasText: /^COPY/ });
  await expect(copies).toHaveCount(ROWS_A_DAY.length);
  for (const [index, rows] of ROWS_A_DAY.entries()) {
    await copies.nth(index).click();
    const loaded = async () => (await app.rows()).map(([, count]) => Number(count));
    await expect.poll(loaded).toEqual(Array.from({ length: files }, () => rows));
  }
}

test.describe('the ETL guide', () => {
  test.skip(!hasGuide, 'the guide and its exports are not beside the project');

  test('runs as written, loads each batch once, hands on just the new rows, and loads by itself', async ({
    app,
    bucket,
    clock,
  }) => {
    test.slow();
    uploadDays(bucket, FIRST_DAYS);
    const [stage = '', peek = '', copies = '', streams = '', tasks = ''] = guideSections(bucket);
    await app.open();
    await app.openWorksheet();

    await runWell(app, `${guideTables()}\n${withKeys(stage)}`, 14);
    await runWell(app, peek, 2);
    await runWell(app, copies, 6);
    await expectLoaded(app, FIRST_DAYS.length);
    expect(bucket.requests.filter((request) => request.preflight)).toEqual([]);

    await runWell(app, copies, 6);
    await expect.poll(() => app.outcomes()).toEqual(ROWS_A_DAY.map(() => expect.stringMatching(/ 0 rows$/)));

    const [create = '', ...reads] = streams.split(/(?<=;)/);
    await runWell(app, create, 1);
    uploadDays(bucket, ['2025-01-07']);
    await runWell(app, copies, 6);
    await expectLoaded(app, 1);
    await runWell(app, reads.join(''), 2);
    expect(await app.outcomes()).toEqual([expect.stringContaining('480 rows'), expect.stringContaining('480 rows')]);
    await runWell(app, 'SELECT * FROM frame_events_stream', 1);
    expect(await app.outcomes()).toEqual([expect.stringContaining('0 rows')]);

    await runWell(app, tasks, 4);
    uploadDays(bucket, ['2025-01-08']);
    bucket.clockOffset = TEN_MINUTES;
    await clock.advance(10);
    await app.go('Tasks');
    await app.page
      .getByRole('list', { name: 'Task graph' })
      .getByRole('button', { name: /^task_load_frame_events/ })
      .click();
    await expect
      .poll(
        async () => (await app.rows(app.page.getByRole('grid', { name: 'Runs of task_load_frame_events' })))[0]?.[0],
      )
      .toBe('succeeded');
    await app.openWorksheet();
    await runWell(app, 'SELECT count(*) FROM frame_events', 1);
    await expect.poll(() => app.rows()).toEqual([[String(8 * 480)]]);
  });

  test('says what S3 said when the keys are the placeholders, and what to do', async ({ app, bucket }) => {
    const [stage = ''] = guideSections(bucket);
    await app.open();
    await app.openWorksheet();
    await app.run(stage);
    const card = app.page.getByRole('alert', { name: 'Error' }).filter({ hasText: 'InvalidAccessKeyId' });
    await expect(card).toBeVisible();
    await expect(card).toContainText('403');
    await expect(card).toContainText('check it, and the ENDPOINT_URL');
  });

  test('names the rule that a bucket lacks when its CORS is off, and offers it', async ({ app, bucket }) => {
    bucket.cors = undefined;
    const [stage = ''] = guideSections(bucket);
    await app.open();
    await app.openWorksheet();
    await app.run(withKeys(stage));
    const card = app.page.getByRole('alert', { name: 'Error' }).filter({ hasText: 'CORS' });
    await expect(card).toBeVisible({ timeout: 60_000 });
    await card.getByRole('button', { name: 'Copy', exact: true }).click();
    const copied = await app.page.evaluate(() => navigator.clipboard.readText());
    expect(JSON.parse(copied)).toMatchObject([{ AllowedMethods: expect.arrayContaining(['GET', 'PUT']) }]);
  });
});
