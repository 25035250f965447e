import { type App, test as base, expect } from './app.ts';
import { fiveTimes } from './figures.ts';
import { keptProfileTest } from './kept-profile.ts';

const isLong = process.env['BOATHOUSE_LONG'] === '1';
const test = isLong ? keptProfileTest : base;
const ROWS = isLong ? 1_000_000 : 30_000;
const COLUMNS = 300;
/** In milliseconds. */
const LATER = isLong ? 300_000 : 60_000;

/** Column c7 is NULL more often than any other, c1 counts the rows. */
const TABLE = `CREATE TABLE measures AS SELECT ${Array.from({ length: COLUMNS }, (_, index) =>
  index === 7 ? 'if(number % 3 = 0, number, NULL) AS c7' : `number + ${index} AS c${index}`,
).join(', ')} FROM numbers(${ROWS})`;

interface Delay {
  /** Of nine keys of ten: the longest belongs to whatever else the machine does. */
  readonly usual: number;
  readonly most: number;
}

/** From each key to the frame behind it, in milliseconds. */
async function typingDelay(app: App, text: string): Promise<Delay> {
  await app.editor.click();
  await app.page.keyboard.press('Control+End');
  await app.page.evaluate(() => {
    const delays: number[] = [];
    document.body.dataset['delays'] = '';
    const press = () => {
      const pressed = performance.now();
      requestAnimationFrame(() => {
        delays.push(performance.now() - pressed);
        document.body.dataset['delays'] = delays.join();
      });
    };
    window.addEventListener('keydown', press, { capture: true });
  });
  await app.page.keyboard.type(`\n${text}`, { delay: 30 });
  const delays = (await app.page.locator('body').getAttribute('data-delays')) ?? '';
  const sorted = delays
    .split(',')
    .map(Number)
    .sort((a, b) => a - b);
  return { usual: sorted[Math.floor(sorted.length * 0.9)] ?? 0, most: sorted.at(-1) ?? 0 };
}

function note(type: string, { usual, most }: Delay): void {
  const description = `${Math.round(usual)} ms for nine of ten, ${Math.round(most)} ms at most`;
  test.info().annotations.push({ type, description });
}

