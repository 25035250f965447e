import { en } from '../src/ui/lib/messages/en.ts';
import { functionDocs } from '../src/ui/lib/messages/zh/functions.ts';
import { zh } from '../src/ui/lib/messages/zh.ts';
import { type App, expect, test } from './app.ts';

type Words = (...values: readonly string[]) => string;

/** Every message of a table, one with values as it reads around `§`. */
function* said(table: object): Generator<string> {
  for (const part of Object.values(table)) {
    if (typeof part === 'string') yield part;
    else if (typeof part === 'object') yield* said(part);
    else if (part !== en.tasks.schedule.every) yield (part as Words)('§', '§', '§', '§');
  }
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What only English says: whole texts, with anything in the place of a value. */
const CHINESE = new Set(said(zh));
const ENGLISH = [...said(en)].filter((text) => !CHINESE.has(text) && /[a-z]{3}/.test(text.replaceAll('§', '')));
const IN_ENGLISH = new RegExp(`^(${ENGLISH.map((text) => literal(text).replaceAll('§', '.+')).join('|')})$`);

/** Every text and label that a person may see or hear on the page, without data: cells, code and names of ours. */
async function texts({ page }: App): Promise<readonly string[]> {
  return page.evaluate(() => {
    const isData = (element: Element | null) => element?.closest('[role=gridcell], .monaco-editor, pre, code') !== null;
    const labels = ['aria-label', 'title', 'placeholder'] as const;
    const seen: string[] = [];
    for (const element of document.querySelectorAll('body *')) {
      if (isData(element) || element.tagName === 'SCRIPT' || element.tagName === 'STYLE') continue;
      seen.push(...labels.map((label) => element.getAttribute(label) ?? ''));
      for (const child of element.childNodes) if (child instanceof Text) seen.push(child.data);
    }
    return seen.map((text) => text.trim()).filter(Boolean);
  });
}

/** A worksheet keeps the name that it was given. */
const NAMED = en.worksheet.untitled(1);

async function expectChinese(app: App, where: string): Promise<void> {
  const english = (await texts(app)).filter((text) => IN_ENGLISH.test(text) && text !== NAMED);
  expect.soft(english, `English on ${where}`).toEqual([]);
}

const DATA = `CREATE TABLE seen (a INT, b VARCHAR); INSERT INTO seen VALUES (1, NULL), (2, 'b');
CREATE STREAM changes ON TABLE seen APPEND_ONLY = FALSE; INSERT INTO seen VALUES (3, 'c');
CREATE TASK watch SCHEDULE = 10 MINUTE AS SELECT 1;
CREATE CONNECTION lake STORAGE_TYPE = 's3' ACCESS_KEY_ID = 'k' SECRET_ACCESS_KEY = 's';
SELECT * FROM seen;`;

async function visit(app: App, place: keyof typeof zh.places): Promise<void> {
  const { page } = app;
  await page.getByRole('link', { name: zh.places[place], exact: true }).click();
  await expect(page).toHaveTitle(/Boathouse/);
}

/** What the editor's own menu and its find field say. */
async function expectEditorWords(app: App, cut: string, find: string): Promise<void> {
  const { page } = app;
  await app.editor.locator('.view-line').first().click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: cut, exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menuitem')).toHaveCount(0);
  await app.editor.locator('.view-line').first().click();
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('textbox', { name: find })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: find })).toBeHidden();
}

test('40: Chinese is chosen in the settings, holds in every place, and stays after a reload', async ({ app }) => {
  const { page } = app;
  await app.open();
  await app.openWorksheet();
  await app.run(DATA);
  await expect(app.result(/SELECT 3 rows/)).toBeVisible();
  await app.dropFiles([{ name: 'small.csv', bytes: Buffer.from('1,a\n2,b\n') }]);
  await expect(app.editor.getByText('small.csv').first()).toBeVisible();

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Language', { exact: true }).selectOption('中文');
  await expect(page.getByRole('heading', { name: zh.settings.look.title })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expectChinese(app, 'settings');

  // The editor that is there follows at once, its text, caret and undo kept.
  await visit(app, 'worksheets');
  await expectEditorWords(app, '剪切', '查找');
  await page.reload();
  await expect(page.getByText(zh.frame.engineReady)).toBeVisible({ timeout: 60_000 });
  await visit(app, 'settings');
  await expect(page.getByLabel(zh.settings.look.language, { exact: true })).toHaveValue('zh');

  const landmarks = {
    home: page.getByRole('region', { name: zh.learn.course }),
    data: page.getByText(zh.catalog.counts('1', true)),
    stages: page.getByText('small.csv').first(),
    load: page.getByText(zh.load.source.table).first(),
    streams: page.getByText(zh.streams.status.hasData).first(),
    tasks: page.getByText('每隔 10 分钟').first(),
    connections: page.getByRole('gridcell', { name: 'lake' }),
    history: page.getByText('CREATE CONNECTION lake').first(),
    learn: page.getByRole('heading', { name: '看看有哪些文件' }),
    settings: page.getByText(zh.settings.storage.title, { exact: true }),
    worksheets: app.editor,
  } as const satisfies { readonly [K in keyof typeof zh.places]: object };
  for (const [place, landmark] of Object.entries(landmarks)) {
    await visit(app, place as keyof typeof landmarks);
    await expect(landmark).toBeVisible({ timeout: 60_000 });
    await expectChinese(app, place);
  }

  await app.run('SELECT greatest(a, 0), b FROM seen');
  await expect(app.result(/SELECT 3 行/)).toBeVisible();
  await expectChinese(app, 'a worksheet with a result');
  await app.run('SELECT c FROM seen');
  await expect(page.getByText(zh.hints.inScope('a, b'))).toBeVisible();
  await expectChinese(app, 'a worksheet with an error');
  await app.run('SELECT greatest(a, 0), b FROM seen');
  await app.editor.getByText('greatest', { exact: true }).hover();
  await expect(page.getByText(functionDocs['greatest'] ?? '')).toBeVisible();
  await app.editor.getByText('seen', { exact: true }).hover();
  await expect(page.getByText(zh.worksheet.hover.table('seen'))).toBeVisible();
  await page.mouse.move(0, 0);
  await expectEditorWords(app, '剪切', '查找');
  await visit(app, 'settings');
  await page.getByLabel(zh.settings.look.language, { exact: true }).selectOption('English');
  await app.openWorksheet();
  await expectEditorWords(app, 'Cut', 'Find');
  await expect(app.editor.getByText('greatest', { exact: true })).toBeVisible();
});

test('40: a browser that asks for Chinese is spoken to in Chinese, and the palette switches to English', async ({
  browser,
}, { project }) => {
  const context = await browser.newContext({ locale: 'zh-CN', baseURL: project.use.baseURL ?? '' });
  const page = await context.newPage();
  await page.goto('');
  await expect(page.getByText(zh.frame.engineReady)).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox').fill('switch the language');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: en.home.title })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.reload();
  await expect(page.getByText(en.frame.engineReady)).toBeVisible({ timeout: 60_000 });
  await context.close();
});
