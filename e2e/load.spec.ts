import type { Locator } from 'playwright/test';
import { TEST_KEY } from '../src/engine/test/s3/server.ts';
import { type App, expect, test } from './app.ts';
import { BUCKET, test as bucketTest } from './bucket.ts';

/** Of 20 lines, 12 hold a word where a number belongs. */
const BROKEN = `id,name,qty\n${Array.from({ length: 20 }, (_, index) => `${index},"n,${index}",${index < 12 ? 'none' : index * 10}\n`).join('')}`;

const BAD_LINES = Array.from({ length: 12 }, (_, index) => `${index},"n,${index}",none`);

async function stageFiles(
  app: App,
  stage: string,
  files: readonly { readonly name: string; readonly bytes: Buffer }[],
) {
  await app.openWorksheet();
  await app.run(`CREATE STAGE ${stage}`);
  await expect(app.result(/CREATE STAGE done/)).toBeVisible();
  await app.page.goto(`#/stages/${stage}`);
  const picker = app.page.waitForEvent('filechooser');
  await app.page.getByRole('button', { name: 'Upload' }).click();
  await (await picker).setFiles(files.map(({ name, bytes }) => ({ name, mimeType: 'text/csv', buffer: bytes })));
  const list = app.page.getByRole('grid', { name: `Files of @${stage}/` });
  for (const { name } of files) await expect(list.getByText(name)).toBeVisible();
}

const sql = (app: App) => app.page.getByRole('textbox', { name: 'Statements of the load' });

/** Where a character of an element's text begins and ends, in pixels from the left. */
function textEdges(element: Locator, at: number): Promise<readonly number[]> {
  return element.evaluate((node, index) => {
    const text = node.firstChild;
    const range = document.createRange();
    const start = index < 0 ? (text?.textContent ?? '').length + index : index;
    if (text) range.setStart(text, start);
    if (text) range.setEnd(text, start + 1);
    const { left, right } = range.getBoundingClientRect();
    return [Math.round(left), Math.round(right)];
  }, at);
}

const section = (app: App, name: string) => app.page.getByRole('region', { name, exact: true });

test('33: files that disagree are named, cast, tried and loaded, and not loaded twice', async ({ app }) => {
  await app.open();
  await stageFiles(app, 'orders', [
    { name: 'a.csv', bytes: Buffer.from('id,price\n1,2\n2,3\n') },
    { name: 'b.csv', bytes: Buffer.from('id,price\n3,2.5\n') },
    { name: 'c.csv', bytes: Buffer.from('id,price\n4,9\n') },
  ]);
  await app.page.goto('#/load/orders');
  const files = app.page.getByRole('grid', { name: 'Files to load' });
  await expect(files.getByRole('row', { name: /a\.csv/ })).toContainText('1 column differs');
  await expect(files.getByRole('row', { name: /a\.csv/ })).toContainText('price BIGINT');
  await expect(files.getByRole('row', { name: /b\.csv/ })).toContainText('agrees on 2 columns');
  await expect(section(app, 'Columns')).toContainText('1 column disagrees');
  await app.page.getByRole('combobox', { name: 'Into table' }).fill('prices');
  await expect(sql(app)).toHaveValue(
    `CREATE TABLE IF NOT EXISTS prices (
  id    BIGINT,
  price DOUBLE
);

COPY INTO prices
FROM @orders/
FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1);`,
  );

  const columns = app.page.getByRole('table', { name: 'Columns to load' });
  await expect(columns.getByText('BIGINT in 2 files')).toHaveAttribute('title', 'a.csv\nc.csv');
  await columns.getByRole('textbox', { name: 'Table column for price' }).fill('cost');
  await columns.getByRole('combobox', { name: 'Type of id' }).selectOption('INT');
  await expect(sql(app)).toHaveValue(/^CREATE TABLE IF NOT EXISTS prices \(\n {2}id +INT,\n {2}cost +DOUBLE\n\);/);

  await section(app, 'Dry run').getByRole('button', { name: 'Dry run' }).click();
  await expect(section(app, 'Dry run')).toContainText('4 rows of 3 files would be loaded');
  await expect(section(app, 'Dry run')).toContainText('no bad row');
  await app.page.getByRole('button', { name: /^Load 3 files/ }).click();
  const outcome = app.page.getByRole('grid', { name: 'What became of the files' });
  const loaded = [
    ['a.csv', 'loaded', '2', '0', '', ''],
    ['b.csv', 'loaded', '1', '0', '', ''],
    ['c.csv', 'loaded', '1', '0', '', ''],
  ];
  await expect.poll(() => app.rows(outcome)).toEqual(loaded);
  await expect(section(app, 'Files')).toContainText('3 already loaded, they are skipped unless FORCE');

  await app.page.getByRole('button', { name: /^Load 0 files/ }).click();
  await expect(section(app, 'Outcome')).toContainText('3 files skipped, already loaded');
  const skipped = expect.stringMatching(/^skipped, already loaded at \d{4}-\d\d-\d\d \d\d:\d\d$/);
  await expect
    .poll(() => app.rows(outcome))
    .toEqual(['a.csv', 'b.csv', 'c.csv'].map((file) => [file, skipped, '0', '0', '', '']));
  await app.page.getByRole('switch', { name: 'Load again what was loaded' }).click();
  await expect(app.page.getByText('FORCE loads them once more: their rows are then there twice.')).toBeVisible();
  await expect(sql(app)).toHaveValue(/FORCE = true;$/);
  await app.page.getByRole('button', { name: 'Open prices' }).click();
  await expect(app.page.getByRole('heading', { name: 'default.prices' })).toBeVisible();
  await expect(app.page.getByText('4 rows').first()).toBeVisible();
});

