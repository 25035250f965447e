import { type App, expect, test } from './app.ts';

/** Three times what a person may have to wait, since the machine that tests has other work. */
const MOST_MILLISECONDS = 1500;

/** Presses Cancel once the statement is under way; the time until the page says so is measured in the page. */
async function cancelRun(app: App): Promise<void> {
  await expect(app.page.getByRole('progressbar', { name: /^Progress of/ })).toBeVisible();
  await expect(app.page.getByText('Executing').or(app.page.getByText('Scanning')).first()).toBeVisible();
  const measured = app.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const results = document.querySelector('[data-region=results]');
        const listen = () => {
          const start = performance.now();
          const observer = new MutationObserver(() => {
            if (!/cancelled/i.test(results?.textContent ?? '')) return;
            observer.disconnect();
            resolve(performance.now() - start);
          });
          observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        };
        document.addEventListener('click', listen, { capture: true, once: true });
      }),
  );
  await app.page.getByRole('button', { name: 'Cancel' }).first().click();
  const took = await measured;
  test.info().annotations.push({ type: 'cancel', description: `${Math.round(took)} ms` });
  expect(took).toBeLessThan(MOST_MILLISECONDS);
}

async function expectCount(app: App, table: string, rows: number): Promise<void> {
  await app.run(`SELECT count(*) AS n FROM ${table}`);
  await expect.poll(() => app.rows()).toEqual([[String(rows)]]);
}

test('a long sort is cancelled at once, and the next statement runs', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run('SELECT number, md5(number::STRING) m FROM numbers(40000000) ORDER BY m');
  // By then DuckDB is in the midst of the sort, which it does not leave at once.
  await expect(app.page.getByText(/^[2-9](\.\d+)? s$/).first()).toBeVisible();
  await cancelRun(app);
  await app.run('SELECT 41 + 1 AS answer');
  await expect.poll(() => app.rows()).toEqual([['42']]);
});

test('an INSERT that is cancelled leaves no row', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run('CREATE TABLE halfway (a BIGINT); INSERT INTO halfway VALUES (1);');
  await expect(app.result(/INSERT INTO 1 row affected/)).toBeVisible();
  await app.run('INSERT INTO halfway SELECT number FROM numbers(500000000)');
  await cancelRun(app);
  await expectCount(app, 'halfway', 1);
});

test('a COPY that is cancelled leaves no row, and the file can be loaded later', async ({ app }) => {
  await app.open();
  // 48 MB made in the page: 3 million rows of `1234567,some words`.
  await app.page.evaluate(async () => {
    const block = Array.from({ length: 100_000 }, (_, row) => `${row},some words\n`).join('');
    const data = new DataTransfer();
    data.items.add(new File(Array<string>(30).fill(block), 'long.csv'));
    data.items.add(new File(['1,one\n'], 'short.csv'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
  });
  await expect(app.editor.getByText('short.csv').first()).toBeVisible({ timeout: 60_000 });
  await app.run('CREATE TABLE lines (id BIGINT, words VARCHAR)');
  await expect(app.result(/CREATE TABLE done/)).toBeVisible();
  await app.run("COPY INTO lines FROM @~/ FILES = ('long.csv') FILE_FORMAT = (TYPE = CSV)");
  await cancelRun(app);
  await expectCount(app, 'lines', 0);
  await app.run("COPY INTO lines FROM @~/ FILES = ('short.csv') FILE_FORMAT = (TYPE = CSV)");
  await expect.poll(() => app.rows()).toEqual([['short.csv', '1', '0', 'NULL', 'NULL']]);
  await expectCount(app, 'lines', 1);
});
