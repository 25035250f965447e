import type { Locator } from 'playwright/test';
import { App, expect, test } from './app.ts';

const tabs = (app: App) => app.page.getByRole('tablist', { name: 'Worksheets' }).getByRole('tab');
const names = async (app: App) => (await tabs(app).allTextContents()).map((name) => name.replace('pinned', '*'));

/** Chooses a command by what it is called. */
async function palette(app: App, title: string): Promise<void> {
  await app.page.keyboard.press('Control+k');
  await expect(app.page.getByRole('combobox', { name: 'Command palette' })).toBeFocused();
  await app.page.keyboard.insertText(title);
  await app.page.keyboard.press('Enter');
}

async function rename(app: App, name: string): Promise<void> {
  await palette(app, 'Rename worksheet');
  await expect(app.page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await app.page.keyboard.insertText(name);
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('dialog')).toHaveCount(0);
}

/** The topmost line that an editor shows. */
async function firstLine(editor: Locator): Promise<number> {
  return Math.min(...(await editor.locator('.line-numbers').allTextContents()).map(Number));
}

test('10: worksheets are renamed, reordered, pinned and split, and a killed page loses nothing', async ({
  app,
  context,
}) => {
  const { keyboard } = app.page;
  await app.open();
  await app.openWorksheet();
  await rename(app, 'alpha');
  await app.write('SELECT 1;\nSELECT 2 AS two;');
  for (const name of ['beta', 'gamma']) {
    await palette(app, 'New worksheet');
    await rename(app, name);
  }
  await expect.poll(() => names(app)).toEqual(['alpha', 'beta', 'gamma']);
  await tabs(app).nth(2).focus();
  await keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => names(app)).toEqual(['alpha', 'gamma', 'beta']);
  await tabs(app).nth(2).click();
  await palette(app, 'Pin or unpin worksheet');
  await expect.poll(() => names(app)).toEqual(['beta*', 'alpha', 'gamma']);
  await tabs(app).nth(2).click();
  await app.write(Array.from({ length: 80 }, (_, line) => `SELECT ${line} AS line;`).join('\n'));
  await tabs(app).nth(1).click();
  await palette(app, 'Two worksheets side by side');
  const editors = app.page.getByRole('region', { name: 'Editor' });
  await expect(editors).toHaveCount(2);
  const splitter = app.page.getByRole('separator', { name: 'Resize the worksheets' });
  await splitter.focus();
  await keyboard.press('ArrowRight');
  await app.page.getByRole('separator', { name: 'Resize editor and results' }).first().focus();
  await keyboard.press('ArrowDown');
  await editors.first().locator('.monaco-editor').click();
  await keyboard.press('Control+Shift+Enter');
  await expect(app.results).toHaveCount(2);
  await app.results.first().click();
  await editors.first().locator('.monaco-editor').click();
  await keyboard.press('Control+End');
  await keyboard.type('-- last');
  await keyboard.press('Shift+Home');
  await expect(app.page.getByText('Ln 2 Col 1', { exact: true })).toBeVisible();
  await editors.nth(1).locator('.monaco-editor').hover();
  await app.page.mouse.wheel(0, 400);
  const sizes = () => app.page.getByRole('separator').evaluateAll((lines) => lines.map((line) => line.ariaValueNow));
  const kept = await sizes();
  const scrolled = await firstLine(editors.nth(1));
  expect(scrolled).toBeGreaterThan(40);
  await expect
    .poll(() => app.keptViews())
    .toMatch(/"position":\{"lineNumber":2,"column":1\}.*"firstPosition":\{"lineNumber":[5-8]\d/);
  const session = await context.newCDPSession(app.page);
  const crashed = app.page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
  const page = await context.newPage();
  await app.page.close();
  const back = new App(page);
  await back.open('#/worksheets');
  await expect.poll(() => names(back)).toEqual(['beta*', 'alpha', 'gamma']);
  const panes = page.getByRole('region', { name: 'Editor' });
  await expect(panes).toHaveCount(2);
  await expect(panes.first().getByText('-- last')).toBeVisible();
  await expect(page.getByText('Ln 2 Col 1', { exact: true })).toBeVisible();
  await expect(panes.first().locator('.selected-text').first()).toBeVisible();
  await expect.poll(() => firstLine(panes.nth(1))).toBe(scrolled);
  await expect(back.results).toHaveCount(2);
  await expect(back.results.first()).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => back.rows()).toEqual([['1']]);
  expect(await page.getByRole('separator').evaluateAll((lines) => lines.map((line) => line.ariaValueNow))).toEqual(
    kept,
  );
});

test('10: a worksheet that was closed is opened again with the palette', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.write('SELECT 42 AS answer');
  await palette(app, 'New worksheet');
  await tabs(app).first().click();
  await palette(app, 'Close worksheet');
  await expect(tabs(app)).toHaveCount(1);
  await palette(app, 'Reopen closed worksheet');
  await expect(tabs(app)).toHaveCount(2);
  await expect(app.editor.getByText('answer')).toBeVisible();
});

test('parameters have typed values that stay with the worksheet and go along with its link', async ({
  app,
  otherTab,
}) => {
  await app.open();
  await app.openWorksheet();
  const squiggles = app.page.locator('.squiggly-error');
  await app.write('SELECT nope;\nSELECT * FROM (SELECT now() AS ts) WHERE ts > :since');
  await expect(squiggles).toHaveCount(1);
  await app.write(
    'SELECT number AS n, {{label}} AS label, meta:lens AS lens\nFROM (SELECT number, parse_json(\'{"lens": 2}\') AS meta FROM numbers(10)) LIMIT :top',
  );
  const bar = app.page.getByRole('region', { name: 'Parameters' });
  await expect(bar.getByRole('textbox')).toHaveCount(2);
  await app.editor.click();
  await app.page.keyboard.press('Control+Enter');
  const top = bar.getByRole('textbox', { name: 'Value of top' });
  await expect(top).toBeFocused();
  await top.fill('x');
  await expect(bar.getByText('Not a number.')).toBeVisible();
  await top.fill('2');
  await bar.getByRole('textbox', { name: 'Value of label' }).fill("it's");
  await app.editor.click();
  await app.page.keyboard.press('Control+Enter');
  await expect(app.result(/SELECT 2 rows/)).toBeVisible();
  await expect
    .poll(() => app.rows())
    .toEqual([
      ['0', "it's", '2'],
      ['1', "it's", '2'],
    ]);
  await expect(squiggles).toHaveCount(0);
  await app.page.getByRole('button', { name: 'More about this worksheet' }).click();
  await app.page.getByRole('menuitem', { name: 'Copy link to this SQL' }).click();
  await expect(app.page.getByText(/Link copied/).first()).toBeVisible();
  await otherTab.open(await app.page.evaluate(() => navigator.clipboard.readText()));
  const there = otherTab.page.getByRole('region', { name: 'Parameters' });
  await expect(there.getByRole('textbox', { name: 'Value of top' })).toHaveValue('2');
  await expect(there.getByRole('textbox', { name: 'Value of label' })).toHaveValue("it's");
});
