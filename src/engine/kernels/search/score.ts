import type { ScoreLeaf } from './evaluate.ts';

/** What BM25 wants to know of all rows: `n` rows, tokens of each column, rows that have each term. */
export interface SearchCounts {
  readonly rows: number;
  readonly tokens: readonly number[];
  readonly having: readonly number[];
}

/** Numbers with commas: rows, then each column, then each term. */
export function readCounts(text: string, columns: number): SearchCounts {
  const [rows = 0, ...rest] = text.split(',').map(Number);
  return { rows, tokens: rest.slice(0, columns), having: rest.slice(columns) };
}

const K1 = Math.fround(1.2);
const B = Math.fround(0.75);
const { fround } = Math;

/** BM25 in single precision. */
export function bm25({ rows, tokens, having }: SearchCounts): ScoreLeaf {
  return ({ terms, column, boost }, count, size) => {
    const idf = terms.reduce((sum, term) => fround(sum + inverseFrequency(rows, having[term] ?? 0)), 0);
    const average = fround((tokens[column] ?? 0) / rows);
    const norm = fround(K1 * fround(fround(1 - B) + fround(fround(B * keptSize(size)) / average)));
    const weight = fround(fround(idf * fround(1 + K1)) * fround(boost));
    return fround(weight * fround(count / fround(count + norm)));
  };
}

function inverseFrequency(rows: number, having: number): number {
  return fround(Math.log(fround(1 + fround(fround(rows - having + 0.5) / fround(having + 0.5)))));
}

/** Sizes over 40 are kept with three bits behind the first, rounded down. */
function keptSize(size: number): number {
  const above = size - 24;
  if (above < 16) return size;
  const shift = 31 - Math.clz32(above) - 3;
  return 24 + ((above >>> shift) << shift);
}
