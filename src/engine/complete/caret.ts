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
  /** The word before, in upper case. */
  readonly before: string;
  /** Tokens of the statement at the caret. */
  readonly tokens: readonly Token[];
}

const WORD = /[\w$]*$/;
const QUALIFIER = /((?:[\w"`]+\.)+)[\w$]*$/;
const STAGE = /@([^\s,;'"()`]*)$/;

export function caretAt(text: string, offset: number): Caret {
  const head = text.slice(0, offset);
  const word = WORD.exec(head)?.[0] ?? '';
  const qualifier = QUALIFIER.exec(head)?.[1]?.split('.').slice(0, -1) ?? [];
  const stagePath = STAGE.exec(head)?.[1];
  const statement = splitStatements(text).find(({ span }) => span.start <= offset && offset <= span.end + 1);
  const tokens = lex(text, statement ? { range: statement.span } : {}).tokens;
  const previous = tokens.filter(({ end }) => end <= offset - word.length).at(-1);
  return {
    span: { start: offset - word.length, end: offset },
    word,
    qualifier: qualifier.map((part) => part.replace(/["`]/g, '')),
    stagePath,
    before: previous?.word ?? '',
    tokens,
  };
}

const TABLE_WORDS = new Set(['FROM', 'JOIN', 'INTO', 'UPDATE', 'TABLE', 'DESC', 'DESCRIBE']);

export interface NamedInText {
  /** Database and name, or the name alone. */
  readonly parts: readonly string[];
  readonly alias: string;
}

/** The tables that a statement names, read off its tokens so that it need not parse yet. */
export function tablesIn(tokens: readonly Token[]): readonly NamedInText[] {
  const found: NamedInText[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const isList = tokens[at]?.word === ',' && found.length > 0;
    if (!isList && !TABLE_WORDS.has(tokens[at]?.word ?? '')) continue;
    const { parts, next } = nameFrom(tokens, at + 1);
    if (parts.length === 0) continue;
    const skip = tokens[next]?.word === 'AS' ? next + 1 : next;
    const alias = tokens[skip];
    const isAlias = alias?.kind === 'Quoted' || (alias?.kind === 'Word' && !CLAUSES.has(alias.word));
    found.push({ parts, alias: isAlias ? unquoted(alias) : (parts.at(-1) ?? '') });
    at = next - 1;
  }
  return found;
}

const CLAUSES = new Set(
  'WHERE GROUP ORDER HAVING LIMIT OFFSET JOIN INNER LEFT RIGHT FULL CROSS ON USING QUALIFY UNION EXCEPT INTERSECT SET VALUES SELECT FROM AS FILE_FORMAT PATTERN WINDOW LATERAL ANTI SEMI ASOF NATURAL'.split(
    ' ',
  ),
);

function nameFrom(tokens: readonly Token[], start: number): { readonly parts: string[]; readonly next: number } {
  const parts: string[] = [];
  let at = start;
  while (tokens[at]?.kind === 'Word' || tokens[at]?.kind === 'Quoted') {
    const token = tokens[at];
    if (!token || CLAUSES.has(token.word)) break;
    parts.push(unquoted(token));
    at++;
    if (tokens[at]?.word !== '.') break;
    at++;
  }
  return { parts, next: at };
}

function unquoted({ kind, text }: Token): string {
  return kind === 'Quoted' ? text.slice(1, -1) : text.toLowerCase();
}