test('34: bad rows are left out, shown at their place, saved as they are and loaded after all', async ({ app }) => {
  await app.open();
  await stageFiles(app, 'broken', [{ name: 'stock.csv', bytes: Buffer.from(BROKEN) }]);
  await app.page.getByRole('grid', { name: 'Files of @broken/' }).getByText('stock.csv').dblclick();
  await app.page.getByRole('button', { name: 'Load into a table' }).click();
  await expect(app.page).toHaveURL(/#\/load\/broken/);
  await app.page.getByRole('combobox', { name: 'Type of qty' }).selectOption('INT');
  await app.page.getByRole('radio', { name: 'Abort' }).click();
  await app.page.getByRole('button', { name: /^Load 1 file,/ }).click();
  await expect(section(app, 'Outcome')).toContainText('nothing is loaded');
  await expect(section(app, 'Outcome').getByRole('alert')).toContainText("Invalid value 'none' for column 2 (qty");
  await expect(section(app, 'Outcome').getByRole('alert')).toContainText("at file 'stock.csv', line 1");

  await app.page.getByRole('radio', { name: 'Continue' }).click();
  await app.page.getByRole('button', { name: /^Load 1 file,/ }).click();
  await expect(section(app, 'Outcome')).toContainText('8 of 20 rows loaded');
  const outcome = app.page.getByRole('grid', { name: 'What became of the files' });
  await expect(outcome.getByRole('row', { name: /stock\.csv/ })).toContainText('partly loaded');
  const rejected = app.page.getByRole('grid', { name: 'Rejected rows' });
  await expect(rejected.getByRole('row')).toHaveCount(13);
  expect((await app.rows(rejected))[0]).toEqual([
    'stock.csv',
    '2',
    'qty Int32 NULL',
    expect.stringMatching(/^Invalid value 'none' for column 2 \(qty Int32 NULL\)/),
    BAD_LINES[0],
  ]);
  const wrong = app.page.locator('.load-line mark');
  await expect(wrong).toHaveText('none');
  await expect(app.page.locator('.load-line')).toHaveText(/^2 0,"n,0",none *\^$/);
  // As its last character, the caret ends where the value's first does.
  const caret = await textEdges(app.page.locator('.load-caret'), -1);
  expect(caret).toEqual(await textEdges(wrong, 0));

  const saving = app.page.waitForEvent('download');
  await app.page.getByRole('button', { name: 'Save 12 rejected rows' }).click();
  const saved = await (await saving).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of saved) chunks.push(Buffer.from(chunk));
  expect(Buffer.concat(chunks).toString()).toBe(`${BAD_LINES.join('\n')}\n`);

  await app.page.getByRole('button', { name: 'Take “none” as NULL and load these rows' }).click();
  await expect(section(app, 'Outcome')).toContainText('12 rows loaded');
  await app.openWorksheet();
  await app.run('SELECT count(*), count(DISTINCT id), count(qty) FROM stock');
  await expect.poll(() => app.rows()).toEqual([['20', '20', '8']]);
});

