import type { Span, SqlError } from '../base/errors.ts';
import { type Token, type TokenKind, tokenError } from './token.ts';

/** In MySQL and Hive `"…"` is a string; elsewhere it is a name. */
export type Dialect = 'PostgreSQL' | 'MySQL' | 'Hive' | 'Experimental';

export interface LexOptions {
  readonly dialect?: Dialect | undefined;
  /** The part of the text to read; spans count from the start of the whole text. */
  readonly range?: Span | undefined;
}

export interface Lexed {
  readonly text: string;
  /** Ends with an `End` token. */
  readonly tokens: readonly Token[];
  /** Comments in order, hints not among them. */
  readonly comments: readonly Span[];
  /** One for each Error token. */
  readonly errors: readonly SqlError[];
}

/** The tokens of any text. What is broken becomes an Error token, so that editors, the splitter and the masker go on. */
export function lex(text: string, { dialect, range }: LexOptions = {}): Lexed {
  const end = range?.end ?? text.length;
  const source = end < text.length ? text.slice(0, end) : text;
  const scanner = new Scanner(source, range?.start ?? 0, dialect === 'MySQL' || dialect === 'Hive');
  scanner.run();
  return { text, tokens: scanner.tokens, comments: scanner.comments, errors: scanner.errors };
}

/** Longer ones before their prefixes. */
const SYMBOLS = (
  '||/ |/ || | ->> -> - => == = #>> #>  #- # ?| ?& ? @> @? @@ @ <=> <-> <+> <@ << <= <> < >> >= > ' +
  '!~* !~ != ! ~* ~ :: := : // / + * % ^ & ( ) [ ] { } , ; .'
).split(/\s+/);

const BY_FIRST: readonly (readonly string[])[] = Array.from({ length: 128 }, (_, code) =>
  SYMBOLS.filter((symbol) => symbol.charCodeAt(0) === code),
);

const DIGIT = 1;
const HEX = 2;
/** What continues an unquoted name. */
const WORD = 4;
const BLANK = 8;
/** What ends an at-string. */
const AT_END = 16;

