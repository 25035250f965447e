import { type App, expect, test } from './app.ts';
import { fiveTimes } from './figures.ts';

test('37: a table that one tab creates is queried in another', async ({ app, otherTab }) => {
  await app.open();
  await app.openWorksheet();
  await otherTab.open();
  await otherTab.openWorksheet();
  await app.run("CREATE TABLE shared (a INT, b VARCHAR); INSERT INTO shared VALUES (1, 'from the first tab');");
  await expect(app.result(/INSERT INTO 1 row affected/)).toBeVisible();
  await otherTab.run('SELECT b FROM shared');
  await expect.poll(() => otherTab.rows()).toEqual([['from the first tab']]);
  await otherTab.run("INSERT INTO shared VALUES (2, 'from the second tab')");
  await expect(otherTab.result(/INSERT INTO 1 row affected/)).toBeVisible();
  await app.run('SELECT b FROM shared ORDER BY a');
  await expect.poll(() => app.rows()).toEqual([['from the first tab'], ['from the second tab']]);

  // Files in a stage are no commit, and yet the other tab hears of them.
  await otherTab.go('Stages');
  await expect(otherTab.page.getByText('This stage holds no files yet.')).toBeVisible();
  await app.run('COPY INTO @~/told FROM shared FILE_FORMAT = (TYPE = CSV)');
  await expect(otherTab.page.getByRole('grid', { name: 'Files of @~/' }).getByText('told')).toBeVisible();
});

test('37: a commit in one tab shows in the other within a second', async ({ app, otherTab }) => {
  await app.open();
  await app.openWorksheet();
  await otherTab.open();
  await otherTab.openWorksheet();
  let tables = 0;
  await fiveTimes('a new table in the other tab', 1000, async () => {
    const name = `told_${++tables}`;
    await app.run(`CREATE TABLE ${name} (a INT); SELECT '${name}'`);
    await expect.poll(() => app.rows()).toEqual([[name]]);
    const start = performance.now();
    await expect(otherTab.page.getByRole('treeitem', { name: new RegExp(`^${name}`) })).toBeVisible();
    return performance.now() - start;
  });
});

test('37: a worksheet follows its edits in another tab; edited in both at once, it shows both versions', async ({
  app,
  otherTab,
}) => {
  await app.open();
  await app.openWorksheet();
  await app.write('SELECT 1');
  await expect(app.page.getByText(/^saved/).first()).toBeVisible();
  await otherTab.open();
  await otherTab.openWorksheet();
  await app.write('SELECT 11');
  await expect(otherTab.editor.getByText('SELECT 11')).toBeVisible();

  // It goes on typing, so that it has not saved when the other tab does.
  const typing = app.page.keyboard.type(' + 1'.repeat(15), { delay: 50 });
  await otherTab.write('SELECT 3 AS theirs');
  await typing;
  const conflict = ({ page }: App) => page.getByRole('alert').filter({ hasText: 'was changed in another tab' });
  const shown = async () => (await conflict(app).isVisible()) || (await conflict(otherTab).isVisible());
  await expect.poll(shown).toBe(true);
  const one = (await conflict(app).isVisible()) ? app : otherTab;
  await conflict(one).getByRole('button', { name: 'Show both' }).click();
  const both = one.page.getByRole('dialog', { name: 'Two versions of Worksheet 1' });
  await expect(both).toContainText('SELECT 11 + 1');
  await expect(both).toContainText('SELECT 3 AS theirs');
  await both.getByRole('button', { name: 'Keep both' }).click();
  await expect(conflict(one)).toBeHidden();
  const kept = (await one.editor.textContent())?.includes('theirs') ? 'SELECT 3 AS theirs' : 'SELECT 11 + 1';
  for (const tab of [app, otherTab]) await expect(tab.editor).toContainText(kept);
  await one.page.getByRole('tab', { name: 'Worksheet 1' }).last().click();
  await expect(one.editor).toContainText(kept === 'SELECT 11 + 1' ? 'SELECT 3 AS theirs' : 'SELECT 11 + 1');
});
