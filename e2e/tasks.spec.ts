import { type App, expect } from './app.ts';
import { test } from './clock.ts';

// A service worker would answer for the scripts before the clock gets into them.
test.use({ serviceWorkers: 'block' });

const SETUP = `CREATE TABLE frame_events (frame_id STRING, risk_score DOUBLE);
CREATE TABLE totals (frames INT);
CREATE OR REPLACE TASK task_load_frame_events
  WAREHOUSE = 'default'
  SCHEDULE = 10 MINUTE
AS
  COPY INTO frame_events FROM @~/ PATTERN = 'batch_.*[.]csv' FILE_FORMAT = (TYPE = CSV);
CREATE TASK task_totals AFTER 'task_load_frame_events' AS INSERT INTO totals SELECT count() FROM frame_events;
CREATE TASK task_broken SCHEDULE = 1 MINUTE SUSPEND_TASK_AFTER_NUM_FAILURES = 1 AS SELECT * FROM nowhere;`;

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

test('a task loads each next batch, its graph follows, and what was missed waits for a word', async ({
  app,
  otherTab,
  clock,
}) => {
  test.slow();
  await app.open();
  await app.dropFiles([batch(1)]);
  await expect(app.editor.getByText('batch_1.csv').first()).toBeVisible();
  await app.run(SETUP);
  await expect(app.result(/CREATE TASK/).last()).toBeVisible();

  await app.go('Tasks');
  await expect(node(app, 'task_load_frame_events')).toContainText('every 10 minutes');
  await expect(node(app, 'task_totals')).toContainText('after task_load_frame_events');
  await expect(app.page.getByText('Tasks run only while this page is open').first()).toBeVisible();
  await resume(app, 'task_totals');
  await resume(app, 'task_load_frame_events');

  await clock.advance(10);
  await expect.poll(() => outcomes(app, 'task_load_frame_events')).toEqual(['succeeded']);
  await app.dropFiles([batch(2)]);
  await app.go('Tasks');
  await clock.advance(10);
  await node(app, 'task_totals').click();
  await expect.poll(() => outcomes(app, 'task_totals')).toEqual(['succeeded', 'succeeded']);

  await resume(app, 'task_broken');
  await clock.advance(1);
  await expect.poll(() => outcomes(app, 'task_broken')).toEqual(['failed']);
  await expect(app.page.getByText("Unknown table 'default.nowhere' (1025)").last()).toBeVisible();
  await expect(app.page.getByRole('region', { name: 'task_broken' }).getByText('Suspended')).toBeVisible();

  await app.page.close();
  await clock.advance(30);
  await otherTab.open('#/tasks/task_load_frame_events');
  const missed = otherTab.page.getByText('task_load_frame_events: 3 runs were missed while no page was open');
  await expect(missed).toBeVisible({ timeout: 30_000 });
  await otherTab.page.getByRole('button', { name: 'Run one now' }).click();
  const three = ['succeeded', 'succeeded', 'succeeded'];
  await expect.poll(() => outcomes(otherTab, 'task_load_frame_events')).toEqual(three);
  await expect(missed).toBeHidden();

  await otherTab.openWorksheet();
  await otherTab.run('SELECT frames FROM totals ORDER BY frames');
  await expect.poll(() => otherTab.rows()).toEqual([['2'], ['4'], ['4']]);
});

test('a task of one tab is run by the tab that leads, and by the other when that is closed', async ({
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
