import { zh } from '../src/ui/lib/messages/zh.ts';
import { type App, expect, test } from './app.ts';
import { expectForEveryone } from './barriers.ts';

const lesson = (app: App) => app.page.getByRole('region', { name: 'CityDrive course' });
const press = (app: App, name: string) => lesson(app).getByRole('button', { name, exact: true }).first().click();
const check = (app: App) => lesson(app).getByRole('region', { name: 'Check' });

async function loadSample(app: App): Promise<void> {
  await app.open();
  await app.page.getByRole('button', { name: 'Load CityDrive' }).click();
  await expect(app.page.getByRole('tab', { name: 'CityDrive: from files to tables' })).toBeVisible({ timeout: 60_000 });
}

async function chooseLesson(app: App, name: string): Promise<void> {
  await lesson(app)
    .getByRole('button', { name: /^Lesson/ })
    .click();
  await app.page.getByRole('menuitem', { name }).click();
}

test('3: Load CityDrive gives six tables and a stage, with the rows that the lesson prints', async ({ app }) => {
  await loadSample(app);
  await app.page.goto('#/learn/stage/tables');
  await expect(app.editor).toBeVisible({ timeout: 60_000 });
  await press(app, 'Insert');
  await press(app, 'Run');
  await expect(check(app).getByText('Right')).toBeVisible();
  const printed = await lesson(app).getByRole('article').textContent();
  const rows = await app.rows();
  expect(rows.map(([name]) => name)).toEqual([
    ...['frame_events', 'frame_geo_points', 'frame_metadata_catalog', 'frame_embeddings'],
    ...['signal_contact_points', 'citydrive_videos'],
  ]);
  for (const [, count] of rows) expect(printed).toContain(Number(count).toLocaleString('en'));
  await app.page.goto('#/learn/stage/list');
  await press(app, 'Insert');
  await press(app, 'Run');
  await expect(check(app).getByText('Right')).toBeVisible();
});

test('3: lesson 4 turns green, says what differs, outlives a reload, and Reset restores the tables', async ({
  app,
}) => {
  await loadSample(app);
  await app.go('Learn');
  await chooseLesson(app, 'Lesson 4: SQL analytics');
  await expect(app.editor).toBeVisible({ timeout: 60_000 });
  await press(app, 'Insert');
  await press(app, 'Run');
  await expect(check(app).getByText('Right')).toBeVisible();
  expect((await app.rows()).map(([frame]) => frame)).toEqual(['FRAME-0102', 'FRAME-0101']);
  await expect(lesson(app).getByText('1 of 38 steps done')).toBeVisible();

  await app.editor.getByText('400').last().dblclick();
  await app.page.keyboard.type('100');
  await press(app, 'Run');
  await expect(check(app).getByText('The result has 0 rows; it should have 2.')).toBeVisible();
  await check(app).getByRole('button', { name: 'Hint' }).click();
  await expect(lesson(app).getByText('The threshold has to let both through: 400.')).toBeVisible();

  await app.page.reload();
  await app.open('#/learn');
  await expect(lesson(app).getByText('1 of 38 steps done')).toBeVisible();
  await app.page.goto('#/learn/analytics/near');
  await expect(lesson(app).getByText('You have done this step.')).toBeVisible();
  await expect(lesson(app).getByRole('link', { name: 'Step 1: Find frames within 400 m, done' })).toBeVisible();

  await expect(app.editor).toBeVisible({ timeout: 60_000 });
  await app.run('DELETE FROM frame_events; DROP TABLE citydrive_videos; CREATE TABLE course_notes (a INT);');
  await expect(app.result(/CREATE TABLE/)).toBeVisible();
  await press(app, 'Reset');
  const dialog = app.page.getByRole('dialog', { name: 'Restore the tables of CityDrive?' });
  await expect(dialog.getByText('CREATE OR REPLACE TABLE citydrive_videos')).toBeVisible();
  await dialog.getByRole('button', { name: 'Restore the tables' }).click();
  await expect(app.page.getByText('The tables of CityDrive are as they were', { exact: true })).toBeVisible({
    timeout: 60_000,
  });
  await app.run(`SELECT (SELECT COUNT(*) FROM frame_events) AS events, (SELECT COUNT(*) FROM citydrive_videos) AS videos,
    (SELECT COUNT(*) FROM system.tables WHERE name LIKE 'course%') AS left_over`);
  await expect.poll(() => app.rows()).toEqual([['12006', '28', '0']]);
});

