import { type Found, type SearchDocument, type Typed, typedOf } from './document.ts';
import { withinDistance } from './fuzzy.ts';
import type { PlanFuzzy, PlanGroup, PlanNode, PlanRange, PlanSet, PlanTerms, SearchPlan, SearchTerm } from './plan.ts';
import type { SearchBound } from './query.ts';

/** Scores a leaf whose term or phrase stands `count` times in a document of `size` tokens. */
export type ScoreLeaf = (
  leaf: { readonly terms: readonly number[]; readonly column: number; readonly boost: number },
  count: number,
  size: number,
) => number;

/** The score of a row, or nothing where it does not match. */
export function evaluateSearch(
  plan: SearchPlan,
  documents: readonly SearchDocument[],
  score: ScoreLeaf,
): number | undefined {
  return new Evaluation(plan, documents, score).node(plan.root);
}

/** Whether the document has the term. */
export function hasTerm(term: SearchTerm, documents: readonly SearchDocument[]): boolean {
  const { column, path, value } = term;
  const found = documents[column]?.at(path) ?? [];
  if (typeof value !== 'string') return found.some(({ typed }) => sameTyped(typed, value));
  return found.some(({ tokens }) => tokens.some(({ text }) => text === value));
}

function sameTyped(a: Typed | undefined, b: Typed): boolean {
  return a !== undefined && a.kind === b.kind && a.value === b.value;
}

/** What range, list, fuzzy and all matches are worth. */
const CONSTANT = 1;

class Evaluation {
  readonly #plan: SearchPlan;
  readonly #documents: readonly SearchDocument[];
  readonly #score: ScoreLeaf;

  constructor(plan: SearchPlan, documents: readonly SearchDocument[], score: ScoreLeaf) {
    this.#plan = plan;
    this.#documents = documents;
    this.#score = score;
  }

  node(node: PlanNode): number | undefined {
    switch (node.kind) {
      case 'Group':
        return this.#group(node);
      case 'Terms':
        return this.#terms(node);
      case 'Range':
        return this.#some(node, (found) => inRange(found, node, this.#isVariant(node))) ? CONSTANT : undefined;
      case 'Set':
        return this.#some(node, (found) => inSet(found, node)) ? CONSTANT : undefined;
      case 'Fuzzy':
        return this.#some(node, (found) => isNear(found, node)) ? CONSTANT : undefined;
      default:
        return node.kind === 'All' ? CONSTANT : undefined;
    }
  }

  #found({ column, path }: { readonly column: number; readonly path: readonly string[] }): readonly Found[] {
    return this.#documents[column]?.at(path) ?? [];
  }

  #isVariant({ column }: { readonly column: number }): boolean {
    return this.#plan.columns[column]?.isVariant === true;
  }

  #some(place: PlanRange | PlanSet | PlanFuzzy, test: (found: Found) => boolean): boolean {
    return this.#found(place).some(test);
  }

  #group(group: PlanGroup): number | undefined {
    let total = 0;
    let hasMust = false;
    let matched = false;
    for (const { occur, node } of group.clauses) {
      const score = this.node(node);
      if (occur === 'must') hasMust = true;
      if (occur === 'not' ? score !== undefined : occur === 'must' && score === undefined) return undefined;
      if (occur === 'not' || score === undefined) continue;
      matched = true;
      total = Math.fround(total + score);
    }
    if (!matched || (hasMust && !this.#standTogether(group))) return undefined;
    return total;
  }

  /** Terms joined by AND whose paths run through the same array of objects hold in one of its elements. */
  #standTogether(group: PlanGroup): boolean {
    const leaves = mustTerms(group);
    if (leaves.length < 2) return true;
    const trails = leaves.map((leaf) => ({
      column: leaf.column,
      trails: this.#found(leaf).flatMap((found) => (countIn(found, leaf) > 0 ? [found.trail] : [])),
    }));
    const choose = (index: number, chosen: ReadonlyMap<string, number>): boolean => {
      const leaf = trails[index];
      if (!leaf) return true;
      return leaf.trails.some((trail) => {
        const merged = mergeTrails(chosen, trail, leaf.column);
        return merged !== undefined && choose(index + 1, merged);
      });
    };
    return choose(0, new Map());
  }

  #terms(leaf: PlanTerms): number | undefined {
    const found = this.#found(leaf);
    const size = this.#isVariant(leaf) ? 1 : (this.#documents[leaf.column]?.size ?? 0);
    const texts = found.reduce((sum, one) => sum + phraseCount(one, leaf), 0);
    const { typed } = leaf;
    const values = typed ? found.filter((one) => sameTyped(one.typed, typed.value as Typed)).length : 0;
    if (texts + values === 0) return undefined;
    const { column, boost } = leaf;
    const terms = leaf.tokens.map(({ term }) => term);
    const ofTexts = texts > 0 ? this.#score({ terms, column, boost }, texts, size) : 0;
    const ofValues = typed && values > 0 ? this.#score({ terms: [typed.term], column, boost }, values, size) : 0;
    return Math.fround(ofTexts + ofValues);
  }
}

