import { remember } from '../../base/remember.ts';

/**
 * Formats of times as lists of parts. A format with a `%` is read as specifiers (`%Y-%m-%d`); one without as Oracle
 * masks (`YYYY-MM-DD`), which count wherever they stand, in any case; all else is literal.
 */
type FormatPart =
  | { readonly kind: 'Literal'; readonly text: string }
  | { readonly kind: 'Specifier'; readonly letter: string };

/** Longer masks before their beginnings. `:z` is an offset with a colon, `#z` one of hours alone. */
const MASKS: readonly (readonly [mask: string, letter: string])[] = [
  ['TZH:TZM', ':z'],
  ['TZHTZM', 'z'],
  ['TZH', '#z'],
  ['YYYY', 'Y'],
  ['UUUU', 'G'],
  ['MMMM', 'B'],
  ['HH24', 'H'],
  ['HH12', 'I'],
  ['YY', 'y'],
  ['MM', 'm'],
  ['MI', 'M'],
  ['DD', 'd'],
  ['DY', 'a'],
  ['AM', 'p'],
  ['PM', 'p'],
  ['SS', 'S'],
  ['FF', 'f'],
];
const LETTERS: ReadonlyMap<string, string> = new Map([...MASKS, ['MON', 'b']]);
const MASK = new RegExp(`${MASKS.map(([mask]) => mask).join('|')}|(?<![a-z])MON(?![a-z])`, 'gi');

const SPECIFIER = /%(:z|#z|\.[369]?f|[369]f|[-_0]?[A-Za-z%+])/g;

/** Specifiers that stand for others. */
const SHORTHANDS: { readonly [letter: string]: string } = {
  c: '%F %T',
  x: '%F',
  X: '%T',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  v: '%e-%b-%Y',
  R: '%H:%M',
  T: '%H:%M:%S',
  r: '%I:%M:%S %p',
  h: '%b',
  t: '\t',
  n: '\n',
  '%': '%%',
};

export const formatParts = remember((format: string): readonly FormatPart[] =>
  format.includes('%') ? split(format, SPECIFIER, specifierParts) : split(format, MASK, maskParts),
);

function split(format: string, pattern: RegExp, read: (match: string) => readonly FormatPart[]): FormatPart[] {
  const parts: FormatPart[] = [];
  let from = 0;
  for (const match of format.matchAll(pattern)) {
    if (match.index > from) parts.push({ kind: 'Literal', text: format.slice(from, match.index) });
    parts.push(...read(match[0]));
    from = match.index + match[0].length;
  }
  if (from < format.length) parts.push({ kind: 'Literal', text: format.slice(from) });
  return parts;
}

function specifierParts(match: string): readonly FormatPart[] {
  const letter = match.slice(1);
  if (letter === '%') return [{ kind: 'Literal', text: '%' }];
  const longer = SHORTHANDS[letter];
  if (longer === undefined) return [{ kind: 'Specifier', letter }];
  return split(longer, SPECIFIER, specifierParts);
}

function maskParts(match: string): readonly FormatPart[] {
  return [{ kind: 'Specifier', letter: LETTERS.get(match.toUpperCase()) ?? '' }];
}

export const MONTHS: readonly string[] = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
/** From Sunday on. */
export const WEEKDAYS: readonly string[] = [
  ...['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
];
