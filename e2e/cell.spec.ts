import { type App, expect, test } from './app.ts';
import { fiveTimes, TIMES, told } from './figures.ts';
import { at, scrollFrames } from './frames.ts';

const vector = (first: number) =>
  `[${Array.from({ length: 512 }, (_, index) => (index === 0 ? first : 1)).join(', ')}]::VECTOR(512)`;

const panel = (app: App) =>
  app.page.getByRole('complementary').filter({ has: app.page.getByRole('button', { name: 'Close the cell' }) });

const clipboard = (app: App) => app.page.evaluate(() => navigator.clipboard.readText());

async function openCell(app: App, text: string | RegExp): Promise<void> {
  await app.page.getByRole('gridcell', { name: text }).first().dblclick();
}

/** From the key that opens the current cell until its text is shown. */
function openTime({ page }: App): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const grid = document.querySelector('[role=grid]');
        const start = performance.now();
        grid?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
        const look = () => {
          if ((document.querySelector('.detail .viewer-text')?.textContent?.length ?? 0) >= 100_000)
            resolve(performance.now() - start);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

test('24: a VARIANT is a tree whose path runs, bytes are hex and base64, a long text opens at once', async ({
  app,
}) => {
  await app.open();
  await app.openWorksheet();
  const source = `SELECT parse_json('{"detections":{"objects":[{"type":"car","score":0.9}]}}') AS meta_json, unhex('00ff41') AS bytes`;
  await app.run(source);
  await expect(app.result(/SELECT 1 row/)).toBeVisible();
  await openCell(app, /detections/);
  await panel(app).getByRole('treeitem', { name: /type/ }).click();
  await panel(app).getByRole('button', { name: 'Copy', exact: true }).first().click();
  await expect.poll(() => clipboard(app)).toBe("meta_json['detections']['objects'][0]['type']");
  const path = await clipboard(app);
  await openCell(app, '00FF41');
  await expect(panel(app)).toContainText('00 ff 41');
  await panel(app)
    .getByRole('radio', { name: 'Base64' })
    .or(panel(app).getByRole('button', { name: 'Base64', exact: true }))
    .first()
    .click();
  await expect(panel(app)).toContainText('AP9B');
  await app.page.keyboard.press('Control+J');
  await app.page.keyboard.press('N');
  await expect(panel(app)).toHaveCount(0);
  await app.run(`SELECT ${path} AS kind FROM (${source})`);
  await expect.poll(() => app.rows()).toEqual([['"car"']]);

  const long = `if(number < ${Math.max(3, TIMES)}, repeat('0123456789', 500000), 'short') AS long`;
  await app.run(`SELECT number, ${long} FROM numbers(5000)`);
  await expect(app.result(/SELECT 5,000 rows/)).toBeVisible();
  let row = 0;
  await fiveTimes('a text of 5 MB opens', 300, async () => {
    if (row > 0) await panel(app).getByRole('button', { name: 'Close the cell' }).click();
    await expect(panel(app)).toHaveCount(0);
    await app.page
      .getByRole('gridcell')
      .nth(1 + 2 * row++)
      .click();
    return openTime(app);
  });
  await expect(panel(app).getByRole('button', { name: 'Show all 5,000,000 characters' })).toBeVisible();
  // Beside it the grid stays smooth; the quieter of two scrolls says so, since other journeys take the processor too.
  const scrolls = [await scrollFrames(app, 60), await scrollFrames(app, -60)];
  told('frames beside a text of 5 MB', Math.min(...scrolls.map((frames) => at(frames, 0.95))), 33);
});

test('24: a vector of a table has its measures, and its nearest rows are asked for and shown', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run(`CREATE DATABASE seen; USE seen;
CREATE TABLE frames AS SELECT 1 AS id, ${vector(1)} AS embedding UNION ALL SELECT 2, ${vector(-20)} UNION ALL SELECT 3, ${vector(2)};`);
  await expect(app.results).toHaveCount(3);
  await expect.poll(() => app.outcomes()).toEqual(expect.arrayContaining([expect.stringContaining('CREATE TABLE')]));
  await app.page.goto(new URL('#/data/seen/frames', app.page.url()).href);
  await app.page.getByRole('tab', { name: 'Preview' }).click();
  const row = app.page.getByRole('row').filter({ has: app.page.getByRole('gridcell', { name: '1', exact: true }) });
  await row.getByRole('gridcell').nth(1).dblclick();
  await expect(panel(app)).toContainText('512');
  await expect(panel(app)).toContainText('22.627');
  await expect(panel(app).locator('.spark')).toBeVisible();
  await panel(app).getByRole('button', { name: 'Nearest rows' }).click();
  await expect(app.result(/SELECT 3 rows/)).toBeVisible();
  await expect.poll(async () => (await app.rows()).map(([id]) => id)).toEqual(['1', '3', '2']);
});

test('24: a cell of a staged file opens in the same way', async ({ app }) => {
  await app.open();
  const line = JSON.stringify({ id: 1, tags: { kind: ['near miss', 'night'] } });
  await app.dropFiles([{ name: 'events.ndjson', bytes: Buffer.from(`${line}\n`) }]);
  await expect(app.editor.getByText('events.ndjson').first()).toBeVisible({ timeout: 60_000 });
  await app.go('Stages');
  await app.page.getByRole('grid', { name: 'Files of @~/' }).getByText('events.ndjson').dblclick();
  await openCell(app, /near miss/);
  await panel(app).getByRole('treeitem', { name: /night/ }).click();
  await expect(panel(app).locator('.viewer-path')).toContainText("['kind'][1]");
});
