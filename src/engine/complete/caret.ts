import type { Span } from '../base/errors.ts';
import { lex } from '../sql/lexer.ts';
import { splitStatements } from '../sql/split.ts';
import type { Token } from '../sql/token.ts';

/** What stands around the caret. */
export interface Caret {
  /** The word that is being typed, up to the caret: what a completion replaces. */
  readonly span: Span;
  readonly word: string;
  /** Names before the word, each followed by a dot. */
  readonly qualifier: readonly string[];
  /** The `@…` token that is being typed, without the `@`. */
  readonly stagePath: string | undefined;
  /** Whether the `@…` stands in a string. */
  readonly isQuoted: boolean;
  /** The word before, in upper case. */
  readonly before: string;
  /** Tokens of the statement at the caret. */
  readonly tokens: readonly Token[];
}

const WORD = /[\w$]*$/;
const QUALIFIER = /((?:[\w"`]+\.)+)[\w$]*$/;
const STAGE = /('?)@([^\s,;'"()`]*)$/;

export function caretAt(text: string, offset: number): Caret {
  const head = text.slice(0, offset);
  const word = WORD.exec(head)?.[0] ?? '';
  const qualifier = QUALIFIER.exec(head)?.[1]?.split('.').slice(0, -1) ?? [];
  const [, quote, stagePath] = STAGE.exec(head) ?? [];
  const statement = splitStatements(text).find(({ span }) => span.start <= offset && offset <= span.end + 1);
  const tokens = lex(text, statement ? { range: statement.span } : {}).tokens;
  const previous = tokens.findLast(({ kind, end }) => kind !== 'End' && end <= offset - word.length);
  return {
    span: { start: offset - word.length, end: offset },
    word,
    qualifier: qualifier.map((part) => part.replace(/["`]/g, '')),
    stagePath,
    isQuoted: quote === "'",
    before: previous?.word ?? '',
    tokens,
  };
}
