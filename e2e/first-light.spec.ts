import { resolve } from 'node:path';
import { expect, test } from './app.ts';

const SAMPLE = resolve('public/sample/raw');

test('a Parquet file that is dropped on the page is queried where it lies', async ({ app }) => {
  await app.open();
  await app.drop(resolve(SAMPLE, 'frame-events/batch_2025_01_01.parquet'));
  await expect(app.page.getByText(/batch_2025_01_01\.parquet/).first()).toBeVisible();
  await app.openWorksheet();
  await app.run('SELECT frame_id, event_tag FROM @~/batch_2025_01_01.parquet ORDER BY frame_id LIMIT 3');
  await expect(app.result(/3 rows/)).toBeVisible();
  await expect(app.grid.getByText('FRAME-0101')).toBeVisible();
});

test('what was loaded is there after a reload', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run("CREATE TABLE kept (a INT, b VARCHAR); INSERT INTO kept VALUES (1, 'one'), (2, 'two');");
  await expect(app.result(/INSERT/)).toBeVisible();
  await app.page.reload();
  await app.open();
  await app.openWorksheet();
  await app.run('SELECT b FROM kept ORDER BY a DESC');
  await expect(app.result(/2 rows/)).toBeVisible();
  await expect(app.grid.getByText('two')).toBeVisible();
});

test('an error says what is wrong and where', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run('SELECT nosuch FROM numbers(3)');
  await expect(app.page.getByRole('alert').filter({ hasText: '1065' })).toBeVisible();
});

test('a long sort is cancelled within half a second', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run('SELECT number, md5(number::STRING) m FROM numbers(40000000) ORDER BY m');
  await app.page.waitForTimeout(2000);
  const start = Date.now();
  await app.page.getByRole('button', { name: 'Cancel' }).first().click();
  await expect(app.page.getByText(/cancelled/i).first()).toBeVisible();
  const took = Date.now() - start;
  test.info().annotations.push({ type: 'cancel', description: `${took} ms` });
  expect(took).toBeLessThan(1500);
  await app.run('SELECT 41 + 1 AS answer');
  await expect(app.grid.getByText('42')).toBeVisible();
});

test('the console opens and queries with the network off', async ({ app, context }) => {
  await app.open();
  await app.drop(resolve(SAMPLE, 'frame-events/batch_2025_01_01.parquet'));
  await app.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect(async () => {
    const kept = await app.page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
      return all.reduce((sum, count) => sum + count, 0);
    });
    expect(kept).toBeGreaterThan(60);
  }).toPass({ timeout: 60_000 });
  await context.setOffline(true);
  await app.page.reload();
  await app.open();
  await app.openWorksheet();
  await app.run(
    `SELECT parse_json('{"a":[1,2]}'):a[1] AS kernel, count(*) AS n FROM @~/batch_2025_01_01.parquet GROUP BY ALL`,
  );
  await expect(app.result(/1 row/)).toBeVisible();
});
