import { type App, expect, test } from './app.ts';
import { fiveTimes, TIMES } from './figures.ts';

const LONG = `SELECT max(md5(number::STRING)) AS m FROM numbers(${30_000_000 * TIMES})`;
const tab = (app: App, name: string) =>
  app.page.getByRole('tablist', { name: 'Worksheets' }).getByRole('tab', { name });

/** The milliseconds from the next press of the pointer until a cell reads so, measured in the page. */
function untilCell({ page }: App, cell: string): Promise<number> {
  return page.evaluate(
    (text) =>
      new Promise<number>((resolve) => {
        const isThere = () => [...document.querySelectorAll('[role=gridcell]')].some((one) => one.textContent === text);
        const listen = () => {
          const start = performance.now();
          const look = () => (isThere() ? resolve(performance.now() - start) : requestAnimationFrame(look));
          look();
        };
        document.addEventListener('pointerdown', listen, { capture: true, once: true });
      }),
    cell,
  );
}

test('30: a table is previewed while a long query runs, whose end is told by a badge and one toast', async ({
  app,
}) => {
  const { page } = app;
  test.setTimeout(TIMES * 120_000);
  await app.open();
  await app.openWorksheet();
  const ports = Array.from({ length: TIMES }, (_, turn) => `ports_${turn}`);
  await app.run(
    ports.map((name) => `CREATE TABLE ${name} (name VARCHAR); INSERT INTO ${name} VALUES ('of ${name}');`).join(''),
  );
  await expect(app.result(/INSERT INTO 1 row/)).toHaveCount(TIMES);
  await app.run(LONG);
  await expect(page.getByRole('progressbar', { name: /^Progress of/ })).toBeVisible();
  await page.getByRole('button', { name: 'New worksheet' }).click();
  await expect(tab(app, 'Worksheet 1')).toHaveAccessibleName('Worksheet 1 running');

  await app.go('Data');
  const [first, preview] = [page.getByRole('tab').first(), page.getByRole('tab', { name: 'Preview' })];
  let table = 0;
  await fiveTimes('a table is previewed while a query runs', 500, async () => {
    const name = `ports_${table++}`;
    await page.getByRole('treeitem', { name: new RegExp(name) }).click();
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
    await first.click();
    const measured = untilCell(app, `of ${name}`);
    await preview.click();
    return measured;
  });
  const toast = page.locator('.toast').filter({ hasText: 'Worksheet 1 has finished' });
  await expect(toast).toHaveCount(0);

  await app.openWorksheet();
  await expect(toast).toHaveCount(1, { timeout: TIMES * 60_000 });
  await expect(tab(app, 'Worksheet 1')).toHaveAccessibleName('Worksheet 1 ended out of view');
  await expect(page.getByRole('link', { name: 'Worksheets' }).locator('.rail-badge')).toHaveText('1');
  await toast.getByRole('button', { name: 'Show' }).click();
  await expect(tab(app, 'Worksheet 1')).toHaveAttribute('aria-selected', 'true');
  await expect.poll(async () => (await app.rows()).length).toBe(1);
  await expect(page.locator('.rail-badge')).toHaveCount(0);
  await expect(tab(app, 'Worksheet 1')).toHaveAccessibleName('Worksheet 1');
});

test('30: a run that ends while the tab is hidden is told by the system, which was allowed to', async ({
  app,
  context,
}) => {
  const { page } = app;
  await context.grantPermissions(['notifications', 'clipboard-read', 'clipboard-write']);
  await page.addInitScript(() => {
    const told: string[] = [];
    class Told {
      static permission = 'granted';
      constructor(title: string) {
        told.push(title);
      }
    }
    Object.assign(globalThis, { Notification: Told, told });
  });
  await app.open();
  await app.go('Settings');
  await expect(page.getByText('Notifications are allowed.')).toBeVisible();
  await app.openWorksheet();
  await app.run('SELECT max(md5(number::STRING)) AS m FROM numbers(4000000)');
  await page.evaluate(() => Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' }));
  const told = () => page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
  await expect.poll(told, { timeout: 60_000 }).toEqual(['Worksheet 1 has finished']);
});
