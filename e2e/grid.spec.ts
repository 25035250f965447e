import { createHash } from 'node:crypto';
import { expect, test } from './app.ts';

const ROWS = 10_000_000;
const LAST = ROWS - 1;

test('ten million rows scroll to the last, and the page stays small', async ({ app }) => {
  test.slow();
  await app.open();
  await app.openWorksheet();
  await app.run(`SELECT number, md5(number::STRING) AS digest FROM numbers(${ROWS})`);
  await expect(app.result(/10,000,000 rows/)).toBeVisible({ timeout: 120_000 });
  await app.grid.focus();
  await app.page.keyboard.press('Control+End');
  const digest = createHash('md5').update(String(LAST)).digest('hex');
  await expect.poll(async () => (await app.rows()).at(-1)).toEqual([String(LAST), digest]);
  await app.page.keyboard.press('Control+Home');
  await expect.poll(async () => (await app.rows())[0]).toEqual(['0', createHash('md5').update('0').digest('hex')]);
  // Wheels through some thousand rows, as a hand does.
  await app.grid.hover();
  for (let turn = 0; turn < 40; turn++) await app.page.mouse.wheel(0, 4000);
  await expect.poll(async () => Number((await app.rows())[0]?.[0])).toBeGreaterThan(5000);
  const session = await app.page.context().newCDPSession(app.page);
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const megabytes = Math.round(usedSize / 2 ** 20);
  test.info().annotations.push({ type: 'heap of the page', description: `${megabytes} MB` });
  expect(megabytes).toBeLessThan(300);
});
