import { showDouble } from '../float.ts';
import { DOT, hexValue, isDigit, LOWER_E, LOWER_X, MINUS, PLUS, ZERO } from './bytes.ts';
import { readLiteral } from './literal.ts';
import { JsonSyntaxError } from './syntax-error.ts';

/** What a decimal can hold; numbers of more digits become doubles. */
const MAX_DIGITS = 76;
const MAX_HEX_DIGITS = 32;

/**
 * A double as canonical JSON. It always carries an exponent (`191.2e0`), which tells it from the decimal `191.2`;
 * showVariant takes an exponent of zero away. What is not finite has no JSON and becomes null.
 */
export function jsonDouble(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  const text = showDouble(value);
  return text.includes('e') ? text : `${text}e0`;
}

/** Where the canonical integer or decimal that starts at `start` ends; -1 if what stands there is spelt otherwise. */
export function plainNumberEnd(source: Uint8Array, start: number, end: number): number {
  const whole = source[start] === MINUS ? start + 1 : start;
  let at = digitsEnd(source, whole, end);
  const startsWithZero = source[whole] === ZERO;
  if (at === whole || (at > whole + 1 && startsWithZero)) return -1;
  if (at < end && source[at] === DOT) {
    const fraction = at + 1;
    at = digitsEnd(source, fraction, end);
    if (at === fraction) return -1;
  }
  if (at - whole > MAX_DIGITS || (at < end && continuesNumber(source[at] ?? 0))) return -1;
  return startsWithZero && whole > start && isZero(source, whole, at) ? -1 : at;
}

function digitsEnd(source: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isDigit(source[at] ?? 0)) at++;
  return at;
}

function continuesNumber(byte: number): boolean {
  return byte === DOT || (byte | 0x20) === LOWER_E || (byte | 0x20) === LOWER_X;
}

function isZero(source: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (source[at] !== ZERO && source[at] !== DOT) return false;
  return true;
}

export interface ReadNumber {
  /** In canonical form. */
  readonly text: string;
  readonly next: number;
}

/** Reads a number in any of the forms that Databend takes: `+1`, `007`, `.5`, `5.`, `0x1F.8`, `1e9`, `-Infinity`, `NaN`. */
export function readNumber(source: Uint8Array, start: number, end: number, origin: number): ReadNumber {
  return new NumberReader(source, start, end, origin).read();
}

const decoder = new TextDecoder();

class NumberReader {
  readonly #source: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  /** Where the document starts: positions in errors are counted from there. */
  readonly #origin: number;
  #at: number;

  constructor(source: Uint8Array, start: number, end: number, origin: number) {
    this.#source = source;
    this.#start = start;
    this.#end = end;
    this.#origin = origin;
    this.#at = start;
  }

  read(): ReadNumber {
    const isNegative = this.#peek() === MINUS;
    if (isNegative || this.#peek() === PLUS) this.#at++;
    const zeros = this.#skip((byte) => byte === ZERO);
    const digits = this.#at;
    const { count, hasPoint } = this.#digits();
    if (count === 0 && !hasPoint) {
      if (zeros === 0) return this.#literal(isNegative);
      if (zeros === 1 && (this.#peek() | 0x20) === LOWER_X) return this.#hex(isNegative);
    }
    if (count === 0 && zeros === 0) throw this.#invalid();
    const mantissaEnd = this.#at;
    const hasExponent = this.#exponent();
    if (hasExponent || count > MAX_DIGITS) return this.#done(jsonDouble(Number(this.#text(this.#start, this.#at))));
    return this.#done(plainText(isNegative, this.#text(digits, mantissaEnd)));
  }

  /** The significant digits, before and behind a point. */
  #digits(): { readonly count: number; readonly hasPoint: boolean } {
    const start = this.#at;
    this.#skip(isDigit);
    let count = this.#at - start;
    if (this.#peek() !== DOT) return { count, hasPoint: false };
    this.#at++;
    count += this.#skip(isDigit);
    if (this.#peek() === DOT && count < MAX_DIGITS) throw this.#invalid();
    return { count, hasPoint: true };
  }

  #exponent(): boolean {
    if ((this.#peek() | 0x20) !== LOWER_E) return false;
    this.#at++;
    if (this.#peek() === PLUS || this.#peek() === MINUS) this.#at++;
    if (this.#skip(isDigit) === 0) throw this.#invalid();
    return true;
  }

  #literal(isNegative: boolean): ReadNumber {
    const letter = this.#peek() | 0x20;
    if (letter !== 0x69 && letter !== 0x6e) throw this.#invalid();
    const word = letter === 0x69 ? 'infinity' : 'nan';
    this.#at = readLiteral(this.#source, this.#at, { end: this.#end, origin: this.#origin, word });
    if (isNegative && word === 'nan') throw this.#invalid();
    return this.#done('null');
  }

  #hex(isNegative: boolean): ReadNumber {
    const whole = ++this.#at;
    const wholeDigits = this.#skip((byte) => hexValue(byte) >= 0);
    if (wholeDigits === 0) throw this.#invalid();
    const wholeEnd = this.#at;
    if (this.#peek() !== DOT) return this.#done(signed(isNegative, String(this.#hexInteger(whole, wholeEnd))));
    const fraction = ++this.#at;
    const fractionDigits = this.#skip((byte) => hexValue(byte) >= 0);
    if (fractionDigits === 0) throw this.#invalid();
    const value =
      Number(this.#hexInteger(whole, wholeEnd)) + Number(this.#hexInteger(fraction, this.#at)) / 16 ** fractionDigits;
    return this.#done(jsonDouble(isNegative ? -value : value));
  }

  #hexInteger(start: number, end: number): bigint {
    const digits = this.#text(start, end).replace(/^0+/, '');
    if (digits.length > MAX_HEX_DIGITS) throw this.#invalid();
    return BigInt(`0x${digits || '0'}`);
  }

  /** The byte that comes next; 0 at the end. */
  #peek(): number {
    return this.#at < this.#end ? (this.#source[this.#at] ?? 0) : 0;
  }

  #skip(holds: (byte: number) => boolean): number {
    const from = this.#at;
    while (this.#at < this.#end && holds(this.#source[this.#at] ?? 0)) this.#at++;
    return this.#at - from;
  }

  #text(start: number, end: number): string {
    return decoder.decode(this.#source.subarray(start, end));
  }

  #done(text: string): ReadNumber {
    return { text, next: this.#at };
  }

  #invalid(): JsonSyntaxError {
    return new JsonSyntaxError('invalid number', this.#at - this.#origin);
  }
}

/** Canonical text of digits without leading zeros, with or without a point. */
function plainText(isNegative: boolean, digits: string): string {
  const [whole = '', fraction = ''] = digits.split('.');
  const text = fraction === '' ? whole || '0' : `${whole || '0'}.${fraction}`;
  return signed(isNegative, text);
}

function signed(isNegative: boolean, text: string): string {
  return isNegative && /[1-9]/.test(text) ? `-${text}` : text;
}
