import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { App, expect, test, watch } from './app.ts';

const SECRET = 'k3y-that-must-not-travel';

const MADE = `CREATE TABLE routes (id INT, name VARCHAR, at TIMESTAMP);
INSERT INTO routes SELECT number, concat('route ', number::VARCHAR), '2026-01-01 00:00:00'::TIMESTAMP FROM numbers(5000);
CREATE STREAM changed ON TABLE routes APPEND_ONLY = FALSE;
UPDATE routes SET name = 'harbour' WHERE id = 7;
CREATE VIEW far AS SELECT * FROM routes WHERE id > 4000;
CREATE FILE FORMAT semi TYPE = CSV FIELD_DELIMITER = ';';
CREATE STAGE lake;
COPY INTO @lake/out/ FROM (SELECT id, name FROM routes LIMIT 10) FILE_FORMAT = (FORMAT_NAME = 'semi') SINGLE = true;
CREATE TASK tick SCHEDULE = 60 MINUTE AS INSERT INTO routes VALUES (0, 'tick', now());
ALTER TASK tick RESUME;
CREATE CONNECTION far_away STORAGE_TYPE = 's3' ACCESS_KEY_ID = 'id' SECRET_ACCESS_KEY = '${SECRET}';`;

/** Row counts and checksums, and what else has to come back. */
const SUMS = `SELECT count(*) AS n, sum(id) AS ids, sum(siphash64(name) % 1000003) AS names, max(at) AS at FROM routes;
SELECT count(*) AS waiting FROM changed;
SELECT count(*) AS far FROM far;
SELECT $1, $2 FROM @lake/out/ (FILE_FORMAT => 'semi') ORDER BY $1::INT;
SELECT name, state FROM system.tasks;
SELECT name FROM system.file_formats;
SELECT name FROM system.connections;`;

async function answers(app: App, count: number): Promise<readonly string[]> {
  await app.run(SUMS);
  await expect(app.results).toHaveCount(count);
  await expect(app.result(/SELECT/)).toHaveCount(count);
  const found: string[] = [];
  for (let index = 0; index < count; index++) {
    await app.results.nth(index).click();
    // A row is there before its cells are.
    await expect.poll(async () => (await app.rows()).flat().some((text) => text !== '')).toBe(true);
    found.push(JSON.stringify(await app.rows()));
  }
  return found;
}

async function importFile(page: Page, path: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Import a workspace' }).click(),
  ]);
  await chooser.setFiles(path);
}

