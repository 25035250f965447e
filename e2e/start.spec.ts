import type { Page } from 'playwright/test';
import { type App, expect, firstVisit, test } from './app.ts';
import { medianFigure, TIMES } from './figures.ts';

interface Seen {
  readonly typed?: number;
  readonly answered?: number;
}

/** Notes in the page when the first key was taken, and when the result 1 stood there, since the navigation. */
async function noteTimes(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: { typed?: number; answered?: number } = {};
    Object.assign(window, { seen });
    addEventListener('input', () => (seen.typed ??= performance.now()), true);
    const look = () => {
      // The former visit's result is shown again, too.
      const cells = [...document.querySelectorAll('.results [role=gridcell]')];
      if (cells.some(({ textContent }) => textContent === '1')) seen.answered ??= performance.now();
      else requestAnimationFrame(look);
    };
    look();
  });
}

const seen = (page: Page) => page.evaluate(() => (window as unknown as { readonly seen: Seen }).seen);

/** Digits without a pause, until so and a little further; all of them. */
async function typeUntil(page: Page, isThere: () => Promise<boolean>): Promise<string> {
  let typed = '';
  for (let left = 10; left > 0; left -= (await isThere()) ? 1 : 0) {
    const digit = String(typed.length % 10);
    await page.keyboard.type(digit);
    typed += digit;
  }
  return typed;
}

/** As 20 Mbit a second let the page come. */
async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const bytesPerSecond = 20e6 / 8;
  const profile = { downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond };
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 20, ...profile });
}

/** Until the first key is taken, where the editor and the engine are still on their way. */
async function firstKey(app: App): Promise<number> {
  const { page } = app;
  await slowDown(page);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/SqlEditor-[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await noteTimes(page);
  await page.goto('#/worksheets');
  await page.getByRole('textbox', { name: /^SQL of/ }).click();
  await page.keyboard.type("SELECT '';");
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  const taken = (await seen(page)).typed ?? Infinity;
  await expect(page.locator('.monaco-editor')).toHaveCount(0);
  release();
  const typed = await typeUntil(page, async () => (await page.getByRole('code').count()) > 0);
  await expect(app.editor).toBeVisible({ timeout: 60_000 });
  await expect(app.editor.locator('.view-line').first()).toHaveText(new RegExp(`^SELECT\\s'${typed}';$`));
  await page.keyboard.press('Control+Enter');
  await expect(app.result(/1 row/)).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => app.rows()).toEqual([[typed]]);
  await app.keptOffline();
  await page.close();
  return taken;
}

/** Until `SELECT 1`, typed and run, is answered. */
async function firstAnswer(app: App): Promise<number> {
  const { page } = app;
  await noteTimes(page);
  await page.goto('#/worksheets');
  await page.locator('.editor-pane').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('SELECT 1');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => app.rows(), { timeout: 60_000 }).toEqual([['1']]);
  await expect.poll(async () => (await seen(page)).answered).toBeDefined();
  return (await seen(page)).answered ?? Infinity;
}

test('1: keys are taken before the editor and the engine are there, and a second visit answers at once', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(TIMES * 120_000);
  const keys: number[] = [];
  const answers: number[] = [];
  while (answers.length < TIMES)
    await firstVisit(browser, baseURL ?? '', async (openTab) => {
      const tabs = { first: await openTab(), second: await openTab() };
      keys.push(await firstKey(tabs.first));
      answers.push(await firstAnswer(tabs.second));
    });
  medianFigure('until the first key is taken, first visit at 20 Mbit', keys, 1500);
  medianFigure('until SELECT 1 is answered, second visit', answers, 1200);
});
