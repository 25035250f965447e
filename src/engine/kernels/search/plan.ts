import { KernelError } from '../kernel.ts';
import { type Analyzer, type Token, tokensOf } from './analyze.ts';
import { type Typed, typedOf } from './document.ts';
import type { SearchBound, SearchLeaf, SearchNode, SearchValue } from './query.ts';

/** A search with its columns known, as the plain value that the kernels get as text. */
export interface SearchPlan {
  readonly columns: readonly SearchColumn[];
  /** What counts for the score, numbered as the leaves say. */
  readonly terms: readonly SearchTerm[];
  readonly root: PlanNode;
}

export interface SearchColumn {
  readonly isVariant: boolean;
  readonly analyzer: Analyzer;
  /** Whether the index knows where tokens stand, which phrases want. */
  readonly positions: boolean;
}

/** A place to search: a column, and the path inside of its documents. */
export interface SearchField {
  readonly column: number;
  readonly path: readonly string[];
}

export interface SearchTerm extends SearchField {
  readonly value: string | Typed;
}

export type PlanNode = PlanGroup | PlanTerms | PlanRange | PlanSet | PlanFuzzy | { readonly kind: 'All' | 'None' };

export interface PlanGroup {
  readonly kind: 'Group';
  readonly clauses: readonly { readonly occur: 'must' | 'should' | 'not'; readonly node: PlanNode }[];
  readonly boost: number;
}

/** A word, a phrase, or on a VARIANT what the word is as a value. */
export interface PlanTerms extends SearchField {
  readonly kind: 'Terms';
  readonly tokens: readonly (Token & { readonly term: number })[];
  readonly typed: (SearchTerm & { readonly term: number }) | undefined;
  readonly slop: number;
  readonly isPrefix: boolean;
  readonly boost: number;
}

export interface PlanRange extends SearchField {
  readonly kind: 'Range';
  readonly low: SearchBound | undefined;
  readonly high: SearchBound | undefined;
}

export interface PlanSet extends SearchField {
  readonly kind: 'Set';
  readonly texts: readonly string[];
  readonly typed: readonly Typed[];
}

export interface PlanFuzzy extends SearchField {
  readonly kind: 'Fuzzy';
  readonly text: string;
  readonly distance: number;
}

export interface Compile {
  readonly columns: readonly SearchColumn[];
  /** The places that a leaf's field stands for, each with its boost; all of them for a leaf without a field. */
  readonly fieldsOf: (field: readonly string[] | undefined) => readonly (SearchField & { readonly boost: number })[];
  /** 0, 1 or 2: how many letters may differ. */
  readonly fuzziness: number;
}

export function planSearch(root: SearchNode, compile: Compile): SearchPlan {
  const terms: SearchTerm[] = [];
  const planned = new Planner(compile, terms).node(root, 1);
  return { columns: compile.columns, terms, root: planned };
}

class Planner {
  readonly #compile: Compile;
  readonly #terms: SearchTerm[];

  constructor(compile: Compile, terms: SearchTerm[]) {
    this.#compile = compile;
    this.#terms = terms;
  }

  node(node: SearchNode, boost: number): PlanNode {
    if (node.kind === 'Leaf') return this.#leaf(node, boost);
    if (node.clauses.length === 0) return { kind: 'None' };
    if (node.clauses.every(({ occur }) => occur === 'not'))
      throw new KernelError('Only excluding terms given: a query needs a clause that is not excluded');
    const clauses = node.clauses.map((clause) => ({
      occur: clause.occur,
      node: this.node(clause.node, boost * node.boost),
    }));
    return { kind: 'Group', clauses, boost: 1 };
  }

  #leaf({ field, value, boost }: SearchLeaf, outer: number): PlanNode {
    if (value.kind === 'All') {
      if (field) throw new KernelError('Exists queries are not supported.');
      return { kind: 'All' };
    }
    const places = this.#compile.fieldsOf(field);
    const nodes = places.map((place) => this.#value(value, place, boost * outer * place.boost));
    const [only] = nodes;
    if (only && nodes.length === 1) return only;
    return { kind: 'Group', clauses: nodes.map((node) => ({ occur: 'should', node })), boost: 1 };
  }

  #value(value: Exclude<SearchValue, { kind: 'All' }>, { column, path }: SearchField, boost: number): PlanNode {
    const place = { column, path };
    if (value.kind === 'Word' || value.kind === 'Phrase') return this.#words(value, place, boost);
    if (value.kind === 'Set') return this.#set(value.items, place);
    const bound = (given: SearchBound | undefined) =>
      given && { ...given, text: this.#isVariant(column) ? given.text : this.#oneToken(given.text, column) };
    return { kind: 'Range', ...place, low: bound(value.low), high: bound(value.high) };
  }

  #isVariant(column: number): boolean {
    return this.#compile.columns[column]?.isVariant === true;
  }

  #tokens(text: string, column: number): readonly Token[] {
    const analyzer = this.#compile.columns[column]?.analyzer;
    return analyzer ? tokensOf(text, analyzer) : [];
  }

  #oneToken(text: string, column: number): string {
    const [token, ...more] = this.#tokens(text, column);
    if (token && more.length === 0) return token.text;
    throw new KernelError(`\`${text}\` must be one token to stand in a range or a list`);
  }

  #set(items: readonly string[], place: SearchField): PlanNode {
    if (!this.#isVariant(place.column)) {
      return { kind: 'Set', ...place, texts: items.map((item) => this.#oneToken(item, place.column)), typed: [] };
    }
    return { kind: 'Set', ...place, texts: items, typed: items.flatMap((item) => typedOf(item) ?? []) };
  }

  #words(value: Extract<SearchValue, { kind: 'Word' | 'Phrase' }>, place: SearchField, boost: number): PlanNode {
    const found = this.#tokens(value.text, place.column);
    const [first] = found;
    const column = this.#compile.columns[place.column];
    const typed = column?.isVariant && value.kind === 'Word' ? typedOf(value.text) : undefined;
    if (!first && !typed) return { kind: 'None' };
    const { fuzziness } = this.#compile;
    if (first && found.length === 1 && fuzziness > 0)
      return { kind: 'Fuzzy', ...place, text: first.text, distance: fuzziness };
    if (found.length > 1 && column?.positions === false) {
      throw new KernelError(`the phrase \`${value.text}\` wants an index with index_record = 'position'`);
    }
    const tokens = found.map((token) => ({ ...token, term: this.#term({ ...place, value: token.text }) }));
    const asTyped = typed && { ...place, value: typed };
    return {
      kind: 'Terms',
      ...place,
      tokens,
      typed: asTyped && { ...asTyped, term: this.#term(asTyped) },
      slop: value.kind === 'Phrase' && !column?.isVariant ? value.slop : 0,
      isPrefix: value.kind === 'Phrase' && value.isPrefix && tokens.length > 1 && !column?.isVariant,
      boost,
    };
  }

  #term(term: SearchTerm): number {
    return this.#terms.push(term) - 1;
  }
}
