import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIRequestContext } from 'playwright/test';
import { App, test as base, expect } from './app.ts';

interface DataServer {
  readonly origin: string;
  readonly asked: readonly string[];
}

const test = base.extend<{ readonly data: DataServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it.
  data: async ({}, use) => {
    const asked: string[] = [];
    const server: Server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/csv' }).end('1,oars\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use({ origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked });
    server.close();
  },
});

const POLICY =
  `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self' 'unsafe-inline'; \
img-src 'self' data:; font-src 'self'; manifest-src 'self'; connect-src 'self' data: https: http://127.0.0.1:* http://localhost:*; \
base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
trusted-types default defaultWorkerFactory diffEditorWidget diffReview domLineBreaksComputer dompurify editorViewLayer \
richScreenReaderContent standaloneColorizer tokenizeToString`.replaceAll('\\\n', '');

async function policyOf(request: APIRequestContext, path: string): Promise<unknown> {
  const headers = (await request.get(path)).headers();
  return {
    policy: headers['content-security-policy'],
    opener: headers['cross-origin-opener-policy'],
    embedder: headers['cross-origin-embedder-policy'],
  };
}

const MARK = '<img src=x onerror="document.title=\'taken\'">';

test('39: the policy is served with pages and worker scripts, and no inline script runs', async ({ app, request }) => {
  const { page } = app;
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await app.open();
  const served = { policy: POLICY, opener: 'same-origin', embedder: 'require-corp' };
  expect(await policyOf(request, '')).toEqual(served);
  expect(workers.length).toBeGreaterThan(0);
  for (const url of [...workers, 'sw.js']) expect(await policyOf(request, url), url).toEqual(served);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  // What is no address is answered too, and what lies beside the build is not.
  for (const path of ['%', '..%2f..%2fpackage.json']) expect((await request.get(path)).status(), path).toBe(404);
});

test('39: a script that stands in the page does not run, and is reported', async ({ page, baseURL }) => {
  await page.route(baseURL ?? '', async (route) => {
    const response = await route.fetch();
    const injected = "<head><script>document.title = 'taken'</script>";
    await route.fulfill({ response, body: (await response.text()).replace('<head>', injected) });
  });
  const refused = page.waitForEvent('console', (message) => message.text().includes('inline script'));
  await page.goto('');
  expect((await refused).text()).toContain("script-src 'self'");
  await expect(page.getByText('Engine ready')).toBeVisible({ timeout: 60_000 });
  await expect(page).not.toHaveTitle('taken');
});

/** What happens to a text that is handed to a place that would run it, or read it as markup. */
const refusals = () => {
  const attempt = (use: () => unknown): string => {
    try {
      use();
      return 'taken';
    } catch (error) {
      return error instanceof Error ? error.name : 'refused';
    }
  };
  const mark = '<img src=x onerror="document.title=\'taken\'">';
  return [
    attempt(() => Object.assign(document.createElement('div'), { innerHTML: mark })),
    attempt(() => document.body.insertAdjacentHTML('beforeend', mark)),
    attempt(() => document.write(mark)),
    attempt(() => document.createRange().createContextualFragment(mark)),
    attempt(() => Object.assign(document.createElement('iframe'), { srcdoc: mark })),
    attempt(() => Object.assign(document.createElement('script'), { src: 'look.js' })),
    attempt(() => Object.assign(document.createElement('script'), { textContent: "document.title = 'taken'" })),
    attempt(() => document.body.setAttribute('onclick', "document.title = 'taken'")),
    attempt(() => setTimeout("document.title = 'taken'")),
    attempt(() => new Worker('https://other.example/worker.js')),
  ];
};

test('39: no text becomes markup or a script, however it is handed over', async ({ page }) => {
  await page.goto('');
  await expect(page.getByText('Engine ready')).toBeVisible({ timeout: 60_000 });
  expect(await page.evaluate(refusals)).toEqual([...Array.from({ length: 9 }, () => 'TypeError'), 'SecurityError']);
  await expect(page.locator('img[src=x]')).toHaveCount(0);
  await expect(page).not.toHaveTitle('taken');
});

test('39: markup in a value is text in the grid, the viewer, a chart, a map and an error', async ({ app }) => {
  const { page } = app;
  const quoted = MARK.replaceAll("'", "''");
  await app.open();
  await app.openWorksheet();
  await app.run(`SELECT '${quoted}' AS mark, 3 AS n;`);
  await expect.poll(() => app.rows()).toEqual([[MARK, '3']]);
  await page.getByRole('gridcell', { name: 'img' }).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: /^mark/ })).toContainText(MARK);
  await app.run(`SELECT CAST('${quoted}' AS INT)`);
  await expect(page.getByRole('alert', { name: 'Error' })).toContainText(MARK);
  await app.run(`SELECT '${quoted}' AS mark, 3 AS n;`);
  await page.getByRole('radio', { name: 'Chart', exact: true }).click();
  const drawing = page.getByRole('group', { name: /^Bars: n by mark/ });
  await drawing.focus();
  await page.keyboard.press('ArrowRight');
  await expect(drawing).toContainText('<img');
  await app.run(`SELECT '${quoted}' AS mark, ST_MAKEGEOMPOINT(113.9, 22.5) AS "${MARK.replaceAll('"', '""')}";`);
  await page.getByRole('radio', { name: 'Map' }).click();
  const map = page.getByRole('region', { name: 'Map of the rows' });
  await expect(map.getByRole('img')).toHaveAccessibleName(`Map of ${MARK}, 1 shape`);
  await expect(page.locator('img[src=x]')).toHaveCount(0);
  await expect(page).not.toHaveTitle('taken');
});

test('39: an address that is not listed is refused with a message, and the chip counts the others', async ({
  page,
  data,
  baseURL,
}) => {
  const app = new App(page);
  await app.open(baseURL ?? '');
  await expect(page.getByRole('button', { name: 'net 0 B' })).toBeVisible();
  await app.openWorksheet();
  await app.run(`SELECT $2 FROM '${data.origin}/a.csv' (FILE_FORMAT => 'CSV')`);
  await expect.poll(() => app.rows()).toEqual([['oars']]);
  await expect(page.getByRole('button', { name: /^net [1-9]\d* B/ })).toBeVisible();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Statements may contact').selectOption('Only the addresses listed here');
  await page.getByLabel('Add an address').fill('https://other.example/x');
  await page.getByRole('button', { name: 'Add an address' }).click();
  await expect(page.getByRole('list', { name: 'Addresses' })).toHaveText('https://other.example');
  const before = data.asked.length;
  await app.openWorksheet();
  await app.run(`SELECT $2 FROM '${data.origin}/b.csv' (FILE_FORMAT => 'CSV')`);
  const card = page.getByRole('alert', { name: 'Error' });
  await expect(card).toContainText(`this console may not contact ${data.origin}`);
  expect(data.asked.length).toBe(before);
});
