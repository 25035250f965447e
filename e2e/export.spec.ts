import { readFileSync } from 'node:fs';
import { tableFromIPC } from 'apache-arrow';
import { type App, test as base, expect } from './app.ts';
import { keptProfileTest } from './kept-profile.ts';
import { rowOf } from './kills.ts';
import { type Growth, growthFromNow } from './memory.ts';

const isLong = process.env['BOATHOUSE_LONG'] === '1';
const test = isLong ? keptProfileTest : base;
const ROWS = isLong ? 5_000_000 : 20_000;
const PATIENCE = isLong ? 900_000 : 120_000;
const LATER = { timeout: PATIENCE };

/** What its tab says at the end, and not before. */
const ALL_ROWS = `SELECT ${ROWS.toLocaleString('en')} rows`;

const SELECT = `SELECT number AS n, number::DECIMAL(20, 3) * 0.125 AS d, 'é, "' || number AS t, if(number % 5 = 0, NULL, number % 7) AS g,
  to_timestamp(number * 1000000) AS at, [number, number + 1] AS l, (number, 'x') AS p FROM numbers(${ROWS})`;

const checksum = (from: string, [n, d, t, g, at, l]: readonly string[]) =>
  `SELECT concat_ws('|', count()::STRING, sum(${n}::BIGINT)::STRING, sum(${d}::DECIMAL(38, 3))::STRING, sum(length(${t}))::STRING, count(${g})::STRING, max(${at}::TIMESTAMP)::STRING, ${l}::STRING) AS checksum FROM ${from}`;

const NAMES = ['n', 'd', 't', 'g', 'at', 'sum(l[2]::BIGINT)'];

/** How the rows of a file are read again, in its format's options and columns. */
const FORMATS = {
  CSV: {
    name: 'back.csv',
    read: "FILE_FORMAT => 'headed'",
    columns: ['$1', '$2', '$3', '$4', '$5', 'sum(parse_json($6)[1]::BIGINT)'],
  },
  NDJSON: {
    name: 'back.ndjson',
    read: "FILE_FORMAT => 'NDJSON'",
    columns: ['$1:n', '$1:d', '$1:t::STRING', '$1:g::INT', '$1:at', 'sum($1:l[1]::BIGINT)'],
  },
  Parquet: { name: 'back.parquet', read: "FILE_FORMAT => 'PARQUET'", columns: NAMES },
} as const;

type Format = keyof typeof FORMATS;

const TEXTS: readonly Format[] = ['CSV', 'NDJSON', 'Parquet'];

async function saved(app: App, format: Format | 'Arrow', path?: string): Promise<void> {
  const downloading = app.page.waitForEvent('download', LATER);
  await app.page.getByRole('button', { name: 'Export' }).click();
  await app.page.getByRole('menuitem', { name: format, exact: true }).click();
  const download = await downloading;
  if (path !== undefined) await download.saveAs(path);
}

async function intoStage(app: App, format: Format | 'Arrow', action: string): Promise<void> {
  await app.page.getByRole('button', { name: 'Export' }).click();
  await app.page.getByRole('menuitem', { name: 'Into a stage…' }).click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption(format);
  await dialog.getByRole('button', { name: action }).click();
  await expect(dialog).toBeHidden();
}

async function arrowIntoStage(app: App): Promise<void> {
  await intoStage(app, 'Arrow', 'Export');
  const writing = app.page.getByRole('progressbar', { name: /^Writing/ });
  await expect(writing).toHaveCount(0, LATER);
}

/** The other formats are written by the statement that the dialog opens. */
async function copiedIntoStage(app: App, format: Format): Promise<void> {
  await intoStage(app, format, 'Open in a worksheet');
  await expect(app.editor).toContainText('COPY INTO @~/export/');
  await app.runAll();
  await expect(app.result(/COPY INTO/)).toContainText(ROWS.toLocaleString('en'), LATER);
}

async function noted(grown: Growth, what: string, task: () => Promise<void>): Promise<void> {
  const megabytes = (await grown(task)) ?? 0;
  const description = `${megabytes.toFixed(0)} MB over idle (wanted: 200 MB)`;
  test.info().annotations.push({ type: `memory, ${what}`, description });
  // What the collectors of a dozen threads have not taken back yet is counted, too.
  expect(megabytes, what).toBeLessThan(3 * 200);
}

