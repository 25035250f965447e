import { bytesOf, cachedReader, decode, vectorKernel } from '../frame.ts';
import type { Kernel, Vector } from '../kernel.ts';
import { type SearchDocument, textDocument, variantDocument } from './document.ts';
import { evaluateSearch, hasTerm } from './evaluate.ts';
import type { SearchPlan } from './plan.ts';
import { bm25, readCounts } from './score.ts';

/** Between the columns of a row, which are handed over as one text. */
export const COLUMN_SEPARATOR = '\u001e';

const readPlan = (vector: Vector | undefined) => cachedReader(vector, (text): SearchPlan => JSON.parse(text));

function textReader(vector: Vector | undefined): (row: number) => string {
  const { bytes, starts, lengths } = bytesOf(vector);
  return (row) => {
    const start = starts[row] ?? 0;
    return decode(bytes, start, start + (lengths[row] ?? 0));
  };
}

function documentsOf({ columns }: SearchPlan, text: string): readonly SearchDocument[] {
  const texts = columns.length === 1 ? [text] : text.split(COLUMN_SEPARATOR);
  return columns.map(({ isVariant, analyzer }, index) =>
    (isVariant ? variantDocument : textDocument)(texts[index] ?? '', analyzer),
  );
}

/** Whether a row matches: `search_matches(plan, columns)`. */
const matches = vectorKernel({ name: 'search_matches', args: ['text', 'text'], returns: 'boolean' }, (vectors) => {
  const planAt = readPlan(vectors[0]);
  const textAt = textReader(vectors[1]);
  return (row, out) => {
    const plan = planAt(row);
    out.number(row, evaluateSearch(plan, documentsOf(plan, textAt(row)), () => 1) === undefined ? 0 : 1);
  };
});

/** What a row adds to the counts of all rows, as numbers with commas: `search_counts(plan, columns)`. */
const counts = vectorKernel({ name: 'search_counts', args: ['text', 'text'], returns: 'text' }, (vectors) => {
  const planAt = readPlan(vectors[0]);
  const textAt = textReader(vectors[1]);
  return (row, out) => {
    const plan = planAt(row);
    const documents = documentsOf(plan, textAt(row));
    const having = plan.terms.map((term) => (hasTerm(term, documents) ? 1 : 0));
    out.text(row, [...documents.map(({ size }) => size), ...having].join(','));
  };
});

/** The score of a row that matches, else 0: `search_score(plan, counts, columns)`. */
const score = vectorKernel({ name: 'search_score', args: ['text', 'text', 'text'], returns: 'float' }, (vectors) => {
  const planAt = readPlan(vectors[0]);
  const textAt = textReader(vectors[2]);
  let scored: SearchPlan | undefined;
  const countsAt = cachedReader(vectors[1], (text) => bm25(readCounts(text, scored?.columns.length ?? 0)));
  return (row, out) => {
    const plan = planAt(row);
    scored = plan;
    out.number(row, evaluateSearch(plan, documentsOf(plan, textAt(row)), countsAt(row)) ?? 0);
  };
});

export const searchKernels: readonly Kernel[] = [matches, counts, score];