bucketTest('33: while it loads, the files that are done are told with their first error', async ({ app, bucket }) => {
  bucket.put(BUCKET, 'in/a.csv', 'id,word\n1,one\nnone,two\n');
  bucket.put(BUCKET, 'later/b.csv', 'id,word\n3,three\n4,four\n');
  await app.open();
  await app.openWorksheet();
  await app.run(`CREATE CONNECTION lake STORAGE_TYPE = 's3' ENDPOINT_URL = '${bucket.endpoint}'
    ACCESS_KEY_ID = '${TEST_KEY.id}' SECRET_ACCESS_KEY = '${TEST_KEY.secret}';
    CREATE STAGE slow URL = 's3://${BUCKET}/' CONNECTION = (CONNECTION_NAME = 'lake')`);
  await expect(app.result(/CREATE STAGE done/)).toBeVisible();
  await app.page.goto('#/load/slow/in');
  await app.page.getByRole('combobox', { name: 'Into table' }).fill('words');
  await app.page.getByRole('combobox', { name: 'Type of id' }).selectOption('INT');
  await app.page.getByRole('radio', { name: 'Continue' }).click();
  await expect(sql(app)).toHaveValue(/ INT,[\s\S]*FROM @slow\/in\/[\s\S]*ON_ERROR = CONTINUE/i);
  // The page knows nothing yet of a file that lies elsewhere.
  await sql(app).fill((await sql(app).inputValue()).replace('FROM @slow/in/', 'FROM @slow/'));
  const release = bucket.hold(BUCKET, 'later/b.csv');
  await app.page.getByRole('button', { name: 'Run the statements' }).click();
  const outcome = app.page.getByRole('grid', { name: 'What became of the files' });
  const first = ['a.csv', 'partly loaded', '1', '1', expect.stringContaining("Invalid value 'none'"), '3'];
  await expect.poll(() => app.rows(outcome)).toEqual([first]);
  await expect(section(app, 'Outcome').getByRole('button', { name: 'Cancel' })).toBeVisible();
  release();
  await expect.poll(() => app.rows(outcome)).toEqual([first, ['b.csv', 'loaded', '2', '0', '', '']]);
  await expect(section(app, 'Outcome')).toContainText('3 of 4 rows loaded');
});

test('33: a column that the table lacks is added, and the statements can be written by hand', async ({ app }) => {
  await app.open();
  await app.page.getByRole('button', { name: 'Load CityDrive' }).click();
  await expect(app.editor).toBeVisible({ timeout: 60_000 });
  await app.run('CREATE OR REPLACE TABLE events (frame_id VARCHAR, risk_score DOUBLE)');
  await expect(app.result(/CREATE/)).toBeVisible();
  await app.page.goto('#/load/citydrive_stage/frame-events?table=events');
  const columns = app.page.getByRole('table', { name: 'Columns to load' });
  await expect(columns.getByRole('row', { name: /event_tag/ })).toBeVisible();
  await expect(columns.getByRole('checkbox', { name: 'Load the column event_tag' })).not.toBeChecked();
  await columns.getByRole('checkbox', { name: 'Load the column event_tag' }).check();
  await columns.getByRole('textbox', { name: 'Expression for risk_score' }).fill('risk_score * 100');
  await expect(sql(app)).toHaveValue(/^ALTER TABLE events ADD COLUMN event_tag VARCHAR;/);
  await expect(sql(app)).toHaveValue(/risk_score \* 100\n/);
  const written = await sql(app).inputValue();
  await sql(app).fill(`${written.replace(/;$/, '')}\nSIZE_LIMIT = 10;`);
  await expect(app.page.getByText('edited by hand', { exact: true })).toBeVisible();
  await app.page.getByRole('button', { name: 'Run the statements' }).click();
  await expect(section(app, 'Outcome')).toContainText('10 rows loaded');
  await app.page.getByRole('button', { name: 'Follow the form again' }).click();
  await expect(sql(app)).toHaveValue(written.replace(/^ALTER[^;]*;\n\n/, ''));
});
