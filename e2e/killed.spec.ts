import { type App, expect, test } from './app.ts';
import { KILLS, random, rowOf, tabsOf } from './kills.ts';

const FILES = 8;
const ROWS_OF_A_FILE = 125_000;
/** Milliseconds that a COPY takes about, as long as none was seen. */
const USUAL = 500;

const PREPARE = `
COPY INTO @~/parts FROM (SELECT number % ${FILES} AS part, number AS n FROM numbers(${FILES * ROWS_OF_A_FILE}))
  PARTITION BY (concat('part=', to_string(part))) FILE_FORMAT = (TYPE = PARQUET);
CREATE TABLE loads (part INT, n BIGINT)`;

/** One COPY a file, so that some are acknowledged when the tab goes. */
const LOAD = Array.from(
  { length: FILES },
  (_, part) => `COPY INTO loads FROM @~/parts/part=${part}/ FILE_FORMAT = (TYPE = PARQUET)`,
).join(';\n');

const PARTS = `SELECT coalesce(string_agg(concat_ws('/', part, rows, differing), ','), 'none') AS parts FROM
  (SELECT part::STRING AS part, count(*)::STRING AS rows, count(DISTINCT n)::STRING AS differing FROM loads GROUP BY part)`;

/** The parts that are there, each with its rows and how many of them differ. */
async function partsThere(app: App): Promise<readonly string[][]> {
  const [parts = ''] = await rowOf(app, PARTS);
  return parts === 'none' ? [] : parts.split(',').map((part) => part.split('/'));
}

/** The parts whose COPY was answered with rows. */
async function acknowledged(app: App): Promise<readonly string[]> {
  const outcomes = await app.outcomes();
  return outcomes.flatMap((outcome, part) => (outcome.includes('125,000 rows') ? [String(part)] : []));
}

/** Some way behind a random one of the COPYs that load something, whatever the machine's speed. */
async function randomMoment(app: App, loads: number, next: () => number): Promise<void> {
  const wanted = Math.floor(next() * loads);
  const begun = performance.now();
  await expect
    .poll(async () => (await acknowledged(app)).length, { intervals: [10], timeout: 60_000 })
    .toBeGreaterThanOrEqual(wanted);
  await app.page.waitForTimeout(next() * (wanted > 0 ? (performance.now() - begun) / wanted : USUAL));
}

test(`37: a tab killed in the middle of a COPY of a million rows keeps what it acknowledged (${KILLS} kills)`, async ({
  context,
  baseURL,
}) => {
  test.setTimeout(KILLS * 60_000 + 120_000);
  const next = random(20250101);
  const tabs = tabsOf(context, baseURL ?? '');
  let app = await tabs.open();
  let acknowledgements = 0;
  await app.run(PREPARE);
  await expect(app.result(/CREATE TABLE done/)).toBeVisible({ timeout: 60_000 });
  for (let kill = 0; kill < KILLS; kill++) {
    const before = (await partsThere(app)).map(([part]) => part);
    if (before.length === FILES) {
      await app.run('CREATE OR REPLACE TABLE loads (part INT, n BIGINT)');
      await expect(app.result(/CREATE TABLE done/)).toBeVisible();
      before.length = 0;
    }
    await app.run(LOAD);
    await randomMoment(app, FILES - before.length, next);
    const answered = await acknowledged(app);
    acknowledgements += answered.length;
    await app.page.close({ runBeforeUnload: false });
    app = await tabs.open();
    const there = await partsThere(app);
    for (const [part, rows, distinct] of there) expect([part, rows, distinct]).toEqual([part, '125000', '125000']);
    expect(there.map(([part]) => part)).toEqual(expect.arrayContaining([...before, ...answered]));
    test.info().annotations.push({ type: 'kill', description: `${answered.length} answered, ${there.length} there` });
  }
  expect(acknowledgements).toBeGreaterThan(0);
  expect(tabs.wrong()).toEqual([]);
});
