import {
  APOSTROPHE,
  BACKSLASH,
  COLON,
  COMMA,
  DOLLAR,
  DOT,
  isDigit,
  LEFT_BRACE,
  LEFT_BRACKET,
  LOWER_F,
  LOWER_N,
  LOWER_R,
  LOWER_T,
  LOWER_X,
  MINUS,
  PLUS,
  QUOTE,
  RIGHT_BRACE,
  RIGHT_BRACKET,
  UNDERSCORE,
  ZERO,
} from './bytes.ts';
import { readLiteral } from './literal.ts';
import { Members } from './members.ts';
import { plainNumberEnd, readNumber } from './number.ts';
import { Run } from './run.ts';
import type { ByteSink } from './sink.ts';
import { readString, type TextScope } from './string.ts';
import { JsonSyntaxError } from './syntax-error.ts';
import { isUtf8 } from './utf8.ts';

/** Nothing of use nests deeper; every walk over canonical JSON may recurse. */
export const MAX_DEPTH = 512;

export interface ParserOptions {
  readonly sink: ByteSink;
  readonly keepTyped: boolean;
}

// Documents are read one at a time and to their end, so that one set of buffers does for all.
const members = new Members();

/** Reads one document and appends its canonical form. Each reading method takes a position and gives the next. */
export class Parser {
  readonly #source: Uint8Array;
  readonly #origin: number;
  readonly #end: number;
  readonly #run: Run;
  readonly #scope: TextScope;
  #depth = 0;

