import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base } from 'playwright/test';
import { zh } from '../src/ui/lib/messages/zh.ts';
import { App, expect, test as journey, watch } from './app.ts';
import { choose } from './barriers.ts';

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

test.use({ serviceWorkers: 'allow' });

journey.use({ serviceWorkers: 'allow' });

/** Two lines, `1,oars` and `2,rope`, compressed by zstd. */
const WORDS_ZST = Buffer.from('KLUv/QRocQAAMSxvYXJzCjIscm9wZQo1xbyV', 'base64');

const EVENTS = resolve('public/sample/raw/frame-events/batch_2025_01_01.parquet');

test('2: the console opens, loads, queries, teaches and speaks when its server is gone', async ({ page, server }) => {
  const wrong = watch(page, server.url);
  const app = new App(page);
  await app.open(server.url);
  await app.keptOffline();
  await app.openWorksheet();
  await app.run('CREATE TABLE saved AS SELECT number AS n FROM numbers(7); SELECT count(*) AS n FROM saved;');
  await expect.poll(() => app.rows()).toEqual([['7']]);
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
  await app.run('SELECT count(*) AS n, greatest(1, 2) AS more FROM saved');
  await expect.poll(() => app.rows()).toEqual([['7', '2']]);
  await app.editor.getByText('greatest', { exact: true }).hover();
  await expect(
    page
      .locator('.monaco-hover')
      .getByText(/largest|greatest/i)
      .last(),
  ).toBeVisible();
  await app.go('Stages');
  await page.getByRole('grid', { name: 'Files of @~/' }).getByText('batch_2025_01_01.parquet').dblclick();
  await expect(page.getByText('4,003').first()).toBeVisible();
  await app.go('Learn');
  await expect(page.getByRole('region', { name: 'CityDrive course' })).toBeVisible();
  await choose(app, { language: 'zh' });
  await expect(page.getByRole('region', { name: zh.learn.course })).toBeVisible();
  await choose(app, {});
  await expect(page.getByRole('button', { name: 'net 0 B' })).toBeVisible();
  // The icon of the tab is kept too, but the browser asks for it past the service worker.
  expect(wrong.filter((what) => !what.endsWith('/icon.svg'))).toEqual([]);
});

interface Launching {
  launch?: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void;
}

journey('2: the desktop opens a Parquet file with the console, which shows it', async ({ app, request }) => {
  const { page } = app;
  const manifest = await (await request.get('manifest.webmanifest')).json();
  const extensions = manifest.file_handlers.flatMap(({ accept }: { readonly accept: object }) => Object.values(accept));
  expect(extensions.flat()).toEqual(expect.arrayContaining(['.parquet', '.csv', '.ndjson', '.arrow']));
  await page.addInitScript(() => {
    const setConsumer = (take: Launching['launch']) => Object.assign(globalThis, { launch: take });
    Object.defineProperty(globalThis, 'launchQueue', { value: { setConsumer } });
  });
  await app.open();
  await page.evaluate(async (bytes) => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle('events.parquet', { create: true });
    const file = await handle.createWritable();
    await file.write(Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0)));
    await file.close();
    (globalThis as Launching).launch?.({ files: [handle] });
  }, readFileSync(EVENTS).toString('base64'));
  await expect(page.getByRole('gridcell', { name: 'FRAME-0101' })).toBeVisible({ timeout: 30_000 });
  await expect(page).toHaveURL(/file=events\.parquet/);
});
