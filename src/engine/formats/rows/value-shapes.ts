import type { PlainKind } from '../../types/type.ts';

const BOOLEAN = /^(?:true|false)$/i;
const INTEGER = /^-?\d+$/;
const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$|^(?:NaN|nan|-?inf)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const TIMESTAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:\s*[A-Za-z+-][\w:+/-]*)?$/;

const LEAST_INT64 = -(2n ** 63n);
const GREATEST_INT64 = 2n ** 63n - 1n;
/** Integers of fewer characters fit 64 bits. */
const LONG_INTEGER = 19;

/** What the values of a column have in common. */
export class ValueShapes {
  readonly #seen = new Set<PlainKind>();

  add(text: string): void {
    if (text === '' || this.#seen.has('String')) return;
    this.#seen.add(kindOfValue(text));
  }

  /** Null when no value was there. */
  kind(): PlainKind {
    const [first = 'Null', second, third] = this.#seen;
    if (second === undefined) return first;
    if (third !== undefined) return 'String';
    if (this.#has('Int64', 'Float64')) return 'Float64';
    return this.#has('Date', 'Timestamp') ? 'Timestamp' : 'String';
  }

  #has(...kinds: readonly PlainKind[]): boolean {
    return kinds.every((kind) => this.#seen.has(kind));
  }
}

/** What kind of value a text is. */
export function kindOfValue(text: string): PlainKind {
  if (INTEGER.test(text)) return fitsInt64(text) ? 'Int64' : 'String';
  if (NUMBER.test(text)) return 'Float64';
  if (BOOLEAN.test(text)) return 'Boolean';
  if (DATE.test(text)) return 'Date';
  return TIMESTAMP.test(text) ? 'Timestamp' : 'String';
}

function fitsInt64(text: string): boolean {
  if (text.length < LONG_INTEGER) return true;
  const value = BigInt(text);
  return value >= LEAST_INT64 && value <= GREATEST_INT64;
}
