import { readFileSync } from 'node:fs';
import { type App, expect, test } from './app.ts';

const TEN = `CREATE TABLE trips (id INT, tag VARCHAR);
INSERT INTO trips VALUES (1, 'bus'), (2, 'tram'), (3, 'ferry');
SELECT * FROM trips ORDER BY id;
SELECT count(*) AS trams FROM trips WHERE tag = 'tram';
UPDATE trips SET tag = 'boat' WHERE id = 3;
SELECT nosuch FROM trips;
SELECT id FROM trips WHERE id > 2;
SELECT * FROM missing;
DELETE FROM trips WHERE id = 1;`;

const SECRET =
  "CREATE CONNECTION lake STORAGE_TYPE = 's3' ACCESS_KEY_ID = 'AKIAOPENSESAME' SECRET_ACCESS_KEY = 'hush/hush+hush'";

const LONG = 'SELECT sum(sin(a.number) * cos(b.number)) AS long_one FROM numbers(60000) a, numbers(60000) b';

async function runAllOf(app: App, sql: string, results: number): Promise<void> {
  await app.run(sql);
  await expect(app.results).toHaveCount(results, { timeout: 60_000 });
}

async function goOnAfterErrors({ page }: App): Promise<void> {
  await page.getByRole('button', { name: 'More ways to run' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Continue after errors' }).click();
}

async function profiled(app: App, sql: string): Promise<void> {
  await app.openWorksheet();
  await app.write(sql);
  await app.page.getByRole('button', { name: 'Profile', exact: true }).click();
  await expect(app.page.getByRole('button', { name: /^TableScan .*default\.trips/ }).first()).toBeVisible();
}

const list = (app: App) => app.page.getByRole('grid', { name: 'Statements that were run' });

/** What the rows say, the newest first: the state, then the statement. */
async function shown(app: App): Promise<readonly string[]> {
  return (await app.rows(list(app))).map(([, state, , , text]) => `${state} ${text?.slice(0, 24)}`);
}

test('31: the history is searched, filtered, opened, run again and kept, and holds no secret', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await goOnAfterErrors(app);
  await runAllOf(app, TEN, 9);
  await app.run(LONG);
  await expect(app.page.getByText(/^[2-9](\.\d+)? s$/).first()).toBeVisible();
  await app.page.getByRole('tabpanel').getByRole('button', { name: 'Cancel' }).click();
  await expect(app.page.getByText(/Cancelled|cancelled/).first()).toBeVisible();

  await app.go('History');
  await expect.poll(async () => (await shown(app)).length).toBe(10);
  expect((await shown(app))[0]).toBe('Cancelled SELECT sum(sin(a.number)');
  const search = app.page.getByRole('searchbox', { name: 'Search text, table, error' });
  await search.fill('trams');
  await expect.poll(() => shown(app)).toEqual(['Finished SELECT count(*) AS trams']);
  await search.fill("unknown table 'default.missing'");
  await expect.poll(() => shown(app)).toEqual([expect.stringMatching(/^Failed SELECT \* FROM missing/)]);
  await search.fill('');
  await app.page.getByRole('combobox', { name: 'State' }).selectOption('Failed');
  await expect.poll(async () => (await shown(app)).length).toBe(2);
  await list(app).getByText('nosuch').first().click();
  const detail = app.page.getByRole('complementary', { name: 'Statement' });
  await expect(detail.getByText('--> SQL:1:8')).toBeVisible();
  await app.page.getByRole('combobox', { name: 'State' }).selectOption('all');
  await app.page.getByRole('combobox', { name: 'Kind' }).selectOption('change');
  await expect.poll(async () => (await shown(app)).length).toBe(3);
  await app.page.getByRole('combobox', { name: 'Kind' }).selectOption('all');
  await app.page.getByRole('combobox', { name: 'Duration' }).selectOption('Over 1 s');
  await expect.poll(async () => (await shown(app)).at(0)).toBe('Cancelled SELECT sum(sin(a.number)');
  await app.page.getByRole('combobox', { name: 'Duration' }).selectOption('Any duration');
  await search.fill('trips');
  await expect.poll(async () => (await shown(app)).length).toBe(8);
  await list(app).getByText('AS trams').click();
  await list(app).getByText('ORDER BY').click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Compare with the one shown' }).click();
  const compared = app.page.getByRole('dialog', { name: 'Compare two statements' });
  await expect(compared.getByRole('row', { name: /^Rows given/ })).toHaveText('Rows given31−66.67 %');
  const differing = compared.getByRole('group', { name: 'Difference of the statements' });
  await expect(differing.locator('del')).toContainText(['SELECT * FROM trips ORDER BY id']);
  await expect(differing.locator('ins')).toContainText(['count']);
  const other = compared.getByRole('combobox', { name: 'Compare with' });
  await other.selectOption(await other.locator('option', { hasText: 'nosuch' }).getAttribute('value'));
  await expect(differing.locator('del')).toContainText(['nosuch']);
  await app.page.keyboard.press('Escape');
  await search.fill('');

  await profiled(app, 'SELECT tag, count(*) FROM trips GROUP BY tag');
  await profiled(app, 'SELECT count(DISTINCT tag) FROM trips');
  await app.go('History');
  await search.fill('EXPLAIN ANALYZE');
  await list(app).getByText('DISTINCT').click();
  await detail.getByRole('button', { name: 'Profile' }).click();
  const past = app.page.getByRole('dialog', { name: 'Profile' });
  await expect(past.getByRole('button', { name: /^TableScan .*default\.trips/ }).first()).toBeVisible();
  await app.page.keyboard.press('Escape');
  await list(app).getByText('GROUP BY').click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Compare with the one shown' }).click();
  await compared.getByRole('radio', { name: 'Profiles' }).click();
  await compared.getByRole('radio', { name: 'List' }).click();
  const operators = compared.getByRole('grid', { name: 'List' });
  await expect(operators.getByRole('row', { name: /^TableScan default\.trips/ })).toContainText(/[+−][\d.]+ m?s/);
  await expect(operators.getByText('not in this run').first()).toBeVisible();
  await app.page.keyboard.press('Escape');

  await app.openWorksheet();
  await runAllOf(app, SECRET, 1);
  await app.go('History');
  await search.fill('connection');
  await list(app).getByText('lake').click();
  await expect(detail).toContainText("SECRET_ACCESS_KEY = '***'");
  await expect(detail.getByRole('button', { name: 'Run again' })).toBeDisabled();
  const saving = app.page.waitForEvent('download');
  await app.page.getByRole('button', { name: 'Export' }).click();
  const saved = readFileSync(await (await saving).path(), 'utf8');
  expect(saved).toContain('CREATE CONNECTION');
  expect(saved).not.toMatch(/OPENSESAME|hush/);

  await app.page.reload();
  await expect(app.page.getByText('Engine ready')).toBeVisible({ timeout: 60_000 });
  await expect.poll(async () => (await shown(app)).length).toBe(13);
  await search.fill('trams');
  await expect.poll(async () => (await shown(app)).length).toBe(1);
  await list(app).focus();
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Home');
  const before = await app.page.evaluate(() => localStorage.getItem('boathouse.tabs'));
  await detail.getByRole('button', { name: 'Run again' }).click();
  await expect.poll(() => app.page.evaluate(() => localStorage.getItem('boathouse.tabs'))).not.toBe(before);
  await expect.poll(() => app.rows()).toEqual([['1']]);
});

test('31: clearing the history empties it for good', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await runAllOf(app, 'SELECT 1; SELECT 2', 2);
  await app.go('History');
  await expect.poll(async () => (await shown(app)).length).toBe(2);
  await app.page.getByRole('button', { name: 'Clear' }).click();
  await app.page.getByRole('dialog').getByRole('button', { name: 'Clear' }).click();
  await expect(app.page.getByText('Nothing was run here yet.', { exact: false })).toBeVisible();
  await app.page.reload();
  await expect(app.page.getByText('Nothing was run here yet.', { exact: false })).toBeVisible({ timeout: 60_000 });
});
