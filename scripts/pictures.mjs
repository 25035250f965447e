import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright';
import { findBrowser, LAUNCH_FLAGS } from './find-browser.mjs';
import { withPalette } from './png-palette.mjs';

/**
 * Takes the pictures of the README from the console as `npm run build` left it, and with `-- --all` one of every screen
 * in light, dark, high contrast and Chinese, to be looked at: those are not kept in the repository.
 */

const FOLDER = 'docs/pictures';
const LONG = { timeout: 120_000 };

const QUERY = `-- What happens on which route.
SELECT v.route_name, v.weather, count(*) AS frames, arg_max(f.frame_id, f.risk_score) AS riskiest_frame
FROM frame_events f JOIN citydrive_videos v USING (video_id)
GROUP BY ALL ORDER BY frames DESC;

-- Frames like this one: what happened, where, and what their documents say.
SELECT e.frame_id, f.event_tag, f.risk_score, f.collected_at, e.embedding,
       cosine_distance(e.embedding, q.embedding) AS distance,
       m.meta_json['scene'] AS scene, g.position_wgs84
FROM frame_embeddings e
CROSS JOIN (SELECT embedding FROM frame_embeddings WHERE frame_id = 'FRAME-0101') q
LEFT JOIN frame_events f ON f.frame_id = e.frame_id
LEFT JOIN frame_metadata_catalog m ON m.doc_id = e.frame_id
LEFT JOIN frame_geo_points g ON g.frame_id = e.frame_id
ORDER BY distance LIMIT 50;`;

const WRONG = `SELECT route_name, count(*) AS videos
FROM citydrive_videos
WHERE wether = 'rain'
GROUP BY route_name;
`;

async function serve() {
  if (!existsSync('dist/web/index.html')) throw new Error('There is no build in dist/web: run npm run build first.');
  const child = spawn('node', ['scripts/serve.mjs'], { env: { ...process.env, PORT: '0' } });
  const [line] = await once(createInterface(child.stdout), 'line');
  return { url: /http:\S+/.exec(line)?.[0], stop: () => child.kill() };
}

/** The pointer rests where nothing answers to it, toasts are gone, fonts are there. */
async function take(page, name) {
  await page.mouse.move(720, 899);
  await page.evaluate(() => document.fonts.ready);
  await page
    .locator('.toast')
    .first()
    .waitFor({ state: 'detached', ...LONG });
  const path = join(FOLDER, `${name}.png`);
  writeFileSync(path, withPalette(await page.screenshot({ animations: 'disabled', caret: 'hide' })));
  console.log(`${path} ${Math.round(statSync(path).size / 1024)} KB`);
}

/** Pasted, since what is typed is indented and completed. */
async function write(page, sql) {
  await page.locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+A');
  await page.evaluate((text) => navigator.clipboard.writeText(text), sql);
  await page.keyboard.press('Control+V');
}

async function loadSample(page) {
  await page.getByRole('button', { name: 'Load CityDrive' }).click();
  await page.getByRole('tab', { name: 'CityDrive: from files to tables' }).waitFor(LONG);
  await page.locator('.monaco-editor').first().click(LONG);
  await page.keyboard.press('Control+Shift+Enter');
  await page.getByRole('tab', { name: /^SELECT 12 rows/ }).waitFor(LONG);
}

async function showWorksheet(page) {
  await page.getByRole('button', { name: 'New worksheet' }).first().click();
  await write(page, QUERY);
  await page.keyboard.press('Control+Shift+Enter');
  await page.getByRole('tab', { name: /^SELECT 50 rows/ }).waitFor(LONG);
  await page.getByRole('tab', { name: /^SELECT 50 rows/ }).click();
  await page.locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+End');
  await page.getByText(/^saved /).waitFor(LONG);
}

async function showStages(page, url) {
  await page.goto(`${url}#/stages/citydrive_stage/frame-events/`);
  await page.getByText('batch_2025_01_01.parquet').dblclick(LONG);
  await page.getByRole('tab', { name: 'Row groups' }).click();
  await page.getByRole('grid', { name: 'Columns of row group 0' }).getByText('risk_score').click(LONG);
}

async function showError(page) {
  await page.getByRole('link', { name: 'Worksheets' }).click();
  await page.getByRole('button', { name: 'New worksheet' }).first().click();
  await write(page, WRONG);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').filter({ hasText: '1065' }).waitFor(LONG);
  await page.locator('.squiggly-error').first().waitFor(LONG);
}

