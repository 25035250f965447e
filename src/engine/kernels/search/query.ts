import { KernelError } from '../kernel.ts';

/** What the text of QUERY and MATCH says, before its fields are looked up. */
export type SearchNode = SearchLeaf | SearchGroup;

export interface SearchGroup {
  readonly kind: 'Group';
  readonly clauses: readonly SearchClause[];
  readonly boost: number;
}

export interface SearchClause {
  readonly occur: 'must' | 'should' | 'not';
  readonly node: SearchNode;
}

export interface SearchLeaf {
  readonly kind: 'Leaf';
  /** The names before the colon; none stands for every field. */
  readonly field: readonly string[] | undefined;
  readonly value: SearchValue;
  readonly boost: number;
}

export type SearchValue =
  | { readonly kind: 'Word'; readonly text: string }
  | { readonly kind: 'Phrase'; readonly text: string; readonly slop: number; readonly isPrefix: boolean }
  | { readonly kind: 'Range'; readonly low: SearchBound | undefined; readonly high: SearchBound | undefined }
  | { readonly kind: 'Set'; readonly items: readonly string[] }
  | { readonly kind: 'All' };

export interface SearchBound {
  readonly text: string;
  readonly inclusive: boolean;
}

/**
 * `[+ | - | NOT] <leaf>[^<boost>]`, joined by blanks, AND and OR; leaves are words, phrases, ranges, `IN [a b]` and groups in
 * parentheses, each with `<field>:` before it or not. `byAnd` joins clauses without an operator. Throws KernelError.
 */
export function parseSearch(text: string, byAnd: boolean): SearchNode {
  return new SearchParser(text, byAnd).whole();
}

type Field = readonly string[] | undefined;
/** An operator, and a clause behind it. */
type Joined = readonly [operator: 'AND' | 'OR' | undefined, clause: SearchClause];

