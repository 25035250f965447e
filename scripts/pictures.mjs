import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright';
import { findBrowser, LAUNCH_FLAGS } from './find-browser.mjs';
import { withPalette } from './png-palette.mjs';

/** Takes the pictures of the README from the console as `npm run build` left it. */

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

mkdirSync(FOLDER, { recursive: true });
const server = await serve();
const browser = await chromium.launch({ executablePath: findBrowser(), args: LAUNCH_FLAGS });
try {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await takeAll(await context.newPage(), server.url);
} finally {
  await browser.close();
  server.stop();
}