async function showTable(page) {
  await page.getByRole('link', { name: 'Data' }).click();
  await page.getByRole('treeitem', { name: /frame_events/ }).click(LONG);
  await page.getByRole('tab', { name: 'Preview' }).click(LONG);
  await page.getByRole('gridcell', { name: 'FRAME-0101' }).waitFor(LONG);
}

async function takeAll(page, url) {
  await page.goto(url);
  await page.getByText('Engine ready').waitFor(LONG);
  await page.getByText('SQL analytics').first().waitFor(LONG);
  await take(page, 'home');
  await loadSample(page);
  await showWorksheet(page);
  await take(page, 'worksheet');
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  await take(page, 'worksheet-dark');
  await page.getByRole('button', { name: 'Use the light theme' }).click();
  await showError(page);
  await take(page, 'error');
  await showTable(page);
  await take(page, 'catalog');
  await showStages(page, url);
  await take(page, 'stages');
}

const ALL = 'test-results/pictures';

/** What another tab does when a person chooses there. */
const LOOKS = {
  light: { look: { theme: 'light', density: 'compact' }, language: 'en' },
  dark: { look: { theme: 'dark', density: 'compact' }, language: 'en' },
  contrast: { look: { theme: 'contrast', density: 'compact' }, language: 'en' },
  zh: { look: { theme: 'light', density: 'compact' }, language: 'zh' },
  comfortable: { look: { theme: 'dark', density: 'comfortable' }, language: 'zh' },
};

async function wear(page, values) {
  await page.evaluate((chosen) => {
    for (const [key, value] of Object.entries(chosen))
      dispatchEvent(new StorageEvent('storage', { key: `boathouse.${key}`, newValue: JSON.stringify(value) }));
  }, values);
}

const SEED = `CREATE STREAM frames_new ON TABLE frame_events APPEND_ONLY = FALSE;
UPDATE frame_events SET risk_score = 0.5 WHERE frame_id = 'FRAME-0101';
CREATE TASK hourly SCHEDULE = 60 MINUTE AS SELECT 1; CREATE TASK after_hourly AFTER 'hourly' AS SELECT 2;
CREATE CONNECTION lake STORAGE_TYPE = 's3' ACCESS_KEY_ID = 'key' SECRET_ACCESS_KEY = 'hidden';
SELECT * FROM frame_events LIMIT 300;`;

const SCREENS = {
  home: '#/home',
  learn: '#/learn',
  worksheet: '#/worksheets',
  table: '#/data/default/frame_events',
  stages: '#/stages/citydrive_stage/frame-events',
  file: '#/stages/citydrive_stage/frame-events?file=batch_2025_01_01.parquet',
  load: '#/load/citydrive_stage/frame-events',
  streams: '#/streams/default/frames_new',
  tasks: '#/tasks/hourly',
  connections: '#/connections/lake',
  history: '#/history',
  settings: '#/settings',
};

async function takeEvery(page, url) {
  mkdirSync(ALL, { recursive: true });
  await page.goto(url);
  await page.getByText('Engine ready').waitFor(LONG);
  await loadSample(page);
  await page.getByRole('button', { name: 'New worksheet' }).first().click();
  await write(page, SEED);
  await page.keyboard.press('Control+Shift+Enter');
  await page.getByRole('tab', { name: /^SELECT 300 rows/ }).waitFor(LONG);
  for (const [name, address] of Object.entries(SCREENS)) {
    await page.goto(url + address);
    await page.waitForTimeout(2500);
    for (const [look, values] of Object.entries(LOOKS)) {
      await wear(page, values);
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(ALL, `${name}.${look}.png`), animations: 'disabled', caret: 'hide' });
    }
    await wear(page, LOOKS.light);
    console.log(`${ALL}/${name}.*.png`);
  }
}

mkdirSync(FOLDER, { recursive: true });
const server = await serve();
const browser = await chromium.launch({ executablePath: findBrowser(), args: LAUNCH_FLAGS });
try {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const takePictures = process.argv.includes('--all') ? takeEvery : takeAll;
  await takePictures(await context.newPage(), server.url);
} finally {
  await browser.close();
  server.stop();
}
