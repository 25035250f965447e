import { expect, test } from './app.ts';
import { expectForEveryone } from './barriers.ts';

test('40: nobody is kept out of home, worksheet, table, settings and connections by how they look or speak', async ({
  app,
}) => {
  const { page } = app;
  // Colours that are on their way are neither the one nor the other.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await app.open();
  await expect(page.getByRole('region', { name: 'CityDrive course' })).toBeVisible();
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  await expectForEveryone(app, 'home');

  await app.openWorksheet();
  await app.run('CREATE TABLE seen (a INT, b VARCHAR); INSERT INTO seen VALUES (1, NULL); SELECT * FROM seen;');
  await expect(app.result(/SELECT 1 row/)).toBeVisible();
  await expect.poll(() => app.rows()).toEqual([['1', 'NULL']]);
  await expectForEveryone(app, 'worksheet with a result');
  await app.run('SELECT c FROM seen');
  await expect(page.getByRole('alert').filter({ hasText: '1065' })).toBeVisible();
  await expect(page.getByRole('option')).toHaveCount(0);
  await expectForEveryone(app, 'worksheet with an error');

  await app.go('Data');
  await page.getByRole('treeitem', { name: 'seen' }).click();
  await page.getByRole('tab', { name: 'Preview' }).click();
  await expectForEveryone(app, 'table');

  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('button', { name: 'Export the workspace' })).toBeVisible();
  await expectForEveryone(app, 'settings');

  await app.openWorksheet();
  await app.run("CREATE CONNECTION lake STORAGE_TYPE = 's3' ACCESS_KEY_ID = 'a' SECRET_ACCESS_KEY = 'b'");
  await expect(app.result(/CREATE CONNECTION/)).toBeVisible();
  await app.go('Connections');
  await page.getByRole('grid', { name: 'Connections' }).getByText('lake').click();
  await expect(page.getByRole('complementary', { name: 'Connection' })).toBeVisible();
  await expectForEveryone(app, 'connections');
  await page.getByRole('button', { name: 'New connection' }).click();
  await expect(page.getByRole('dialog', { name: 'New connection' })).toBeVisible();
  await expectForEveryone(app, 'connection form');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Keys kept for this session' }).click();
  await page.getByRole('radio', { name: 'Behind a passphrase' }).click();
  await expectForEveryone(app, 'vault');
});

test('40: nobody is kept out of tasks, streams, stages, files, load and history by how they look or speak', async ({
  app,
}) => {
  const { page } = app;
  // Colours that are on their way are neither the one nor the other.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await app.open();
  await app.openWorksheet();
  await app.run(`CREATE TABLE seen (a INT, b VARCHAR); INSERT INTO seen VALUES (1, NULL);
    CREATE TASK watch SCHEDULE = 10 MINUTE AS SELECT 1; CREATE TASK follow AFTER 'watch' AS SELECT 2;
    CREATE STREAM changes ON TABLE seen APPEND_ONLY = FALSE; INSERT INTO seen VALUES (2, 'b');
    UPDATE seen SET b = 'c' WHERE a = 1; SELECT c FROM seen;`);
  await expect(page.getByRole('alert').filter({ hasText: '1065' })).toBeVisible();
  await app.go('Tasks');
  await expect(page.getByText('every 10 minutes').first()).toBeVisible();
  await expectForEveryone(app, 'tasks');

  await app.go('Streams');
  await expect(page.getByRole('gridcell', { name: 'DELETE', exact: true })).toBeVisible();
  await expectForEveryone(app, 'streams');

  await app.dropFiles([{ name: 'axe.csv', bytes: Buffer.from('1,a\n2,b\n') }]);
  await expect(app.editor.getByText('axe.csv').first()).toBeVisible();
  await app.go('Stages');
  await expect(page.getByRole('grid', { name: 'Files of @~/' }).getByText('axe.csv')).toBeVisible();
  await expectForEveryone(app, 'stages');
  await page.getByRole('grid', { name: 'Files of @~/' }).getByText('axe.csv').dblclick();
  await expect(page.getByText('Every cell fits its column.')).toBeVisible();
  await expectForEveryone(app, 'file');

  await page.getByRole('button', { name: 'Load into a table' }).click();
  await page.getByRole('button', { name: 'Dry run' }).first().click();
  await expect(page.getByText('no bad row')).toBeVisible();
  await expectForEveryone(app, 'load');

  await app.go('History');
  await page.getByRole('grid', { name: 'Statements that were run' }).getByText('SELECT c').first().click();
  await expect(page.getByRole('complementary', { name: 'Statement' })).toBeVisible();
  await expectForEveryone(app, 'history');
});
