import { expect, test } from './app.ts';

test('a table that one tab creates is queried in another', async ({ app, otherTab }) => {
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
});

test('a commit in one tab shows in the other within a second', async ({ app, otherTab }) => {
  await app.open();
  await app.openWorksheet();
  await otherTab.open();
  await otherTab.openWorksheet();
  const shown = otherTab.page.getByRole('treeitem', { name: /^told/ });
  await app.run('CREATE TABLE told (a INT)');
  await expect(app.result(/CREATE TABLE done/)).toBeVisible();
  const start = performance.now();
  await expect(shown).toBeVisible();
  const took = performance.now() - start;
  test.info().annotations.push({ type: 'other tab', description: `${Math.round(took)} ms` });
  // Three times the figure, since the machine that tests has other work.
  expect(took).toBeLessThan(3000);
});
