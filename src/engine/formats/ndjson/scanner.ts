import {
  BACKSLASH,
  COLON,
  COMMA,
  DOT,
  hexValue,
  isDigit,
  LEFT_BRACE,
  LEFT_BRACKET,
  LOWER_E,
  LOWER_U,
  MINUS,
  NEWLINE,
  PLUS,
  QUOTE,
  RIGHT_BRACE,
  RIGHT_BRACKET,
  SPACE,
  TAB,
  ZERO,
} from '../../types/json/bytes.ts';
import { ESCAPED } from '../../types/json/escapes.ts';
import { MAX_DEPTH } from '../../types/json/parser.ts';
import { ARRAY, type JsonMark, LITERAL, NULL_WORD, NUMBER, OBJECT, TEXT } from './marks.ts';

/** A line that is not JSON, and where. */
export class JsonLineError extends Error {
  override readonly name = 'JsonLineError';
  /** In the bytes that were scanned. */
  readonly at: number;

  constructor(reason: string, at: number) {
    super(reason);
    this.at = at;
  }
}

/** 1 where the scan of a text has to look closer. */
const STOPS = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < SPACE || byte === QUOTE || byte === BACKSLASH ? 1 : 0,
);

/** Walks over JSON as RFC 8259 has it; each method takes a position and gives the next, or throws a JsonLineError. */
export class JsonScanner {
  /** What the last value was. */
  mark: JsonMark = NULL_WORD;
  /** Whether the last text has escapes. */
  hasEscapes = false;
  #bytes = new Uint8Array(0);
  #end = 0;
  #depth = 0;

  /** What comes next are positions of `bytes`, of which `end` and what follows do not count. */
  open(bytes: Uint8Array<ArrayBuffer>, end: number): void {
    this.#bytes = bytes;
    this.#end = end;
    this.#depth = 0;
  }

  value(at: number): number {
    const byte = this.#byte(at);
    switch (byte) {
      case QUOTE:
        this.mark = TEXT;
        return this.text(at);
      case LEFT_BRACE:
        return this.#object(at);
      case LEFT_BRACKET:
        return this.#array(at);
      case 0x74:
        return this.#word(at, 'true', LITERAL);
      case 0x66:
        return this.#word(at, 'false', LITERAL);
      case 0x6e:
        return this.#word(at, 'null', NULL_WORD);
      default:
        return byte === MINUS || isDigit(byte) ? this.#number(at) : this.#refuse(at, 'expected value', 'a value');
    }
  }

  /** From an opening quote to behind the closing one. */
  text(start: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    this.hasEscapes = false;
    let at = start + 1;
    for (;;) {
      while (at < end && STOPS[bytes[at] ?? 0] === 0) at++;
      if (at >= end) throw new JsonLineError('EOF while parsing a string', at);
      if (bytes[at] === QUOTE) return at + 1;
      if (bytes[at] !== BACKSLASH) {
        throw new JsonLineError('control character (\\u0000-\\u001F) found while parsing a string', at);
      }
      this.hasEscapes = true;
      at = this.#escape(at);
    }
  }

  #escape(at: number): number {
    const letter = this.#byte(at + 1);
    if (letter !== LOWER_U) {
      if (ESCAPED[letter] === 0) throw new JsonLineError('invalid escape', at + 1);
      return at + 2;
    }
    for (let digit = at + 2; digit < at + 6; digit++) {
      if (hexValue(this.#byte(digit)) < 0) throw new JsonLineError('invalid escape', digit);
    }
    return at + 6;
  }

  #number(start: number): number {
    let at = this.#bytes[start] === MINUS ? start + 1 : start;
    at = this.#byte(at) === ZERO ? at + 1 : this.#digits(at);
    if (this.#byte(at) === DOT) at = this.#digits(at + 1);
    if ((this.#byte(at) | 0x20) === LOWER_E) {
      const sign = this.#byte(at + 1);
      at = this.#digits(sign === PLUS || sign === MINUS ? at + 2 : at + 1);
    }
    if (isDigit(this.#byte(at))) throw new JsonLineError('invalid number', at);
    this.mark = NUMBER;
    return at;
  }

  #digits(start: number): number {
    let at = start;
    while (at < this.#end && isDigit(this.#bytes[at] ?? 0)) at++;
    if (at === start) throw new JsonLineError('invalid number', at);
    return at;
  }

  #word(start: number, word: string, mark: JsonMark): number {
    for (let i = 1; i < word.length; i++) {
      if (this.#byte(start + i) !== word.charCodeAt(i)) this.#refuse(start + i, 'expected ident', 'a value');
    }
    this.mark = mark;
    return start + word.length;
  }

  #array(start: number): number {
    this.#enter(start);
    let at = this.blanks(start + 1);
    if (this.#byte(at) !== RIGHT_BRACKET) {
      at = this.blanks(this.value(at));
      while (this.#byte(at) === COMMA) {
        at = this.blanks(at + 1);
        if (this.#byte(at) === RIGHT_BRACKET) throw new JsonLineError('trailing comma', at);
        at = this.blanks(this.value(at));
      }
      if (this.#byte(at) !== RIGHT_BRACKET) this.#refuse(at, 'expected `,` or `]`', 'a list');
    }
    this.#depth--;
    this.mark = ARRAY;
    return at + 1;
  }

  #object(start: number): number {
    this.#enter(start);
    let at = this.firstKey(start);
    while (at >= 0) at = this.nextKey(this.value(this.memberValue(this.text(at))));
    this.#depth--;
    this.mark = OBJECT;
    return ~at;
  }

  /** The position of an object's first key; `~position` behind the object where it has none. */
  firstKey(start: number): number {
    const at = this.blanks(start + 1);
    return this.#byte(at) === RIGHT_BRACE ? ~(at + 1) : this.#keyAt(at);
  }

  /** From behind a member to the key of the next; `~position` behind the object after the last. */
  nextKey(from: number): number {
    const at = this.blanks(from);
    if (this.#byte(at) === RIGHT_BRACE) return ~(at + 1);
    if (this.#byte(at) !== COMMA) this.#refuse(at, 'expected `,` or `}`', 'an object');
    const key = this.blanks(at + 1);
    if (this.#byte(key) === RIGHT_BRACE) throw new JsonLineError('trailing comma', key);
    return this.#keyAt(key);
  }

  /** From behind a key to its value. */
  memberValue(from: number): number {
    const at = this.blanks(from);
    if (this.#byte(at) !== COLON) this.#refuse(at, 'expected `:`', 'an object');
    return this.blanks(at + 1);
  }

  #keyAt(at: number): number {
    return this.#byte(at) === QUOTE ? at : this.#refuse(at, 'key must be a string', 'an object');
  }

  blanks(start: number): number {
    let at = start;
    while (at < this.#end && isJsonBlank(this.#bytes[at] ?? 0)) at++;
    return at;
  }

  #enter(at: number): void {
    if (++this.#depth > MAX_DEPTH) throw new JsonLineError('recursion limit exceeded', at);
  }

  /** 0 at the end, which no JSON has. */
  #byte(at: number): number {
    return at < this.#end ? (this.#bytes[at] ?? 0) : 0;
  }

  #refuse(at: number, reason: string, inside: string): never {
    throw new JsonLineError(at >= this.#end ? `EOF while parsing ${inside}` : reason, at);
  }
}

export function isJsonBlank(byte: number): boolean {
  return byte === SPACE || byte === NEWLINE || byte === 0x0d || byte === TAB;
}
