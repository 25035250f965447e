import { type Span, SqlError } from '../base/errors.ts';
import { didYouMean } from '../base/text.ts';
import type { Identifier } from './ast.ts';
import { type Expected, type ExpectedKind, expectedKind, unexpected } from './expected.ts';
import { RESERVED } from './keywords.ts';
import type { Lexed } from './lexer.ts';
import { identifierName, stringValue, type Token, type TokenKind } from './token.ts';

/** What a phrase is made of: words in upper case and symbols. */
const PHRASES = new Map<string, readonly string[]>();

function wordsOf(phrase: string): readonly string[] {
  const known = PHRASES.get(phrase);
  if (known) return known;
  const words = phrase.toUpperCase().split(' ');
  PHRASES.set(phrase, words);
  return words;
}

/** Words that begin a clause of a query: where reading goes on behind a broken one. */
const CLAUSE_WORDS = new Set(
  'SELECT FROM WHERE GROUP HAVING WINDOW QUALIFY ORDER LIMIT OFFSET UNION EXCEPT INTERSECT'.split(' '),
);

const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);

/**
 * A place in a row of tokens that only moves forward. Phrases such as `'ON TABLE'` or `'APPEND_ONLY = FALSE'` are
 * words and symbols between blanks, compared without case. All that was tried at the furthest token makes the error
 * text and the completion list.
 */
