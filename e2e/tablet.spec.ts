import type { Locator } from 'playwright/test';
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

/** How far right the shapes of a map are drawn. */
function shapeAt(map: Locator): Promise<number | undefined> {
  return map.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return undefined;
    const { data } = element.getContext('2d')?.getImageData(0, 0, element.width, element.height) ?? { data: [] };
    let [sum, count] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      if ((data[at + 2] ?? 0) <= 180 || (data[at] ?? 255) >= 90) continue;
      sum += (at / 4) % element.width;
      count++;
    }
    return count === 0 ? undefined : sum / count / (element.width / element.clientWidth);
  });
}

/** Draws a finger to the right, as the browser tells of fingers. */
async function drag({ page }: App, over: Locator, by: number): Promise<void> {
  const { x, y, width, height } = (await over.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: [...points] });
  const at = (moved: number) => ({ x: x + width / 4 + moved, y: y + height / 4 });
  await touch('touchStart', [at(0)]);
  for (let step = 1; step <= 6; step++) await touch('touchMove', [at((by * step) / 6)]);
  await touch('touchEnd', []);
  await session.detach();
}

/** What the window cuts off, or one control covers of another, though nothing scrolls there. */
async function cutOff({ page }: App): Promise<readonly string[]> {
  return page.locator('button:visible, .load-step:visible, .status-item:visible').evaluateAll((targets) =>
    targets
      .filter((target) => {
        const { left, right } = target.getBoundingClientRect();
        const box = target.closest('[role=tablist], [role=grid], .grid, .status-part')?.getBoundingClientRect();
        return !box && (left < 0 || right > innerWidth);
      })
      .map((target) => target.outerHTML.slice(0, 100)),
  );
}

test('40: on a phone every place has its controls in view, and the others behind More places', async ({ app }) => {
  const { page } = app;
  await page.setViewportSize({ width: 360, height: 740 });
  await app.open();
  const rail = page.getByRole('navigation', { name: 'Places', exact: true });
  for (const place of ['Worksheets', 'Data', 'Stages', 'Load', 'History'] as const) {
    await rail.getByRole('link', { name: place, exact: true }).tap();
    await expect(rail.getByRole('link', { name: place, exact: true })).toHaveAttribute('aria-current', 'page');
    expect.soft(await sideways(app), place).toEqual([]);
    expect.soft(await cutOff(app), place).toEqual([]);
    expect.soft(await tooSmall(app), place).toEqual([]);
  }
  for (const place of ['Home', 'Streams', 'Tasks', 'Connections', 'Learn', 'Settings'] as const) {
    await rail.getByRole('button', { name: 'More places' }).tap();
    await page.getByRole('menuitem', { name: place, exact: true }).tap();
    await expect(page).toHaveTitle(new RegExp(place === 'Home' ? 'Boathouse' : place));
    expect.soft(await sideways(app), place).toEqual([]);
    expect.soft(await cutOff(app), place).toEqual([]);
  }
});

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

  // A finger moves the map, and nothing else; what it taps next is tapped.
  await page.getByRole('link', { name: 'Worksheets' }).tap();
  await editor.fill("SELECT 1 AS id, st_geometryfromwkt('POINT(113.94 22.54)', 4326) AS place;");
  await page.getByRole('button', { name: 'More ways to run' }).tap();
  await page.getByRole('menuitem', { name: /^Run all/ }).tap();
  await expect(app.result(/SELECT 1 row/)).toBeVisible();
  await page.getByRole('radio', { name: 'Map' }).tap();
  const map = page.getByRole('region', { name: 'Map of the rows' }).getByRole('img');
  await expect.poll(() => shapeAt(map)).toBeDefined();
  const before = await shapeAt(map);
  await drag(app, map, 60);
  await expect.poll(async () => ((await shapeAt(map)) ?? 0) - (before ?? 0)).toBeCloseTo(60, -1);
  const scale = page.locator('.map-scale');
  const whole = (await scale.textContent()) ?? '';
  await drag(app, map, 40);
  await page.getByRole('button', { name: 'Zoom in' }).tap();
  await expect(scale).not.toHaveText(whole);
  await expect(page.locator('html')).toHaveJSProperty('scrollTop', 0);
  expect.soft(await sideways(app)).toEqual([]);

  // A finger drawn over a chart chooses the stretch of the rows that it passes.
  await editor.fill('SELECT number AS id, number * 2 AS twice FROM numbers(300);');
  await page.getByRole('button', { name: 'More ways to run' }).tap();
  await page.getByRole('menuitem', { name: /^Run all/ }).tap();
  await expect(app.result(/SELECT 300 rows/)).toBeVisible();
  await page.getByRole('radio', { name: 'Chart' }).tap();
  const chart = page.locator('.chart-drawing');
  await expect(chart.locator('canvas, svg').first()).toBeVisible();
  await drag(app, chart, 200);
  await expect(page.locator('.result-bar')).toContainText(/id \d.*…/);
});
