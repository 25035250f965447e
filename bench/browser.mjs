import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from 'playwright';
import { findBrowser, LAUNCH_FLAGS } from '../scripts/find-browser.mjs';
import { slimDuckAlias } from '../scripts/slim-duck.mjs';
import { benchFrames } from './frames.mjs';
import { buildPage } from './page-build.mjs';
import { benchBundles, benchTyping } from './typing.mjs';

/** The same figures out of a real Chromium, over OPFS, each marked with where it was measured. */

const ROOT = join(import.meta.dirname, '..');
const BUILT = join(ROOT, 'node_modules/.cache/boathouse-bench-page');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const PAGE = {
  root: ROOT,
  define: { __VERSION__: JSON.stringify(version) },
  resolve: {
    alias: [
      {
        find: '@duckdb/duckdb-wasm/blocking',
        replacement: join(ROOT, 'node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs'),
      },
      slimDuckAlias(),
    ],
  },
  build: { outDir: BUILT, rolldownOptions: { input: join(ROOT, 'bench/page.html') } },
};

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

async function serve(folder) {
  const server = createServer((request, response) => {
    const path = join(folder, new URL(request.url ?? '/', 'http://localhost').pathname);
    try {
      const bytes = readFileSync(path);
      response.writeHead(200, {
        'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
        'Cache-Control': path.includes('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
      });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/bench/page.html`, close: () => server.close() };
}

/** The most memory that the renderers have had, by what Linux says of them; undefined elsewhere. */
async function rendererPeak(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => {
      try {
        const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
        return Number(kilobytes) / 1024;
      } catch {
        return Number.NaN;
      }
    })
    .filter(Number.isFinite);
  return peaks.length === 0 ? undefined : Math.round(Math.max(...peaks));
}

const BROWSER = { executablePath: findBrowser(), args: LAUNCH_FLAGS };

/** A browser with a profile on the disk, as a person's is: a private one has its files in memory, and room for few. */
async function withProfile(work) {
  const profile = mkdtempSync(join(tmpdir(), 'boathouse-bench-'));
  const context = await chromium.launchPersistentContext(profile, BROWSER);
  try {
    await work(context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true });
  }
}

async function open(context, url, report) {
  const page = await context.newPage();
  await page.exposeFunction('reportFigure', report);
  await page.goto(url);
  return page;
}

async function benchStart(context, url, report) {
  const page = await open(context, url, report);
  for (const state of ['cold', 'warm']) {
    if (state === 'warm') await page.reload();
    const { ready, first } = await page.evaluate(() => window.startOfEngine);
    report({ name: `engine_ready_${state}`, value: Math.round(ready), unit: 'ms' });
    report({ name: `first_result_${state}`, value: Math.round(first), unit: 'ms' });
  }
}

async function benchPart(context, name, { url, report }) {
  const page = await open(context, url, report);
  await page.evaluate(() => window.startOfEngine);
  await page.evaluate(([part, size]) => window.runPart(part, size), [name, AMOUNTS[name]]);
  const peak = await rendererPeak(context.browser());
  if (peak !== undefined) report({ name: `${name}_tab_peak`, value: peak, unit: 'MB' });
}

const AMOUNTS = {
  parquet: 1_000_000,
  json: 0,
  text: 180,
  copy: 2_000_000,
  stream: Number(process.env.STREAM_MB ?? 1500),
};

export async function benchInChromium(wanted, tell) {
  const report = (figure) => tell({ ...figure, where: 'chromium' });
  const isWanted = (name) => wanted.length === 0 || wanted.includes(name);
  await buildPage(PAGE);
  const server = await serve(BUILT);
  const { url } = server;
  try {
    if (isWanted('start')) await withProfile((context) => benchStart(context, url, report));
    for (const name of Object.keys(AMOUNTS).filter(isWanted))
      await withProfile((context) => benchPart(context, name, { url, report }));
    if (isWanted('typing')) await benchTyping(withProfile, report);
    if (isWanted('bundles')) benchBundles(report);
    if (isWanted('frames')) await benchFrames(() => chromium.launch(BROWSER), report);
  } finally {
    server.close();
  }
}
