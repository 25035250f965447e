import { readFileSync } from 'node:fs';
import { tableFromIPC } from 'apache-arrow';
import { type App, expect, test } from './app.ts';

const ROWS = process.env['BOATHOUSE_LONG'] ? 5_000_000 : 100_000;

const SELECT = `SELECT number AS n, number::DECIMAL(20, 3) / 8 AS d, 'é, "' || number AS t, if(number % 5 = 0, NULL, number % 7) AS g,
  to_timestamp(number * 1000000) AS at, [number, number + 1] AS l, (number, 'x') AS p FROM numbers(${ROWS})`;

const checksum = (from: string, [n, d, t, g, at, l]: readonly string[]) =>
  `SELECT count(), sum(${n}::BIGINT), sum(${d}::DECIMAL(38, 3)), sum(length(${t})), count(${g}), max(${at}::TIMESTAMP)::STRING, ${l} FROM ${from}`;

const NAMES = ['n', 'd', 't', 'g', 'at', 'sum(l[2]::BIGINT)'];

async function rowOf(app: App, sql: string): Promise<readonly string[]> {
  await app.run(sql);
  await expect(app.result(/SELECT 1 row/)).toBeVisible({ timeout: 120_000 });
  await expect.poll(async () => (await app.rows()).length).toBe(1);
  return (await app.rows())[0] ?? [];
}

async function saved(app: App, format: string): Promise<string> {
  const downloading = app.page.waitForEvent('download', { timeout: 300_000 });
  await app.page.getByRole('button', { name: 'Export' }).click();
  await app.page.getByRole('menuitem', { name: format, exact: true }).click();
  return (await downloading).path();
}

async function showRows(app: App): Promise<void> {
  await app.run(SELECT);
  await expect(app.result(/SELECT [\d,]+ rows/)).toBeVisible({ timeout: 120_000 });
}

test('28: a result exported as CSV, NDJSON, Parquet and Arrow holds the same rows, and its types where the format has them', async ({
  app,
}) => {
  await app.open();
  await app.openWorksheet();
  const expected = await rowOf(app, checksum(`(${SELECT}) AS s`, NAMES));
  await showRows(app);
  const paths = {
    csv: await saved(app, 'CSV'),
    parquet: await saved(app, 'Parquet'),
    lines: await saved(app, 'NDJSON'),
  };
  const arrow = tableFromIPC(readFileSync(await saved(app, 'Arrow')));
  expect(arrow.numRows).toBe(ROWS);
  expect(arrow.schema.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'n Uint64',
    expect.stringMatching(/^d Decimal\[/),
    't Utf8',
    'g Uint8',
    'at Timestamp<MICROSECOND>',
    'l List<Uint64>',
    'p Struct<{1:Uint64, 2:Utf8}>',
  ]);
  await app.dropFiles([
    { name: 'back.csv', bytes: readFileSync(paths.csv) },
    { name: 'back.parquet', bytes: readFileSync(paths.parquet) },
    { name: 'back.ndjson', bytes: readFileSync(paths.lines) },
  ]);
  // The files are opened in a worksheet of their own once they are there.
  await expect(app.page.getByRole('tab', { name: 'back.csv' })).toBeVisible();
  const csv = ['$1', '$2', '$3', '$4', '$5', `sum(parse_json($6)[1]::BIGINT)`];
  const headed = 'CREATE FILE FORMAT headed TYPE = CSV SKIP_HEADER = 1';
  const back = checksum("@~/back.csv (FILE_FORMAT => 'headed')", csv);
  expect(await rowOf(app, `${headed}; ${back}`)).toEqual(expected);
  expect(await rowOf(app, checksum('@~/back.parquet', NAMES))).toEqual(expected);
  const lines = ['$1:n', '$1:d', '$1:t::STRING', '$1:g::INT', '$1:at', 'sum($1:l[1]::BIGINT)'];
  expect(await rowOf(app, checksum("@~/back.ndjson (FILE_FORMAT => 'NDJSON')", lines))).toEqual(expected);
});
