import { type App, expect, test } from './app.ts';
import { medianFigure } from './figures.ts';
import { plantTables } from './plant-tables.ts';

const TABLES = 10_000;

/** From a key in the filter to the frame that shows what it finds. */
function filterTime(app: App, filter: string, found: string): Promise<number> {
  return app.page.evaluate(
    ({ filter, found }) => {
      const search = document.querySelector<HTMLInputElement>('.side-search input');
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      if (!search || !set) throw new Error('There is no filter.');
      const start = performance.now();
      set.call(search, filter);
      search.dispatchEvent(new Event('input', { bubbles: true }));
      return new Promise<number>((resolve) => {
        const look = () => {
          const marks = [...document.querySelectorAll('[role=treeitem] mark')].map((mark) => mark.textContent);
          if (marks.includes(found)) resolve(performance.now() - start);
          else requestAnimationFrame(look);
        };
        look();
      });
    },
    { filter, found },
  );
}

test('13: three letters find tables and columns among ten thousand', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run('CREATE TABLE `zebra crossing` (id INT, quokka VARCHAR)');
  const { page } = app;
  const tree = page.getByRole('tree', { name: 'Databases, tables and columns' });
  await expect(tree.getByRole('treeitem', { name: 'zebra crossing' })).toBeVisible();
  await plantTables(app, TABLES);
  await page.reload();
  await app.openWorksheet();
  await expect(tree.getByRole('treeitem', { name: 'default 10,001' })).toBeVisible({ timeout: 60_000 });

  const times: number[] = [];
  for (const [letters, found] of [
    ['zeb', 'zeb'],
    ['quo', 'quo'],
    ['777', '777'],
    ['sen', 'sen'],
    ['dri', 'dri'],
  ] as const) {
    times.push(await filterTime(app, letters, found));
  }
  medianFigure('from a key in the filter until what it finds is shown', times, 100);

  const search = page.getByRole('searchbox', { name: 'Find a table or column' });
  await search.fill('quok');
  await expect(tree.getByRole('treeitem')).toHaveText([/default/, /zebra crossing/, /quokka/]);
  await expect(tree.getByRole('treeitem', { name: /quokka/ }).locator('mark')).toHaveText('quok');
  await search.fill('');
  await expect(tree.getByRole('treeitem', { name: /^drive_00000/ })).toBeVisible();

  // The tree pattern: one tab stop, arrows, letters, level and position.
  await tree.focus();
  const active = () =>
    tree.evaluate((element) => {
      const row = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
      const names = ['aria-level', 'aria-posinset', 'aria-setsize', 'aria-expanded'];
      return [row?.querySelector('.cut')?.textContent, ...names.map((name) => row?.getAttribute(name))].join(' ');
    });
  await page.keyboard.press('Home');
  await page.keyboard.type('drive_09999');
  await expect.poll(active).toBe('drive_09999 2 10000 10001 false');
  await page.keyboard.press('ArrowRight');
  await expect.poll(active).toBe('drive_09999 2 10000 10001 true');
  await page.keyboard.press('ArrowRight');
  await expect.poll(active).toBe('id 3 1 2 ');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(active).toBe('drive_09999 2 10000 10001 false');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(active).toMatch(/^default 1 1 \d+ true$/);
  await page.keyboard.press('ArrowLeft');
  await expect(tree.getByRole('treeitem', { name: 'drive_00000' })).toHaveCount(0);
  expect(await tree.getByRole('treeitem').count()).toBeLessThan(60);
});
