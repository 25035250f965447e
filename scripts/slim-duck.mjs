import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * DuckDB's wasm without the names of its C++ functions: it exports them for extensions, which the console never loads,
 * and they are a fifth of its 36 MB. The code stays as it is.
 */

const ROOT = join(import.meta.dirname, '..');
const STOCK = join(ROOT, 'node_modules/@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
const SLIM = join(ROOT, 'node_modules/.cache/boathouse-duck/duckdb-eh.wasm');

const PREAMBLE = 8;
const EXPORTS = 7;
const FOR_EXTENSIONS = /^(?:orig\$|_Z)/;

/** Writes the slim wasm beside other things that are built, and says where. */
export function slimDuck() {
  mkdirSync(dirname(SLIM), { recursive: true });
  // A build beside this one may be reading it.
  const made = `${SLIM}.${process.pid}`;
  writeFileSync(made, withoutExports(readFileSync(STOCK), FOR_EXTENSIONS));
  renameSync(made, SLIM);
  return SLIM;
}

/** Settings of Vite: where a build finds the slim wasm under the name of the stock one. */
export const slimDuckAlias = () => ({
  find: /^@duckdb\/duckdb-wasm\/dist\/duckdb-eh\.wasm(?=\?)/,
  replacement: slimDuck(),
});

/** A module of wasm without the exports whose names match. */
export function withoutExports(wasm, pattern) {
  const parts = [wasm.subarray(0, PREAMBLE)];
  for (let at = PREAMBLE; at < wasm.length; ) {
    const { value: size, end: start } = readNumber(wasm, at + 1);
    const end = start + size;
    if (wasm[at] === EXPORTS) {
      const content = exportsBut(wasm.subarray(start, end), pattern);
      parts.push(Buffer.from([EXPORTS]), number(content.length), content);
    } else parts.push(wasm.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts);
}

function exportsBut(section, pattern) {
  const { value: count, end: first } = readNumber(section, 0);
  const kept = [];
  for (let left = count, at = first; left > 0; left--) {
    const { value: length, end: start } = readNumber(section, at);
    const kind = start + length;
    const { end } = readNumber(section, kind + 1);
    if (!pattern.test(section.toString('utf8', start, kind))) kept.push(section.subarray(at, end));
    at = end;
  }
  return Buffer.concat([number(kept.length), ...kept]);
}

/** Numbers of wasm: seven bits a byte, the lowest first, the top bit set but in the last. */
function readNumber(bytes, start) {
  let [value, at] = [0, start];
  for (let weight = 1; ; weight *= 128) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 127) * weight;
    if (byte < 128) return { value, end: at };
  }
}

function number(value) {
  const bytes = [];
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(Math.floor(value / 128 ** bytes.length));
  return Buffer.from(bytes);
}
