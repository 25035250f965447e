import type { RejectedRow } from '../../data/load.ts';

/** The value that a message says was wrong: `Invalid value 'x' for column 2 …`. */
export function badValue({ error }: RejectedRow): string | undefined {
  return /^Invalid value '([\s\S]*?)' for column/.exec(error)?.[1];
}

export interface BadColumn {
  readonly name: string;
  /** As the engine calls it: `Int32 NULL`. */
  readonly type: string;
}

/** The column that a message names: `… for column 2 (qty Int32 NULL): …`. */
export function badColumn({ error }: RejectedRow): BadColumn | undefined {
  const [, name, type] = / for column \d+ \((.*?) ([A-Z]\w*(?:\(.*\))?(?: NULL)?)\): /s.exec(error) ?? [];
  return name === undefined || type === undefined ? undefined : { name, type };
}

export interface ValuePlace {
  readonly start: number;
  readonly end: number;
}

/** Where in the line the value stands that was wrong; the message counts columns from 0. */
export function valuePlace({ error, raw }: RejectedRow, delimiter: string): ValuePlace | undefined {
  const match = /^Invalid value '([\s\S]*?)' for column (\d+)/.exec(error);
  if (!match) return undefined;
  const [, value = '', column = '0'] = match;
  const from = fieldStart(raw, Number(column), delimiter);
  const start = raw.indexOf(value, from);
  return start < 0 || value === '' ? undefined : { start, end: start + value.length };
}

/** What puts a caret below the first character that follows a text: tabs stay, a wide character takes two cells. */
export function caretIndent(before: string): string {
  return [...before].map((character) => (character === '\t' ? '\t' : ' '.repeat(cellsOf(character)))).join('');
}

const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const WIDE =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u;

function cellsOf(character: string): number {
  if (ZERO_WIDTH.test(character)) return 0;
  return WIDE.test(character) && !HALF_WIDTH.test(character) ? 2 : 1;
}

/** Katakana and Hangul that fill one cell. */
const HALF_WIDTH = /^[\uff61-\uffdc]$/;

/** Delimiters between quotes are part of a field. */
function fieldStart(raw: string, field: number, delimiter: string): number {
  let isQuoted = false;
  let seen = 0;
  for (let index = 0; index < raw.length; index++) {
    if (seen === field) return index;
    if (raw[index] === '"') isQuoted = !isQuoted;
    else if (raw[index] === delimiter && !isQuoted) seen++;
  }
  return seen === field ? raw.length : 0;
}
