import { type Analyzer, type Token, tokensOf } from './analyze.ts';

/** A value inside of a VARIANT that is no text: a date as microseconds since 1970. */
export type Typed =
  | { readonly kind: 'Number'; readonly value: number }
  | { readonly kind: 'Boolean'; readonly value: boolean }
  | { readonly kind: 'Date'; readonly value: number };

/** One leaf of a document, or all of a text column. */
export interface Found {
  readonly tokens: readonly Token[];
  readonly typed: Typed | undefined;
  /** The elements of arrays of objects that lead to it: the path of the array, and which element. */
  readonly trail: ReadonlyMap<string, number>;
}

/** A value of a column as searches see it. */
export interface SearchDocument {
  at(path: readonly string[]): readonly Found[];
  /** Tokens, and in a VARIANT other values too. */
  readonly size: number;
}

const DATE = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** What a bare word is as a value. */
export function typedOf(text: string): Typed | undefined {
  if (text === 'true' || text === 'false') return { kind: 'Boolean', value: text === 'true' };
  if (NUMBER.test(text)) return { kind: 'Number', value: Number(text) };
  return dateOf(text);
}

function dateOf(text: string): Typed | undefined {
  return DATE.test(text) ? { kind: 'Date', value: Date.parse(text) * 1000 } : undefined;
}

const NOWHERE: ReadonlyMap<string, number> = new Map();

export function textDocument(text: string, analyzer: Analyzer): SearchDocument {
  const tokens = tokensOf(text, analyzer);
  const found: readonly Found[] = [{ tokens, typed: undefined, trail: NOWHERE }];
  return { at: () => found, size: tokens.length };
}

/** JSON text; every leaf stands under the keys that lead to it, arrays add nothing. */
export function variantDocument(json: string, analyzer: Analyzer): SearchDocument {
  const root: unknown = json === '' ? null : JSON.parse(json);
  const known = new Map<string, readonly Found[]>();
  return {
    at(path) {
      const key = JSON.stringify(path);
      const before = known.get(key);
      if (before) return before;
      const found: Found[] = [];
      collect({ value: root, trail: NOWHERE, keys: '' }, path, (leaf, trail) => {
        const one = leafOf(leaf, trail, analyzer);
        if (one) found.push(one);
      });
      known.set(key, found);
      return found;
    },
    get size() {
      return sizeOf(root, analyzer);
    },
  };
}

interface Place {
  readonly value: unknown;
  readonly trail: ReadonlyMap<string, number>;
  readonly keys: string;
}

function collect(place: Place, path: readonly string[], add: (leaf: unknown, trail: Place['trail']) => void): void {
  const { value, trail, keys } = place;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const isObject = typeof item === 'object' && item !== null && !Array.isArray(item);
      const own = isObject ? new Map(trail).set(keys, index) : trail;
      collect({ value: item, trail: own, keys }, path, add);
    }
    return;
  }
  const [key, ...rest] = path;
  if (key === undefined) add(value, trail);
  else if (typeof value === 'object' && value !== null && Object.hasOwn(value, key)) {
    const inner: unknown = Reflect.get(value, key);
    collect({ value: inner, trail, keys: `${keys}${JSON.stringify(key)}` }, rest, add);
  }
}

function leafOf(leaf: unknown, trail: Place['trail'], analyzer: Analyzer): Found | undefined {
  if (typeof leaf === 'string') {
    const date = dateOf(leaf);
    return { tokens: date ? [] : tokensOf(leaf, analyzer), typed: date, trail };
  }
  if (typeof leaf === 'number') return { tokens: [], typed: { kind: 'Number', value: leaf }, trail };
  if (typeof leaf === 'boolean') return { tokens: [], typed: { kind: 'Boolean', value: leaf }, trail };
  return undefined;
}

function sizeOf(value: unknown, analyzer: Analyzer): number {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).reduce<number>((sum, item) => sum + sizeOf(item, analyzer), 0);
  }
  if (value === null) return 0;
  return typeof value === 'string' && !dateOf(value) ? tokensOf(value, analyzer).length : 1;
}
