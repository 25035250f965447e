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
  expect(await app.rows(page.getByRole('grid', { name: 'Columns of kept' }))).toEqual([
    ['123a', 'INT', 'not NULL', ''],
    ['Abcb', 'VARCHAR', 'may be NULL', ''],
  ]);
  await page.getByRole('tab', { name: 'Preview' }).click();
  await expect(page.getByRole('grid', { name: 'Rows of kept' }).getByText('two')).toBeVisible();
  await page.getByRole('tab', { name: 'Definition' }).click();
  await expect(page.getByText('ENGINE=FUSE')).toBeVisible();
  await page.getByRole('button', { name: 'Drop', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Drop table' })).toBeDisabled();
  await dialog.getByRole('textbox').fill('kept');
  await dialog.getByRole('button', { name: 'Drop table' }).click();
  await expect(page.getByText('There are no tables yet.').first()).toBeVisible();
});
