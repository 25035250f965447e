import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { splitStatements } from '../sql/split.ts';
import { testEngine } from './engine.ts';

const GUIDES = join(resolve(process.env['BOATHOUSE_SHARED'] ?? '../shared'), 'reference/unified-workloads');

/** Every statement of a guide, as it is written there, with what the guide prints below it. */
function statementsOf(guide: string): { readonly sql: string; readonly printed: readonly (readonly string[])[] }[] {
  const markdown = readFileSync(join(GUIDES, guide), 'utf8');
  const fences = [...markdown.matchAll(/```(\w*)\n([\s\S]*?)```/g)].map(([, kind = '', text = '']) => ({ kind, text }));
  return fences.flatMap(({ kind, text }, index) => {
    if (kind !== 'sql') return [];
    const next = fences[index + 1];
    const [, ...lines] = next?.kind === '' ? next.text.trim().split('\n') : [];
    const printed = lines.map((line) => line.split('|').map((cell) => cell.trim()));
    const all = splitStatements(text).map(({ span }) => text.slice(span.start, span.end));
    return all.map((sql, at) => ({ sql, printed: at === all.length - 1 ? printed : [] }));
  });
}

/** The guide leaves out the fractions of a time, and prints scores with four digits. */
const asPrinted = (cell: unknown) => {
  const text = String(cell).replace(/\.000000$/, '');
  return /^\d\.\d{5,}$/.test(text) ? Number(text).toFixed(4) : text;
};

test.skipIf(!existsSync(GUIDES))(
  'the guide to JSON search prints what it says (wants ../shared/reference)',
  async () => {
    const engine = await testEngine();
    let compared = 0;
    for (const { sql, printed } of statementsOf('01-json-search.md')) {
      const rows = (await engine.rows(sql)).map((row) => row.map(asPrinted));
      if (printed.length === 0) continue;
      compared++;
      expect({ sql, rows }).toEqual({ sql, rows: printed });
    }
    expect(compared).toBe(5);
  },
);
