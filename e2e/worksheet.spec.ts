import { readFileSync } from 'node:fs';
import { App, expect, test } from './app.ts';

test('a misspelt column is underlined, its fix is applied, and what a run makes is known after it', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.write('SELECT numbr FROM numbers(3)');
  const lens = app.page.locator('.lens').first();
  await expect(lens).toBeVisible();
  await lens.click();
  await expect(lens).toBeHidden();
  await app.page.keyboard.press('Control+Enter');
  await expect(app.result(/3 rows/)).toBeVisible();
  await app.write('CREATE FUNCTION twice AS (n) -> n * 2;\nSELECT twice(21);');
  const underlined = app.page.locator('.squiggly-error').first();
  await expect(underlined).toBeVisible();
  await app.runAll();
  await expect.poll(() => app.rows()).toEqual([['42']]);
  await expect(underlined).toBeHidden();
});

test('Run means the statement at the caret, Run all gives a tab for each', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.write("SELECT ';' AS a;\nSELECT nope;\nSELECT 3 AS c;");
  await app.page.keyboard.press('Control+Home');
  await app.page.keyboard.press('Control+Enter');
  await expect(app.result(/1 row/)).toHaveCount(1);
  await app.runAll();
  await expect(app.result(/^SELECT/)).toHaveCount(3);
  await expect(app.result(/skipped/)).toHaveCount(1);

  // Without a statement there is nothing to run, and what was run stays.
  await app.run('-- a note; no statement');
  await expect(app.page.getByText('There is no statement at the caret.')).toBeAttached();
  await expect(app.result(/^SELECT/)).toHaveCount(3);
});

test('words complete as they are typed', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.write('SELECT ');
  await app.page.keyboard.type('row_numb');
  await expect(app.page.getByRole('option', { name: /row_number/i }).first()).toBeVisible();
});

test('4, 6: columns, keys and signatures are offered from scope', async ({ app }) => {
  const { keyboard } = app.page;
  const offer = (name: RegExp) => app.page.getByRole('option', { name }).first();
  await app.open();
  await app.openWorksheet();
  const rows = `CREATE TABLE events (frame_id INT, meta VARIANT);
    INSERT INTO events VALUES (1, '{"camera": {"lens": 2}}');`;
  await app.run(rows);
  await expect(app.result(/INSERT/)).toBeVisible();
  await app.write('WITH x AS (SELECT 1 AS a_column) SELECT x');
  await keyboard.type('.');
  await expect(offer(/a_column/)).toBeVisible();
  await app.write('SELECT * FROM events e WHERE e.meta');
  await keyboard.type(':');
  await expect(offer(/camera/)).toBeVisible();
  await keyboard.press('Enter');
  await keyboard.type('.');
  await expect(offer(/lens/)).toBeVisible();
  await keyboard.press('Escape');
  await app.write("SELECT split_part('a-b'");
  await keyboard.type(', ');
  await expect(app.page.locator('.parameter-hints-widget .parameter.active')).toHaveText('String');
  await keyboard.press('Escape');
});

test('the last of ten million rows is reached by a key, and a range is copied', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run("SELECT number, IF(number % 2 = 0, NULL, '') AS s FROM numbers(10000000)");
  await expect(app.result(/10,000,000 rows/)).toBeVisible({ timeout: 60_000 });
  await app.grid.focus();
  await app.page.keyboard.press('Control+End');
  await expect(app.grid.getByRole('gridcell', { name: '9999999' })).toBeVisible();
  await app.page.keyboard.press('Shift+ArrowUp');
  await app.page.keyboard.press('Shift+ArrowLeft');
  await app.page.keyboard.press('Control+c');
  await expect.poll(() => app.page.evaluate(() => navigator.clipboard.readText())).toBe('9999998\t\n9999999\t""');
  expect(await app.grid.locator('*').count()).toBeLessThan(4000);
});

test('a worksheet and its caret are there after a reload', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.write('SELECT 1;\nSELECT 22;');
  await expect(app.page.getByText('Ln 2 Col 11')).toBeVisible();
  await expect(app.page.getByText(/^saved /)).toBeVisible();
  await expect.poll(() => app.keptViews()).toContain('"position":{"lineNumber":2,"column":11}');
  await app.page.reload();
  await app.open('#/worksheets');
  await expect(app.editor.getByText('22')).toBeVisible();
  await expect(app.page.getByText('Ln 2 Col 11')).toBeVisible();
});

test('the editor follows the system from light to dark', async ({ app }) => {
  await app.page.emulateMedia({ colorScheme: 'light' });
  await app.open();
  await app.openWorksheet();
  const ground = () => app.editor.evaluate((element) => getComputedStyle(element).backgroundColor);
  const light = await ground();
  await app.page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(ground).not.toBe(light);
});

