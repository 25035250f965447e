import { expect, test } from './app.ts';

test('a worksheet is made, formatted and run, and a cell copied, without the pointer', async ({ app }) => {
  const { keyboard } = app.page;
  await app.open('#/worksheets');
  await expect(app.editor).toBeVisible({ timeout: 60_000 });
  const tabs = app.page.getByRole('tablist', { name: 'Worksheets' }).getByRole('tab');
  const before = await tabs.count();
  await keyboard.press('Control+J');
  await keyboard.press('N');
  await expect(tabs).toHaveCount(before + 1);
  await keyboard.press('Control+J');
  await keyboard.press('E');
  await expect(app.page.getByRole('textbox', { name: /^SQL of/ })).toBeFocused();
  await keyboard.insertText("select number, 'row ' || number as label from numbers(3) order by number");
  await keyboard.press('Alt+Shift+F');
  await expect(app.editor.getByText('SELECT').first()).toBeVisible();
  await keyboard.press('Control+Enter');
  await expect(app.result(/SELECT 3 rows/)).toBeVisible();
  await keyboard.press('Control+J');
  await keyboard.press('R');
  await expect(app.result(/SELECT 3 rows/)).toBeFocused();
  await keyboard.press('Tab');
  await expect(app.grid).toBeFocused();
  await keyboard.press('Control+Home');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowRight');
  await keyboard.press('Control+c');
  await expect.poll(() => app.page.evaluate(() => navigator.clipboard.readText())).toBe('row 1');
  await keyboard.press('Control+k');
  await expect(app.page.getByRole('combobox', { name: 'Command palette' })).toBeFocused();
  await keyboard.insertText('Go to Stages');
  await keyboard.press('Enter');
  await expect(app.page.getByRole('tree', { name: 'Stages and folders' })).toBeVisible();
});

test('completion offers the tables, then the columns of the one that was chosen', async ({ app }) => {
  const { keyboard } = app.page;
  await app.open();
  await app.openWorksheet();
  await app.run('CREATE TABLE harbours (harbour_name VARCHAR, depth_m DOUBLE)');
  await expect(app.result(/CREATE TABLE done/)).toBeVisible();
  await app.write('SELECT  FROM ');
  await keyboard.type('harb');
  await expect(app.page.getByRole('option', { name: /harbours/ }).first()).toBeVisible();
  await app.write('SELECT  FROM harbours');
  await keyboard.press('Home');
  for (let step = 0; step < 'SELECT '.length; step++) await keyboard.press('ArrowRight');
  await keyboard.type('dep');
  await expect(app.page.getByRole('option', { name: /depth_m/ }).first()).toBeVisible();
});

test('a wrong column is underlined, and F8 says what is wrong with it', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.write('SELECT numbr FROM numbers(3)');
  await expect(app.page.locator('.squiggly-error').first()).toBeVisible();
  await app.page.keyboard.press('F8');
  await expect(app.page.getByText(/column numbr doesn't exist/).first()).toBeVisible();
});
