import { expect, test } from './app.ts';

test('the tree follows statements, finds columns, and puts names into the editor', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  const { page } = app;
  await app.run('CREATE TABLE drives (id INT, risk_score DOUBLE); INSERT INTO drives VALUES (1, 0.5);');
  await expect(page.getByRole('treeitem', { name: 'drives 1' })).toBeVisible();
  const tree = page.getByRole('tree', { name: 'Databases, tables and columns' });
  await tree.focus();
  await page.keyboard.type('dr');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('treeitem', { name: 'risk_score double' })).toBeVisible();
  await app.write('SELECT ');
  await page.getByRole('searchbox', { name: 'Find a table or column' }).fill('risk');
  await page.getByRole('treeitem', { name: 'risk_score' }).click();
  await expect(app.editor).toContainText('SELECT risk_score');
});

test('a table shows its columns, rows and definition, and is dropped when its name is typed', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run("CREATE TABLE kept (a INT NOT NULL, b VARCHAR); INSERT INTO kept VALUES (1, 'one'), (2, 'two');");
  await expect(app.result(/INSERT/)).toBeVisible();
  const { page } = app;
  await app.go('Data');
  await page.getByRole('grid', { name: 'Tables of default' }).getByRole('row', { name: /kept/ }).dblclick();
  await expect
    .poll(() => app.rows(page.getByRole('grid', { name: 'Columns of kept' })))
    .toEqual([
      ['123a', 'INT', 'not NULL', '', '', '0.00 %', '~2', '1 … 2', ''],
      ['Abcb', 'VARCHAR', 'may be NULL', '', '', '0.00 %', '~2', 'one … two', 'one 50.00 %'],
    ]);
  await page.getByRole('tab', { name: 'Preview' }).click();
  await expect(page.getByRole('grid', { name: 'Rows of kept' }).getByText('two')).toBeVisible();
  await page.getByRole('tab', { name: 'Definition' }).click();
  await expect(page.getByText('ENGINE=FUSE')).toBeVisible();
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Drop…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Drop table' })).toBeDisabled();
  await dialog.getByRole('textbox').fill('kept');
  await dialog.getByRole('button', { name: 'Drop table' }).click();
  await expect(page.getByText('There are no tables yet.').first()).toBeVisible();
});

test('a table is restored to a snapshot, renamed and truncated, with what follows named before', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run(`CREATE TABLE trips (a INT DEFAULT 7 COMMENT 'first'); INSERT INTO trips VALUES (1), (2);
INSERT INTO trips VALUES (3); CREATE VIEW long_trips AS SELECT * FROM trips WHERE a > 1;`);
  await expect(app.result(/CREATE VIEW/)).toBeVisible();
  const { page } = app;
  await page.goto('#/data/nowhere');
  await expect(page.getByText('There is no database nowhere.')).toBeVisible();
  await page.goto('#/data/system/one?view=storage');
  await expect(page.getByRole('tab', { name: 'Columns' })).toHaveAttribute('aria-selected', 'true');
  await page.goto('#/data/default/trips');
  const columns = page.getByRole('grid', { name: 'Columns of trips' });
  await expect.poll(async () => (await app.rows(columns))[0]?.slice(3, 5)).toEqual(['7', 'first']);

  await page.getByRole('tab', { name: 'Snapshots' }).click();
  const snapshots = page.getByRole('grid', { name: 'Snapshots of trips' });
  const figures = async () => (await app.rows(snapshots)).map(([, rows, change]) => [rows, change]);
  await expect.poll(figures).toEqual([
    ['3', '+1'],
    ['2', '+2'],
    ['0', ''],
  ]);
  await snapshots.getByRole('row').nth(2).click();
  await page.getByRole('button', { name: 'Restore' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('The table has 3 rows now and will have 2.');
  await expect(dialog).toContainText('ALTER TABLE trips FLASHBACK TO (SNAPSHOT =>');
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('2 rows', { exact: true })).toBeVisible();

  await page.getByRole('tab', { name: 'Storage' }).click();
  await expect(
    page.getByRole('grid', { name: 'Bytes of the columns of trips' }).getByText('a', { exact: true }),
  ).toBeVisible();

  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await expect(dialog).toContainText('view default.long_trips');
  await dialog.getByRole('textbox', { name: 'New name' }).fill('journeys');
  await expect(dialog).toContainText('ALTER TABLE trips RENAME TO journeys');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByRole('heading', { name: 'default.journeys' })).toBeVisible();

  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Truncate…' }).click();
  await expect(dialog).toContainText('All 2 rows go away');
  await dialog.getByRole('textbox').fill('journeys');
  await dialog.getByRole('button', { name: 'Truncate table' }).click();
  await expect(page.getByText('0 rows', { exact: true })).toBeVisible();
});

test('stages stand in the tree, are found, and land in the editor as they are written', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  const { page } = app;
  await app.run('CREATE STAGE drive_files; CREATE TABLE `order` (id INT DEFAULT 7, note VARCHAR);');
  await expect(app.result(/CREATE TABLE/)).toBeVisible();
  await page.getByRole('searchbox', { name: 'Find a table or column' }).fill('drivef');
  await app.write('LIST ');
  await page.getByRole('treeitem', { name: '@drive_files' }).click();
  await expect(app.editor).toContainText('LIST @drive_files');
  await page.getByRole('searchbox', { name: 'Find a table or column' }).fill('order');
  await page.getByRole('treeitem', { name: 'order 0' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'INSERT rows' }).click();
  await expect(app.editor).toContainText('INSERT INTO `order` (id, note)');
  await expect(app.editor).toContainText('VALUES (7, NULL);');
});
