import type { FileColumn } from '../../data/staged-file.ts';

/** The columns of a file without names in it, from its first lines. */
export function columnsOfLines(lines: readonly (readonly string[])[], hasHeader: boolean): readonly FileColumn[] {
  const [first = []] = lines;
  const values = hasHeader ? lines.slice(1) : lines;
  return first.map((title, index) => ({
    name: hasHeader && title.trim() !== '' ? title.trim() : `column_${index + 1}`,
    type: guessType(values.map((line) => line[index] ?? '')),
    isNullable: true,
  }));
}

const INTEGER = /^[+-]?\d{1,18}$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const BOOLEAN = /^(true|false)$/i;

const GUESSES: readonly (readonly [type: string, test: RegExp])[] = [
  ['BIGINT', INTEGER],
  ['DOUBLE', NUMBER],
  ['DATE', DATE],
  ['TIMESTAMP', TIME],
  ['BOOLEAN', BOOLEAN],
];

/** The narrowest type that takes every text; a number with a leading zero is a name, not a number. */
function guessType(texts: readonly string[]): string {
  const given = texts.filter((text) => text !== '' && text !== '\\N');
  if (given.length === 0 || given.some((text) => /^0\d/.test(text) && !DATE.test(text))) return 'VARCHAR';
  return GUESSES.find(([, test]) => given.every((text) => test.test(text)))?.[0] ?? 'VARCHAR';
}

/** Whether a first line looks like names: words, all different, over a line that is not all words. */
export function looksLikeHeader(lines: readonly (readonly string[])[]): boolean {
  const [first = []] = lines;
  if (first.length === 0 || new Set(first).size < first.length) return false;
  return first.every((text) => /^[\p{L}_][\p{L}\p{N}_ .-]*$/u.test(text.trim()));
}

/** A name for the table that a file makes: what stands before its first dot. */
export function tableName(file: string): string {
  const words = file
    .replace(/\..*$/s, '')
    .replace(/\W+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  if (words === '') return 'loaded';
  return /^\d/.test(words) ? `t_${words}` : words;
}
