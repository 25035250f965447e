/**
 * Benchmarks; each figure is one line of JSON. `npm run bench [-- part …]`, parts being those of `PARTS`.
 * ROWS sets how many rows the large table has (5,000,000).
 * `npm run bench -- --browser [part …]` measures in Chromium: start, parquet, json, text, copy, stream (a file of
 * STREAM_MB, 1500), and of the console as `npm run build` left it: bundles, typing (with Monaco alone beside it) and
 * frames, which scrolls a grid (with a plain table beside it).
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '..');
/** Below node_modules, so that what is not bundled is found. */
const BUILT = join(ROOT, 'node_modules/.cache/boathouse-bench');

const rows = Number(process.env.ROWS ?? 5_000_000);

function report(figure) {
  console.log(JSON.stringify(figure));
}

/** The engine is TypeScript, which Node 20 does not run. */
async function load(entry) {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { ssr: join('bench', entry), outDir: BUILT, emptyOutDir: false, target: 'node20', minify: false },
  });
  return import(pathToFileURL(join(BUILT, entry.replace(/\.ts$/, '.js'))).href);
}

function shell() {
  const program = join(ROOT, 'dist/shell/cli.mjs');
  if (!existsSync(program)) throw new Error('dist/shell/cli.mjs is missing: npm run prepare builds it');
  return program;
}

const PARTS = {
  parquet: async () => (await load('parquet-node.ts')).benchParquetInNode(Math.min(rows, 1_000_000), report),
  complete: async () => (await load('complete.ts')).benchComplete(report),
  json: async () => (await load('json.ts')).benchJson(report),
  parts: async () => (await load('parts.ts')).benchParts(Math.min(rows, 1_000_000), report),
  text: async () => (await load('text.ts')).benchText(shell(), report),
  dml: async () => (await load('dml.ts')).benchDml(rows, shell(), report),
  link: async () => (await load('link.ts')).benchLink(report),
  streams: async () => (await load('streams.ts')).benchStreams(Math.min(rows, 2_000_000), shell(), report),
  copy: async () => (await load('copy.ts')).benchCopy(rows, shell(), report),
  warehouse: async () => (await load('warehouse.ts')).benchWarehouse(shell(), report),
};

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (process.argv.includes('--browser')) {
  const { benchInChromium } = await import('./browser.mjs');
  await benchInChromium(wanted, report);
} else {
  for (const [name, run] of Object.entries(PARTS)) {
    if (wanted.length === 0 || wanted.includes(name)) await run();
  }
}
