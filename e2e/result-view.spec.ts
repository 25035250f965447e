import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';

const CARS = `SELECT * FROM (VALUES (1, 'red', 3.5), (2, 'blue', NULL), (3, 'red', 9.25), (9007199254740993, 'green', 1.0)) AS t (id, color, price)`;

test('a result is sorted and filtered by SQL that can be copied and gives the same rows', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run(CARS);
  await expect(app.result(/SELECT 4 rows/)).toBeVisible();
  await app.head('color', 'Sort ascending');
  await expect(app.foot).toContainText('sorted by color');
  await app.head('price', 'Then by it, descending');
  const sorted = [
    ['2', 'blue', 'NULL'],
    ['9007199254740993', 'green', '1.00'],
    ['3', 'red', '9.25'],
    ['1', 'red', '3.50'],
  ];
  await expect.poll(() => app.rows()).toEqual(sorted);

  await app.head('price', 'Filter…');
  const dialog = app.page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'How' }).selectOption('Between');
  await dialog.getByRole('textbox', { name: 'From' }).fill('2');
  await dialog.getByRole('textbox', { name: 'To' }).fill('10');
  await expect(dialog).toContainText('WHERE price BETWEEN 2 AND 10');
  await dialog.getByRole('button', { name: 'Filter' }).click();
  await expect(app.foot).toContainText('2 of 4 rows (50.00 %)');

  await app.page.getByRole('searchbox', { name: 'Find in the result' }).fill('9.');
  await expect(app.foot).toContainText('1 of 4 rows (25.00 %)');
  await app.page.getByRole('searchbox', { name: 'Find in the result' }).fill('');
  await expect(app.foot).toContainText('2 of 4 rows');
  const shown = [
    ['3', 'red', '9.25'],
    ['1', 'red', '3.50'],
  ];
  await expect.poll(() => app.rows()).toEqual(shown);
  await app.page.getByRole('button', { name: 'SQL of this view' }).click();
  await app.page.getByRole('menuitem', { name: 'Copy SQL of this view' }).click();
  await expect.poll(() => app.page.evaluate(() => navigator.clipboard.readText())).toContain('ORDER BY color ASC');
  const sql = await app.page.evaluate(() => navigator.clipboard.readText());
  // In one line: a bracket before a line's end is closed by the editor.
  await app.run(sql.replaceAll('\n', ' '));
  await expect(app.result(/SELECT 2 rows/)).toBeVisible();
  await expect.poll(() => app.rows()).toEqual(shown);
});

test('cells are copied as JSON and as SQL without losing a digit', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run(CARS);
  await expect(app.result(/SELECT 4 rows/)).toBeVisible();
  const copied = async (entry: string) => {
    await app.grid.focus();
    await app.page.keyboard.press('Control+A');
    await app.page.keyboard.press('Shift+F10');
    await app.page.getByRole('menuitem', { name: entry }).click();
    await expect.poll(() => app.page.evaluate(() => navigator.clipboard.readText())).toContain('9007199254740993');
    return app.page.evaluate(() => navigator.clipboard.readText());
  };
  expect(await copied('Copy as JSON')).toContain('{"id":9007199254740993,"color":"green","price":1.00}');
  const values = await copied('Copy as SQL VALUES');
  await app.run(values);
  await expect(app.result(/SELECT 4 rows/)).toBeVisible();
  await expect.poll(async () => (await app.rows())[3]).toEqual(['9007199254740993', 'green', '1.00']);
});

test('a result is saved as CSV and Parquet, and its columns have statistics', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run(CARS);
  await expect(app.result(/SELECT 4 rows/)).toBeVisible();
  const saved = async (format: string) => {
    const saving = app.page.waitForEvent('download');
    await app.page.getByRole('button', { name: 'Export' }).click();
    await app.page.getByRole('menuitem', { name: format, exact: true }).click();
    const download = await saving;
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const csv = await saved('CSV');
  expect(csv.bytes.toString().replaceAll('"', '').split('\n').slice(0, 2)).toEqual(['id,color,price', '1,red,3.5']);
  const parquet = await saved('Parquet');
  expect(parquet.bytes.subarray(0, 4).toString()).toBe('PAR1');
  const arrow = await saved('Arrow');
  expect(arrow.bytes.subarray(0, 6).toString()).toBe('ARROW1');

  await app.head('color', 'Statistics');
  const panel = app.page.getByRole('complementary', { name: 'Statistics of color' });
  await expect(panel).toContainText('red');
  await panel.getByRole('button', { name: /red/ }).click();
  await expect(app.foot).toContainText('2 of 4 rows (50.00 %)');
});

test('a geometry is drawn on a map without a request', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run(
    "SELECT st_geometryfromwkt('POLYGON((113.9 22.5, 113.95 22.5, 113.95 22.55, 113.9 22.5))', 4326) AS area",
  );
  await expect(app.result(/SELECT 1 row/)).toBeVisible();
  await app.page.getByRole('gridcell').first().dblclick();
  const map = app.page.getByRole('img', { name: 'Map of the Polygon' });
  await expect(map).toContainText('km');
  await expect(map.locator('.geometry-area')).toHaveCount(1);
});

test('statistics are asked where the statement ran: names of its database, values without an end', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run(
    "CREATE DATABASE side; USE side; CREATE TABLE own AS SELECT * FROM (VALUES (1.0::DOUBLE), (2.0), ('inf'::DOUBLE)) AS t (speed); SELECT * FROM own",
  );
  await expect(app.result(/SELECT 3 rows/)).toBeVisible();
  await app.head('speed', 'Statistics');
  const panel = app.page.getByRole('complementary', { name: 'Statistics of speed' });
  await expect(panel).toContainText('Infinity');
  await expect(panel.getByRole('region', { name: 'From min to max' })).toBeVisible();
});

test('a view belongs to one statement, and a plan or what a stream gave has none', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run(`${CARS}; SELECT 7 AS other`);
  await expect(app.result(/SELECT 1 row/)).toBeVisible();
  await app.result(/SELECT 4 rows/).click();
  await app.head('color', 'Sort ascending');
  await expect(app.foot).toContainText('sorted by color');
  await app.result(/SELECT 1 row/).click();
  await expect.poll(() => app.rows()).toEqual([['7']]);
  await expect(app.foot).not.toContainText('sorted by');

  const find = app.page.getByRole('searchbox', { name: 'Find in the result' });
  await expect(find).toBeVisible();
  await app.page.getByRole('button', { name: 'Explain' }).click();
  await expect(app.result(/EXPLAIN/)).toBeVisible();
  await expect(app.page.getByRole('toolbar', { name: 'View of the result' })).toBeVisible();
  await expect(find).toBeHidden();

  await app.run(
    'CREATE TABLE t (a INT); CREATE STREAM s ON TABLE t; INSERT INTO t VALUES (1), (2); SELECT a FROM s WITH CONSUME',
  );
  await expect(app.result(/SELECT 2 rows/)).toBeVisible();
  await expect(find).toBeHidden();
});