test('10: versions are kept as they run, and one is restored, which can be undone', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run('SELECT 1 AS one;\nSELECT 2 AS two;');
  await expect(app.results).toHaveCount(2);
  await app.run('SELECT 1 AS one;\nSELECT 3 AS three;');
  await expect(app.editor.getByText('three')).toBeVisible();
  await app.page.getByRole('button', { name: 'More about this worksheet' }).click();
  await app.page.getByRole('menuitem', { name: 'Versions…' }).click();
  const dialog = app.page.getByRole('dialog');
  await expect(dialog.getByRole('list', { name: 'Versions' }).getByRole('button')).toHaveCount(2);
  await dialog.getByRole('list', { name: 'Versions' }).getByRole('button').last().click();
  await expect(dialog.getByRole('insertion')).toHaveText(/SELECT 3 AS three;/);
  await expect(dialog.getByRole('deletion')).toHaveText(/SELECT 2 AS two;/);
  const name = dialog.getByRole('textbox', { name: 'Name this version, to keep it' });
  await app.page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...args) {
      if (this.name !== 'versions') return put.apply(this, args);
      IDBObjectStore.prototype.put = put;
      throw new DOMException('The disk is full.', 'QuotaExceededError');
    };
  });
  await name.fill('before three');
  await app.page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert', { name: 'Error' })).toContainText('The disk is full.');
  await name.focus();
  await app.page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert', { name: 'Error' })).toHaveCount(0);
  await expect(dialog.getByRole('list', { name: 'Versions' }).getByRole('button').last()).toContainText('before three');
  await dialog.getByRole('button', { name: 'Restore this version' }).click();
  await expect(app.editor.getByText('two')).toBeVisible();
  await app.editor.click();
  await app.page.keyboard.press('Control+z');
  await expect(app.editor.getByText('three')).toBeVisible();
});

test('38: a link carries SQL, chart and lesson without secrets; it opens offline and asks before it writes', async ({
  app,
  browser,
  baseURL,
}) => {
  await app.open();
  await app.openWorksheet();
  await app.run('CREATE TABLE mine (a INT);\nSELECT number AS n, number * 2 AS twice FROM numbers(5);');
  await expect(app.results).toHaveCount(2);
  await app.page.getByRole('radio', { name: 'Chart', exact: true }).click();
  await app.page.getByRole('combobox', { name: 'Chart' }).selectOption('Line');
  const copied = async () => {
    await app.page.getByRole('button', { name: 'More about this worksheet' }).click();
    await app.page.getByRole('menuitem', { name: 'Copy link to this SQL' }).click();
    await expect(app.page.locator('.toast').last()).toBeVisible();
    return app.page.evaluate(() => navigator.clipboard.readText());
  };
  const address = await copied();
  await app.write("CREATE CONNECTION lake STORAGE_TYPE = 's3' ACCESS_KEY_ID = 'AKIA1' SECRET_ACCESS_KEY = 'hush';");
  const masked = await copied();
  await expect(app.page.getByText(/its secrets were left out/).first()).toBeVisible();
  expect(masked).not.toMatch(/AKIA1|hush/);
  // Beside a step of the course the link leads there, with the SQL, the values and the chart of its worksheet.
  await app.page.goto('#/learn/analytics/near');
  await expect(app.page.getByRole('region', { name: 'CityDrive course' })).toBeVisible();
  await app.write('SELECT number AS n, number * 3 AS scaled FROM numbers(9) ORDER BY n LIMIT :top');
  await app.page.getByRole('textbox', { name: 'Value of top' }).fill('5');
  await app.editor.click();
  await app.runAll();
  await expect.poll(async () => (await app.rows()).at(-1)).toEqual(['4', '12']);
  await app.page.getByRole('radio', { name: 'Chart', exact: true }).click();
  await app.page.getByRole('combobox', { name: 'Chart' }).selectOption('Line');
  const lesson = await copied();

  const context = await browser.newContext({ baseURL: baseURL ?? '', serviceWorkers: 'allow' });
  const other = new App(await context.newPage());
  await other.open(address);
  await expect(other.editor.getByText('numbers')).toBeVisible({ timeout: 60_000 });
  await other.keptOffline();
  await context.setOffline(true);
  await expect(other.results).toHaveCount(0);
  expect(other.page.url()).not.toContain('sql=');
  await other.editor.click();
  await other.runAll();
  const dialog = other.page.getByRole('dialog', { name: 'Run what came by a link?' });
  await expect(dialog).toContainText('CREATE TABLE mine');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(other.results).toHaveCount(0);
  await other.editor.click();
  await other.runAll();
  await dialog.getByRole('button', { name: 'Run them' }).click();
  await expect(other.page.getByRole('group', { name: /^Line: / })).toBeVisible();
  await other.page.goto(lesson);
  await expect(other.page.getByRole('region', { name: 'CityDrive course' })).toBeVisible();
  await expect(other.editor.getByText('scaled')).toBeVisible();
  await expect(other.page).toHaveURL(/#\/learn\/analytics\/near$/);
  await expect(other.page.getByRole('textbox', { name: 'Value of top' })).toHaveValue('5');
  await other.editor.click();
  await other.runAll();
  await expect(other.page.getByRole('group', { name: 'Line: scaled by n, 5 points' })).toBeVisible();
  await context.setOffline(false);
  await context.close();
});

test('38: worksheets are taken along in a file without their secrets, and come back', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.write("SELECT 'kept'; -- sig: https://user:hush@host/");
  const menu = app.page.getByRole('button', { name: 'More about this worksheet' });
  await menu.click();
  const saved = app.page.waitForEvent('download');
  await app.page.getByRole('menuitem', { name: 'Export all worksheets' }).click();
  const path = await (await saved).path();
  expect(readFileSync(path, 'utf8')).toContain("SELECT 'kept'");
  expect(readFileSync(path, 'utf8')).not.toContain('hush');
  await app.page.locator('.toolbar input[type=file]').setInputFiles(path);
  await expect(app.page.getByText('Worksheets imported: 1.').first()).toBeVisible();
  await expect(app.page.getByRole('tablist', { name: 'Worksheets' }).getByRole('tab')).toHaveCount(2);
});
