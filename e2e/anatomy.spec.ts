import { resolve } from 'node:path';
import { type App, expect, test } from './app.ts';

const FILE = resolve('e2e/files/anatomy.parquet');

async function openFile(app: App): Promise<void> {
  await app.open();
  await app.go('Stages');
  const picker = app.page.waitForEvent('filechooser');
  await app.page.getByRole('button', { name: 'Upload' }).click();
  await (await picker).setFiles(FILE);
  await app.page.getByRole('grid', { name: 'Files of @~/' }).getByText('anatomy.parquet').dblclick();
}

test('18: the inside of a Parquet file, and what a condition reads of it, as the run confirms', async ({ app }) => {
  await openFile(app);
  const { page } = app;
  const preview = page.getByRole('region', { name: 'Preview of anatomy.parquet' });
  await expect(preview.getByText('4,000 rows · 8 row groups · 7 columns')).toBeVisible();

  await preview.getByRole('tab', { name: 'Schema' }).click();
  await expect
    .poll(() => app.rows(preview.getByRole('grid', { name: 'Columns as they are stored' })))
    .toEqual([
      ['Abcframe_id', 'VARCHAR', 'BYTE_ARRAY', 'STRING', 'required'],
      [expect.stringContaining('collected_at'), 'TIMESTAMP', 'INT64', 'TIMESTAMP(MICROS, UTC)', 'optional'],
      [expect.stringContaining('risk_score'), 'DOUBLE', 'DOUBLE', '', 'optional'],
      [expect.stringContaining('speed'), 'DECIMAL(6, 2)', 'FIXED_LEN_BYTE_ARRAY(3)', 'DECIMAL(6, 2)', 'optional'],
      [expect.stringContaining('camera'), 'TUPLE(NAME STRING, EXPOSURE INT32)', '', '', 'optional'],
      ['name', '', 'BYTE_ARRAY', 'STRING', 'optional'],
      ['exposure', '', 'INT32', '', 'optional'],
      [expect.stringContaining('tags'), 'ARRAY(STRING)', '', 'LIST', 'optional'],
      ['list', '', '', '', 'repeated'],
      ['element', '', 'BYTE_ARRAY', 'STRING', 'optional'],
    ]);

  await preview.getByRole('tab', { name: 'Row groups' }).click();
  const groups = preview.getByRole('grid', { name: 'Row groups' });
  const chunks = preview.getByRole('grid', { name: 'Columns of row group 0' });
  await expect.poll(async () => (await app.rows(groups)).map(([, rows]) => rows)).toEqual(Array(8).fill('500'));
  await chunks.getByText('collected_at').click();
  await expect(groups.getByRole('row', { name: /^7 500/ })).toContainText('2025-01-02 19:26:40');
  await expect(groups.getByRole('row', { name: /^7 500/ })).toContainText(/[\d.]+ KiB/);
  await expect(groups.getByRole('row', { name: /^7 500/ })).toContainText(/\d×/);
  const id = chunks.getByRole('row', { name: /frame_id/ });
  await expect(id).toContainText('RLE, PLAIN');
  await expect(id).toContainText('zstd');
  await expect(id).toContainText('FRAME-00499');
  await expect(id.getByRole('img', { name: 'has a Bloom filter' })).toBeVisible();
  await expect(chunks.getByRole('row', { name: /risk_score/ }).getByRole('img', { name: /Bloom/ })).toHaveCount(0);
  await expect(chunks.getByRole('row', { name: /risk_score/ })).toContainText('50');
  await expect(chunks.getByRole('row', { name: /camera.name/ })).toContainText('RLE_DICTIONARY');

  await preview.getByRole('textbox', { name: 'Pruning test: WHERE' }).fill("collected_at >= '2025-01-02 16:40:00'");
  await expect(preview.getByText('reads 2 of 8 groups, 12.5 KiB')).toBeVisible();
  await expect(groups.getByRole('img', { name: 'is read' })).toHaveCount(2);

  await preview.getByRole('tab', { name: 'Pages' }).click();
  await preview.getByRole('combobox', { name: 'Group' }).selectOption('Row group 2');
  const pages = preview.getByRole('grid', { name: 'Pages of collected_at in row group 2' });
  await expect
    .poll(async () => (await app.rows(pages)).map((row) => [row[1], row[3], row[4], row[8], row[10]]))
    .toEqual([
      ['data', '0', '200', '2025-01-02 05:33:20.000000', 'page index'],
      ['data', '200', '200', '2025-01-02 06:40:00.000000', 'page index'],
      ['data', '400', '100', '2025-01-02 07:46:40.000000', 'page index'],
    ]);
  await preview.getByRole('tab', { name: 'Metadata' }).click();
  await expect(preview.getByRole('row', { name: /campaign/ })).toContainText('winter tyres');

  await preview.getByRole('tab', { name: 'Row groups' }).click();
  await preview.getByRole('textbox', { name: 'Pruning test: WHERE' }).fill("collected_at >= '2025-01-02 16:40:00'");
  await preview.getByRole('button', { name: 'Run it in a worksheet' }).click();
  await expect(app.editor.getByText('EXPLAIN').first()).toBeVisible();
  await app.editor.click();
  await app.runAll();
  await expect(app.result(/SELECT/).last()).toContainText('1,000 rows');
  await app.result(/EXPLAIN/).click();
  await page
    .getByRole('list', { name: 'Operators, the last one first' })
    .getByRole('button', { name: /^StageScan/ })
    .click();
  await expect(page.getByRole('region', { name: 'Selected: StageScan' })).toContainText('2 of 8');
});
