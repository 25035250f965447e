import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base } from 'playwright/test';
import { App, expect, watch } from './app.ts';

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** A server of the test's own, so that it can be ended. */
const test = base.extend<{ readonly server: Server }>({
  // biome-ignore lint/correctness/noEmptyPattern: a fixture names the fixtures that it needs, and this one needs none.
  server: async ({}, use) => {
    const child = spawn('node', ['scripts/serve.mjs'], { env: { ...process.env, PORT: '0' } });
    const [line] = await once(createInterface(child.stdout), 'line');
    const stop = async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, 'exit');
    };
    await use({ url: /http:\S+/.exec(String(line))?.[0] ?? '', stop });
    await stop();
  },
});

/** Two lines, `1,oars` and `2,rope`, compressed by zstd. */
const WORDS_ZST = Buffer.from('KLUv/QRocQAAMSxvYXJzCjIscm9wZQo1xbyV', 'base64');

const EVENTS = resolve('public/sample/raw/frame-events/batch_2025_01_01.parquet');

/** How many files the service worker has put aside. */
async function filesKept({ page }: App): Promise<number> {
  return page.evaluate(async () => {
    const opened = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const kept = await Promise.all(opened.map(async (cache) => (await cache.keys()).length));
    return kept.reduce((sum, count) => sum + count, 0);
  });
}

test('the console opens, loads and queries when its server is gone', async ({ page, server }) => {
  const wrong = watch(page, server.url);
  const app = new App(page);
  await app.open(server.url);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect.poll(() => filesKept(app), { timeout: 60_000 }).toBeGreaterThan(60);
  await server.stop();
  await app.open(`${server.url}#/home`);
  await page.reload();
  await app.open(`${server.url}#/home`);
  await app.go('Learn');
  await expect(page.getByRole('heading', { name: 'See what has arrived' })).toBeVisible();
  await app.drop(EVENTS);
  await expect(app.editor.getByText('batch_2025_01_01.parquet').first()).toBeVisible({ timeout: 60_000 });
  await app.run(`SELECT parse_json('{"a":[1,2]}'):a[1] AS kernel, count(*) AS n FROM @~/batch_2025_01_01.parquet`);
  await expect.poll(() => app.rows()).toEqual([['2', '4003']]);
  await app.dropFiles([{ name: 'words.csv.zst', bytes: WORDS_ZST }]);
  await expect(app.editor.getByText('words.csv.zst').first()).toBeVisible();
  await app.run(`SELECT $1::INT AS id, $2 AS word FROM @~/words.csv.zst
(FILE_FORMAT => 'CSV') ORDER BY id`);
  await expect
    .poll(() => app.rows())
    .toEqual([
      ['1', 'oars'],
      ['2', 'rope'],
    ]);
  // The icon of the tab is kept too, but the browser asks for it past the service worker.
  expect(wrong.filter((what) => !what.endsWith('/icon.svg'))).toEqual([]);
});
