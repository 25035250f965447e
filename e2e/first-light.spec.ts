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
  await expect(app.result(/INSERT INTO 2 rows affected/)).toBeVisible();
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
