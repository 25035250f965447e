import { expect, test } from './app.ts';
import { figure, median, TIMES, told } from './figures.ts';

const FIVE = `SELECT ';' AS semicolon;
SELECT $$ one ; two $$ AS dollars;
SELECT nope;
CREATE TASK nightly SCHEDULE = 60 MINUTE AS BEGIN
  SELECT 1;
  SELECT 2;
END;
SELECT 5 AS five`;

test('8: what will run is shown, and runs', async ({ app }) => {
  const { keyboard } = app.page;
  await app.open();
  await app.openWorksheet();
  await app.write(FIVE);
  const bar = async () => {
    const [first, last] = await app.page.evaluate(() => {
      const marks = [...document.querySelectorAll('.margin-view-overlays .stmt-active-margin')];
      const tops = marks.map((mark) => mark.getBoundingClientRect().top).sort((a, b) => a - b);
      const lines = [...document.querySelectorAll('.margin-view-overlays .line-numbers')].map((line) => ({
        top: line.getBoundingClientRect().top,
        number: Number(line.textContent),
      }));
      const numberAt = (top = 0) => lines.find((line) => Math.abs(line.top - top) < 6)?.number;
      return [numberAt(tops[0]), numberAt(tops.at(-1))];
    });
    return `${first}-${last}`;
  };
  await keyboard.press('Control+Home');
  for (const lines of ['1-1', '2-2', '3-3', '4-7', '4-7', '4-7', '4-7', '8-8']) {
    await expect.poll(bar).toBe(lines);
    await keyboard.press('ArrowDown');
  }
  await keyboard.press('Control+Home');
  await keyboard.press('Control+Enter');
  await expect(app.results).toHaveCount(1);
  await expect(app.results).toContainText('1 row');
  await keyboard.press('Control+Home');
  await keyboard.press('ArrowRight');
  await keyboard.press('Shift+ArrowDown');
  await keyboard.press('Control+Enter');
  await expect(app.results).toHaveCount(2);
  await keyboard.press('Control+End');
  await app.runAll();
  await expect
    .poll(() => app.outcomes())
    .toEqual([
      'SELECT 1 row',
      'SELECT 1 row',
      expect.stringMatching(/^SELECT/),
      'CREATE TASK skipped',
      'SELECT skipped',
    ]);
  await expect(app.results.nth(2)).toHaveAttribute('title', /nope/);
  await expect(app.results.first()).toContainText(/1 row · [\d.]+ m?s/);
  await app.page.getByRole('button', { name: 'More ways to run' }).click();
  await app.page.getByRole('menuitemcheckbox', { name: 'Continue after errors' }).click();
  await app.editor.click();
  await app.runAll();
  await expect(app.results.nth(4)).toContainText('1 row');
  await expect(app.results.nth(3)).toContainText('CREATE TASK');
  await expect(app.results.nth(3)).not.toContainText('skipped');
  await expect(app.results).toHaveCount(5);

  // What became of a statement stands behind it, and goes with its text.
  const ends = app.editor.locator('.ghost');
  await expect(ends).toHaveCount(5);
  await keyboard.press('Control+Home');
  await keyboard.type('-- first\n');
  await keyboard.press('ArrowDown');
  await keyboard.press('End');
  await keyboard.type(' -- second');
  await expect(ends).toHaveCount(4);
  await keyboard.press('Control+A');
  await keyboard.type('SELECT 6');
  await expect(ends).toHaveCount(0);
});

const BUFFER = `-- the load
copy into frame_events from (select $1, t.$1:a from @s/p/ t) file_format=(type=parquet);
create task t schedule = using cron '0 0 * * * *' 'UTC' when stream_status('s') = true as insert into x select * from s;
select /* kept */ v:a.b['c'] , array_transform([1,2], x -> x+1) from t qualify row_number() over (partition by a order by b)=1;`;

test('9: our dialect is laid out, once, and what is broken is left alone', async ({ app }) => {
  const { keyboard } = app.page;
  await app.open();
  await app.openWorksheet();
  await app.write(BUFFER);
  const text = async () => {
    await app.editor.click();
    await keyboard.press('Control+A');
    await keyboard.press('Control+C');
    return app.page.evaluate(() => navigator.clipboard.readText());
  };
  await keyboard.press('Alt+Shift+F');
  await expect(app.editor.getByText('COPY').first()).toBeVisible();
  const once = await text();
  for (const kept of ['-- the load', '/* kept */', "'0 0 * * * *' 'UTC'", '@s/p/', "['c']"])
    expect(once).toContain(kept);
  const bare = (sql: string) => sql.toLowerCase().replace(/\s+/g, '');
  expect(bare(once)).toBe(bare(BUFFER));
  await keyboard.press('Alt+Shift+F');
  await expect(app.page.getByText('Already formatted.').first()).toBeVisible();
  expect(await text()).toBe(once);
  await app.write('selec 1 frm');
  await keyboard.press('Alt+Shift+F');
  await expect(app.page.getByText(/^Not formatted:/).first()).toBeVisible();
  expect(await text()).toBe('selec 1 frm');
});

test('12: keys are taken while a query runs, in its worksheet and in another', async ({ app }) => {
  const { keyboard } = app.page;
  await app.open();
  await app.openWorksheet();
  await app.run('SELECT count(DISTINCT a.number * b.number) FROM numbers(40000) a CROSS JOIN numbers(20000) b');
  const running = app.page.getByRole('region', { name: 'What runs' });
  await expect(running).toContainText('CROSS JOIN');
  await app.page.evaluate(() => {
    const delays: number[] = [];
    Object.assign(window, { delays });
    addEventListener(
      'keydown',
      ({ timeStamp }) => requestAnimationFrame(() => delays.push(performance.now() - timeStamp)),
      true,
    );
  });
  await app.editor.click();
  await keyboard.press('Control+End');
  await keyboard.type('-- typed'.repeat(TIMES), { delay: 30 });
  await expect(app.editor.getByText('-- typed'.repeat(TIMES))).toBeVisible();
  await expect(running).toContainText('CROSS JOIN');
  await expect(running).not.toContainText('typed');
  await keyboard.press('Control+J');
  await keyboard.press('N');
  await app.editor.click();
  await keyboard.type('select 12'.padEnd(TIMES * 9, '0'), { delay: 30 });
  await expect(app.editor.getByText('12'.padEnd(TIMES * 9 - 7, '0'))).toBeVisible();
  const delays = await app.page.evaluate(() => (window as unknown as { readonly delays: number[] }).delays);
  const sorted = [...delays].sort((a, b) => a - b);
  figure('a key until the next frame, median', median(sorted), 50);
  told('a key until the next frame, 95th percentile', sorted[Math.floor(sorted.length * 0.95)] ?? Infinity, 50);
  await app.page.getByRole('tablist', { name: 'Worksheets' }).getByRole('tab').first().click();
  await expect(running).toContainText('CROSS JOIN');
  await app.page.getByRole('button', { name: 'Cancel' }).first().click();
  await expect(app.results.first()).toContainText('cancelled');
});
