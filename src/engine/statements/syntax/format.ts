import { assert } from '../../base/errors.ts';
import { layoutStatement } from '../../sql/layout.ts';
import { type Piece, piecesOf } from '../../sql/layout-pieces.ts';
import { lex } from '../../sql/lexer.ts';
import { type ParserOptions, parser } from '../../sql/parser.ts';
import { splitStatements } from '../../sql/split.ts';
import { statementAt } from './heads.ts';

/**
 * A script with its layout normalised and its keywords in upper case; comments, names and literals stay as they are.
 * Formatting twice changes nothing. Throws SqlError where the script does not parse.
 */
export function formatSql(text: string, options: ParserOptions = {}): string {
  const lexed = lex(text, options);
  const matched = keywordOffsets(text, options);
  const pieces = piecesOf(lexed, (offset) => matched.has(offset));
  const formatted = `${statementsOf(pieces, text, options)
    .map((statement, index) => laidOut(statement, index > 0, text))
    .join('')
    .trim()}\n`;
  assert(sameTokens(lexed, lex(formatted, options)), 'formatting changed a token');
  return /\n\s*$/.test(text) ? formatted : formatted.trimEnd();
}

/** Where the words and signs stand that the grammar took as its own. */
function keywordOffsets(text: string, options: ParserOptions): ReadonlySet<number> {
  const offsets = new Set<number>();
  for (const { span } of splitStatements(text, options)) {
    const p = parser(text, { ...options, range: span });
    statementAt(p);
    p.end();
    p.tokens.forEach(({ start }, index) => {
      if (p.matched[index]) offsets.add(start);
    });
  }
  return offsets;
}

/** The pieces of each statement with its `;`; what stands behind the last one comes last. */
function statementsOf(pieces: readonly Piece[], text: string, options: ParserOptions): Piece[][] {
  const spans = splitStatements(text, options).map(({ span }) => span);
  const statements: Piece[][] = [[]];
  for (const piece of pieces) {
    const [span] = spans;
    statements.at(-1)?.push(piece);
    if (piece.token.word !== ';' || (span && span.start < piece.token.start && piece.token.start < span.end)) continue;
    if (span && span.end <= piece.token.start) spans.shift();
    statements.push([]);
  }
  return statements;
}

/** A statement behind others: what was said behind the `;` stays there, and of empty lines one is kept. */
function laidOut(pieces: readonly Piece[], isLater: boolean, text: string): string {
  const [first, ...rest] = pieces;
  if (!first || !isLater) return layoutStatement(pieces);
  const own = first.comments.findIndex(({ ownLine }) => ownLine);
  const count = own < 0 ? first.comments.length : own;
  const trailing = first.comments.slice(0, count);
  const comments = first.comments.slice(count);
  const blank = comments[0]?.blankBefore ?? isAfterBlankLine(text, first.token.start);
  const statement = layoutStatement([{ ...first, comments }, ...rest]);
  const behind = trailing.map((comment, index) => (trailing[index - 1]?.isLine ? '\n' : ' ') + comment.text);
  return `${behind.join('')}${blank ? '\n\n' : '\n'}${statement}`;
}

function isAfterBlankLine(text: string, offset: number): boolean {
  return /\n[^\S\n]*\n\s*$/.test(text.slice(Math.max(0, offset - 200), offset));
}

function sameTokens(left: ReturnType<typeof lex>, right: ReturnType<typeof lex>): boolean {
  if (left.tokens.length !== right.tokens.length || left.comments.length !== right.comments.length) return false;
  return left.tokens.every(({ kind, text }, index) => {
    const other = right.tokens[index];
    return kind === 'Word' ? text.toUpperCase() === other?.word : text === other?.text;
  });
}
