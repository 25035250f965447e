import type { Cell } from '../cell.ts';
import type { SqlType } from '../type.ts';
import { ParseFailure } from './failure.ts';

/** Reads the text of an element, its quotes taken off. */
export type ParseElement = (text: string, type: SqlType) => Cell | ParseFailure;

type Nested = Extract<SqlType, { kind: 'Array' | 'Map' | 'Tuple' | 'Vector' }>;

/**
 * `[1,2]`, `{'k':1}`, `("a",1)` or `[…]` for a tuple. Texts inside stand in single or double quotes with backslash
 * escapes; NULL is a word; keys of maps may be bare.
 */
export function parseNested(text: string, type: Nested, parseElement: ParseElement): Cell | ParseFailure {
  const reader = new NestedReader(text, parseElement);
  const cell = reader.read(type);
  return reader.failure ?? cell;
}

/** Types whose values stand in quotes inside a container. */
const QUOTED: readonly SqlType['kind'][] = [
  'String',
  'Date',
  'Timestamp',
  'TimestampTz',
  'Interval',
  'Geometry',
  'Geography',
];

class NestedReader {
  failure: ParseFailure | undefined;
  readonly #text: string;
  readonly #parseElement: ParseElement;
  #at = 0;

  constructor(text: string, parseElement: ParseElement) {
    this.#text = text;
    this.#parseElement = parseElement;
  }

  read(type: Nested): Cell {
    const cell = this.#container(type);
    this.#blanks();
    if (this.#at < this.#text.length) this.#fail('unexpected remaining bytes');
    return cell;
  }

  #container(type: Nested): Cell {
    switch (type.kind) {
      case 'Array':
        return this.#list('[', ']', () => this.#element(type.element));
      case 'Vector':
        return this.#vector(type.dimension);
      case 'Map':
        return this.#map(type.key, type.value);
      case 'Tuple':
        return this.#tuple(type);
    }
  }

  #vector(dimension: number): Cell {
    const items = this.#list('[', ']', () => this.#element({ kind: 'Float32' }));
    if (items.length !== dimension) this.#fail(`expect a vector of ${dimension} dimensions, but got ${items.length}`);
    if (items.includes(null)) this.#fail('NULL is not allowed in a vector');
    return items;
  }

  #map(key: SqlType, value: SqlType): Cell {
    const seen = new Set<unknown>();
    return this.#list('{', '}', () => {
      const name = this.#key(key);
      this.#expect(':');
      const identity = name instanceof Uint8Array ? name.join() : name;
      if (seen.has(identity)) this.#fail('Keys have to be unique');
      seen.add(identity);
      return [name, this.#element(value)];
    });
  }

  #tuple(type: SqlType & { readonly kind: 'Tuple' }): Cell {
    const isBracketed = this.#peek() === '[';
    let index = 0;
    const items = this.#list(isBracketed ? '[' : '(', isBracketed ? ']' : ')', () => {
      const field = type.fields[index++];
      if (field) return this.#element(field.type);
      return this.#fail(`expect a tuple of ${type.fields.length} fields, but got more`);
    });
    if (items.length < type.fields.length) {
      this.#fail(`expect a tuple of ${type.fields.length} fields, but got ${items.length}`);
    }
    return items;
  }

  /** Items between two brackets; a comma after the last is let pass, as one-element tuples print it. */
  #list(open: string, close: string, item: () => Cell): Cell[] {
    const items: Cell[] = [];
    this.#expect(open);
    while (!this.failure && this.#peek() !== close) {
      items.push(item());
      if (this.#peek() !== close) this.#expect(',');
    }
    this.#expect(close);
    return items;
  }

  #element(type: SqlType): Cell {
    const first = this.#peek();
    if (type.kind === 'Array' || type.kind === 'Map' || type.kind === 'Tuple' || type.kind === 'Vector') {
      return this.#isNull() ? null : this.#container(type);
    }
    if (type.kind === 'Variant') return this.#parse(this.#json(), type);
    if (first === '"' || first === "'") return this.#parse(this.#quoted(first), type);
    if (this.#isNull()) return null;
    if (QUOTED.includes(type.kind)) return this.#fail('expected a quoted text');
    return this.#parse(this.#bare(), type);
  }

  #key(type: SqlType): Cell {
    const first = this.#peek();
    return this.#parse(first === '"' || first === "'" ? this.#quoted(first) : this.#bare(), type);
  }

  #parse(text: string, type: SqlType): Cell {
    if (this.failure) return null;
    const cell = this.#parseElement(text, type);
    return cell instanceof ParseFailure ? this.#fail(cell.message) : cell;
  }

  /** Whether a NULL stands here; it is taken if so. */
  #isNull(): boolean {
    this.#blanks();
    if (!/^(?:NULL|null)(?![\w.])/.test(this.#text.slice(this.#at, this.#at + 5))) return false;
    this.#at += 4;
    return true;
  }

  #bare(): string {
    this.#blanks();
    const from = this.#at;
    while (this.#at < this.#text.length && !',:]})'.includes(this.#text[this.#at] ?? '')) this.#at++;
    return this.#text.slice(from, this.#at).trimEnd();
  }

  #quoted(quote: string): string {
    let value = '';
    for (let at = this.#at + 1; at < this.#text.length; at++) {
      const character = this.#text[at] ?? '';
      if (character === quote) {
        this.#at = at + 1;
        return value;
      }
      value += character === '\\' ? unescaped(this.#text[++at] ?? '') : character;
    }
    this.#fail('unexpected end of a quoted text');
    return value;
  }

  /** A JSON value up to the comma or bracket that ends the element. */
  #json(): string {
    this.#blanks();
    const from = this.#at;
    let depth = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at] ?? '';
      if (character === '"' || character === "'") this.#at = this.#textEnd(character);
      else if (character === '[' || character === '{') depth++;
      else if (depth === 0 && ',]})'.includes(character)) break;
      else if (character === ']' || character === '}') depth--;
    }
    return this.#text.slice(from, this.#at);
  }

  #textEnd(quote: string): number {
    let at = this.#at + 1;
    while (at < this.#text.length && this.#text[at] !== quote) at += this.#text[at] === '\\' ? 2 : 1;
    return at;
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #peek(): string {
    this.#blanks();
    return this.#text[this.#at] ?? '';
  }

  #expect(character: string): void {
    if (this.#peek() === character) this.#at++;
    else this.#fail(`expected '${character}' at pos ${this.#at}`);
  }

  #fail(message: string): null {
    this.failure ??= new ParseFailure(message);
    return null;
  }
}

const ESCAPES: { readonly [letter: string]: string } = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '0': '\0' };

function unescaped(letter: string): string {
  return ESCAPES[letter] ?? letter;
}