test('3: the course is gone through by keyboard, from Home, and leaves no worksheet tab behind', async ({ app }) => {
  const { page } = app;
  await app.open();
  const start = page.getByRole('region', { name: 'CityDrive course' }).getByRole('link', { name: /Start$/ });
  await expect(start).toContainText('Files in a stage');
  await start.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveTitle(/Learn/);
  const load = lesson(app).getByRole('button', { name: 'Load CityDrive' });
  await expect(load).toBeVisible();
  await load.focus();
  await page.keyboard.press('Enter');
  await expect(load).toBeHidden({ timeout: 60_000 });
  await expect(app.editor).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Learn', exact: true }).focus();
  await page.keyboard.press('F6');
  await expect(lesson(app).locator(':focus')).toBeVisible();
  await lesson(app).getByRole('button', { name: 'Insert' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(check(app).getByText('Right')).toBeVisible();
  const next = check(app).getByRole('button', { name: 'Next step' });
  await next.focus();
  await page.keyboard.press('Enter');
  await expect(lesson(app).getByRole('heading', { name: 'Only one folder' })).toBeVisible();
  expect(page.url()).toContain('#/learn/stage/folder');
  await app.go('Worksheets');
  await expect(
    page.getByRole('tablist', { name: 'Worksheets' }).getByRole('tab', { name: 'CityDrive course' }),
  ).toHaveCount(0);
});

test('40: nobody is kept out of the course by how it looks or speaks', async ({ app }) => {
  // Colours that are on their way are neither the one nor the other.
  await app.page.emulateMedia({ reducedMotion: 'reduce' });
  await app.open('#/learn/analytics/near');
  await expect(app.editor).toBeVisible({ timeout: 60_000 });
  await press(app, 'Insert');
  await press(app, 'Run');
  await expect(check(app).getByText('Not yet')).toBeVisible();
  await expectForEveryone(app, 'a step with a failed check');
  if (process.env['PICTURES']) await app.page.screenshot({ path: `${process.env['PICTURES']}/learn.light.png` });
  await press(app, 'Reset');
  await expect(app.page.getByRole('dialog')).toBeVisible();
  await expectForEveryone(app, 'reset');
  if (process.env['PICTURES']) await app.page.screenshot({ path: `${process.env['PICTURES']}/reset.light.png` });
});

test('40: a lesson step is finished on a tablet, in Chinese', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    ...{ viewport: { width: 768, height: 1024 }, hasTouch: true, isMobile: true, locale: 'zh-CN' },
    baseURL: baseURL ?? '',
  });
  const page = await context.newPage();
  await page.goto('#/learn/analytics/near');
  const panel = page.getByRole('region', { name: zh.learn.course });
  await panel.getByRole('button', { name: zh.learn.sample.load }).tap();
  await expect(panel.getByRole('button', { name: zh.learn.sample.load })).toBeHidden({ timeout: 60_000 });
  await panel.getByRole('button', { name: zh.learn.insert, exact: true }).tap();
  await panel.getByRole('button', { name: zh.learn.run, exact: true }).tap();
  await expect(panel.getByText(zh.learn.passed, { exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await expect(page.getByRole('grid').getByText('FRAME-0102')).toBeVisible();
  if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/tablet.png` });
  await page.setViewportSize({ width: 1440, height: 900 });
  if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/learn.zh.png` });
  await page.goto('#/home');
  await expect(page.getByRole('region', { name: zh.learn.course })).toBeVisible();
  if (process.env['PICTURES'])
    await page.screenshot({ path: `${process.env['PICTURES']}/home.zh.png`, fullPage: true });
  await context.close();
});
