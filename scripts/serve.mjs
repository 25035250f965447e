import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Serves the built console as any static host may, with the policy that it is made for. */

const ROOT = resolve(process.env.BOATHOUSE_WEB ?? 'dist/web');
const FIRST_PORT = Number(process.env.PORT ?? 5173);

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.sql': 'text/plain; charset=utf-8',
  '.parquet': 'application/vnd.apache.parquet',
};

/** Where data may be fetched from, besides here and texts at hand; the console's own settings narrow it down. */
const DATA = process.env.BOATHOUSE_CONNECT ?? 'https: http://127.0.0.1:* http://localhost:*';

/** Ours is the default one (`base/trusted.ts`); the others are Monaco's, by the names that it gives them. */
const TRUSTED_TYPES = [
  'default',
  'defaultWorkerFactory',
  'diffEditorWidget',
  'diffReview',
  'domLineBreaksComputer',
  'dompurify',
  'editorViewLayer',
  'richScreenReaderContent',
  'standaloneColorizer',
  'tokenizeToString',
];

/** Scripts and wasm from here alone, and nothing evaluated; styles inline, since the editor lays itself out by them. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "manifest-src 'self'",
  // Decompressors of zstd and xz fetch their wasm from texts of their own: no data: address leaves the page.
  `connect-src 'self' data: ${DATA}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  `trusted-types ${TRUSTED_TYPES.join(' ')}`,
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

function fileOf(url) {
  const path = pathOf(url);
  if (path === undefined) return undefined;
  const file = join(ROOT, path.endsWith('/') ? `${path}index.html` : path);
  return file.startsWith(join(ROOT, sep)) && existsSync(file) && statSync(file).isFile() ? file : undefined;
}

function pathOf(url) {
  try {
    return normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
  } catch {
    return undefined; // `/%` and `//` are no addresses, and anybody may ask for them.
  }
}

/** What shrinks a few times; wasm would take a second, which is more than it saves on this machine. */
const IS_TEXT = /\.(html|js|mjs|css|json|webmanifest|svg|ttf|sql)$/;

const compress = promisify(gzip);
const compressed = new Map();

/** The bytes of a text as every static host sends them, made once for each version of the file. */
function compressedText(file) {
  const key = `${file} ${statSync(file).mtimeMs}`;
  const present = compressed.get(key);
  if (present) return present;
  const made = compress(readFileSync(file));
  compressed.set(key, made);
  return made;
}

const server = createServer(async (request, response) => {
  const file = request.method === 'GET' || request.method === 'HEAD' ? fileOf(request.url ?? '/') : undefined;
  if (!file) {
    response.writeHead(404, HEADERS).end('not found\n');
    return;
  }
  const isHashed = /[\\/]assets[\\/]/.test(file);
  const takesGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const bytes = takesGzip && IS_TEXT.test(file) ? await compressedText(file) : undefined;
  response.writeHead(200, {
    ...HEADERS,
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Content-Length': bytes?.byteLength ?? statSync(file).size,
    ...(bytes && { 'Content-Encoding': 'gzip' }),
    'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    Vary: 'Accept-Encoding',
  });
  if (request.method === 'HEAD') response.end();
  else if (bytes) response.end(bytes);
  else pipeline(createReadStream(file), response, () => {}); // Who asked may have gone before the end.
});

function listen(port) {
  server.once('error', (error) => {
    if (error.code !== 'EADDRINUSE' || process.env.PORT) throw error;
    listen(port + 1);
  });
  server.listen(port, '127.0.0.1', () => {
    console.log(`Boathouse is at http://localhost:${server.address().port}/`);
  });
}

if (!existsSync(join(ROOT, 'index.html'))) {
  console.error(`There is no build in ${ROOT}: run npm run build first.`);
  process.exit(1);
}
listen(FIRST_PORT);
