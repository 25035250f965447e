import type { Page } from 'playwright/test';
import { type App, expect, test } from './app.ts';
import { KILLS, LATER, random, rowOf, tabsOf } from './kills.ts';

const ROWS = 1_000_000;
const SUM = (ROWS * (ROWS - 1)) / 2;
/** Loads that are there at most, before the table is made anew: fifty of them would take long to check. */
const MOST_LOADS = 3;
const TAKES_OVER_WITHIN = 2000;

const LOADS = `SELECT count(*) AS loads, count_if(n = ${ROWS} AND different = ${ROWS} AND total = ${SUM}) AS whole,
  max(load) AS newest
  FROM (SELECT load, count(*) AS n, count(DISTINCT value) AS different, sum(value) AS total FROM loads GROUP BY load)`;

const insertOf = (load: number) => `INSERT INTO loads SELECT ${load}, number FROM numbers(${ROWS})`;

/** Whether a tab has the lock of the scheduler: it leads. */
function isLed(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.some(({ name = '' }) => name.endsWith('/task-scheduler'));
  });
}

async function makeTable(app: App): Promise<void> {
  await app.run('CREATE OR REPLACE TABLE loads (load INT, value BIGINT)');
  await expect(app.result(/CREATE TABLE done/)).toBeVisible();
}

/** Milliseconds, as the console shows them; the first INSERT of a tab takes longer. */
async function measureInsert(app: App): Promise<number> {
  await app.run(`${insertOf(0)}; ${insertOf(1)}`);
  const second = app.results.nth(1);
  await expect(second).toContainText('1,000,000 rows', LATER);
  const [, count, unit] = /([\d.]+) (ms|s)$/.exec((await second.textContent()) ?? '') ?? [];
  return Number(count) * (unit === 's' ? 1000 : 1);
}

test(`37: the leading tab is killed in the middle of an INSERT of a million rows, and the other takes over (${KILLS} kills)`, async ({
  context,
  baseURL,
}) => {
  test.setTimeout(KILLS * 60_000 + 120_000);
  const next = random(20250202);
  const tabs = tabsOf(context, baseURL ?? '');
  let leader = await tabs.open();
  let other = await tabs.open();
  await makeTable(leader);
  const insertTakes = await measureInsert(leader);
  await makeTable(leader);
  let there = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    await leader.run(insertOf(kill));
    await leader.page.waitForTimeout(next() * insertTakes);
    const answered = (await leader.outcomes()).some((outcome) => outcome.includes('1,000,000 rows'));
    await leader.page.close({ runBeforeUnload: false });
    const killedAt = performance.now();
    await expect.poll(() => isLed(other.page), { intervals: [10], timeout: 3 * TAKES_OVER_WITHIN }).toBe(true);
    const took = Math.round(performance.now() - killedAt);
    const [loads, whole, newest] = (await rowOf(other, LOADS)).map(Number);
    expect(whole).toBe(loads);
    const isThere = newest === kill;
    expect([loads, isThere || !answered]).toEqual([there + (isThere ? 1 : 0), true]);
    test
      .info()
      .annotations.push({ type: 'kill', description: `${isThere ? 'whole' : 'absent'}, led after ${took} ms` });
    there = loads ?? 0;
    if (there >= MOST_LOADS) {
      await makeTable(other);
      there = 0;
    }
    leader = other;
    other = await tabs.open();
  }
  expect(tabs.wrong()).toEqual([]);
});

/** Milliseconds between two runs of the first task. */
const SCHEDULE = 1000;
const ROWS_OF_A_PART = 20_000;

const GRAPH = `CREATE TABLE landed (part INT, n BIGINT);
CREATE STREAM pending ON TABLE landed;
CREATE TABLE settled (part INT, n BIGINT);
CREATE TASK load SCHEDULE = ${SCHEDULE / 1000} SECOND AS
  COPY INTO landed FROM @~/parts/ PATTERN = '.*[.]parquet' FILE_FORMAT = (TYPE = PARQUET);
CREATE TASK settle AFTER 'load' AS INSERT INTO settled SELECT part, n FROM pending;
ALTER TASK settle RESUME;
ALTER TASK load RESUME`;

const unload = (part: number) => `COPY INTO @~/parts/part=${part}/ FROM
  (SELECT ${part}::INT AS part, number AS n FROM numbers(${ROWS_OF_A_PART})) FILE_FORMAT = (TYPE = PARQUET)`;

/** How many parts a table has, and how many of them are whole, with no row twice. */
const PARTS = (table: string) => `SELECT count(*) AS parts, count_if(n = ${ROWS_OF_A_PART} AND different = n) AS whole
  FROM (SELECT part, count(*) AS n, count(DISTINCT n) AS different FROM ${table} GROUP BY part)`;

test(`36, 37: a tab that is killed in the middle of a graph of tasks loses and repeats no row (${KILLS} kills)`, async ({
  context,
  baseURL,
}) => {
  test.setTimeout(KILLS * 60_000 + 120_000);
  const next = random(20250303);
  const tabs = tabsOf(context, baseURL ?? '');
  let leader = await tabs.open();
  let other = await tabs.open();
  await other.run(GRAPH);
  await expect(other.result(/ALTER TASK/)).toHaveCount(2, LATER);
  for (let kill = 0; kill < KILLS; kill++) {
    await other.run(unload(kill));
    await expect(other.results).toHaveCount(1);
    await expect(other.results.first()).toContainText(/\d row/, LATER);
    await leader.page.waitForTimeout(next() * SCHEDULE);
    await leader.page.close({ runBeforeUnload: false });
    // Nothing is ever half there, whoever looks and whenever.
    const [parts, whole] = await rowOf(other, PARTS('settled'));
    expect(whole).toBe(parts);
    test.info().annotations.push({ type: 'kill', description: `${parts} of ${kill + 1} parts settled` });
    const all = [String(kill + 1), String(kill + 1)];
    await expect.poll(() => rowOf(other, PARTS('settled')), LATER).toEqual(all);
    expect(await rowOf(other, PARTS('landed'))).toEqual(all);
    leader = other;
    other = await tabs.open();
  }
  expect(tabs.wrong()).toEqual([]);
});
