import { KEYWORDS, TYPES } from './sql-words.ts';

export type SqlTint = 'kw' | 'fn' | 'str' | 'num' | 'type' | 'stage' | 'com' | 'punct' | '';

export interface SqlPiece {
  readonly text: string;
  readonly tint: SqlTint;
}

const keywords: ReadonlySet<string> = new Set(KEYWORDS);
const types: ReadonlySet<string> = new Set(TYPES);

/**
 * Comments, strings, stage paths and URLs, numbers, words, signs: in this order, since each may hold the next. A path
 * ends where the engine's lexer ends it: at a blank, a comma, a quote, a semicolon or a parenthesis without a `\`.
 */
const PIECE =
  /(?<com>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<str>'(?:[^'\\]|\\[\s\S]|'')*'?|\$\$[\s\S]*?(?:\$\$|$))|(?<stage>@(?![>?@](?:[\s,`;'"()]|$))(?:\\[ \t'"\\]|[^\s,`;'"()])+|\b[a-z_][\w$]*:\/\/(?:\\[ \t'"\\]|[^\s,`;'"()])*)|(?<num>\b\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?\b)|(?<quoted>"[^"]*"?|`[^`]*`?)|(?<word>[\p{L}_$][\p{L}\p{N}_$]*)|(?<punct>[^\s\p{L}\p{N}_])|\s+|[\s\S]/giu;

/** SQL cut into pieces to colour; joined they are the text. For the places where no editor stands. */
export function sqlPieces(sql: string): readonly SqlPiece[] {
  return [...sql.matchAll(PIECE)].map((match) => ({ text: match[0], tint: tintOf(match, sql) }));
}

function tintOf(match: RegExpMatchArray, sql: string): SqlTint {
  const { com, str, stage, num, word, punct } = match.groups ?? {};
  if (com !== undefined) return 'com';
  if (str !== undefined) return 'str';
  if (stage !== undefined) return 'stage';
  if (num !== undefined) return 'num';
  if (word !== undefined) return wordTint(word, sql, (match.index ?? 0) + word.length);
  return punct === undefined ? '' : 'punct';
}

function wordTint(word: string, sql: string, end: number): SqlTint {
  const upper = word.toUpperCase();
  if (types.has(upper)) return 'type';
  if (keywords.has(upper)) return 'kw';
  return sql[end] === '(' ? 'fn' : '';
}
