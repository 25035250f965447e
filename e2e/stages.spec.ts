import { resolve } from 'node:path';
import { expect, test } from './app.ts';

const EVENTS = resolve('public/sample/raw/frame-events');

/** Of the first day's events. */
const GROUP_ROWS = ['1,000', '1,000', '1,000', '1,000', '3'];

test('files are uploaded, browsed, previewed and deleted in a stage', async ({ app }) => {
  await app.open();
  await app.go('Stages');
  await app.page.getByRole('button', { name: 'New stage' }).click();
  await app.page.getByRole('textbox', { name: 'Name', exact: true }).fill('drives');
  await app.page.getByRole('button', { name: 'Create stage' }).click();
  await expect(app.page.getByText('This stage holds no files yet.')).toBeVisible();

  const picker = app.page.waitForEvent('filechooser');
  await app.page.getByRole('button', { name: 'Upload' }).click();
  const names = ['batch_2025_01_01.parquet', 'batch_2025_01_02.parquet'];
  await (await picker).setFiles(names.map((name) => resolve(EVENTS, name)));
  await expect(app.page.getByRole('progressbar', { name: 'Upload of batch_2025_01_01.parquet' })).toBeVisible();
  const files = app.page.getByRole('grid', { name: 'Files of @drives/' });
  for (const name of names) await expect(files.getByText(name)).toBeVisible();

  await files.getByText('batch_2025_01_01.parquet').dblclick();
  const preview = app.page.getByRole('region', { name: 'Preview of batch_2025_01_01.parquet' });
  await expect(preview.getByText('4,003 rows · 5 row groups · 7 columns')).toBeVisible();
  await expect(preview.getByRole('gridcell', { name: 'FRAME-0101', exact: true })).toBeVisible();
  await preview.getByRole('tab', { name: 'Schema' }).click();
  await expect(preview.getByRole('row', { name: /risk_score/ })).toContainText('DOUBLE');
  await preview.getByRole('tab', { name: 'Row groups' }).click();
  const groups = preview.getByRole('grid', { name: 'Row groups' });
  await expect.poll(async () => (await app.rows(groups)).map(([, rows]) => rows)).toEqual(GROUP_ROWS);
  await expect(preview.getByRole('grid', { name: 'Columns of row group 0' }).getByText('frame_id')).toBeVisible();

  await files.getByRole('checkbox', { name: 'Select batch_2025_01_02.parquet' }).check();
  await app.page.getByRole('button', { name: 'Delete' }).click();
  const asked = app.page.getByRole('dialog', { name: 'Delete this file?' });
  await expect(asked).toContainText("REMOVE @drives/ PATTERN = 'batch_2025_01_02[.]parquet'");
  await asked.getByRole('button', { name: 'Delete' }).click();
  await expect(files.getByText('batch_2025_01_02.parquet')).toHaveCount(0);
  await expect(files.getByText('batch_2025_01_01.parquet')).toBeVisible();
});

test('Load into a table writes the statements, and they run', async ({ app }) => {
  await app.open();
  await app.dropFiles([{ name: 'prices.csv', bytes: Buffer.from('fruit,price\napple,1.5\npear,2.25\n') }]);
  await expect(app.editor.getByText('prices.csv').first()).toBeVisible({ timeout: 60_000 });
  await app.go('Stages');
  const files = app.page.getByRole('grid', { name: 'Files of @~/' });
  await files.getByText('prices.csv').dblclick();
  await app.page.getByRole('button', { name: 'Load into a table' }).click();
  await app.page.getByRole('button', { name: 'Open in worksheet' }).click();
  await expect(app.editor.getByText('COPY').first()).toBeVisible();
  await app.editor.click();
  await app.runAll();
  await expect(app.result(/COPY/)).toContainText('2 rows affected');
  await app.run('SELECT * FROM prices ORDER BY price DESC');
  await expect
    .poll(() => app.rows())
    .toEqual([
      ['pear', '2.25'],
      ['apple', '1.5'],
    ]);
});

test('the folders of a stage are opened in turn', async ({ app }) => {
  await app.open();
  await app.page.getByRole('button', { name: 'Load CityDrive' }).click();
  await expect(app.editor).toBeVisible({ timeout: 60_000 });
  await app.page.goto('#/stages/citydrive_stage');
  const folder = (path: string) =>
    app.page.getByRole('grid', { name: `Files of @citydrive_stage/${path}`, exact: true });
  await folder('').getByText('videos').dblclick();
  await folder('videos/').getByText('capture_date=2025-01-02').dblclick();
  await expect(folder('videos/capture_date=2025-01-02/').getByText('videos.parquet')).toBeVisible();
  await app.page.getByRole('navigation', { name: 'Folder' }).getByRole('link', { name: 'videos' }).click();
  await expect(folder('videos/').getByText('capture_date=2025-01-03')).toBeVisible();
});
