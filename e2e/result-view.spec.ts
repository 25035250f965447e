import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';

const CARS = `SELECT * FROM (VALUES (1, 'red', 3.5), (2, 'blue', NULL), (3, 'red', 9.25), (9007199254740993, 'green', 1.0)) AS t (id, color, price)`;

test('22: a result is sorted and filtered, and the SQL of its view gives the same rows in a new worksheet', async ({
  app,
}) => {
  await app.open();
  await app.openWorksheet();
  // Lines and comments stay in the statement, and so do columns that are hidden.
  await app.run(
    "SELECT number AS id, -- the key\n  if(number % 5 = 0, NULL, number % 4) AS part,\n  concat('c', (number % 3)::STRING) AS color, number / 4 AS price\nFROM numbers(1000)",
  );
  await expect(app.result(/SELECT 1,000 rows/)).toBeVisible();
  await app.head('part', 'Sort descending');
  await app.head('id', 'Then by it, ascending');
  await expect(app.foot).toContainText('sorted by part ↓, id');
  await expect.poll(async () => (await app.rows())[0]).toEqual(['3', '3', 'c0', '0.75']);
  await app.page.getByRole('grid').focus();
  await app.page.keyboard.press('Control+End');
  await expect.poll(async () => (await app.rows()).at(-1)).toEqual(['995', 'NULL', 'c2', '248.75']);

  const dialog = app.page.getByRole('dialog');
  await app.head('price', 'Filter…');
  await dialog.getByRole('combobox', { name: 'How' }).selectOption('Between');
  await dialog.getByRole('textbox', { name: 'From' }).fill('10');
  await dialog.getByRole('textbox', { name: 'To' }).fill('13.5');
  await expect(dialog).toContainText('WHERE price BETWEEN 10 AND 13.5');
  await dialog.getByRole('button', { name: 'Filter' }).click();
  await expect(app.foot).toContainText('15 of 1,000 rows (1.50 %)');
  await app.head('color', 'Filter…');
  await dialog.getByRole('combobox', { name: 'How' }).selectOption('is one of');
  await dialog.getByRole('textbox', { name: 'Values' }).fill('c1\nc2');
  await dialog.getByRole('button', { name: 'Filter' }).click();
  await expect(app.foot).toContainText('10 of 1,000 rows (1.00 %)');
  await app.page.getByRole('searchbox', { name: 'Find in the result' }).fill('c2');
  await expect(app.foot).toContainText('5 of 1,000 rows (0.50 %)');
  await app.page.getByRole('searchbox', { name: 'Find in the result' }).fill('');
  await expect(app.foot).toContainText('10 of 1,000 rows (1.00 %)');

  await app.head('part', 'NULL first');
  await app.head('color', 'Hide the column');
  const shown = [
    ['40', 'NULL', '10.0'],
    ['50', 'NULL', '12.5'],
    ['43', '3', '10.75'],
    ['47', '3', '11.75'],
    ['46', '2', '11.5'],
    ['41', '1', '10.25'],
    ['49', '1', '12.25'],
    ['53', '1', '13.25'],
    ['44', '0', '11.0'],
    ['52', '0', '13.0'],
  ];
  await expect.poll(() => app.rows()).toEqual(shown);
  await app.page.getByRole('button', { name: 'SQL of this view' }).click();
  await app.page.getByRole('menuitem', { name: 'Copy SQL of this view' }).click();
  await expect.poll(() => app.page.evaluate(() => navigator.clipboard.readText())).toContain('ORDER BY part DESC');
  await app.page.getByRole('button', { name: 'New worksheet' }).click();
  await expect(app.editor).toBeVisible();
  await app.editor.click();
  await app.page.keyboard.press('Control+V');
  await app.runAll();
  await expect(app.result(/SELECT 10 rows/)).toBeVisible();
  await expect.poll(() => app.rows()).toEqual(shown);
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
  const menuOf = async (cell: string, entry: string) => {
    await app.page.getByRole('gridcell', { name: cell, exact: true }).click({ button: 'right' });
    await app.page.getByRole('menuitem', { name: entry, exact: true }).click();
  };
  await menuOf('3', 'Without 3');
  await expect.poll(async () => (await app.rows()).map(([id]) => id)).toEqual(['1']);
  await menuOf('1', 'Only 1');
  await expect(app.foot).toContainText('1 of 4 rows (25.00 %)');

  // A menu is of the cell under the pointer, whatever is selected; nested values are asked for as they are, and NULL is none of them.
  await app.run(`SELECT parse_json('{"b":1,"a":[null]}') AS v, [1, NULL] AS list, from_hex('00ff') AS bytes
UNION ALL SELECT NULL, [2], NULL`);
  for (const value of ['{"a":[null],"b":1}', '[1,NULL]', '00FF']) {
    await expect(app.result(/SELECT 2 rows/)).toBeVisible();
    await app.grid.focus();
    await app.page.keyboard.press('Control+A');
    await menuOf(value, `Without ${value}`);
    await expect(app.foot).toContainText('1 of 2 rows (50.00 %)');
    await expect.poll(async () => (await app.rows()).map(([, list]) => list)).toEqual(['[2]']);
    await app.runAll();
  }
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
