import { type App, expect, test } from './app.ts';
import { figure, fiveTimes, median, TIMES } from './figures.ts';
import { plantTables } from './plant-tables.ts';

const options = (app: App) => app.page.getByRole('option');

async function write(app: App, sql: string, caret = sql.length): Promise<void> {
  await app.write(sql);
  await app.page.keyboard.press('Control+Home');
  for (let at = 0; at < caret; at++) await app.page.keyboard.press('ArrowRight');
}

const TABLES = `
CREATE TABLE frame_events (frame_id VARCHAR, video_id VARCHAR, event_tag VARCHAR, risk_score DOUBLE);
CREATE TABLE citydrive_videos (video_id VARCHAR, route_name VARCHAR);
INSERT INTO frame_events VALUES ('F1', 'V1', 'hard_brake', 0.5);`;

async function withTables(app: App): Promise<void> {
  await app.open();
  await app.openWorksheet();
  await app.run(TABLES);
  await expect(app.result(/INSERT/)).toContainText('1 row');
}

test('4: names complete from scope, with five hundred tables in the catalog', async ({ app }) => {
  await withTables(app);
  await app.run('CREATE TABLE seed (id INT, note VARCHAR)');
  await expect(app.result(/CREATE TABLE done/)).toBeVisible();
  await expect(app.page.getByRole('treeitem', { name: /^seed/ })).toBeVisible();
  await plantTables(app, 500);
  await app.page.reload();
  await app.openWorksheet();
  await expect(app.page.getByRole('treeitem', { name: 'default 503' })).toBeVisible();
  const columns = (await listTimed(app, 'columns of both tables', BOTH, 'Control+Space')).join('\n');
  expect(columns).toMatch(/risk_score.*DOUBLE/);
  expect(columns).toMatch(/route_name.*VARCHAR/);
  const behindDot = await listTimed(
    app,
    'columns behind a dot',
    { text: BOTH.text.replace('  ', ' f '), caret: BOTH.caret + 1 },
    '.',
  );
  expect(behindDot.map((name) => /\w+/.exec(name)?.[0])).toEqual(['frame_id', 'video_id', 'event_tag', 'risk_score']);
  const cte = { text: 'WITH x AS (SELECT 1 AS a) SELECT x', caret: 34 };
  expect(await listTimed(app, 'columns of a CTE', cte, '.')).toEqual([expect.stringMatching(/^a\b/)]);
});

interface Written {
  readonly text: string;
  readonly caret: number;
}

const BOTH = { text: 'SELECT  FROM frame_events f JOIN citydrive_videos v USING (video_id)', caret: 'SELECT '.length };

/** What a key at a place of a text offers; three times or more, the median of which is a figure. */
async function listTimed(app: App, name: string, { text, caret }: Written, key: string): Promise<readonly string[]> {
  const times: number[] = [];
  let names: readonly string[] = [];
  for (let turn = 0; turn < Math.max(3, TIMES); turn++) {
    await write(app, text, caret);
    await app.page.keyboard.press('Escape');
    await expect(options(app)).toHaveCount(0);
    const end = await watchOptions(app);
    await app.page.keyboard.press(key);
    times.push(await end());
    names = await options(app).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
    await app.page.keyboard.press('Escape');
  }
  figure(name, median(times), 100);
  return names;
}

/** Measures in the page from the next key to the first option that the eye sees; Monaco's class for that comes later. */
async function watchOptions(app: App): Promise<() => Promise<number>> {
  const found = await app.page.evaluateHandle(() => ({
    time: new Promise<number>((resolve) => {
      const watch = (event: KeyboardEvent) => {
        const isSeen = (option: Element) =>
          option.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && option.clientHeight > 0;
        const look = () =>
          [...document.querySelectorAll('.suggest-widget [role=option]')].some(isSeen)
            ? resolve(performance.now() - event.timeStamp)
            : requestAnimationFrame(look);
        look();
      };
      addEventListener('keydown', watch, { once: true, capture: true });
    }),
  }));
  return () => found.evaluate(({ time }) => time);
}

