import { expect, test } from 'vitest';
import { afterSleep } from './sleep.ts';

async function* none() {}

test('a query that sleeps is cancelled at once', async () => {
  const controller = new AbortController();
  const rows = afterSleep(none(), [3, 3], controller.signal).next();
  controller.abort();
  await expect(rows).rejects.toMatchObject({ name: 'AbortError' });
  await expect(afterSleep(none(), [3], controller.signal).next()).rejects.toMatchObject({ name: 'AbortError' });
});