/** What `checksum` gives of the same rows. */
function arrowChecksum(bytes: Uint8Array): string {
  const table = tableFromIPC(bytes);
  let [n, d, letters, second, last] = [0n, 0n, 0, 0n, 0n];
  for (const { data, numRows } of table.batches) {
    const [ns, ds, ts, , ats, ls] = data.children;
    const items: BigUint64Array = ls?.children[0]?.values;
    for (let row = 0; row < numRows; row++) {
      n += ns?.values[row];
      // Of 128 bits, none of the rows needs more than 64.
      d += BigInt(ds?.values[4 * row]) + (BigInt(ds?.values[4 * row + 1]) << 32n);
      second += items[2 * row + 1] ?? 0n;
      if (ats?.values[row] > last) last = ats?.values[row];
    }
    const text = new TextDecoder().decode(ts?.values.subarray(ts.valueOffsets[0], ts.valueOffsets[numRows]));
    letters += text.length;
  }
  const thousandths = String(d / 1000n);
  const at = new Date(Number(last / 1000n)).toISOString().replace('T', ' ').replace('Z', '000');
  const decimal = `${thousandths.slice(0, -3)}.${thousandths.slice(-3)}`;
  const present = table.numRows - (table.getChild('g')?.nullCount ?? 0);
  return [table.numRows, n, decimal, letters, present, at, second].join('|');
}

test('28: a result exported to disk and into a stage as CSV, NDJSON, Parquet and Arrow holds the same rows, and its types', async ({
  app,
}) => {
  test.setTimeout(isLong ? 3_600_000 : 240_000);
  const pathOf = (name: string) => test.info().outputPath(name);
  await app.open();
  await app.openWorksheet();
  const expected = await rowOf(app, checksum(`(${SELECT}) AS s`, NAMES), LATER);
  // What writes each format is loaded with its first file.
  for (const format of [...TEXTS, 'Arrow'] as const) await saved(app, format);
  await app.run(SELECT);
  await expect(app.result(ALL_ROWS)).toBeVisible(LATER);

  const grown = await growthFromNow(app.page);
  for (const format of TEXTS)
    await noted(grown, `${format} to disk`, () => saved(app, format, pathOf(FORMATS[format].name)));
  await noted(grown, 'Arrow to disk', () => saved(app, 'Arrow', pathOf('back.arrow')));
  await noted(grown, 'Arrow into a stage', () => arrowIntoStage(app));
  const arrow = readFileSync(pathOf('back.arrow'));
  expect([arrowChecksum(arrow)]).toEqual(expected);
  expect(tableFromIPC(arrow).schema.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'n Uint64',
    expect.stringMatching(/^d Decimal\[/),
    't Utf8',
    'g Uint8',
    'at Timestamp<MICROSECOND>',
    'l List<Uint64>',
    'p Struct<{1:Uint64, 2:Utf8}>',
  ]);
  const worksheets = app.page.getByRole('tablist', { name: 'Worksheets' }).getByRole('tab');
  for (const format of TEXTS) {
    await worksheets.first().click();
    await expect(app.result(ALL_ROWS)).toBeVisible();
    await noted(grown, `${format} into a stage`, () => copiedIntoStage(app, format));
  }
  await app.run("SELECT size FROM list_stage(location => '@~/export/', pattern => '.*arrow')");
  await expect.poll(() => app.rows()).toEqual([[String(arrow.length)]]);
  await app.run(
    "SELECT column_name, type FROM infer_schema(location => '@~/export/', file_format => 'PARQUET', pattern => '.*parquet')",
  );
  await expect
    .poll(() => app.rows())
    .toEqual([
      ['n', 'BIGINT UNSIGNED'],
      ['d', 'DECIMAL(23, 6)'],
      ['t', 'VARCHAR'],
      ['g', 'TINYINT UNSIGNED'],
      ['at', 'TIMESTAMP'],
      ['l', 'ARRAY(UINT64)'],
      ['p', 'TUPLE(1 UINT64, 2 STRING)'],
    ]);

  await app.drop(...TEXTS.map((format) => pathOf(FORMATS[format].name)));
  // The files are opened in a worksheet of their own once they are there.
  await expect(app.page.getByRole('tab', { name: 'back.csv' })).toBeVisible(LATER);
  await app.run('CREATE FILE FORMAT headed TYPE = CSV SKIP_HEADER = 1');
  await expect(app.result(/CREATE FILE FORMAT done/)).toBeVisible();
  for (const format of TEXTS) {
    const { name, read, columns } = FORMATS[format];
    const copied = `@~/export/ (PATTERN => '.*${name.slice('back'.length)}', ${read})`;
    expect(await rowOf(app, checksum(`@~/${name} (${read})`, columns), LATER), name).toEqual(expected);
    expect(await rowOf(app, checksum(copied, columns), LATER), copied).toEqual(expected);
  }
});