const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  return (
    (/[0-9]/.test(char) ? DIGIT : 0) |
    (/[0-9A-Fa-f_]/.test(char) ? HEX : 0) |
    (/[A-Za-z0-9_$]/.test(char) ? WORD : 0) |
    (/\s/.test(char) ? BLANK : 0) |
    (/[\s,`;'"()]/.test(char) ? AT_END : 0)
  );
});

function is(code: number, mask: number): boolean {
  return code < 128 && ((CLASSES[code] ?? 0) & mask) !== 0;
}

/** The offset behind the run of characters of a class that starts at an offset. */
function runEnd(text: string, start: number, mask: number): number {
  let at = start;
  while (at < text.length && is(text.charCodeAt(at), mask)) at++;
  return at;
}

/** Decimal digits, with `_` between them. */
function digitsEnd(text: string, start: number): number {
  let at = runEnd(text, start, DIGIT);
  while (at > start && text[at] === '_' && is(text.charCodeAt(at + 1), DIGIT)) at = runEnd(text, at + 1, DIGIT);
  return at;
}

function numberEnd(text: string, start: number): number {
  if (text[start] === '0' && (text[start + 1] === 'x' || text[start + 1] === 'X')) {
    const end = runEnd(text, start + 2, HEX);
    if (end > start + 2 && text[start + 2] !== '_') return end;
  }
  let at = digitsEnd(text, start);
  if (text[at] === '.' && is(text.charCodeAt(at + 1), DIGIT)) at = digitsEnd(text, at + 1);
  if (text[at] !== 'e' && text[at] !== 'E') return at;
  const sign = text[at + 1] === '+' || text[at + 1] === '-' ? 1 : 0;
  return is(text.charCodeAt(at + 1 + sign), DIGIT) ? runEnd(text, at + 1 + sign, DIGIT) : at;
}

/** The offset behind the closing quote, or -1. A doubled quote stays inside; a backslash protects what follows it. */
function quotedEnd(text: string, start: number, backslash: boolean): number {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92 && backslash) at++;
    else if (code === quote) {
      if (text.charCodeAt(at + 1) !== quote) return at + 1;
      at++;
    }
  }
  return -1;
}

/** The offset behind an at-string or a bare URL; a backslash takes a blank, a quote or a backslash into the path. */
function atStringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92 && /[ \t'"\\]/.test(text[at + 1] ?? '')) at++;
    else if (is(code, AT_END) || (code > 127 && /\s/.test(text[at] ?? ''))) return at;
  }
  return text.length;
}

/** Everything but a plain name, a number or a symbol, by its first character. */
const SPECIAL = new Set('\'"`$@./xX');

class Scanner {
  readonly tokens: Token[] = [];
  readonly comments: Span[] = [];
  readonly errors: SqlError[] = [];
  private readonly text: string;
  private readonly doubleQuotedStrings: boolean;
  private at: number;
  private inHint = false;
  /** Where an operand ended that a tuple position may follow: the dot of `t.1` is no decimal point. */
  private operandEnd = -1;

  constructor(text: string, start: number, doubleQuotedStrings: boolean) {
    this.text = text;
    this.at = start;
    this.doubleQuotedStrings = doubleQuotedStrings;
  }

  run(): void {
    const { text } = this;
    while (true) {
      this.skipTrivia();
      if (this.at >= text.length) break;
      const code = text.charCodeAt(this.at);
      if (code > 127) this.unknown();
      else if (SPECIAL.has(text[this.at] ?? '') && this.special()) continue;
      else if (is(code, DIGIT)) this.push('Number', numberEnd(text, this.at));
      else if (is(code, WORD) && code !== 36) this.word();
      else this.symbol();
    }
    this.tokens.push({ kind: 'End', text: '', word: '', start: text.length, end: text.length });
  }

  private skipTrivia(): void {
    const { text } = this;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (is(code, BLANK) || (code > 127 && /\s/.test(text[this.at] ?? ''))) this.at++;
      else if (code === 45 && text.charCodeAt(this.at + 1) === 45) this.lineComment();
      else if (code !== 47 || !this.blockComment()) return;
    }
  }

  private lineComment(): void {
    const line = this.text.indexOf('\n', this.at);
    const end = line < 0 ? this.text.length : line;
    this.comments.push({ start: this.at, end });
    this.at = end;
  }

  /** False for what only looks like a comment: a hint, or a comment that is never closed. */
  private blockComment(): boolean {
    if (this.text[this.at + 1] !== '*' || this.text[this.at + 2] === '+') return false;
    const close = this.text.indexOf('*/', this.at + 2);
    if (close < 0) return false;
    this.comments.push({ start: this.at, end: close + 2 });
    this.at = close + 2;
    return true;
  }

  /** Tokens whose kind depends on more than the first character; false if there is none of them here. */
  private special(): boolean {
    const { text, at } = this;
    switch (text[at]) {
      case "'":
        return this.pushUnlessOpen('String', quotedEnd(text, at, true));
      case '"':
        if (this.doubleQuotedStrings) return this.pushUnlessOpen('String', quotedEnd(text, at, true));
        return this.pushUnlessOpen('Quoted', quotedEnd(text, at, false));
      case '`':
        return this.pushUnlessOpen('Quoted', quotedEnd(text, at, false));
      case '$':
        return this.dollar();
      case '@':
        return this.atString();
      case '.':
        return this.dot();
      case '/':
        return this.openComment();
      default:
        return text[at + 1] === "'" && this.binary();
    }
  }

  /** A name, or a URL: nothing else has `://` behind a name. */
  private word(): void {
    const { text, at } = this;
    const end = runEnd(text, at, WORD);
    if (!text.startsWith('://', end)) this.push('Word', end);
    else this.push('Uri', atStringEnd(text, end));
  }

  private dollar(): boolean {
    const { text, at } = this;
    if (text[at + 1] === '$') {
      const close = text.indexOf('$$', at + 2);
      return this.pushUnlessOpen('Code', close < 0 ? -1 : close + 2);
    }
    const next = text.charCodeAt(at + 1);
    if (is(next, DIGIT)) this.push('Position', runEnd(text, at + 1, DIGIT));
    else if (is(next, WORD)) this.push('Variable', runEnd(text, at + 1, WORD));
    else this.push('Error', at + 1);
    return true;
  }

  private atString(): boolean {
    const end = atStringEnd(this.text, this.at);
    const length = end - this.at;
    if (length === 1 || (length === 2 && '>?@'.includes(this.text[this.at + 1] ?? ''))) return false;
    this.push('At', end);
    return true;
  }

  /** `.5` is a number, but the dot of `t.1` and of `t.1.2` is not. */
  private dot(): boolean {
    const { text, at } = this;
    if (!is(text.charCodeAt(at + 1), DIGIT)) return false;
    if (this.operandEnd === at) {
      this.push('Symbol', at + 1, '.');
      this.push('Number', runEnd(text, at + 1, DIGIT));
      this.operandEnd = this.at;
    } else this.push('Number', numberEnd(text, at));
    return true;
  }

  private openComment(): boolean {
    if (this.text[this.at + 1] !== '*') return false;
    if (this.text[this.at + 2] === '+' && this.text.includes('*/', this.at)) {
      this.inHint = true;
      this.push('Symbol', this.at + 3, '/*+');
    } else this.push('Error', this.text.length);
    return true;
  }

  private binary(): boolean {
    const end = quotedEnd(this.text, this.at + 1, false);
    const digits = this.text.slice(this.at + 2, end - 1);
    const valid = end > 0 && digits.length % 2 === 0 && /^[0-9A-Fa-f]*$/.test(digits);
    this.push(valid ? 'Binary' : 'Error', end < 0 ? this.text.length : end);
    return true;
  }

  private symbol(): void {
    const { text, at } = this;
    if (this.inHint && text.startsWith('*/', at)) {
      this.inHint = false;
      this.push('Symbol', at + 2, '*/');
      return;
    }
    for (const symbol of BY_FIRST[text.charCodeAt(at)] ?? []) {
      if (symbol.length > 1 && !text.startsWith(symbol, at)) continue;
      this.push('Symbol', at + symbol.length, symbol);
      return;
    }
    this.push('Error', at + 1);
  }

  /** Letters outside ASCII stand together; anything else stands alone. */
  private unknown(): void {
    const [run] = /^[\p{L}\p{N}_$]+/u.exec(this.text.slice(this.at, this.at + 200)) ?? [];
    const [char = ''] = this.text.slice(this.at, this.at + 2);
    this.push('Error', this.at + (run ?? char).length);
  }

  /** A literal without its end takes the rest of the text. */
  private pushUnlessOpen(kind: TokenKind, end: number): true {
    if (end < 0) this.push('Error', this.text.length);
    else this.push(kind, end);
    return true;
  }

  private push(kind: TokenKind, end: number, symbol = ''): void {
    const text = symbol || this.text.slice(this.at, end);
    const word = kind === 'Word' ? text.toUpperCase() : symbol;
    const token: Token = { kind, text, word, start: this.at, end };
    this.tokens.push(token);
    if (kind === 'Error') this.errors.push(tokenError(token));
    if (kind === 'Word' || kind === 'Quoted' || kind === 'Position' || symbol === ')' || symbol === ']') {
      this.operandEnd = end;
    }
    this.at = end;
  }
}