  constructor(source: Uint8Array, start: number, end: number, { sink, keepTyped }: ParserOptions) {
    this.#source = source;
    this.#origin = start;
    this.#end = end;
    this.#run = new Run(source, start, sink);
    this.#scope = { run: this.#run, end, origin: start, keepTyped };
    members.start(this.#run);
  }

  document(): void {
    const start = this.#blanks(this.#origin);
    const next = this.#blanks(this.#value(start));
    if (next < this.#end) throw this.#error('trailing characters', next + 1);
    this.#run.flush(this.#end, this.#end);
  }

  #value(at: number): number {
    const byte = at < this.#end ? (this.#source[at] ?? 0) : 0;
    switch (byte) {
      case QUOTE:
      case APOSTROPHE:
        return readString(this.#scope, at);
      case LEFT_BRACE:
        return this.#object(at);
      case LEFT_BRACKET:
        return this.#array(at);
      case MINUS:
      case PLUS:
      case DOT:
        return this.#number(at);
      default:
        return isDigit(byte) ? this.#number(at) : this.#word(at, byte);
    }
  }

  #number(at: number): number {
    const plainEnd = plainNumberEnd(this.#source, at, this.#end);
    if (plainEnd >= 0) return plainEnd;
    const { text, next } = readNumber(this.#source, at, this.#end, this.#origin);
    this.#run.flush(at, next).ascii(text);
    return next;
  }

  #word(at: number, byte: number): number {
    if (at >= this.#end) {
      this.#run.flush(at, at).ascii('null');
      return at;
    }
    switch (byte | 0x20) {
      case LOWER_T:
        return this.#literal(at, 'true');
      case LOWER_F:
        return this.#literal(at, 'false');
      case LOWER_N:
        return this.#startsNull(at) ? this.#literal(at, 'null') : this.#number(at);
      case 0x69:
        return this.#number(at);
      default:
        throw this.#error('expected value', at + 1);
    }
  }

  #startsNull(at: number): boolean {
    const { length } = 'null';
    if (at + length > this.#end) return false;
    for (let i = 0; i < length; i++) if (((this.#source[at + i] ?? 0) | 0x20) !== 'null'.charCodeAt(i)) return false;
    return true;
  }

  #literal(at: number, word: string): number {
    const next = readLiteral(this.#source, at, { end: this.#end, origin: this.#origin, word });
    for (let i = at; i < next; i++) {
      if ((this.#source[i] ?? 0) >= 0x61) continue;
      this.#run.flush(at, next).ascii(word);
      break;
    }
    return next;
  }

  #array(start: number): number {
    this.#enter(start);
    let at = this.#blanks(start + 1);
    for (let isFirst = true; ; isFirst = false) {
      if (at >= this.#end) throw this.#eof();
      const byte = this.#source[at];
      if (byte === RIGHT_BRACKET) break;
      if (!isFirst) {
        if (byte !== COMMA) throw this.#error('expected `,` or `]`', at);
        at = this.#blanks(at + 1);
      }
      at = this.#blanks(this.#element(at));
    }
    this.#depth--;
    return at + 1;
  }

  /** A missing element is null. */
  #element(at: number): number {
    const byte = at < this.#end ? this.#source[at] : 0;
    if (byte !== COMMA && byte !== RIGHT_BRACKET) return this.#value(at);
    this.#run.flush(at, at).ascii('null');
    return at;
  }

  #object(start: number): number {
    this.#enter(start);
    const frame = members.open();
    let at = this.#blanks(start + 1);
    for (let isFirst = true; ; isFirst = false) {
      if (at >= this.#end) throw this.#eof();
      const byte = this.#source[at];
      if (byte === RIGHT_BRACE) break;
      if (!isFirst) {
        if (byte !== COMMA) throw this.#error('expected `,` or `}`', at);
        at = this.#blanks(at + 1);
      }
      at = this.#member(at);
    }
    const duplicate = members.close(frame, at);
    if (duplicate) throw this.#error(`duplicate object attribute "${duplicate.key}"`, duplicate.position);
    this.#depth--;
    return at + 1;
  }

  #member(start: number): number {
    const offset = this.#run.offsetOf(start);
    const keyEnd = this.#key(start);
    members.add(offset, start, keyEnd);
    let at = this.#blanks(keyEnd);
    if (at >= this.#end) throw this.#eof();
    if (this.#source[at] !== COLON) throw this.#error('expected `:`', at);
    at = this.#blanks(at + 1);
    return this.#blanks(this.#value(at));
  }

  #key(start: number): number {
    if (start >= this.#end) throw this.#eof();
    const byte = this.#source[start] ?? 0;
    if (byte === QUOTE || byte === APOSTROPHE) return readString(this.#scope, start);
    if (isDigit(byte)) throw this.#error('object attribute name cannot be a number', start + 1);
    let at = start;
    while (at < this.#end && isBareKeyByte(this.#source[at] ?? 0)) at++;
    if (at >= this.#end) throw this.#eof();
    if (at === start) throw this.#error('object attribute name cannot be invalid character', at);
    if (!isUtf8(this.#source, start, at)) throw this.#error('invalid string', at);
    this.#run.flush(start, start).push(QUOTE);
    this.#run.flush(at, at).push(QUOTE);
    return at;
  }

  /** Skips white space, and the escapes of white space that Databend takes for it outside of texts. */
  #blanks(start: number): number {
    let at = start;
    while (at < this.#end) {
      const byte = this.#source[at] ?? 0;
      if (byte > 0x20 && byte !== BACKSLASH) break;
      const length = isBlank(byte) ? 1 : this.#blankEscape(at);
      if (length === 0) break;
      at += length;
    }
    if (at > start) this.#run.flush(start, at);
    return at;
  }

  #blankEscape(at: number): number {
    const source = this.#source;
    if (source[at] !== BACKSLASH || at + 1 >= this.#end) return 0;
    const letter = source[at + 1];
    if (letter === LOWER_N || letter === LOWER_R || letter === LOWER_T) return 2;
    const isFormFeed = letter === LOWER_X && source[at + 2] === ZERO && source[at + 3] === 0x43;
    return isFormFeed && at + 3 < this.#end ? 4 : 0;
  }

  #enter(at: number): void {
    if (++this.#depth > MAX_DEPTH) throw this.#error('recursion limit exceeded', at + 1);
  }

  #eof(): JsonSyntaxError {
    return this.#error('EOF while parsing a value', this.#end);
  }

  #error(reason: string, at: number): JsonSyntaxError {
    return new JsonSyntaxError(reason, at - this.#origin);
  }
}

/** What Rust's is_ascii_whitespace takes: a vertical tab is none. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c;
}

function isBareKeyByte(byte: number): boolean {
  const lower = byte | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || isDigit(byte) || byte === UNDERSCORE || byte === DOLLAR || byte >= 0x80;
}
