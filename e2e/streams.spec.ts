import { type App, expect, test } from './app.ts';

const SETUP = `CREATE TABLE trips (id INT, city VARCHAR);
INSERT INTO trips VALUES (1, 'Oslo'), (2, 'Rome');
CREATE TABLE log (id INT, city VARCHAR);`;

const CHANGES = `INSERT INTO trips VALUES (3, 'Lima'), (4, 'Bonn'), (5, 'Kyiv');
UPDATE trips SET city = 'Roma' WHERE id = 2;
DELETE FROM trips WHERE id = 1;`;

const list = ({ page }: App) => page.getByRole('grid', { name: 'Streams', exact: true });
const peek = ({ page }: App) => page.getByRole('grid', { name: 'Pending changes of trips_stream' });

/** Creates the stream that the dialog offers. */
async function createStream(app: App): Promise<void> {
  await app.go('Streams');
  await expect(app.page.getByText('A stream remembers how far a table was read.')).toBeVisible();
  await app.page.getByRole('main').getByRole('button', { name: 'New stream' }).last().click();
  const dialog = app.page.getByRole('dialog', { name: 'New stream' });
  await dialog.getByLabel('Table to watch').selectOption('default.trips');
  await expect(dialog.getByText('APPEND_ONLY = FALSE')).toBeVisible();
  await dialog.getByRole('button', { name: 'Create stream' }).click();
  await expect(dialog).toBeHidden();
}

test('35: changes of a table are counted and peeked at, consumed by the statement that is offered, and end with the table', async ({
  app,
}) => {
  await app.open();
  await app.openWorksheet();
  await app.run(SETUP);
  await expect(app.result(/CREATE TABLE/).last()).toBeVisible();
  await createStream(app);
  const { page } = app;
  await expect(list(app)).toContainText('up to date');
  await expect(page.getByText('Nothing pending')).toBeVisible();

  await app.openWorksheet();
  await app.run(CHANGES);
  await expect(app.result(/DELETE/)).toBeVisible();
  await app.go('Streams');
  await expect(page.getByText('3 inserted, 1 updated, 1 deleted').first()).toBeVisible();
  const pending = [
    ['DELETE', 'false', '1', 'Oslo'],
    ['DELETE', 'true', '2', 'Rome'],
    ['INSERT', 'true', '2', 'Roma'],
    ['INSERT', 'false', '3', 'Lima'],
    ['INSERT', 'false', '4', 'Bonn'],
    ['INSERT', 'false', '5', 'Kyiv'],
  ];
  await expect.poll(() => app.rows(peek(app))).toEqual(pending);
  await page.reload();
  await expect.poll(() => app.rows(peek(app)), { timeout: 60_000 }).toEqual(pending);

  await app.openWorksheet();
  await app.run(`CREATE TASK keep_log SCHEDULE = 1 MINUTE WHEN STREAM_STATUS('default.trips_stream') = TRUE
    AS INSERT INTO log SELECT id, city FROM trips_stream`);
  await expect(app.result(/CREATE TASK/)).toBeVisible();
  await app.go('Streams');
  const consume = page.getByRole('region', { name: 'Consume with a statement' });
  await expect(consume).toContainText('used by task keep_log');
  await page.getByLabel('Into table').selectOption('log');
  await expect(page.getByLabel('Statement that consumes')).toHaveValue(
    "INSERT INTO log (id, city)\nSELECT id, city\nFROM trips_stream\nWHERE change$action = 'INSERT';",
  );
  await page.getByRole('button', { name: 'Run, consume 5 changes' }).click();
  await expect(page.getByText('Nothing pending')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run, consume 0 changes' })).toBeDisabled();
  await page.getByRole('tab', { name: 'History' }).click();
  const history = page.getByRole('grid', { name: 'Statements that made or consumed trips_stream' });
  const statements = async () => (await app.rows(history)).map(([, state, by, rows, text]) => [state, by, rows, text]);
  await expect.poll(statements).toEqual([
    ['Finished', 'you', '4', expect.stringContaining('INSERT INTO log (id, city) SELECT id, city FROM trips_stream')],
    ['Finished', 'you', '0', expect.stringContaining('CREATE STREAM trips_stream ON TABLE trips')],
  ]);
  await consume.getByRole('link', { name: 'keep_log' }).click();
  await expect(page.getByRole('region', { name: 'keep_log', exact: true })).toBeVisible();
  await app.openWorksheet();
  await app.run('SELECT * FROM log ORDER BY id');
  await expect
    .poll(() => app.rows())
    .toEqual([
      ['2', 'Roma'],
      ['3', 'Lima'],
      ['4', 'Bonn'],
      ['5', 'Kyiv'],
    ]);

  await app.run('CREATE OR REPLACE TABLE trips (id INT);');
  await expect(app.result(/CREATE TABLE/)).toBeVisible();
  await app.go('Streams');
  await expect(list(app)).toContainText('invalid');
  await expect(page.getByText("trips_stream cannot be read: Unknown table 'trips'.")).toBeVisible();
  await expect(page.getByText('1 stream, 1 invalid')).toBeVisible();
});

test('35: a list of streams is walked by keys, and one is dropped after its name is typed', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run(
    'CREATE TABLE t (a INT); CREATE STREAM s1 ON TABLE t; CREATE STREAM s2 ON TABLE t; INSERT INTO t VALUES (1);',
  );
  await expect(app.result(/INSERT/)).toBeVisible();
  await app.go('Streams');
  await list(app).focus();
  await app.page.keyboard.press('ArrowDown');
  const detail = app.page.getByRole('region', { name: 's2', exact: true });
  await expect(detail.getByText('1 pending')).toBeVisible();
  await detail.getByRole('tab', { name: 'Definition' }).click();
  await expect(detail.getByText('ON TABLE')).toBeVisible();
  await detail.getByRole('button', { name: 'Drop' }).click();
  const dialog = app.page.getByRole('alertdialog').or(app.page.getByRole('dialog'));
  await dialog.getByRole('textbox').fill('s2');
  await dialog.getByRole('button', { name: 'Drop' }).click();
  await expect(list(app).getByText('s2')).toHaveCount(0);
  await expect(list(app).getByText('s1')).toBeVisible();
});