async function exportFile(page: Page, path: string): Promise<string> {
  // Without the picker of Chromium, which no journey can answer, the browser downloads the file.
  await page.evaluate(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
  await page.getByRole('link', { name: 'Settings' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export the workspace' }).click(),
  ]);
  await download.saveAs(path);
  return download.suggestedFilename();
}

/** Answers the picker of Chromium with a file of the page's own; `isHeld` lets nothing be written to it. */
async function answerPicker(page: Page, name: string, isHeld: boolean): Promise<void> {
  await page.evaluate(
    ({ name, isHeld }) => {
      const pick = async () => {
        const handle = await (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
        const held = (_chunk: unknown, { signal }: WritableStreamDefaultController) =>
          new Promise<void>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        if (isHeld) Object.assign(handle, { createWritable: async () => new WritableStream({ write: held }) });
        return handle;
      };
      Object.assign(globalThis, { showSaveFilePicker: pick });
    },
    { name, isHeld },
  );
}

/** The start of a file of the page's own, and how large it is; undefined where there is none. */
function pickedFile(page: Page, name: string): Promise<{ readonly size: number; readonly start: string } | undefined> {
  return page.evaluate(async (name) => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle(name).catch(() => undefined);
    const file = await handle?.getFile();
    return file && { size: file.size, start: await file.slice(0, 512).text() };
  }, name);
}

/** The same archive, the first commit of its catalog overwritten. */
function withoutCatalog(archive: Buffer): Buffer {
  const at = archive.indexOf('warehouse/_catalog/0');
  const header = archive.indexOf('warehouse/_catalog/0', at + 30);
  return Buffer.from(archive).fill('!', header + 512, header + 540);
}

test('38: a workspace is exported, erased, and back in a fresh profile without its secrets', async ({
  app,
  browser,
  baseURL,
}, info) => {
  const { page } = app;
  const file = info.outputPath('workspace.tar');
  await app.open();
  await app.openWorksheet();
  await app.run(MADE);
  await expect(app.result(/CREATE CONNECTION/)).toBeVisible({ timeout: 30_000 });
  const before = await answers(app, 7);
  await page.getByRole('button', { name: 'More about this worksheet' }).click();
  await page.getByRole('menuitem', { name: 'Versions…' }).click();
  const naming = page.getByRole('dialog');
  await naming.getByRole('list', { name: 'Versions' }).getByRole('button').last().click();
  await naming.getByRole('textbox', { name: 'Name this version, to keep it' }).fill('as it was made');
  await page.keyboard.press('Enter');
  await expect(naming.getByRole('button', { name: /as it was made/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Density').selectOption('Comfortable');
  const contacts = (page: Page) => page.getByLabel('Statements may contact');
  await contacts(page).selectOption('Only the addresses listed here');
  await contacts(page).selectOption('Whomever they name');
  const exporting = page.getByRole('button', { name: 'Export the workspace' });
  // A cancelled export leaves no file where the picker made one.
  await answerPicker(page, 'held.tar', true);
  await exporting.click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.toast')).toContainText('Cancelled; nothing has changed.');
  expect(await pickedFile(page, 'held.tar')).toBeUndefined();
  await answerPicker(page, 'picked.tar', false);
  await exporting.click();
  await expect(page.locator('.toast').last()).toContainText('picked.tar');
  const picked = await pickedFile(page, 'picked.tar');
  expect(await exportFile(page, file)).toMatch(/^boathouse_\d{12}\.tar$/);
  expect(readFileSync(file).includes(SECRET)).toBe(false);
  const same = readFileSync(file);
  expect(picked?.size).toBe(same.length);
  expect(picked?.start.slice(0, 100)).toBe(same.toString('latin1', 0, 100));

  await page.getByRole('button', { name: 'Erase everything' }).click();
  const dialog = page.getByRole('dialog', { name: 'Erase everything in this browser?' });
  await dialog.getByRole('textbox').fill('erase');
  await Promise.all([page.waitForEvent('load'), dialog.getByRole('button', { name: 'Erase everything' }).click()]);
  await expect(page.getByText('Engine ready')).toBeVisible({ timeout: 60_000 });
  await app.openWorksheet();
  await app.run('SHOW TABLES');
  await expect(app.result(/SHOW TABLES 0 rows/)).toBeVisible();

  const context = await browser.newContext({
    baseURL: baseURL ?? '',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const fresh = new App(await context.newPage());
  const wrong = watch(fresh.page, baseURL ?? '');
  await fresh.open();
  await fresh.openWorksheet();
  await fresh.run('CREATE TABLE mine (a INT)');
  await expect(fresh.result(/CREATE TABLE/)).toBeVisible();
  // Neither an archive that was cut short nor one that turns out to be damaged on the way takes anything away.
  const toast = fresh.page.locator('.toast');
  const cut = info.outputPath('cut.tar');
  writeFileSync(cut, readFileSync(file).subarray(0, 20_000));
  await importFile(fresh.page, cut);
  await expect(toast).toContainText('cut.tar has lost its end. Fetch it again.');
  const question = fresh.page.getByRole('dialog', { name: /^Import / });
  const damaged = info.outputPath('damaged.tar');
  writeFileSync(damaged, withoutCatalog(readFileSync(file)));
  await importFile(fresh.page, damaged);
  await question.getByRole('button', { name: 'Import' }).click();
  await expect(toast.last()).toContainText('nothing has changed');
  await fresh.page.getByRole('link', { name: 'Data' }).click();
  await expect(fresh.page.getByRole('treeitem', { name: 'mine' })).toBeVisible();
  await fresh.page.getByRole('link', { name: 'Settings' }).click();
  await contacts(fresh.page).selectOption('Only the addresses listed here');
  await importFile(fresh.page, file);
  await expect(question).toContainText('as before; in the file they may contact anyone.');
  await expect(question).toContainText('1 table, 1 view, 1 stream, 1 stage, 1 file format, 1 task');
  await expect(question).toContainText('Not in the file, and gone afterwards: default.mine.');
  await Promise.all([fresh.page.waitForEvent('load'), question.getByRole('button', { name: 'Import' }).click()]);
  await expect(fresh.page.getByText('Engine ready')).toBeVisible({ timeout: 60_000 });
  await expect(fresh.page.locator('html')).toHaveAttribute('data-density', 'comfortable');
  await fresh.page.getByRole('link', { name: 'Settings' }).click();
  await expect(contacts(fresh.page)).toHaveValue('listed');
  await fresh.openWorksheet();
  await expect(fresh.editor).toContainText('siphash64');
  const after = await answers(fresh, 7);
  expect(after).toEqual(before.map((text) => text.replace('Started', 'Suspended')));
  await fresh.page.getByRole('button', { name: 'More about this worksheet' }).click();
  await fresh.page.getByRole('menuitem', { name: 'Versions…' }).click();
  const versions = fresh.page.getByRole('dialog').getByRole('list', { name: 'Versions' });
  await versions.getByRole('button', { name: /as it was made/ }).click();
  await expect(fresh.page.getByRole('dialog')).toContainText('CREATE CONNECTION far_away');
  await expect(fresh.page.getByRole('dialog')).not.toContainText(SECRET);
  await fresh.page.keyboard.press('Escape');
  await fresh.go('History');
  await expect(fresh.page.getByText('CREATE CONNECTION far_away').first()).toBeVisible();
  expect(wrong).toEqual([]);
  await context.close();
});
