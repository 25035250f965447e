import { type App, expect, test } from './app.ts';

/** The region that has the focus; what has it must be seen to: by an outline, a chosen row or cell in it, or a caret. */
async function focused(app: App): Promise<string> {
  return app.page.evaluate(() => {
    const element = document.activeElement;
    const isOutlined = (one: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    };
    const marks = element ? [element, ...element.querySelectorAll('*')] : [];
    const isSeen = marks.some(isOutlined) || element?.closest('.monaco-editor.focused') !== null;
    if (!isSeen) return `${element?.outerHTML.slice(0, 200)} is not seen to have the focus`;
    return element?.closest('[data-region]')?.getAttribute('data-region') ?? element?.tagName ?? '';
  });
}

async function palette(app: App, title: string): Promise<void> {
  await app.page.keyboard.press('Control+k');
  await expect(app.page.getByRole('combobox', { name: 'Command palette' })).toBeFocused();
  await app.page.keyboard.insertText(title);
  await app.page.keyboard.press('Enter');
}

test('11: a worksheet is made, written, run and read by keys, a file is previewed, and F6 visits every region', async ({
  app,
}) => {
  const { keyboard } = app.page;
  await app.open('#/worksheets');
  await expect(app.editor).toBeVisible({ timeout: 60_000 });
  await palette(app, 'New worksheet');
  await keyboard.press('Control+J');
  await keyboard.press('E');
  const editor = app.page.getByRole('textbox', { name: /^SQL of/ });
  await expect(editor).toBeFocused();
  await keyboard.insertText(`CREATE STAGE lake;
COPY INTO @lake/one/ FROM (SELECT 1 AS a) FILE_FORMAT = (TYPE = CSV);
SELECT number AS n, number + 1 AS next FROM numbers(5) ORDER BY n;`);
  await keyboard.press('Control+Shift+Enter');
  await expect(app.result(/SELECT 5 rows/)).toBeVisible();
  await keyboard.press('Control+J');
  await keyboard.press('R');
  await expect(app.result(/SELECT 5 rows/)).toBeFocused();
  await keyboard.press('Tab');
  await expect(app.grid).toBeFocused();
  await keyboard.press('Control+Home');
  for (const key of ['Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight']) await keyboard.press(key);
  await keyboard.press('Control+c');
  await expect.poll(() => app.page.evaluate(() => navigator.clipboard.readText())).toBe('0\t1\n1\t2\n2\t3');
  await keyboard.press('Enter');
  const cell = app.page.getByRole('complementary');
  await expect(cell.filter({ hasText: 'next' }).first()).toBeVisible();
  await keyboard.press('Control+J');
  await keyboard.press('D');
  const places: string[] = [];
  for (let step = 0; step < 12; step++) {
    await keyboard.press('F6');
    places.push(await focused(app));
  }
  const round = new Set(places);
  for (const region of ['editor', 'results', 'side']) expect([...round]).toContain(region);
  expect(places.slice(0, round.size)).toEqual(
    places.slice(round.size, 2 * round.size).slice(0, places.length - round.size),
  );
  await palette(app, 'Go to Stages');
  await expect(app.page.getByRole('tree', { name: 'Stages and folders' })).toBeVisible();
  await keyboard.press('Control+J');
  await keyboard.press('T');
  await app.goToEntry(app.page.getByRole('tree', { name: 'Stages and folders' }), /^@?lake/);
  await keyboard.press('Enter');
  const files = (folder: string) => app.page.getByRole('grid', { name: `Files of @lake/${folder}` });
  await expect(files('').getByText('one')).toBeVisible();
  for (let step = 0; step < 20 && !(await files('').evaluate((grid) => grid === document.activeElement)); step++)
    await keyboard.press('Tab');
  await expect(files('')).toBeFocused();
  await keyboard.press('Enter');
  await expect(files('one/').getByText(/\.csv/)).toBeVisible();
  await expect(files('one/')).toBeFocused();
  await keyboard.press('Enter');
  await expect(app.page.getByRole('region', { name: /^Preview of .*\.csv/ })).toBeVisible();
  await keyboard.press('F1');
  const sheet = app.page.getByRole('dialog');
  for (const keys of ['Mod+K', 'F6', 'Mod+Shift+Enter', 'Mod+J E', 'Mod+J R', 'Mod+J D', 'Mod+J T'])
    await expect(sheet.getByText(keys, { exact: true }).first()).toBeAttached();
  await keyboard.press('Escape');
  await palette(app, 'Go to Worksheets');
  await expect(app.editor).toBeVisible();
  await keyboard.press('Control+k');
  await keyboard.insertText('lak');
  await expect(app.page.getByRole('option', { name: '@lake' })).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  await expect(files('').getByText('one')).toBeVisible();
});
