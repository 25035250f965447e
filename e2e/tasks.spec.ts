import { type App, expect } from './app.ts';
import { test } from './clock.ts';

// A service worker would answer for the scripts before the clock gets into them.
test.use({ serviceWorkers: 'block' });

const SETUP = `CREATE TABLE frame_events (frame_id STRING, risk_score DOUBLE);
CREATE STREAM frames_stream ON TABLE frame_events;
CREATE TABLE totals (frames INT);
CREATE TABLE risky (frame_id STRING);
CREATE OR REPLACE TASK task_load_frame_events
  WAREHOUSE = 'default'
  SCHEDULE = 10 MINUTE
AS
  COPY INTO frame_events FROM @~/ PATTERN = 'batch_.*[.]csv' FILE_FORMAT = (TYPE = CSV);
CREATE TASK task_totals AFTER 'task_load_frame_events' AS INSERT INTO totals SELECT count() FROM frame_events;
CREATE TASK task_risky AFTER 'task_load_frame_events' WHEN STREAM_STATUS('default.frames_stream') = TRUE
AS INSERT INTO risky SELECT frame_id FROM frames_stream WHERE risk_score > 0.6;
CREATE TASK task_broken SCHEDULE = 2 SECOND SUSPEND_TASK_AFTER_NUM_FAILURES = 2 AS SELECT * FROM nowhere;`;

const MINUTE = 60_000;
/** Between two runs of the task that loads. */
const INTERVAL = 10 * MINUTE;

const batch = (number: number) => ({
  name: `batch_${number}.csv`,
  bytes: Buffer.from(`FRAME-${number}1,0.5\nFRAME-${number}2,0.7\n`),
});

const node = (app: App, name: string) =>
  app.page.getByRole('list', { name: 'Task graph' }).getByRole('button', { name: new RegExp(`^${name}`) });

async function resume(app: App, name: string): Promise<void> {
  await node(app, name).click();
  const detail = app.page.getByRole('region', { name, exact: true });
  await detail.getByRole('button', { name: 'Resume' }).click();
  await expect(detail.getByText('Started')).toBeVisible();
}

/** The outcomes of a task's runs, the newest first. */
async function outcomes(app: App, name: string): Promise<readonly (string | undefined)[]> {
  const rows = await app.rows(app.page.getByRole('grid', { name: `Runs of ${name}` }));
  return rows.map(([state]) => state);
}

