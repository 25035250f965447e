import { expect, test } from './app.ts';
import { barriers } from './barriers.ts';

for (const theme of ['light', 'dark'] as const) {
  test(`nobody is kept out of home, worksheet, data, tasks, streams, stages, load and history by how they look in ${theme}`, async ({
    app,
  }) => {
    await app.page.emulateMedia({ colorScheme: theme });
    await app.open();
    await expect(app.page.getByRole('region', { name: 'CityDrive course' })).toBeVisible();
    expect.soft(await barriers(app), 'home').toEqual([]);

    await app.openWorksheet();
    await app.run('CREATE TABLE seen (a INT, b VARCHAR); INSERT INTO seen VALUES (1, NULL); SELECT * FROM seen;');
    await expect(app.result(/SELECT 1 row/)).toBeVisible();
    await expect.poll(() => app.rows()).toEqual([['1', 'NULL']]);
    expect.soft(await barriers(app), 'worksheet with a result').toEqual([]);
    await app.run('SELECT c FROM seen');
    await expect(app.page.getByRole('alert').filter({ hasText: '1065' })).toBeVisible();
    await expect(app.page.getByRole('option')).toHaveCount(0);
    expect.soft(await barriers(app), 'worksheet with an error').toEqual([]);

    await app.go('Data');
    await expect(app.page.getByText('seen').first()).toBeVisible();
    expect.soft(await barriers(app), 'data').toEqual([]);

    await app.openWorksheet();
    await app.run("CREATE TASK watch SCHEDULE = 10 MINUTE AS SELECT 1; CREATE TASK follow AFTER 'watch' AS SELECT 2;");
    await expect(app.result(/CREATE TASK/).last()).toBeVisible();
    await app.go('Tasks');
    await expect(app.page.getByText('every 10 minutes').first()).toBeVisible();
    expect.soft(await barriers(app), 'tasks').toEqual([]);

    await app.openWorksheet();
    await app.run(`CREATE STREAM changes ON TABLE seen APPEND_ONLY = FALSE; INSERT INTO seen VALUES (2, 'b');
      UPDATE seen SET b = 'c' WHERE a = 1;`);
    await expect(app.result(/UPDATE/)).toBeVisible();
    await app.go('Streams');
    await expect(app.page.getByRole('gridcell', { name: 'DELETE', exact: true })).toBeVisible();
    expect.soft(await barriers(app), 'streams').toEqual([]);

    await app.dropFiles([{ name: 'axe.csv', bytes: Buffer.from('1,a\n2,b\n') }]);
    await expect(app.editor.getByText('axe.csv').first()).toBeVisible();
    await app.go('Stages');
    await app.page.getByRole('grid', { name: 'Files of @~/' }).getByText('axe.csv').dblclick();
    await expect(app.page.getByText('2 rows, all of them')).toBeVisible();
    expect.soft(await barriers(app), 'stages').toEqual([]);

    await app.page.getByRole('button', { name: 'Load into a table' }).click();
    await app.page.getByRole('button', { name: 'Dry run' }).first().click();
    await expect(app.page.getByText('no bad row')).toBeVisible();
    expect.soft(await barriers(app), 'load').toEqual([]);

    await app.go('History');
    await app.page.getByRole('grid', { name: 'Statements that were run' }).getByText('SELECT c').first().click();
    await expect(app.page.getByRole('complementary', { name: 'Statement' })).toBeVisible();
    expect.soft(await barriers(app), 'history').toEqual([]);
  });

  test(`nobody is kept out of connections and their forms by how they look in ${theme}`, async ({ app }) => {
    await app.page.emulateMedia({ colorScheme: theme });
    await app.open();
    await app.openWorksheet();
    await app.run("CREATE CONNECTION lake STORAGE_TYPE = 's3' ACCESS_KEY_ID = 'a' SECRET_ACCESS_KEY = 'b'");
    await expect(app.results).toHaveCount(1);
    await app.go('Connections');
    await app.page.getByRole('grid', { name: 'Connections' }).getByText('lake').click();
    await expect(app.page.getByRole('complementary', { name: 'Connection' })).toBeVisible();
    expect.soft(await barriers(app), 'connections').toEqual([]);
    await app.page.getByRole('button', { name: 'New connection' }).click();
    await expect(app.page.getByRole('dialog', { name: 'New connection' })).toBeVisible();
    expect.soft(await barriers(app), 'connection form').toEqual([]);
    await app.page.getByRole('button', { name: 'Cancel' }).click();
    await app.page.getByRole('button', { name: 'Keys kept for this session' }).click();
    await app.page.getByRole('radio', { name: 'Behind a passphrase' }).click();
    expect.soft(await barriers(app), 'vault').toEqual([]);
  });
}
