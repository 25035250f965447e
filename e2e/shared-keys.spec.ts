import { test } from 'playwright/test';
import { OPEN_CORS, s3Server } from '../src/engine/test/s3/server.ts';
import { App, expect } from './app.ts';
import { LATER } from './kills.ts';

const KEY = { id: 'AKIAOPENSESAME12', secret: 'hush+hush/neverToBeSeen0123456789abcdef' };

test('36: a task of the leading tab uses the keys that another tab was given, until that is closed', async ({
  context,
}) => {
  const bucket = await s3Server({ keys: { [KEY.id]: { secret: KEY.secret } }, buckets: { lake: {} } });
  bucket.cors = OPEN_CORS;
  bucket.put('lake', 'in/a.csv', '1,one\n');
  const leader = new App(await context.newPage());
  await leader.open();
  const other = new App(await context.newPage());
  await other.open();
  await other.openWorksheet();
  await other.run(`CREATE CONNECTION lake STORAGE_TYPE = 's3' ENDPOINT_URL = '${bucket.endpoint}'
      ACCESS_KEY_ID = '${KEY.id}' SECRET_ACCESS_KEY = '${KEY.secret}';
    CREATE STAGE landing URL = 's3://lake/in/' CONNECTION = (CONNECTION_NAME = 'lake') FILE_FORMAT = (TYPE = CSV);
    CREATE TABLE landed (id INT, word STRING);
    CREATE TASK load SCHEDULE = 1 SECOND AS COPY INTO landed FROM @landing;
    ALTER TASK load RESUME`);
  await expect(other.result(/ALTER TASK/)).toBeVisible();
  await leader.go('Tasks');
  const runs = leader.page.getByRole('grid', { name: 'Runs of load' });
  await expect(runs.getByText('succeeded').first()).toBeVisible(LATER);

  await other.page.close();
  await expect(runs.getByText('failed').first()).toBeVisible(LATER);
  await expect(leader.page.getByText(/the keys of .* are not known here/).first()).toBeVisible();
  await bucket.close();
});
