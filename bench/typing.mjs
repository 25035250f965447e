import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildPage } from './page-build.mjs';
import { served } from './served.mjs';

const ROOT = join(import.meta.dirname, '..');
const BUILT = join(ROOT, 'node_modules/.cache/boathouse-bench-monaco');
const TIMES = 5;
const KEYS = 80;
/** Milliseconds after which a worksheet is kept for sure. */
const UNTIL_SAVED = 2000;

/**
 * How quickly the built console follows hands: from the navigation to the first key that shows and to the first result,
 * on a first visit and a second, and from a key to its frame. Beside it Monaco alone on an empty page. Medians of five.
 */
export async function benchTyping(visit, report) {
  await buildPage({ root: join(ROOT, 'bench/monaco'), build: { outDir: BUILT } });
  const servers = [await served(), await served(BUILT)];
  const pages = [
    { name: 'console', url: `${servers[0].url}#/worksheets`, field: '[aria-label^="SQL of"]', hasEngine: true },
    {
      name: 'plain_monaco',
      url: servers[1].url,
      field: '.monaco-editor [role=textbox]',
      hasEngine: false,
    },
  ];
  try {
    const figures = new Map();
    // By turns, so that both have the same of the machine.
    for (let time = 0; time < TIMES; time++)
      for (const page of pages) await visit((context) => visitTwice(context, page, figures));
    for (const [name, values] of figures) report({ name, value: Math.round(median(values)), unit: 'ms' });
  } finally {
    for (const server of servers) server.close();
  }
}

/** Compressed bytes of what the page loads, as the budgets count them. */
export function benchBundles(report) {
  const text = execFileSync(process.execPath, ['node_modules/size-limit/bin.js', '--json'], { cwd: ROOT });
  for (const { name, size } of JSON.parse(text.toString()))
    report({ name: 'bundle', of: name, value: Math.round(size / 1024), unit: 'KB' });
}

async function visitTwice(context, target, figures) {
  const note = (what, value) => {
    const name = `${target.name}_${what}`;
    figures.set(name, [...(figures.get(name) ?? []), value]);
  };
  const page = await context.newPage();
  await page.addInitScript(noteTimes);
  await page.goto(target.url);
  await typeAndRun(page, target, { visit: 'first_visit', value: 11 }, note);
  await page.goto('about:blank');
  await page.goto(target.url);
  await typeAndRun(page, target, { visit: 'second_visit', value: 22 }, note);
  for (const gap of await keysToFrames(page)) note('key_to_frame', gap);
}

async function typeAndRun(page, { field, hasEngine }, { visit, value }, note) {
  await page.locator(field).first().focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(`SELECT ${value};`);
  note(`key_shown_${visit}`, await timeOf(page, 'shown'));
  if (!hasEngine) return;
  await page.keyboard.press('Control+Enter');
  note(`result_${visit}`, await timeOf(page, `answered ${value}`));
  // What a first visit still fetches and keeps is not a second one's.
  await page.waitForFunction(() => navigator.serviceWorker?.controller !== null, undefined, { timeout: 60_000 });
  await page.locator(field).first().focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.waitForTimeout(UNTIL_SAVED);
}

const timeOf = async (page, what) =>
  (await page.waitForFunction((key) => window.seen[key], what, { timeout: 60_000, polling: 20 })).jsonValue();

/** In the page: when a typed text was first in a frame, and when the first result was. */
function noteTimes() {
  const seen = {};
  Object.assign(window, { seen });
  const look = () => {
    const text = document.querySelector('.view-lines')?.textContent ?? '';
    const plain = document.querySelector('textarea')?.value ?? '';
    if (text.includes('S') || plain.includes('S')) seen.shown ??= performance.now();
    // The former visit's result is shown again, too.
    for (const { textContent } of document.querySelectorAll('.results [role=gridcell]'))
      seen[`answered ${textContent}`] ??= performance.now();
    requestAnimationFrame(look);
  };
  look();
}

/** Keys pressed a little apart, as fingers do; from each keydown to the end of the frame that follows. */
async function keysToFrames(page) {
  await page.evaluate(() => {
    window.gaps = [];
    const channel = new MessageChannel();
    let pressed = 0;
    channel.port1.onmessage = () => window.gaps.push(performance.now() - pressed);
    const note = () => {
      pressed = performance.now();
      requestAnimationFrame(() => channel.port2.postMessage(undefined));
    };
    addEventListener('keydown', note, true);
  });
  await page.keyboard.type('x'.repeat(KEYS), { delay: 60 });
  return page.evaluate(() => window.gaps);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