test('26: a table of 300 columns is profiled in view only, while typing stays quick', async ({ app }) => {
  test.setTimeout(isLong ? 1_800_000 : 360_000);
  await app.open();
  await app.openWorksheet();
  await app.run(TABLE);
  await expect(app.result(/CREATE TABLE [\d,]+ rows affected/)).toBeVisible({ timeout: 2 * LATER });
  const idle = await typingDelay(app, '-- typed while nothing runs');
  note('delay of a key while nothing runs', idle);
  await app.page.getByRole('treeitem', { name: /measures/ }).click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Statistics' }).click();
  const panel = app.page.getByRole('complementary', { name: 'Statistics of measures' });
  const shares = panel.getByRole('row').locator('[title^="Of a sample"]');
  await expect(shares.first()).toContainText('≈', { timeout: LATER });
  // The others have no cell that could ask for its column.
  await expect(panel.getByRole('grid')).toHaveAttribute('aria-rowcount', String(COLUMNS + 1));
  expect(await panel.getByRole('row').count()).toBeLessThan(80);

  // Typing meanwhile, held against typing before.
  const busy = await typingDelay(app, '-- typed while columns are counted');
  note('delay of a key while columns are counted', busy);
  // The aim is 50 ms. Two cores that others use, too, say little of it: there only a page that stands still fails.
  expect(busy.usual).toBeLessThan(isLong ? Math.max(3 * 50, 3 * idle.usual) : 1000);

  // Sampled values become exact.
  await expect(shares).toHaveCount(0, { timeout: LATER });
  await expect(panel.getByRole('row').nth(1)).toContainText('0.00 %');

  // The column with the most NULLs comes first.
  await panel.getByRole('button', { name: 'Most NULL first' }).click();
  await expect(panel.getByRole('row').nth(1)).toContainText('c7');
  await expect(panel.getByRole('row').nth(1)).toContainText('66.67 %');
  await panel.getByRole('button', { name: 'Most NULL first' }).click();

  // A brush over the first half of c0 keeps those rows, and the profile of c7 follows.
  const bars = panel.getByRole('slider').first();
  const box = (await bars.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await app.page.mouse.move(box.x + 2, box.y + box.height / 2);
  await app.page.mouse.down();
  await app.page.mouse.move(box.x + box.width / 2 - 3, box.y + box.height / 2, { steps: 4 });
  await app.page.mouse.up();
  await expect(panel.locator('.pill')).toContainText(`c0 BETWEEN 0 AND ${ROWS / 2 - 1}`);
  await expect(panel.getByRole('row').nth(8)).toContainText('66.67 %', { timeout: LATER });
  await panel.getByRole('button', { name: 'Open the rows' }).click();
  await app.runAll();
  await expect(app.result(new RegExp(`SELECT ${(ROWS / 2).toLocaleString('en')} rows`))).toBeVisible({
    timeout: LATER,
  });
});

/** Of the calls that the page takes back: when, and when the engine has said that they are over. */
type Cancels = readonly { readonly asked: number; readonly over: number }[];

/** Hears what page and engine say to each other from the next load on; gives the calls that were taken back. */
async function watchCancels(app: App): Promise<() => Promise<Cancels>> {
  await app.page.addInitScript(() => {
    const asked = new Map<number, number>();
    const known = new WeakSet<Worker>();
    const cancels: { asked: number; over: number }[] = [];
    Object.assign(window, { cancels });
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]) {
      const [message] = args as [{ kind?: string; id?: number }];
      if (message.kind === 'Abort' && message.id !== undefined) asked.set(message.id, performance.now());
      if (!known.has(this)) {
        known.add(this);
        this.addEventListener('message', ({ data }) => {
          const at = asked.get(data.id);
          if (at === undefined || data.kind === 'Event') return;
          asked.delete(data.id);
          cancels.push({ asked: at, over: performance.now() });
        });
      }
      Reflect.apply(post, this, args);
    };
  });
  return () => app.page.evaluate(() => (window as unknown as { readonly cancels: Cancels }).cancels);
}

test('26: leaving the statistics gives up what is being counted', async ({ app }) => {
  test.setTimeout(isLong ? 1_800_000 : 120_000);
  const cancels = await watchCancels(app);
  await app.open();
  await app.openWorksheet();
  await app.run(TABLE.replace(String(ROWS), String(isLong ? ROWS : 60_000)));
  await expect(app.result(/CREATE TABLE [\d,]+ rows affected/)).toBeVisible({ timeout: 2 * LATER });
  const panel = app.page.getByRole('complementary', { name: 'Statistics of measures' });
  await fiveTimes('from leaving the statistics until the engine has given them up', 200, async () => {
    await app.page.getByRole('treeitem', { name: /measures/ }).click({ button: 'right' });
    await app.page.getByRole('menuitem', { name: 'Statistics' }).click();
    await expect(panel.locator('[title^="Of a sample"]').first()).toBeVisible({ timeout: LATER });
    const before = (await cancels()).length;
    await panel.getByRole('button', { name: 'Close the statistics' }).click();
    await expect(panel).toHaveCount(0);
    // The answer to the next question comes behind that to the last one.
    await app.run('SELECT 41 + 1 AS answer');
    await expect(app.page.getByRole('gridcell', { name: '42' })).toBeVisible({ timeout: LATER });
    const given = (await cancels()).slice(before);
    // A table of few rows may be counted before anybody can leave.
    if (isLong) expect(given).not.toHaveLength(0);
    return Math.max(0, ...given.map(({ asked, over }) => over - asked));
  });
});