/** What the facts of a task say: `Next`, `Then`. */
const fact = ({ page }: App, name: string) =>
  page
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${name}$`) })
    .locator('xpath=following-sibling::dd');

/** Moves the clock to a time that a task is due at: one that comes ten seconds too late would count as missed. */
function clockTo(clock: { advance(minutes: number): Promise<void> }): (time: number) => Promise<void> {
  let ahead = 0;
  return async (time) => {
    const by = time - (Date.now() + ahead);
    ahead += by;
    await clock.advance(by / MINUTE);
  };
}

test('36: a root runs every ten minutes, a child waits for rows of the stream between, one that fails stops', async ({
  app,
  clock,
}) => {
  await app.open();
  await app.openWorksheet();
  await app.run(SETUP);
  await expect(app.result(/CREATE TASK/)).toHaveCount(4);
  await app.go('Tasks');
  const { page } = app;
  const graph = page.getByRole('list', { name: 'Task graph' });
  await expect(graph.getByRole('link', { name: 'frames_stream' })).toBeVisible();
  await expect(graph.getByRole('link', { name: '@~' })).toBeVisible();
  await expect(node(app, 'task_load_frame_events')).toContainText('every 10 minutes');
  await expect(node(app, 'task_totals')).toContainText('after task_load_frame_events');
  await expect(node(app, 'task_risky')).toContainText('when frames_stream has rows');
  await expect(page.getByText('Tasks run only while this page is open').first()).toBeVisible();
  await node(app, 'task_load_frame_events').click();
  await expect(page.locator('.task-sql')).toHaveText(/^COPY INTO frame_events\nFROM @~\nPATTERN = /);
  await resume(app, 'task_totals');
  await resume(app, 'task_risky');
  await resume(app, 'task_load_frame_events');
  const start = Date.now();
  const goTo = clockTo(clock);
  const times = [fact(app, 'Next'), fact(app, 'Then')].map((one) => one.textContent());
  const minutes =
    (await Promise.all(times))
      .join(', ')
      .match(/\d\d:\d\d:\d\d/g)
      ?.map((time) => minuteOf(time)) ?? [];
  expect(minutes.map((minute) => (minute - (minutes[0] ?? 0) + 1440) % 1440)).toEqual([0, 10, 20, 30, 40]);

  await goTo(start + INTERVAL);
  await expect.poll(() => outcomes(app, 'task_load_frame_events')).toEqual(['succeeded']);
  await node(app, 'task_risky').click();
  await expect.poll(() => outcomes(app, 'task_risky')).toEqual(['skipped']);
  await expect(
    page.getByText("WHEN_CONDITION_FALSE: condition 'stream_status('default.frames_stream') = TRUE'").last(),
  ).toBeVisible();
  await app.dropFiles([batch(1)]);
  await expect(app.editor.getByText('batch_1.csv').first()).toBeVisible();
  await app.go('Tasks');
  await goTo(start + 2 * INTERVAL);
  await node(app, 'task_risky').click();
  await expect.poll(() => outcomes(app, 'task_risky')).toEqual(['succeeded', 'skipped']);
  await app.openWorksheet();
  await app.run('SELECT frame_id FROM risky');
  await expect.poll(() => app.rows()).toEqual([['FRAME-12']]);

  await app.go('Tasks');
  await resume(app, 'task_broken');
  const broken = page.getByRole('region', { name: 'task_broken' });
  const reason = broken.getByRole('alert');
  await expect(reason).toContainText("Unknown table 'default.nowhere' (1025)");
  await expect(reason).toContainText('suspended after 2 failures');
  await expect(broken.getByText('Suspended', { exact: true })).toBeVisible();
  expect(await outcomes(app, 'task_broken')).toEqual(['failed', 'failed']);
  await app.openWorksheet();
  await app.run('CREATE TABLE nowhere (n INT)');
  await expect(app.result(/CREATE TABLE done/)).toBeVisible();
  await app.go('Tasks');
  await resume(app, 'task_broken');
  await expect.poll(async () => (await outcomes(app, 'task_broken'))[0]).toBe('succeeded');
  await expect(reason).toHaveCount(0);
  await app.openWorksheet();
  await app.run(`ALTER TASK task_broken SUSPEND;
    ALTER TASK task_broken MODIFY AS SELECT count() FROM nowhere`);
  await expect(app.result(/ALTER TASK/)).toHaveCount(2);
  await runsOfAll(app);
});

/** All runs on one page: chosen by task, state and key, opened in the history, compared with the task of today. */
async function runsOfAll(app: App): Promise<void> {
  const { page } = app;
  await app.go('Tasks');
  await page.getByRole('radio', { name: 'Runs' }).click();
  const table = page.getByRole('grid', { name: 'Runs of all tasks' });
  const shown = async () => (await app.rows(table)).map(([state, , task]) => `${task} ${state}`);
  await page.getByRole('combobox', { name: 'State' }).selectOption('failed');
  await expect.poll(shown).toEqual(['task_broken failed', 'task_broken failed']);
  await page.getByRole('combobox', { name: 'State' }).selectOption('Any state');
  await page.getByRole('combobox', { name: 'Task' }).selectOption('task_risky');
  await expect.poll(shown).toEqual(['task_risky succeeded', 'task_risky skipped']);
  await expect(page.getByText('the last 24 hours: 1 skipped, 1 succeeded')).toBeVisible();
  const strip = page.getByRole('listbox', { name: 'Runs of the last 24 hours' });
  await strip.focus();
  await page.keyboard.press('Home');
  await expect(strip.getByRole('option', { selected: true })).toHaveAccessibleName(/task_risky: WHEN_CONDITION_FALSE/);
  await expect(table.getByRole('row', { selected: true })).toContainText('WHEN_CONDITION_FALSE');
  await page.keyboard.press('ArrowRight');
  await expect(strip.getByRole('option', { selected: true })).toHaveAccessibleName(/task_risky: succeeded/);
  await expect(page.getByRole('region', { name: /^Run of task_risky/ })).toContainText('Rows written1');
  await page.getByRole('button', { name: 'Open in the history' }).click();
  const past = page.getByRole('complementary', { name: 'Statement' });
  await expect(past).toContainText('INSERT INTO risky');
  await expect(past).toContainText('A task');
  await app.go('Tasks');
  await page.getByRole('combobox', { name: 'Task' }).selectOption('task_broken');
  await table.getByRole('button', { name: 'Outcome' }).click();
  await expect.poll(async () => (await shown())[1]).toBe('task_broken failed');
  const changes = page.getByRole('group', { name: 'What was changed since' });
  await expect(changes.locator('ins')).toContainText('count()');
}

/** Of the day. */
function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

test('36: what was missed in half an hour without a page is listed, and run once or skipped', async ({
  app,
  otherTab,
  clock,
}) => {
  await app.open();
  await app.openWorksheet();
  await app.run(`CREATE TABLE ticks (n INT);
    CREATE TASK tick SCHEDULE = 10 MINUTE AS INSERT INTO ticks VALUES (1);
    CREATE TASK tock SCHEDULE = 10 MINUTE AS INSERT INTO ticks VALUES (2);
    ALTER TASK tick RESUME; ALTER TASK tock RESUME`);
  await expect(app.result(/ALTER TASK/)).toHaveCount(2);
  await app.page.close();
  await clock.advance(30.5);
  await otherTab.open('#/tasks/tick');
  const { page } = otherTab;
  const missed = (task: string) =>
    page.getByRole('listitem').filter({ hasText: `${task}: 3 runs were missed while no page was open` });
  await expect(missed('tick')).toBeVisible({ timeout: 30_000 });
  await missed('tick').getByRole('button', { name: 'Run one now' }).click();
  await expect.poll(() => outcomes(otherTab, 'tick')).toEqual(['succeeded']);
  await expect(missed('tick')).toBeHidden();
  await missed('tock').getByRole('button', { name: 'Skip' }).click();
  await expect(missed('tock')).toBeHidden();
  await otherTab.openWorksheet();
  await otherTab.run('SELECT n FROM ticks');
  await expect.poll(() => otherTab.rows()).toEqual([['1']]);
});

test('36, 37: a task of one tab is run by the tab that leads, and by the other when that is closed', async ({
  app,
  otherTab,
  clock,
}) => {
  await app.open();
  await otherTab.open();
  await otherTab.openWorksheet();
  await otherTab.run(`CREATE TABLE ticks (n INT); CREATE TASK tick SCHEDULE = 1 MINUTE AS INSERT INTO ticks VALUES (1);
    ALTER TASK tick RESUME`);
  await expect(otherTab.result(/ALTER TASK/)).toBeVisible();
  await clock.advance(1);
  await app.go('Tasks');
  await expect.poll(() => outcomes(app, 'tick')).toEqual(['succeeded']);
  await app.page.close();
  await otherTab.go('Tasks');
  await clock.advance(1);
  await expect.poll(() => outcomes(otherTab, 'tick')).toEqual(['succeeded', 'succeeded']);
});