const RESERVED = /[\s+^`:{}"'[\]()!\\*~<>]/;

class SearchParser {
  readonly #text: string;
  readonly #byAnd: boolean;
  #at = 0;

  constructor(text: string, byAnd: boolean) {
    this.#text = text;
    this.#byAnd = byAnd;
  }

  whole(): SearchNode {
    const node = this.#query(undefined);
    if (this.#at < this.#text.length) this.#fail(`unexpected \`${this.#text[this.#at]}\``);
    return node;
  }

  #fail(message: string): never {
    throw new KernelError(`invalid query: ${message} pos ${this.#at}`);
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #accept(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) this.#fail(`expected \`${text}\``);
  }

  /** Such a word, with a blank or a parenthesis behind it. */
  #word(word: string): boolean {
    const next = this.#text[this.#at + word.length] ?? ' ';
    return /[\s([]/.test(next) && this.#accept(word);
  }

  #query(field: Field): SearchNode {
    const joined: Joined[] = [];
    this.#blanks();
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')') {
      const operator = this.#word('AND') ? 'AND' : this.#word('OR') ? 'OR' : undefined;
      if (operator && joined.length === 0) this.#fail(`unexpected ${operator}`);
      this.#blanks();
      joined.push([operator, this.#clause(field)]);
      this.#blanks();
    }
    if (joined.length === 0) this.#fail('expected a term');
    return joinClauses(joined, this.#byAnd);
  }

  #clause(field: Field): SearchClause {
    const occur = this.#accept('+') ? 'must' : this.#accept('-') || this.#word('NOT') ? 'not' : 'should';
    this.#blanks();
    return { occur, node: this.#boosted(this.#atom(field)) };
  }

  #boosted(node: SearchNode): SearchNode {
    if (!this.#accept('^')) return node;
    const [number] = /^\d+(?:\.\d+)?/.exec(this.#text.slice(this.#at)) ?? this.#fail('expected a number');
    this.#at += number.length;
    return { ...node, boost: node.boost * Number(number) };
  }

  #atom(outer: Field): SearchNode {
    const field = this.#field() ?? outer;
    this.#blanks();
    if (!this.#accept('(')) return { kind: 'Leaf', field, value: this.#value(), boost: 1 };
    const node = this.#query(field);
    this.#expect(')');
    return node;
  }

  /** The names before a colon, or nothing, and then nothing is read. */
  #field(): Field {
    const start = this.#at;
    const names = [''];
    for (let char = this.#text[this.#at]; char !== undefined; char = this.#text[++this.#at]) {
      if (char === ':') {
        this.#at++;
        return names;
      }
      if (char === '\\') names[names.length - 1] += this.#text[++this.#at] ?? '';
      else if (char === '.') names.push('');
      else if (RESERVED.test(char)) break;
      else names[names.length - 1] += char;
    }
    this.#at = start;
    return undefined;
  }

  #value(): SearchValue {
    const char = this.#text[this.#at];
    if (char === '"' || char === "'") return this.#phrase(char);
    if (char === '[' || char === '{') return this.#range();
    if (char === '>' || char === '<') return this.#comparison();
    if (char === '/') throw new KernelError('Regex queries are not allowed.');
    if (this.#word('IN')) return this.#set();
    if (char === '*') {
      this.#at++;
      return { kind: 'All' };
    }
    const text = this.#bare();
    this.#accept('*');
    return { kind: 'Word', text };
  }

  #bare(): string {
    let text = '';
    for (let char = this.#text[this.#at]; char !== undefined; char = this.#text[++this.#at]) {
      if (char === '\\') text += this.#text[++this.#at] ?? '';
      else if (text === '' ? RESERVED.test(char) : /[\s^()[\]{}"*]/.test(char)) break;
      else text += char;
    }
    if (text === '') this.#fail('expected a term');
    return text;
  }

  #quoted(quote: string): string {
    let text = '';
    this.#at++;
    for (let char = this.#text[this.#at]; char !== quote; char = this.#text[++this.#at]) {
      if (char === undefined) this.#fail(`expected \`${quote}\``);
      text += char === '\\' ? (this.#text[++this.#at] ?? '') : char;
    }
    this.#at++;
    return text;
  }

  #phrase(quote: string): SearchValue {
    const text = this.#quoted(quote);
    const slop = /^~(\d+)/.exec(this.#text.slice(this.#at));
    this.#at += slop?.[0].length ?? 0;
    return { kind: 'Phrase', text, slop: Number(slop?.[1] ?? 0), isPrefix: this.#accept('*') };
  }

  #item(): string {
    const char = this.#text[this.#at];
    return char === '"' || char === "'" ? this.#quoted(char) : this.#bare();
  }

  #bound(inclusive: boolean): SearchBound | undefined {
    this.#blanks();
    if (this.#accept('*')) return undefined;
    return { text: this.#item(), inclusive };
  }

  #range(): SearchValue {
    const low = this.#bound(this.#text[this.#at++] === '[');
    this.#blanks();
    this.#expect('TO');
    const high = this.#bound(true);
    this.#blanks();
    const isOpen = this.#accept('}');
    if (!isOpen) this.#expect(']');
    return { kind: 'Range', low, high: high && { ...high, inclusive: !isOpen } };
  }

  #comparison(): SearchValue {
    const isLow = this.#text[this.#at++] === '>';
    const bound = this.#bound(this.#accept('='));
    return { kind: 'Range', low: isLow ? bound : undefined, high: isLow ? undefined : bound };
  }

  #set(): SearchValue {
    this.#blanks();
    this.#expect('[');
    const items: string[] = [];
    this.#blanks();
    while (!this.#accept(']')) {
      if (this.#at >= this.#text.length) this.#fail('expected `]`');
      items.push(this.#item());
      this.#blanks();
    }
    return { kind: 'Set', items };
  }
}

/** AND binds tighter than OR; clauses without any operator stand side by side. */
function joinClauses(joined: readonly Joined[], byAnd: boolean): SearchNode {
  const [first] = joined;
  if (first && joined.length === 1 && first[1].occur === 'should') return first[1].node;
  if (joined.every(([operator], index) => index === 0 || operator === undefined)) {
    const clauses = joined.map(([, clause]) => (byAnd && clause.occur === 'should' ? must(clause) : clause));
    return { kind: 'Group', clauses, boost: 1 };
  }
  const groups: SearchClause[][] = [];
  for (const [operator, clause] of joined) {
    const last = groups.at(-1);
    if (last && (operator === 'AND' || (operator === undefined && byAnd))) last.push(clause);
    else groups.push([clause]);
  }
  const parts = groups.map((clauses): SearchNode => {
    const [only] = clauses;
    if (only && clauses.length === 1 && only.occur === 'should') return only.node;
    return { kind: 'Group', clauses: clauses.map(must), boost: 1 };
  });
  const [part] = parts;
  if (part && parts.length === 1) return part;
  return { kind: 'Group', clauses: parts.map((node) => ({ occur: 'should', node })), boost: 1 };
}

function must(clause: SearchClause): SearchClause {
  return clause.occur === 'should' ? { ...clause, occur: 'must' } : clause;
}