test('5: stages, folders, files and the columns of a file complete', async ({ app }) => {
  const { keyboard } = app.page;
  await app.open();
  await app.openWorksheet();
  await app.run(`CREATE STAGE lake;
COPY INTO @lake/day/one.parquet FROM (SELECT 1 AS speed_kmh, 'x' AS route) FILE_FORMAT = (TYPE = PARQUET) SINGLE = TRUE USE_RAW_PATH = TRUE;
COPY INTO '@lake/day/two words.parquet' FROM (SELECT 1 AS speed_kmh) FILE_FORMAT = (TYPE = PARQUET) SINGLE = TRUE USE_RAW_PATH = TRUE;`);
  await expect(app.results).toHaveCount(3);
  await expect(app.results.last()).toContainText('row');
  const offer = (name: RegExp) => options(app).filter({ hasText: name }).first();
  await app.write('SELECT * FROM ');
  await keyboard.type('@');
  await expect(offer(/@lake/)).toBeVisible();
  await keyboard.type('la');
  await keyboard.press('Enter');
  await expect(offer(/day\//)).toBeVisible();
  await keyboard.press('Enter');
  await expect(offer(/one\.parquet/)).toBeVisible();
  await expect(offer(/one\.parquet/)).toContainText(/\d+(\.\d)? (B|KiB|KB)/);
  await keyboard.type('one');
  await keyboard.press('Enter');
  await keyboard.type(' WHERE ');
  await keyboard.press('Control+Space');
  await expect(offer(/speed_kmh/)).toBeVisible();
  await expect(offer(/route/)).toBeVisible();
  await keyboard.press('Escape');
  await app.write('SELECT * FROM @lake/day');
  await keyboard.type('/');
  await expect(offer(/two words/)).toBeVisible();
  await keyboard.type('two');
  await keyboard.press('Enter');
  await expect(app.editor.locator('.view-line').first()).toHaveText(/FROM\s'@lake\/day\/two\swords\.parquet'/);
  await keyboard.press('Escape');
  await keyboard.press('Control+Enter');
  await expect(app.result(/SELECT 1 row/)).toBeVisible();
});

test('6: a function is explained in the language that is shown, and its example is put in', async ({ app }) => {
  const { keyboard } = app.page;
  await app.open();
  await app.openWorksheet();
  await app.write('SELECT ST_DISTANCE');
  await keyboard.type('(');
  const hint = app.page.locator('.parameter-hints-widget');
  await expect(hint.locator('.parameter.active')).toHaveText('Geometry');
  const first = await hint.locator('.parameter.active').evaluate((mark) => mark.previousSibling?.textContent ?? '');
  expect(first).toContain('(');
  await keyboard.type('a, ');
  await expect
    .poll(() => hint.locator('.parameter.active').evaluate((mark) => mark.previousSibling?.textContent ?? ''))
    .toContain(',');
  await keyboard.press('Escape');
  await app.editor.locator('.view-line').getByText('ST_DISTANCE').first().hover();
  const card = app.page.locator('.monaco-hover:not(.hidden)').filter({ hasText: 'st_distance' }).first();
  await expect(card).toContainText('The least distance');
  await expect(card).toContainText('st_distance(Geometry, Geometry)');
  await expect(card).toContainText('st_distance(Geography, Geography)');
  await expect(card).toContainText(/SELECT st_distance\(/);
  await card.getByText('Insert example').click();
  await expect(app.page.getByText('Ln 3 Col 1', { exact: true })).toBeVisible();
  await keyboard.press('Control+Enter');
  await expect(app.result(/SELECT 1 row/)).toBeVisible();
  await keyboard.press('Control+k');
  await keyboard.insertText('Switch language');
  await keyboard.press('Enter');
  await expect(app.page.getByRole('button', { name: '格式化' })).toBeVisible();
  await expect(app.page.getByRole('treeitem', { name: /^Stage 1/ })).toBeVisible();
  await expect(app.editor.getByText(/毫秒\s·\s1\s行/)).toBeVisible();
  await app.page.mouse.move(5, 5);
  await app.page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await app.editor.locator('.view-line').getByText('ST_DISTANCE').first().hover();
  await expect(app.page.locator('.monaco-hover:not(.hidden)').filter({ hasText: '最短距离' }).first()).toBeVisible();
});

test('7: an error is marked exactly, fixed by a key, and followed through changes', async ({ app }) => {
  const { keyboard } = app.page;
  await withTables(app);
  await app.write('SELECT frame_id, risk_score FROM frame_events');
  await keyboard.press('Control+Home');
  for (let at = 0; at < 'SELECT frame_id'.length; at++) await keyboard.press('ArrowRight');
  const squiggle = app.page.locator('.squiggly-error');
  await fiveTimes('a squiggle after the last key', 400, async () => {
    if ((await squiggle.count()) > 0) await keyboard.press('Backspace');
    await expect(squiggle).toHaveCount(0);
    const begun = performance.now();
    await keyboard.type('d');
    await keyboard.press('Escape');
    await expect(squiggle).toHaveCount(1);
    return performance.now() - begun;
  });
  expect(await underlined(app)).toEqual([8, 17]);
  await app.editor.locator('.view-line').getByText('frame_idd', { exact: true }).hover();
  const card = app.page.locator('.monaco-hover:not(.hidden)').filter({ hasText: 'frame_idd' }).first();
  await expect(card).toContainText(/doesn't exist/);
  await expect(card).toContainText(/frame_id\b/);
  await keyboard.press('Control+.');
  await keyboard.press('Enter');
  await expect(squiggle).toHaveCount(0);
  await expect(app.editor.locator('.view-line').getByText('frame_idd')).toHaveCount(0);
  await app.write('SELECT 1;\nSELECT CAST(event_tag AS INT) FROM frame_events');
  await keyboard.press('Control+Enter');
  await expect(squiggle).toHaveCount(1);
  expect(await underlined(app)).toEqual([8, 'SELECT CAST(event_tag AS INT)'.length + 1]);
  const error = app.page.getByRole('alert', { name: 'Error' });
  await expect(error).toContainText("'hard_brake'");
  await expect(error).toContainText('TRY_CAST gives NULL');
  await keyboard.press('Control+Home');
  await keyboard.insertText('-- one\n-- two\n');
  await expect(squiggle).toHaveCount(1);
  expect(await underlined(app)).toEqual([8, 'SELECT CAST(event_tag AS INT)'.length + 1]);
  await error.locator('.error-place').click();
  await expect(app.page.getByText(/^Ln 4 Col/)).toBeVisible();
  await expect(app.page.getByRole('textbox', { name: /^SQL of/ })).toBeFocused();
  await keyboard.insertText('event_tag');
  await expect(app.editor.locator('.view-line').nth(3)).toHaveText(/^SELECT\sevent_tag\sFROM\sframe_events\b/);
});

/** The columns that the one squiggle covers, from 1, its end not included. */
async function underlined(app: App): Promise<readonly number[]> {
  return app.page
    .locator('.squiggly-error')
    .first()
    .evaluate((mark) => {
      const line = [...document.querySelectorAll('.view-line')].find(
        (one) => Math.abs(one.getBoundingClientRect().top - mark.getBoundingClientRect().top) < 8,
      );
      const { left, width } = mark.getBoundingClientRect();
      const text = line?.querySelector('span')?.getBoundingClientRect();
      if (!line || !text) return [];
      const range = document.createRange();
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const edges: number[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (let at = 0; at < (node.textContent?.length ?? 0); at++) {
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          edges.push(range.getBoundingClientRect().left);
        }
      const column = (x: number) => {
        const at = edges.findIndex((edge) => Math.abs(edge - x) < 2);
        return at < 0 ? edges.length + 1 : at + 1;
      };
      return [column(left), column(left + width)];
    });
}
