import { type App, expect, test } from './app.ts';

const COLUMNS = ['a', 'note', 'b', 'c', 'd', 'h1', 'h2', 'h3', 'h4', 'h5'];
const select = (columns: readonly string[]) =>
  `SELECT ${columns.map((name, index) => (name === 'note' ? "'a note of some length, ' || number AS note" : `number * ${index + 1} AS ${name}`)).join(', ')} FROM numbers(60) AS t(number)`;

const heads = (app: App) =>
  app.page
    .getByRole('columnheader')
    .evaluateAll((cells) => cells.map((cell) => cell.querySelector('.cut')?.textContent ?? ''));

async function widthOf(app: App, name: string): Promise<number> {
  return Math.round((await app.columnHead(name).boundingBox())?.width ?? 0);
}

async function drag(app: App, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await app.page.mouse.move(from.x, from.y);
  await app.page.mouse.down();
  await app.page.mouse.move((from.x + to.x) / 2, to.y, { steps: 4 });
  await app.page.mouse.move(to.x, to.y, { steps: 4 });
  await app.page.mouse.up();
}

async function edgeOf(app: App, name: string): Promise<{ x: number; y: number }> {
  const box = (await app.columnHead(name).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: box.x + box.width - 3, y: box.y + box.height / 2 };
}

async function middleOf(app: App, name: string, share = 0.5): Promise<{ x: number; y: number }> {
  const box = (await app.columnHead(name).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: box.x + box.width * share, y: box.y + 12 };
}

test('21: columns are arranged by pointer and by keyboard, and stay so when the statement runs again', async ({
  app,
}) => {
  await app.open();
  await app.openWorksheet();
  await app.run(select(COLUMNS));
  await expect(app.result(/SELECT 60 rows/)).toBeVisible();
  await expect.poll(() => heads(app)).toEqual(['', ...COLUMNS.slice(0, 9)]);

  // Resized by pointer and by keyboard, fitted by a double click.
  const before = await widthOf(app, 'b');
  const edge = await edgeOf(app, 'b');
  await drag(app, edge, { x: edge.x + 60, y: edge.y });
  expect(await widthOf(app, 'b')).toBe(before + 60);
  await app.page.getByRole('gridcell').nth(2).click();
  await app.page.keyboard.press('Alt+ArrowRight');
  expect(await widthOf(app, 'b')).toBe(before + 76);
  const note = await edgeOf(app, 'note');
  await drag(app, note, { x: note.x - 100, y: note.y });
  const narrow = await widthOf(app, 'note');
  const end = await edgeOf(app, 'note');
  await app.page.mouse.dblclick(end.x, end.y);
  await expect.poll(() => widthOf(app, 'note')).toBeGreaterThan(narrow + 60);
  const fitted = await widthOf(app, 'note');

  // Moved by pointer: d before a; by keyboard: the active column b one to the left.
  await drag(app, await middleOf(app, 'd'), await middleOf(app, 'a', 0.2));
  await expect.poll(async () => (await heads(app)).slice(1, 6)).toEqual(['d', 'a', 'note', 'b', 'c']);
  await expect(app.page.getByRole('menu')).toHaveCount(0);
  await app.page.getByRole('gridcell').nth(3).click();
  await app.page.keyboard.press('Alt+Shift+ArrowLeft');
  await expect.poll(async () => (await heads(app)).slice(1, 6)).toEqual(['d', 'a', 'b', 'note', 'c']);
  await expect(app.page.getByRole('gridcell', { selected: true })).toHaveAttribute('aria-colindex', '4');

  // Two columns and a row are pinned.
  await app.head('c', 'Pin to the left');
  await app.head('note', 'Pin to the left');
  await expect.poll(async () => (await heads(app)).slice(1, 4)).toEqual(['c', 'note', 'd']);
  await app.page.locator('[role=row][aria-rowindex="4"] [role=gridcell]').first().click();
  await app.page.keyboard.press('Shift+F10');
  await app.page.getByRole('menuitem', { name: 'Pin the row' }).click();
  await app.page.keyboard.press('Control+End');
  const pinned = app.page.locator('.grid-pinned [role=row]');
  await expect(pinned).toHaveAttribute('aria-rowindex', '4');
  await expect(pinned.getByRole('gridcell').first()).toHaveText('8');
  await expect.poll(async () => (await app.rows()).at(-1)?.[0]).toBe('236');

  // Five are hidden by a pattern, one of them is found and shown.
  await app.page.keyboard.press('Control+j');
  await app.page.keyboard.press('g');
  const dialog = app.page.getByRole('dialog');
  const find = dialog.getByRole('textbox', { name: 'Find columns' });
  await find.fill('h?');
  await dialog.getByRole('button', { name: 'Hide those found' }).click();
  await expect(dialog.getByRole('checkbox', { checked: false })).toHaveCount(5);
  await find.fill('*4');
  await dialog.getByRole('checkbox', { name: 'Show h4' }).check();
  await app.page.keyboard.press('Escape');
  await expect(app.page.getByRole('button', { name: 'Columns 6 of 10' })).toBeVisible();
  const arranged = ['', 'c', 'note', 'd', 'a', 'b', 'h4'];
  await expect.poll(() => heads(app)).toEqual(arranged);

  const holds = async (names: readonly string[]) => {
    await expect.poll(() => heads(app)).toEqual(names);
    expect([await widthOf(app, 'b'), await widthOf(app, 'note')]).toEqual([before + 76, fitted]);
    await expect(pinned).toHaveAttribute('aria-rowindex', '4');
  };
  await app.run(select(COLUMNS));
  await expect(app.result(/SELECT 60 rows/)).toBeVisible();
  await holds(arranged);
  await app.run(select(COLUMNS.filter((name) => name !== 'c')));
  await expect(app.result(/SELECT 60 rows/)).toBeVisible();
  await holds(['', 'note', 'd', 'a', 'b', 'h4']);
  await app.page.reload();
  await app.openWorksheet();
  await app.run(select(COLUMNS));
  await holds(arranged);

  // Two columns of one name stay two, however often they are hidden and shown.
  await app.run('SELECT 1 AS same, 2 AS same, 3 AS other');
  await expect(app.result(/SELECT 1 row/)).toBeVisible();
  await app.page.keyboard.press('Control+j');
  await app.page.keyboard.press('g');
  const both = dialog.getByRole('checkbox', { name: 'Show same' });
  await both.first().uncheck();
  await expect(dialog.getByRole('checkbox', { checked: false })).toHaveCount(2);
  await both.first().check();
  await expect(both).toHaveCount(2);
  await expect(dialog.getByRole('checkbox')).toHaveCount(3);
});