function mustTerms({ clauses }: PlanGroup): readonly PlanTerms[] {
  return clauses.flatMap(({ occur, node }) => {
    if (occur !== 'must') return [];
    if (node.kind === 'Terms') return [node];
    return node.kind === 'Group' ? mustTerms(node) : [];
  });
}

/** Both trails as one, or nothing where they lead through different elements of an array. */
function mergeTrails(
  chosen: ReadonlyMap<string, number>,
  trail: Found['trail'],
  column: number,
): ReadonlyMap<string, number> | undefined {
  const merged = new Map(chosen);
  for (const [array, element] of trail) {
    const key = `${column} ${array}`;
    if ((merged.get(key) ?? element) !== element) return undefined;
    merged.set(key, element);
  }
  return merged;
}

function countIn(found: Found, leaf: PlanTerms): number {
  const isValue = leaf.typed !== undefined && sameTyped(found.typed, leaf.typed.value as Typed);
  return phraseCount(found, leaf) + (isValue ? 1 : 0);
}

/** How often the token or the phrase stands there. */
function phraseCount({ tokens }: Found, { tokens: wanted, slop, isPrefix }: PlanTerms): number {
  const [first, ...rest] = wanted;
  if (!first) return 0;
  const last = wanted.length - 1;
  const isAt = (index: number, text: string) =>
    isPrefix && index === last ? text.startsWith(wanted[index]?.text ?? '') : text === wanted[index]?.text;
  if (rest.length === 0) return tokens.filter(({ text }) => isAt(0, text)).length;
  // Where the phrase would begin if the token were at its place: equal for all tokens of an exact match.
  const starts = wanted.map(({ position }, index) =>
    tokens.flatMap((token) => (isAt(index, token.text) ? [token.position - position] : [])),
  );
  const fits = (index: number, low: number, high: number): boolean =>
    index === starts.length ||
    (starts[index] ?? []).some((start) => {
      const [least, most] = [Math.min(low, start), Math.max(high, start)];
      return most - least <= slop && fits(index + 1, least, most);
    });
  return (starts[0] ?? []).filter((start) => fits(1, start, start)).length;
}

function inSet({ tokens, typed }: Found, { texts, typed: values }: PlanSet): boolean {
  return tokens.some(({ text }) => texts.includes(text)) || values.some((value) => sameTyped(typed, value));
}

function isNear({ tokens }: Found, { text, distance }: PlanFuzzy): boolean {
  return tokens.some((token) => withinDistance(token.text, text, distance));
}

function inRange({ tokens, typed }: Found, { low, high }: PlanRange, isTyped: boolean): boolean {
  if (typed?.kind === 'Number') return isBetween(typed.value, low, high, numberOf);
  if (typed?.kind === 'Date') return isBetween(typed.value, low, high, (text) => Date.parse(text) * 1000);
  // A number or a date as a bound asks for numbers and dates.
  if (isTyped && [low, high].some((bound) => bound && typedOf(bound.text))) return false;
  return tokens.some(({ text }) => isBetween(text, low, high, (bound) => bound));
}

/** Text that is no number makes a bound that no number meets. */
const numberOf = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));

function isBetween<T extends number | string>(
  value: T,
  low: SearchBound | undefined,
  high: SearchBound | undefined,
  read: (text: string) => T,
): boolean {
  const isAbove = !low || (low.inclusive ? value >= read(low.text) : value > read(low.text));
  return isAbove && (!high || (high.inclusive ? value <= read(high.text) : value < read(high.text)));
}
