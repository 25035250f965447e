import type { Span } from '../base/errors.ts';
import { RESERVED } from './keywords.ts';
import type { Lexed } from './lexer.ts';
import type { Token } from './token.ts';

/** A token with all that its layout depends on. */
export interface Piece {
  readonly kind: 'Piece';
  readonly token: Token;
  /** As it will be printed: keywords in upper case, the rest as written. */
  readonly text: string;
  readonly isKeyword: boolean;
  /** Whether a blank stands before it on the same line. */
  readonly spaced: boolean;
  /** What stood between it and the token before. */
  readonly comments: readonly Comment[];
}

export interface Comment {
  readonly text: string;
  /** `-- …`, which nothing can follow on its line. */
  readonly isLine: boolean;
  /** Whether it began a line. */
  readonly ownLine: boolean;
  /** Whether an empty line stood before it. */
  readonly blankBefore: boolean;
  /** Whether it was the last before its token, and an empty line stood between the two. */
  readonly blankAfter: boolean;
}

const BLANK_LINE = /\n[^\S\n]*\n/;

/** The tokens of a text with their spacing. `isMatched` tells by its offset whether the grammar took a token as a keyword. */
export function piecesOf(lexed: Lexed, isMatched: (offset: number) => boolean): Piece[] {
  const pieces: Piece[] = [];
  let moved: readonly Comment[] = [];
  commentsBefore(lexed).forEach((own, index) => {
    const token = lexed.tokens[index];
    if (!token) return;
    const previous = pieces.at(-1);
    const isKeyword = isKeywordAt(token, previous, isMatched);
    const isGlued = previous?.token.end === token.start;
    const spaced = previous !== undefined && isSpaced(pieces, { token, isKeyword, isGlued });
    const text = isKeyword && token.kind === 'Word' ? token.word : token.text;
    const all = moved.length > 0 ? [...moved, ...own] : own;
    // A comment behind an item stays behind it when its comma comes on the next line.
    const passesOn = token.word === ',' || (token.word === ';' && all.every(({ ownLine }) => !ownLine));
    moved = passesOn ? all : [];
    pieces.push({ kind: 'Piece', token, text, isKeyword, spaced, comments: passesOn ? [] : all });
  });
  return pieces;
}

const NONE: readonly Comment[] = [];

/** For each token the comments between it and the one before. */
function commentsBefore({ text, tokens, comments }: Lexed): (readonly Comment[])[] {
  let next = 0;
  let end = 0;
  return tokens.map((token) => {
    const before: Span[] = [];
    for (let span = comments[next]; span && span.start < token.start; span = comments[++next]) before.push(span);
    const previousEnd = end;
    end = token.end;
    if (before.length === 0) return NONE;
    const edges = [previousEnd, ...before.map((span) => span.end)];
    const starts = [...before.map((span) => span.start), token.start];
    const gaps = starts.map((start, index) => text.slice(edges[index], start));
    const last = before.length - 1;
    return before.map((span, index) => commentOf(text, span, [gaps[index], index === last ? gaps[last + 1] : '']));
  });
}

function commentOf(text: string, span: Span, [before = '', after = '']: readonly (string | undefined)[]): Comment {
  const comment = text.slice(span.start, span.end).trimEnd();
  return {
    text: comment,
    isLine: comment.startsWith('--'),
    ownLine: before.includes('\n') || span.start === before.length,
    blankBefore: BLANK_LINE.test(before),
    blankAfter: BLANK_LINE.test(after),
  };
}

function isKeywordAt(
  { word, start }: Token,
  previous: Piece | undefined,
  isMatched: (offset: number) => boolean,
): boolean {
  if (isMatched(start)) return true;
  const isMember = previous !== undefined && /^[.:]$/.test(previous.token.word);
  return RESERVED.has(word) && !isMember;
}

interface Following extends Pick<Piece, 'token' | 'isKeyword'> {
  /** Nothing stood between it and the token before. */
  readonly isGlued: boolean;
}

const CLOSING = new Set([',', ';', ')', ']', '}', '.', '::']);
const OPENING = new Set(['(', '[', '{', '.', '::']);
const PREFIXES = new Set(['-', '+', '~']);

/** Whether a blank stands between the last piece and the token that follows it. */
function isSpaced(pieces: readonly Piece[], following: Following): boolean {
  const { token, isKeyword, isGlued } = following;
  const previous = pieces.at(-1);
  const before = pieces.at(-2);
  if (!previous || CLOSING.has(token.word) || OPENING.has(previous.token.word)) return false;
  if (token.word === '(') return isParenthesisSpaced(previous, isGlued);
  if (token.word === '[') return !isOperandEnd(previous);
  if (token.word === ':') return !isOperandEnd(previous);
  if (previous.token.word === ':') return before !== undefined && isMapKey(before);
  if (token.word === '!' || (token.word === '-' && isKeyword)) return !isGlued;
  if (previous.token.word === '-' && previous.isKeyword) return !isGlued;
  // `- -1` would be a comment without its blank.
  const isPrefix = PREFIXES.has(previous.token.word) && !isOperandEnd(before);
  return !isPrefix || token.kind === 'Symbol';
}

/** `IN (`, `VALUES (` and the like have one, calls and types have none, and names keep what was written. */
function isParenthesisSpaced(previous: Piece, isGlued: boolean): boolean {
  const { kind, word } = previous.token;
  if (previous.isKeyword) return kind !== 'Word' || word !== 'COLUMNS';
  return kind === 'Symbol' && !isOperandEnd(previous) ? true : !isGlued;
}

const OPERAND_WORDS = new Set(['NULL', 'TRUE', 'FALSE', 'END']);

/** Whether an operand may end here, so that an operator follows and no prefix. */
function isOperandEnd(piece: Piece | undefined): boolean {
  if (!piece) return false;
  const { kind, word } = piece.token;
  if (kind === 'Symbol') return /^[)\]}?*!]$/.test(word);
  return !piece.isKeyword || OPERAND_WORDS.has(word);
}

function isMapKey({ token: { kind, word } }: Piece): boolean {
  return ['String', 'Code', 'Number', 'Binary'].includes(kind) || /^(TRUE|FALSE|NULL)$/.test(word);
}
