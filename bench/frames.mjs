import { served } from './served.mjs';

const ROWS = 10_000_000;
const SECONDS = 5;
/** A plain table of more rows takes the page down. */
const PLAIN_ROWS = 100_000;

/**
 * A scroll through ten million rows of the built console: how long frames take, and what of that is scripting. Beside
 * it the same for a plain HTML table of the same columns.
 */
export async function benchFrames(launch, report) {
  const server = await served();
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await showRows(page, server.url);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    for (const [name, pixels] of Object.entries({ slow: 60, fast: 4000, leaps: 400_000 }))
      report(await scroll(page, session, { name: `grid_scroll_${name}`, pixels }));
    report({ name: 'grid_heap', ...(await heap(session)), rows: ROWS });
    await benchPlain(await browser.newPage({ viewport: { width: 1440, height: 900 } }), report);
  } finally {
    await browser.close();
    server.close();
  }
}

async function heap(session) {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { JSHeapTotalSize: total = usedSize, Nodes: nodes } = await metrics(session);
  return { value: Math.round(usedSize / 2 ** 20), unit: 'MB', total: Math.round(total / 2 ** 20), nodes };
}

/** The same columns as cells of a table in a box that scrolls, and how long it takes until it stands. */
async function benchPlain(page, report) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.setContent('<div role="grid" style="height: 600px; overflow: auto"></div>');
  const took = await page.evaluate((rows) => {
    const start = performance.now();
    const lines = Array.from({ length: rows }, (_, row) => {
      const digest = (row * 2654435761).toString(16).padStart(32, '0');
      return `<tr><td>${row}</td><td>${row % 7}</td><td>${digest}</td><td>${row / 3}</td><td>${new Date(row).toISOString()}</td></tr>`;
    });
    document.querySelector('[role=grid]').innerHTML = `<table>${lines.join('')}</table>`;
    document.body.getBoundingClientRect();
    return new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now() - start)));
  }, PLAIN_ROWS);
  report({ name: 'plain_table_shown', value: Math.round(took), unit: 'ms', rows: PLAIN_ROWS });
  for (const [name, pixels] of Object.entries({ slow: 60, fast: 4000, leaps: 400_000 }))
    report({ ...(await scroll(page, session, { name: `plain_table_scroll_${name}`, pixels })), rows: PLAIN_ROWS });
  report({ name: 'plain_table_heap', ...(await heap(session)), rows: PLAIN_ROWS });
}

async function showRows(page, url) {
  await page.goto(url);
  await page.getByText('Engine ready').waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Worksheets', exact: true }).click();
  const editor = page.locator('.monaco-editor').first();
  await editor.click({ timeout: 60_000 });
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(
    `SELECT number, number % 7 AS week, md5(number::STRING) AS digest, number / 3 AS third, to_timestamp(number) AS at FROM numbers(${ROWS})`,
  );
  await page.keyboard.press('Control+Shift+Enter');
  await page.getByRole('tab', { name: /10,000,000 rows/ }).waitFor({ timeout: 180_000 });
}

async function metrics(session) {
  const { metrics: all } = await session.send('Performance.getMetrics');
  return Object.fromEntries(all.map(({ name, value }) => [name, value]));
}

/** Scrolls by so many pixels a frame, as a wheel or the scroll bar does. */
async function scroll(page, session, { name, pixels }) {
  const before = await metrics(session);
  const frames = await page.evaluate(
    ({ pixels: step, seconds }) =>
      new Promise((resolve) => {
        const grid = document.querySelector('[role=region] [role=grid]') ?? document.querySelector('[role=grid]');
        const times = [];
        const start = performance.now();
        const next = (now) => {
          times.push(now);
          grid.scrollTop += step;
          if (now - start < seconds * 1000) requestAnimationFrame(next);
          else resolve(times);
        };
        requestAnimationFrame(next);
      }),
    { pixels, seconds: SECONDS },
  );
  const after = await metrics(session);
  const gaps = frames
    .slice(1)
    .map((time, index) => time - frames[index])
    .sort((a, b) => a - b);
  const at = (share) => Number((gaps[Math.floor(gaps.length * share)] ?? 0).toFixed(1));
  const perFrame = (key) => Number((((after[key] - before[key]) * 1000) / gaps.length).toFixed(2));
  const detail = { p50_ms: at(0.5), p99_ms: at(0.99), frames: gaps.length, elements: await gridElements(page) };
  const shares = {
    script_ms: perFrame('ScriptDuration'),
    style_ms: perFrame('RecalcStyleDuration'),
    layout_ms: perFrame('LayoutDuration'),
    task_ms: perFrame('TaskDuration'),
  };
  return { name, value: at(0.95), unit: 'ms at the 95th percentile', ...detail, ...shares };
}

const gridElements = (page) => page.evaluate(() => document.querySelectorAll('[role=grid] *').length);
