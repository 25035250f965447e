import { resolve } from 'node:path';
import type { Page } from 'playwright/test';
import { type App, expect, test } from './app.ts';

const EVENTS = resolve('public/sample/raw/frame-events/batch_2025_01_01.parquet');
const CSV = { name: 'drivers.csv', mimeType: 'text/csv', buffer: Buffer.from('id,name\n1,Ann\n2,Bob\n') };

async function openStages(app: App): Promise<void> {
  await app.open();
  await app.go('Stages');
  await expect(app.page.getByRole('treeitem', { name: '@~' })).toBeVisible();
}

async function upload(page: Page, files: Parameters<Awaited<ReturnType<typeof choose>>['setFiles']>[0]): Promise<void> {
  await (await choose(page)).setFiles(files);
}

async function choose(page: Page) {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  return choosing;
}

test('a Parquet file shows its rows, its columns and its row groups before anything is loaded', async ({ app }) => {
  await openStages(app);
  const { page } = app;
  await upload(page, EVENTS);
  await page.getByRole('row', { name: /batch_2025_01_01/ }).dblclick();
  await expect(page.getByText('the first 1,000 rows')).toBeVisible();
  await expect(page.getByText('4,003 rows · 5 row groups · 7 columns')).toBeVisible();
  await page.getByRole('tab', { name: 'Schema' }).click();
  await expect(page.getByRole('row', { name: /frame_index INT/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Row groups' }).click();
  const groups = await app.rows(page.getByRole('grid', { name: 'Row groups' }));
  expect(groups.map(([index, rows]) => [index, rows])).toEqual([
    ['0', '1,000'],
    ['1', '1,000'],
    ['2', '1,000'],
    ['3', '1,000'],
    ['4', '3'],
  ]);
});

test('a CSV file is uploaded, loaded into a table by the statements that a button writes, and deleted', async ({
  app,
}) => {
  await openStages(app);
  const { page } = app;
  await upload(page, CSV);
  await page.getByRole('row', { name: /drivers\.csv/ }).dblclick();
  await page.getByRole('button', { name: 'Load into a table' }).click();
  await page.getByRole('button', { name: 'Open in worksheet' }).click();
  await expect(app.editor).toBeVisible({ timeout: 60_000 });
  await app.editor.click();
  await app.runAll();
  await expect(app.result(/COPY INTO 2 rows/)).toBeVisible();
  await expect(page.getByRole('treeitem', { name: 'drivers 2' })).toBeVisible();
  await app.go('Stages');
  await page.getByRole('row', { name: /drivers\.csv/ }).click();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('dialog')).toContainText("REMOVE @~/ PATTERN = 'drivers[.]csv'");
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('This stage holds no files yet.')).toBeVisible();
});

test('a file is downloaded as it was uploaded', async ({ app }) => {
  await openStages(app);
  const { page } = app;
  await upload(page, CSV);
  await page.getByRole('row', { name: /drivers\.csv/ }).dblclick();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const chunks = await (await (await downloading).createReadStream()).toArray();
  expect(Buffer.concat(chunks).toString()).toBe(CSV.buffer.toString());
});

test('a folder of this device becomes a stage', async ({ app }) => {
  // The browser's own dialog cannot be driven: a folder of the private file system stands for one of the disk.
  await app.page.addInitScript(() => {
    const pick = async () => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('on-disk', { create: true });
      const file = await (await folder.getFileHandle('notes.ndjson', { create: true })).createWritable();
      await file.write('{"a":1}\n');
      await file.close();
      return folder;
    };
    Object.assign(globalThis, { showDirectoryPicker: pick });
  });
  await openStages(app);
  const { page } = app;
  await page.getByRole('button', { name: 'Mount a folder' }).click();
  await page.getByRole('textbox', { name: 'Name of the stage' }).fill('on_disk');
  await page.getByRole('button', { name: 'Choose folder' }).click();
  await expect(page.getByRole('treeitem', { name: '@on_disk' })).toBeVisible();
  await page.getByRole('row', { name: /notes\.ndjson/ }).dblclick();
  await expect(page.getByText('1 row, all of them')).toBeVisible();
});
