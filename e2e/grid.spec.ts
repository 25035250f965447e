import { createHash } from 'node:crypto';
import { type App, expect, test } from './app.ts';
import { fiveTimes, TIMES } from './figures.ts';
import { at, scrollFrames } from './frames.ts';

const ROWS = 10_000_000;
const LAST = ROWS - 1;

/** Elements of the grid, however many rows and columns its result has. */
const MOST_ELEMENTS = 4000;

const elements = (app: App) => app.grid.locator('*').count();

async function heapMegabytes(app: App): Promise<number> {
  const session = await app.page.context().newCDPSession(app.page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 2 ** 20;
}

interface Wanted {
  /** Of an element that is looked for in each frame. */
  readonly selector: string;
  /** What the whole of its text matches. */
  readonly text: string;
}

/** Starts with the next Enter and stops at the frame that shows what is wanted; the answer reads its milliseconds. */
async function fromEnterTo(app: App, wanted: Wanted): Promise<() => Promise<number>> {
  await app.page.evaluate(({ selector, text }) => {
    const whole = new RegExp(`^${text}$`);
    let pressed = 0;
    delete document.body.dataset['took'];
    const press = ({ key }: KeyboardEvent) => {
      if (key === 'Enter') pressed = performance.now();
    };
    window.addEventListener('keydown', press, { capture: true });
    const look = () => {
      if (pressed > 0 && whole.test(document.querySelector(selector)?.textContent ?? ''))
        document.body.dataset['took'] = String(performance.now() - pressed);
      else requestAnimationFrame(look);
    };
    look();
  }, wanted);
  return async () => {
    const took = app.page.locator('body[data-took]');
    return Number(await took.getAttribute('data-took', { timeout: 60_000 }));
  };
}

function note(type: string, description: string): void {
  test.info().annotations.push({ type, description });
}

test('20: ten million rows come at once, scroll to the last, and the page stays small', async ({ app }) => {
  test.setTimeout(TIMES * 360_000);
  await app.open();
  await app.openWorksheet();
  await app.run('SELECT 1');
  await expect(app.result(/SELECT 1 row/)).toBeVisible();
  const idle = await heapMegabytes(app);
  // Of each turn other rows, so that what the last one has shown is none of its own.
  let more = TIMES;
  await fiveTimes('first rows of ten million', 500, async () => {
    more--;
    await app.write(`SELECT number, md5((number + ${more})::STRING) AS digest FROM numbers(${ROWS})`);
    const text = createHash('md5').update(String(more)).digest('hex');
    const firstRow = await fromEnterTo(app, { selector: '[role=grid] [data-row="0"][data-column="1"]', text });
    await app.runAll();
    const first = await firstRow();
    await expect(app.result(/10,000,000 rows/)).toBeVisible({ timeout: 120_000 });
    return first;
  });
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

  // The journey beside this one takes the processor now and then: the quietest of three says what the grid does.
  const scrolls = [await scrollFrames(app, 4000), await scrollFrames(app, 4000), await scrollFrames(app, 4000)];
  const [frames = []] = scrolls.sort((a, b) => at(a, 0.95) - at(b, 0.95));
  const share = frames.filter((time) => time < 33).length / frames.length;
  note('frames under 33 ms', `${Math.round(share * 100)} %, the 95th percentile ${Math.round(at(frames, 0.95))} ms`);
  expect(at(frames, 0.95)).toBeLessThan(3 * 33);
  const grown = (await heapMegabytes(app)) - idle;
  note('heap growth', `${Math.round(grown)} MB`);
  expect(grown).toBeLessThan(150);
  expect(await elements(app)).toBeLessThan(MOST_ELEMENTS);
});

test('20: of two thousand columns one is gone to by its name', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  const columns = Array.from({ length: 2000 }, (_, index) => `number + ${index} AS c${index + 1}`);
  await app.run(`SELECT ${columns.join(', ')} FROM numbers(200)`);
  await expect(app.result(/SELECT 200 rows/)).toBeVisible({ timeout: 60_000 });
  let before = TIMES;
  await fiveTimes('jump to a column up to 1,987', 200, async () => {
    before--;
    const last = 1986 - 300 * before;
    await app.page.keyboard.press('Control+j');
    await app.page.keyboard.press('g');
    await app.page.getByRole('textbox', { name: 'Find columns' }).fill(`c${last + 1}`);
    const cell = { selector: `[role=grid] [data-row="0"][data-column="${last}"]`, text: String(last) };
    const jump = await fromEnterTo(app, cell);
    await app.page.keyboard.press('Enter');
    return jump();
  });
  await expect(app.columnHead('c1987')).toBeInViewport();
  await expect(app.page.getByRole('gridcell', { selected: true })).toHaveAttribute('aria-colindex', '1988');
  expect(await elements(app)).toBeLessThan(MOST_ELEMENTS);
});
