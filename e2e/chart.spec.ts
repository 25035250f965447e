import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';

const FARES = `SELECT * FROM (VALUES ('tram', 9007199254740993, 'day'), ('bus', 12, 'night'), ('<img src=x onerror=alert(1)>', 7, 'day')) AS t (line, riders, shift)`;

test('27: a result is drawn as its types suggest, changed, read as a table, saved and kept', async ({ app }) => {
  const { page } = app;
  await app.open();
  await app.openWorksheet();
  await app.run(FARES);
  await expect(app.result(/SELECT 3 rows/)).toBeVisible();
  await page.getByRole('radio', { name: 'Chart', exact: true }).click();
  const drawing = page.getByRole('group', { name: /^Bars: riders by line, 3 points/ });
  await expect(drawing.locator('svg')).toContainText('tram');
  await expect(drawing.locator('svg')).toContainText('<img src=x onerror');

  await drawing.focus();
  await page.keyboard.press('ArrowRight');
  await expect(drawing).toContainText('day: 9007199254740993');
  await expect(page.getByRole('status').filter({ hasText: 'tram, day: 9007199254740993' })).toBeAttached();

  await page.getByRole('button', { name: 'night' }).click();
  await expect(page.getByRole('group', { name: /^Bars: riders by line, 2 points/ })).toBeVisible();
  await page.getByRole('button', { name: 'Values' }).click();
  const values = page.getByRole('grid', { name: 'Values of riders' });
  await expect(values).toContainText('9007199254740993');
  await page.getByRole('button', { name: 'Values' }).click();

  await page.getByRole('combobox', { name: 'Series' }).selectOption('none');
  await page.getByRole('combobox', { name: 'X axis' }).selectOption('shift');
  await page.getByRole('combobox', { name: 'Aggregate' }).selectOption('sum');
  const summed = page.getByRole('group', { name: /^Bars: sum\(riders\) by shift, 2 points/ });
  await expect(summed).toBeVisible();
  await summed.focus();
  await page.keyboard.press('ArrowRight');
  await expect(summed).toContainText('sum(riders): 9007199254741000');
  await expect(page.getByText('2 groups of 3 rows')).toBeVisible();

  for (const [kind, start] of [
    ['SVG', '<svg'],
    ['PNG', '\u0089PNG'],
  ] as const) {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('menuitem', { name: kind }).click();
    const text = readFileSync(await (await download).path(), 'latin1');
    expect(text.slice(0, 4)).toBe(start);
  }

  // A drawing of names that every object has leaves all objects as they were.
  await app.run('SELECT \'constructor\' AS line, 1 AS "__proto__"');
  await expect(page.getByRole('group', { name: /^Bars: __proto__ by line, 1 point/ })).toBeVisible();
  expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);

  await page.reload();
  await expect(page.getByText('Engine ready')).toBeVisible({ timeout: 60_000 });
  await app.run(FARES);
  await expect(summed).toBeVisible();
});

test('27: many rows are sampled, and a histogram counts all of them', async ({ app }) => {
  const { page } = app;
  await app.open();
  await app.openWorksheet();
  await app.run('SELECT number AS n, number * 2 AS twice FROM numbers(100000)');
  await expect(app.result(/SELECT 100,000 rows/)).toBeVisible();
  await page.getByRole('radio', { name: 'Chart', exact: true }).click();
  await expect(page.getByRole('group', { name: 'Points: twice by n, 2000 points' })).toBeVisible();
  await expect(page.getByText('One row of every 50, of 100,000')).toBeVisible();
  await page.getByRole('combobox', { name: 'Chart' }).selectOption('Histogram');
  const histogram = page.getByRole('group', { name: 'Histogram: count(*) by n, 30 points' });
  await histogram.focus();
  await page.keyboard.press('End');
  await expect(histogram).toContainText('count(*): 3334');
});

test('27: a heatmap is drawn, and a drag along a chart keeps the rows that it covers', async ({ app }) => {
  const { page } = app;
  await app.open();
  await app.openWorksheet();
  await app.run(
    "SELECT 'd' || (number % 4) AS day, 'h' || (number % 3) AS hour, sum(number) AS riders FROM numbers(120) GROUP BY 1, 2",
  );
  await expect(app.result(/SELECT 12 rows/)).toBeVisible();
  await page.getByRole('radio', { name: 'Chart', exact: true }).click();
  await page.getByRole('combobox', { name: 'Chart' }).selectOption('Heatmap');
  const heatmap = page.getByRole('group', { name: 'Heatmap: riders by day, 12 points' });
  await expect(heatmap.locator('svg path[fill-opacity]')).not.toHaveCount(0);
  await heatmap.focus();
  await page.keyboard.press('ArrowRight');
  await expect(heatmap).toContainText(/h\d: \d+/);

  await page.getByRole('combobox', { name: 'Chart' }).selectOption('Bars');
  const bars = page.getByRole('group', { name: 'Bars: riders by day, 12 points' });
  const box = await bars.boundingBox();
  if (!box) throw new Error('the chart has no place');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.6, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.98, y, { steps: 4 });
  await page.mouse.up();
  await expect(app.foot).toContainText('6 of 12 rows (50.00 %)');
  await expect(page.getByRole('group', { name: 'Bars: riders by day, 6 points' })).toBeVisible();
  await page.getByRole('radio', { name: 'Table', exact: true }).click();
  await expect.poll(async () => new Set((await app.rows()).map(([day]) => day)).size).toBe(2);
});

test('27: times are taken together by the engine, by what their stretch asks for or one chooses', async ({ app }) => {
  const { page } = app;
  const sql =
    "SELECT add_minutes('2024-01-30 00:00:00'::TIMESTAMP, number) AS seen, 1 AS riders FROM numbers(86400) ORDER BY 1";
  await app.open();
  await app.openWorksheet();
  await app.run(sql);
  await expect(app.result(/SELECT 86,400 rows/)).toBeVisible();
  await page.getByRole('radio', { name: 'Chart', exact: true }).click();
  const days = page.getByRole('group', { name: 'Line: sum(riders) by seen, 60 points' });
  await expect(days).toBeVisible();
  const times = page.getByRole('combobox', { name: 'Times' });
  await expect(times.locator('option:checked')).toHaveText('automatic: by day');
  await times.selectOption('by month');
  const months = page.getByRole('group', { name: 'Line: sum(riders) by seen, 3 points' });
  await months.focus();
  await page.keyboard.press('Home');
  await expect(months).toContainText('sum(riders): 2880');

  await times.selectOption('by week');
  await page.getByRole('combobox', { name: 'Chart' }).selectOption('Bars');
  const weeks = page.getByRole('group', { name: 'Bars: sum(riders) by seen, 9 points' });
  const box = await weeks.boundingBox();
  if (!box) throw new Error('the chart has no place');
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.98, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  // The last five weeks from Monday, the 26th of February on, of which the last ends on a Friday.
  await expect(app.foot).toContainText('47,520 of 86,400 rows');
  await expect(page.getByRole('group', { name: 'Bars: sum(riders) by seen, 5 points' })).toBeVisible();

  await page.reload();
  await expect(page.getByText('Engine ready')).toBeVisible({ timeout: 60_000 });
  await app.run(sql);
  await expect(page.getByRole('group', { name: 'Bars: sum(riders) by seen, 5 points' })).toBeVisible();
  await expect(app.foot).toContainText('47,520 of 86,400 rows');
});
