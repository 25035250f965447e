/** JSON with its numbers as they were spelt, since a double does not hold all of them. */
export type JsonTree = { readonly text: string } & (
  | { readonly kind: 'Null' }
  | { readonly kind: 'Literal' }
  | { readonly kind: 'Number' }
  | { readonly kind: 'Text'; readonly value: string }
  | { readonly kind: 'Array'; readonly items: readonly JsonTree[] }
  /** By key; of equal keys the last. */
  | { readonly kind: 'Object'; readonly members: ReadonlyMap<string, JsonTree> }
);

const TOKEN = /\s*("[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]|[^\s[\]{},:"]+)/y;

/** The tree of a text that is known to be JSON. */
export function readTree(text: string): JsonTree {
  return new TreeReader(text).read();
}

class TreeReader {
  readonly #text: string;
  #at = 0;
  #token = '';

  constructor(text: string) {
    this.#text = text;
    this.#advance();
  }

  read(): JsonTree {
    const start = this.#at - this.#token.length;
    const token = this.#token;
    if (token === '[') return { kind: 'Array', items: this.#items(), text: this.#from(start) };
    if (token === '{') return { kind: 'Object', members: this.#members(), text: this.#from(start) };
    if (token.startsWith('"')) return { kind: 'Text', value: String(JSON.parse(token)), text: token };
    if (token === 'null') return { kind: 'Null', text: token };
    return { kind: token === 'true' || token === 'false' ? 'Literal' : 'Number', text: token };
  }

  /** Stays at the closing bracket. */
  #items(): JsonTree[] {
    const items: JsonTree[] = [];
    this.#advance();
    while (this.#token !== ']' && this.#token !== '') {
      items.push(this.read());
      this.#advance();
      if (this.#token === ',') this.#advance();
    }
    return items;
  }

  /** Stays at the closing brace. */
  #members(): Map<string, JsonTree> {
    const members = new Map<string, JsonTree>();
    this.#advance();
    while (this.#token !== '}' && this.#token !== '') {
      const name = String(JSON.parse(this.#token));
      this.#advance();
      this.#advance();
      members.set(name, this.read());
      this.#advance();
      if (this.#token === ',') this.#advance();
    }
    return members;
  }

  #advance(): void {
    TOKEN.lastIndex = this.#at;
    this.#token = TOKEN.exec(this.#text)?.[1] ?? '';
    this.#at = this.#token === '' ? this.#text.length : TOKEN.lastIndex;
  }

  #from(start: number): string {
    return this.#text.slice(start, this.#at);
  }
}
