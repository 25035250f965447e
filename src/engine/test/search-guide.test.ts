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

/** What each statement with a sample below it gives, beside the sample. */
async function compared(guide: string) {
  const engine = await testEngine();
  const results: { readonly sql: string; readonly rows: string[][]; readonly printed: string[][] }[] = [];
  for (const { sql, printed } of statementsOf(guide)) {
    const rows = (await engine.rows(sql)).map((row) => row.map(asPrinted));
    if (printed.length > 0) results.push({ sql, rows, printed: printed.map((row) => [...row]) });
  }
  return results;
}

test.skipIf(!existsSync(GUIDES))(
  'the guide to JSON search prints what it says (wants ../shared/reference)',
  async () => {
    const results = await compared('01-json-search.md');
    expect(results.length).toBe(5);
    for (const { sql, rows, printed } of results) expect({ sql, rows }).toEqual({ sql, rows: printed });
  },
);

test.skipIf(!existsSync(GUIDES))(
  'the guide to vectors runs to its end and finds the frame itself first (wants ../shared/reference)',
  async () => {
    const results = await compared('02-vector-db.md');
    // Its vectors are random: distances and the order of the others are anybody's.
    const stable = ({ rows }: { readonly rows: readonly (readonly string[])[] }) => rows.map((row) => row.slice(0, -1));
    const [nearest, filtered, enriched] = results;
    expect(nearest?.rows[0]?.slice(0, 2)).toEqual(['FRAME-0101', 'VID-20250101-001']);
    expect(Number(nearest?.rows[0]?.[2])).toBeCloseTo(0, 5);
    expect(nearest?.rows).toHaveLength(3);
    expect(filtered && stable(filtered)).toEqual([['FRAME-0401', 'rear_cam']]);
    expect(enriched?.rows[0]?.slice(0, 4)).toEqual(enriched?.printed[0]?.slice(0, 4));
    expect(enriched && stable(enriched).sort()).toEqual(enriched && stable({ rows: enriched.printed }).sort());
    for (const { rows } of results) {
      const distances = rows.map((row) => Number(row.at(-1)));
      expect(distances).toEqual(distances.toSorted((a, b) => a - b));
      expect(distances.every((distance) => distance < 1.4)).toBe(true);
    }
  },
);