export class Cursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** What was wrong in the parts that a lenient parser skipped. */
  readonly errors: SqlError[] = [];
  /** Tokens that were matched by a phrase, by index: the keywords and symbols of the grammar. */
  readonly matched: Uint8Array;
  /** How many expressions stand around the one that is being read. */
  depth = 0;
  private readonly lenient: boolean;
  private current: Token;
  private index = 0;
  private previousEnd = 0;
  private furthest = 0;
  private tried: Expected[] = [];
  private triedCount = 0;

  constructor(lexed: Lexed, lenient: boolean) {
    this.text = lexed.text;
    this.tokens = lexed.tokens;
    this.lenient = lenient;
    this.current = this.tokenAt(0);
    this.previousEnd = this.current.start;
    this.matched = new Uint8Array(lexed.tokens.length);
    if (lenient) this.errors.push(...lexed.errors);
    else if (lexed.errors[0]) throw lexed.errors[0];
  }

  /** The token that comes next. */
  get token(): Token {
    return this.current;
  }

  /** A later token, the current one being number 0; behind the last it is the End. */
  ahead(count: number): Token {
    return this.tokenAt(this.index + count);
  }

  /** Whether the text is over, or the statement is. */
  get atEnd(): boolean {
    return this.current.kind === 'End' || this.current.word === ';';
  }

  /** From an offset to the end of the last token that was taken. */
  spanFrom(start: number): Span {
    return { start, end: Math.max(start, this.previousEnd) };
  }

  /** Whether a phrase comes next. */
  peek(phrase: string): boolean {
    return this.match(wordsOf(phrase));
  }

  /** Takes a phrase if it comes next. */
  accept(phrase: string): boolean {
    const words = wordsOf(phrase);
    if (!this.match(words)) return false;
    for (let count = words.length; count > 0; count--) {
      this.matched[this.index] = 1;
      this.advance();
    }
    return true;
  }

  /** Takes the first of several phrases that comes next, and gives it. */
  acceptAny<const Phrase extends string>(...phrases: readonly Phrase[]): Phrase | undefined {
    return phrases.find((phrase) => this.accept(phrase));
  }

  /** Takes a phrase or fails. */
  expect(phrase: string): void {
    if (!this.accept(phrase)) this.fail();
  }

  /** Takes one of several phrases or fails. */
  expectAny<const Phrase extends string>(...phrases: readonly Phrase[]): Phrase {
    return this.acceptAny(...phrases) ?? this.fail();
  }

  /** Takes the current token if it is of a kind; `what` it means stands in messages and completions. */
  acceptToken(kind: TokenKind, what: ExpectedKind): Token | undefined {
    this.note(expectedKind(what));
    return this.current.kind === kind ? this.advance() : undefined;
  }

  /** Whether a name comes next: a quoted one, or a word that is not reserved. */
  atName(): boolean {
    const { kind, word } = this.current;
    return kind === 'Quoted' || (kind === 'Word' && !RESERVED.has(word));
  }

  name(what: ExpectedKind = 'name'): Identifier {
    this.note(expectedKind(what));
    return this.atName() ? identifier(this.advance()) : this.fail();
  }

  /** A name behind a dot or a colon, where any word will do. */
  member(what: ExpectedKind = 'column'): Identifier {
    this.note(expectedKind(what));
    const { kind } = this.current;
    return kind === 'Word' || kind === 'Quoted' ? identifier(this.advance()) : this.fail();
  }

  /** A bare word that the grammar does not check, in upper case. */
  word(what: ExpectedKind = 'name'): string {
    this.note(expectedKind(what));
    return this.current.kind === 'Word' ? this.advance().word : this.fail();
  }

  /** A string or code string, its value resolved. */
  string(): string {
    this.note(expectedKind('string'));
    const { kind } = this.current;
    return kind === 'String' || kind === 'Code' ? stringValue(this.advance()) : this.fail();
  }

  /** An unsigned decimal integer. */
  integer(): number {
    this.note(expectedKind('integer'));
    const { kind, text } = this.current;
    const value = Number(text.replaceAll('_', ''));
    if (kind !== 'Number' || !/^[0-9_]+$/.test(text) || !Number.isSafeInteger(value)) this.fail();
    this.advance();
    return value;
  }

  /** An unsigned number, with a fraction or without. */
  number(): number {
    this.note(expectedKind('integer'));
    const value = Number(this.current.text.replaceAll('_', ''));
    if (this.current.kind !== 'Number' || !Number.isFinite(value)) this.fail();
    this.advance();
    return value;
  }

  /** `TRUE` or `FALSE`. */
  boolean(): boolean {
    return this.expectAny('TRUE', 'FALSE') === 'TRUE';
  }

  /** Items between commas, at least one. */
  list<Item>(item: () => Item): Item[] {
    const items = [item()];
    while (this.accept(',')) items.push(item());
    return items;
  }

  parenthesized<Inner>(inner: () => Inner): Inner {
    this.expect('(');
    const value = inner();
    this.expect(')');
    return value;
  }

  /** Ends the text: a last `;` may stand there. */
  end(): void {
    if (this.current.word === ';') this.advance();
    if (this.current.kind !== 'End') this.fail();
  }

  /** Throws what stands at the furthest token against what could. */
  fail(): never {
    throw this.misspelt() ?? unexpected(this.tokenAt(this.furthest), this.expected);
  }

  /** `FORM t` fails at `t`, since `FORM` passes for an alias; what is wrong is `FORM`. */
  private misspelt(): SqlError | undefined {
    const before = this.tokenAt(this.furthest - 1);
    if (this.furthest === 0 || before.kind !== 'Word' || this.matched[this.furthest - 1]) return undefined;
    const near = didYouMean(before.word, CLAUSE_WORDS);
    return near.length > 0 && near[0] !== before.word ? unexpected(before, near) : undefined;
  }

  /** What was tried at the furthest token. */
  get expected(): readonly Expected[] {
    return this.tried.slice(0, this.triedCount);
  }

  /** Whether the last token was reached, so that `expected` tells what may follow the text. */
  get reachedEnd(): boolean {
    return this.furthest === this.tokens.length - 1;
  }

  /** Says what is about to be tried at the current token. */
  note(expected: Expected): void {
    this.noteAt(expected, this.index);
  }

  /** Says what could have stood a few tokens further on. */
  noteAhead(expected: Expected, count: number): void {
    this.noteAt(expected, this.index + count);
  }

  private noteAt(expected: Expected, at: number): void {
    if (at < this.furthest) return;
    if (at > this.furthest) {
      this.furthest = at;
      this.triedCount = 0;
    }
    this.tried[this.triedCount++] = expected;
  }

  advance(): Token {
    const token = this.current;
    if (token.kind === 'End') return token;
    this.index++;
    this.previousEnd = token.end;
    this.current = this.tokenAt(this.index);
    if (this.index > this.furthest) {
      this.furthest = this.index;
      this.triedCount = 0;
    }
    return token;
  }

  /** Reads a part of a query. A lenient parser that fails in it keeps the error, goes on behind it and gives the fallback. */
  part<Value>(read: () => Value, fallback: Value, separator?: ','): Value {
    if (!this.lenient) return read();
    const start = this.index;
    const { depth } = this;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      this.errors.push(error);
      this.depth = depth;
      this.skipPart(start, separator);
      return fallback;
    }
  }

  /** Goes from the start of a part behind the token that was wrong in it, to the next clause or separator. */
  private skipPart(start: number, separator: string | undefined): void {
    const wrong = Math.max(this.furthest, this.index);
    let depth = 0;
    for (this.index = start; ; this.index++) {
      this.current = this.tokenAt(this.index);
      const { kind, word } = this.current;
      if (kind === 'End' || (depth === 0 && CLOSING.has(word))) break;
      if (depth === 0 && this.index >= wrong && (CLAUSE_WORDS.has(word) || word === separator || word === ';')) break;
      if (OPENING.has(word)) depth++;
      else if (CLOSING.has(word)) depth--;
      this.previousEnd = this.current.end;
    }
  }

  private match(words: readonly string[]): boolean {
    for (let count = 0; count < words.length; count++) {
      if (this.tokenAt(this.index + count).word === words[count]) continue;
      this.noteAt(words.length === 1 ? (words[0] ?? '') : words.slice(count).join(' '), this.index + count);
      return false;
    }
    return true;
  }

  private tokenAt(index: number): Token {
    return this.tokens[index] ?? this.tokens[this.tokens.length - 1] ?? END;
  }
}

const END: Token = { kind: 'End', text: '', word: '', start: 0, end: 0 };

function identifier(token: Token): Identifier {
  return {
    name: identifierName(token),
    quoted: token.kind === 'Quoted',
    span: { start: token.start, end: token.end },
  };
}
