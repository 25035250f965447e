import type { Page } from 'playwright/test';
import { expect, test } from './app.ts';
import { figure } from './figures.ts';

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

test.use({ serviceWorkers: 'allow' });

test('1: keys are taken before the editor and the engine are there, and a second visit answers at once', async ({
  app,
  context,
  otherTab,
}) => {
  const { page } = app;
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const bytesPerSecond = 20e6 / 8;
  const profile = { downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond };
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 20, ...profile });
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
  figure('until the first key is taken, first visit at 20 Mbit', (await seen(page)).typed ?? Infinity, 1500);
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
  await noteTimes(otherTab.page);
  await otherTab.page.goto('#/worksheets');
  await otherTab.page.locator('.editor-pane').click();
  await otherTab.page.keyboard.press('Control+A');
  await otherTab.page.keyboard.insertText('SELECT 1');
  await otherTab.page.keyboard.press('Control+Enter');
  await expect.poll(() => otherTab.rows(), { timeout: 60_000 }).toEqual([['1']]);
  figure('until SELECT 1 is answered, second visit', (await seen(otherTab.page)).answered ?? Infinity, 1200);
});
