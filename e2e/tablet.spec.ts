import { type App, expect, test } from './app.ts';

/** What makes the page wider than the window. */
async function sideways({ page }: App): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5)
      .map((element) => `${element.tagName} ${element.className} ${element.getBoundingClientRect().right}`);
  });
}

/** What a finger has to hit and is smaller than a finger. */
async function tooSmall({ page }: App): Promise<readonly string[]> {
  return page.locator('button:visible, .rail-item:visible').evaluateAll((targets) =>
    targets
      .filter((target) => {
        const { width, height } = target.getBoundingClientRect();
        return width > 0 && (height < 43.5 || width < 24);
      })
      .map((target) => target.outerHTML.slice(0, 100)),
  );
}

test('40: on a tablet one browses, previews, runs with the touch editor and reads the result', async ({ app }) => {
  const { page } = app;
  await app.open();
  const places = ['Home', 'Data', 'Stages', 'Load', 'Streams', 'Tasks', 'Connections', 'History', 'Settings'] as const;
  for (const place of places) {
    await page.getByRole('link', { name: place, exact: true }).tap();
    await expect(page).toHaveTitle(/Boathouse/);
    expect.soft(await sideways(app), place).toEqual([]);
    expect.soft(await tooSmall(app), place).toEqual([]);
  }
  await page.getByRole('link', { name: 'Load', exact: true }).tap();
  await page.getByRole('combobox', { name: 'Into table' }).tap();
  await page.getByRole('switch', { name: 'Load again what was loaded' }).tap();
  await page.getByRole('link', { name: 'Worksheets' }).tap();
  const editor = page.getByRole('textbox', { name: /^SQL/ });
  await editor.tap();
  await editor.fill(`CREATE TABLE routes AS SELECT number AS id, concat('route ', number::VARCHAR) AS name FROM numbers(300);
COPY INTO @~/out/ FROM routes FILE_FORMAT = (TYPE = PARQUET) SINGLE = true;
SELECT * FROM routes ORDER BY id;`);
  await page.getByRole('button', { name: 'More ways to run' }).tap();
  await page.getByRole('menuitem', { name: /^Run all/ }).tap();
  await expect(app.result(/SELECT 300 rows/)).toBeVisible();
  await expect.poll(async () => (await app.rows())[0]).toEqual(['0', 'route 0']);
  await page.getByRole('gridcell', { name: 'route 2', exact: true }).tap();
  expect.soft(await sideways(app)).toEqual([]);

  await page.getByRole('link', { name: 'Data', exact: true }).tap();
  await page.getByRole('button', { name: 'Data', exact: true }).tap();
  await page.getByRole('treeitem', { name: /routes/ }).tap();
  await page.getByRole('tab', { name: 'Preview' }).tap();
  await expect(page.getByRole('gridcell', { name: 'route 0', exact: true })).toBeVisible();
  expect.soft(await sideways(app)).toEqual([]);

  await page.getByRole('link', { name: 'Stages', exact: true }).tap();
  const folder = page.getByRole('grid', { name: 'Files of @~/' }).getByRole('row', { name: /out/ });
  await folder.tap();
  await folder.tap();
  const file = page.getByRole('grid', { name: 'Files of @~/out/' }).getByRole('row', { name: /parquet/ });
  await file.tap();
  await file.tap();
  await expect(page.getByRole('gridcell', { name: 'route 0', exact: true })).toBeVisible();
  expect.soft(await sideways(app)).toEqual([]);
});
