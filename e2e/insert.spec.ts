import type { Locator } from 'playwright/test';
import { type App, expect, test } from './app.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a column of a line of the editor is on the page, both from 0. */
function pointOf(app: App, line: number, column: number): Promise<Point> {
  return app.editor.evaluate(
    (element, { line, column }) => {
      const top = (one: Element) => one.getBoundingClientRect().top;
      const shown = [...element.querySelectorAll('.view-line')].sort((a, b) => top(a) - top(b))[line];
      if (!shown) throw new Error(`The editor does not show line ${line}.`);
      const texts = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
      let before = column;
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const { length } = text.textContent ?? '';
        if (before < length) {
          const range = document.createRange();
          range.setStart(text, before);
          range.setEnd(text, before + 1);
          const { left, top: y, height } = range.getBoundingClientRect();
          return { x: left + 1, y: y + height / 2 };
        }
        before -= length;
      }
      throw new Error(`Line ${line} has no column ${column}.`);
    },
    { line, column },
  );
}

async function dragTo(app: App, row: Locator, { x, y }: Point): Promise<void> {
  await row.hover();
  await app.page.mouse.down();
  await app.page.mouse.move(x - 4, y, { steps: 4 });
  await app.page.mouse.move(x, y, { steps: 2 });
  await app.page.mouse.up();
}

/** The text of the worksheet, as it is copied. */
async function text(app: App): Promise<string> {
  await app.editor.click();
  await app.page.keyboard.press('Control+A');
  await app.page.keyboard.press('Control+C');
  return app.page.evaluate(() => navigator.clipboard.readText());
}

test('14: a column, a table of a reserved name and a staged file land where they are dropped, and by keys', async ({
  app,
}) => {
  await app.open();
  await app.openWorksheet();
  const { page } = app;
  await app.run(`CREATE STAGE parts; CREATE TABLE \`order\` (\`unit price\` INT);
COPY INTO '@parts/raw/my list.csv' FROM (SELECT 1) FILE_FORMAT = (TYPE = CSV) SINGLE = TRUE USE_RAW_PATH = TRUE;`);
  await expect(app.result(/COPY/)).toBeVisible();
  const tree = page.getByRole('tree', { name: 'Databases, tables and columns' });
  const item = (name: string | RegExp) => tree.getByRole('treeitem', { name });
  await tree.focus();
  const open = async (name: string | RegExp) => {
    await item(name).locator('.tree-turn').click();
    await expect(item(name)).toHaveAttribute('aria-expanded', 'true');
  };
  await open('order 0');
  await open('@parts');
  await open('raw');
  await expect(item(/^my list.csv/)).toBeVisible();
  const rows = [item('unit price int'), item('order 0'), item(/^my list.csv/)];

  await app.write('SELECT first\nFROM second\nJOIN third');
  const names = ['`unit price`', '`order`', 'my list.csv'];
  for (const [line, column] of [7, 5, 5].entries()) {
    const row = rows[line];
    // A drag that a busy page missed has changed nothing.
    await expect(async () => {
      if (row) await dragTo(app, row, await pointOf(app, line, column));
      // What the pointer rests on is explained by a box over the next line.
      await page.keyboard.press('Escape');
      await page.mouse.move(2, 2);
      await expect(page.locator('.monaco-hover:visible')).toHaveCount(0);
      const written = await app.editor.locator('.view-lines').textContent();
      expect(written?.replaceAll('\u00a0', ' ')).toContain(names[line]);
    }).toPass();
  }
  const inserted = "SELECT `unit price`first\nFROM `order`second\nJOIN '@parts/raw/my list.csv'third";
  await expect.poll(() => text(app)).toBe(inserted);

  await app.write('SELECT first\nFROM second\nJOIN third');
  const { keyboard } = page;
  const press = async (key: string, times = 1) => {
    for (let time = 0; time < times; time++) await keyboard.press(key);
  };
  const entries = [/^unit price/, /^order/, /^my list.csv/];
  for (const [line, column] of [7, 5, 5].entries()) {
    await press('Control+J');
    await press('E');
    await press('Control+Home');
    await press('ArrowDown', line);
    await press('ArrowRight', column);
    await press('Control+J');
    await press('T');
    await app.goToEntry(tree, entries[line] ?? /^$/);
    await press('Enter');
  }
  await expect.poll(() => text(app)).toBe(inserted);
});

test('14: the menu of a table leads to all that can be done with it, and Drop names what depends on it', async ({
  app,
}) => {
  await app.open();
  await app.openWorksheet();
  const { page } = app;
  await app.run('CREATE TABLE trips (a INT); CREATE VIEW long_trips AS SELECT * FROM trips WHERE a > 1;');
  await expect(app.result(/CREATE VIEW/)).toBeVisible();
  const trips = page.getByRole('treeitem', { name: 'trips 0' });
  const choose = async (name: string) => {
    await trips.click({ button: 'right' });
    await page.getByRole('menuitem', { name, exact: true }).click();
  };
  await choose('SELECT');
  await expect(app.editor).toContainText('FROM trips');
  await choose('Create a stream');
  await expect(app.editor).toContainText('CREATE STREAM trips_stream ON TABLE trips;');
  for (const [entry, tab] of [
    ['Preview', 'Preview'],
    ['Definition', 'Definition'],
  ] as const) {
    await choose(entry);
    await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true');
  }
  await choose('Statistics');
  await expect(page.getByRole('complementary', { name: /trips/ })).toBeVisible();
  await choose('COPY into…');
  await expect(page).toHaveURL(/#\/load\?.*table=trips/);
  await app.go('Data');
  await choose('Drop…');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('view default.long_trips');
  await expect(dialog.getByRole('button', { name: 'Drop table' })).toBeDisabled();
  await dialog.getByRole('textbox').fill('trips');
  await dialog.getByRole('button', { name: 'Drop table' }).click();
  await expect(trips).toHaveCount(0);
});
