import { remember } from '../base/remember.ts';
import { failOrNull, textKernel } from './frame.ts';
import { type Kernel, KernelError } from './kernel.ts';

/** Numbers by a mask of PostgreSQL's: `9,999.00`, `FM990D0`, `S999`, `999MI`, `999PR`, `9.99EEEE`, `RN`, `99V99`. */

interface Mask {
  readonly tokens: readonly string[];
  /** Without blanks in the place of what is not there. */
  readonly isTight: boolean;
  /** The digits before the point, each `9` or `0`. */
  readonly whole: string;
  readonly fraction: string;
  /** By how many digits V moves the point. */
  readonly shift: number;
}

const TOKEN = /"[^"]*"|EEEE|FM|MI|PL|SG|PR|RN|TH|[90.DG,SVL]|[\s\S]/gi;
const DIGITS = /^[90]$/;
const SIGNS = /^(?:S|MI|PL|SG|PR)$/i;

const readMask = remember((text: string): Mask => {
  const all = text.match(TOKEN) ?? [];
  const tokens = all.filter((token) => !/^FM$/i.test(token));
  const point = tokens.findIndex((token) => /^[.D]$/i.test(token));
  const moved = tokens.findIndex((token) => /^V$/i.test(token));
  const digits = (from: number, to: number) =>
    tokens
      .slice(from, to)
      .filter((token) => DIGITS.test(token))
      .join('');
  const end = tokens.length;
  return {
    tokens,
    isTight: tokens.length < all.length,
    whole: digits(0, point < 0 ? end : point),
    fraction: point < 0 ? '' : digits(point, end),
    shift: moved < 0 ? 0 : digits(moved, end).length,
  };
});

interface Digits {
  readonly isNegative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

/** The digits of a number, rounded half away from zero. */
function roundedDigits(text: string, places: number, shift: number): Digits {
  const [, sign = '', before = '', after = '', power = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text.trim()) ?? [];
  const exponent = Number(power) + shift;
  const digits = before + after;
  const point = before.length + exponent;
  const padded = point < 0 ? '0'.repeat(-point) + digits : digits;
  const at = Math.max(point, 0);
  const kept = padded.padEnd(at + places + 1, '0');
  const up = (kept[at + places] ?? '0') >= '5' ? 1n : 0n;
  const value = (BigInt(kept.slice(0, at + places) || '0') + up).toString().padStart(places + 1, '0');
  const whole = value.slice(0, value.length - places).replace(/^0+/, '');
  const fraction = value.slice(value.length - places);
  return { isNegative: sign === '-' && /[1-9]/.test(value), whole, fraction };
}

function showNumber(text: string, format: string): string {
  const mask = readMask(format);
  const special = mask.tokens.find((token) => /^(?:RN|EEEE)$/i.test(token));
  if (!/\d/.test(text)) throw new KernelError(`${text} has no digits to be shown by a mask`);
  if (special?.toUpperCase() === 'RN') return roman(text, special, mask);
  if (special) return scientific(Number(text), mask);
  return laidOut(roundedDigits(text, mask.fraction.length, mask.shift), mask);
}

/** What stands at each token of the mask; the sign goes before the first digit unless the mask has a place for it. */
function laidOut(digits: Digits, mask: Mask): string {
  const { tokens, isTight } = mask;
  const blank = isTight ? '' : ' ';
  const shown = digitTexts(digits, mask, blank);
  const out: string[] = [];
  let begun = false;
  const begin = () => {
    if (!begun) out.push(leadingSign(digits, mask, blank));
    begun = true;
  };
  for (const token of tokens) {
    if (DIGITS.test(token) || /^[.D]$/i.test(token)) {
      const piece = shown.shift() ?? '';
      if (piece.trim() !== '') begin();
      out.push(piece);
    } else out.push(otherText(token, { digits, mask, blank, begun }));
  }
  begin();
  const closing = hasToken(mask, 'PR') ? (digits.isNegative ? '>' : blank) : '';
  return out.join('') + closing;
}

function digitTexts({ whole, fraction }: Digits, mask: Mask, blank: string): string[] {
  const hasPoint = mask.tokens.some((token) => /^[.D]$/i.test(token));
  const point = hasPoint ? ['.'] : [];
  if (whole.length > mask.whole.length) return [...mask.whole, ...point, ...mask.fraction].map(hashed);
  const own = whole === '' && !hasPoint ? '0' : whole;
  const zeros = mask.whole.includes('0') ? mask.whole.length - mask.whole.indexOf('0') : 0;
  const places = own.padStart(zeros, '0').padStart(mask.whole.length, ' ');
  const least = mask.fraction.lastIndexOf('0') + 1;
  const kept = mask.isTight ? Math.max(least, fraction.replace(/0+$/, '').length) : fraction.length;
  const before = [...places.slice(-mask.whole.length || places.length)].map((place) => (place === ' ' ? blank : place));
  return [...(mask.whole === '' ? [] : before), ...point, ...fraction.slice(0, kept)];
}

const hashed = (place: string) => (place === '.' ? '.' : '#');

const hasToken = ({ tokens }: Mask, name: string) => tokens.some((token) => token.toUpperCase() === name);

function leadingSign({ isNegative }: Digits, { tokens }: Mask, blank: string): string {
  const index = tokens.findIndex((token) => SIGNS.test(token));
  const sign = tokens[index]?.toUpperCase();
  if (sign === undefined) return isNegative ? '-' : blank;
  if (sign === 'PR') return isNegative ? '<' : blank;
  const isFirst = !tokens.slice(0, index).some((token) => DIGITS.test(token));
  if (sign === 'S' && isFirst) return isNegative ? '-' : '+';
  return '';
}

interface Place {
  readonly digits: Digits;
  readonly mask: Mask;
  readonly blank: string;
  /** Whether a digit stands before. */
  readonly begun: boolean;
}

function otherText(token: string, { digits, mask, blank, begun }: Place): string {
  const { isNegative } = digits;
  switch (token.toUpperCase()) {
    case ',':
    case 'G':
      return begun ? ',' : blank;
    case 'S':
      return leadingSign(digits, mask, blank) !== '' ? '' : isNegative ? '-' : '+';
    case 'SG':
    case 'PL':
      return isNegative ? '-' : '+';
    case 'MI':
      return isNegative ? '-' : blank;
    case 'TH':
      return isNegative ? '' : ordinal(digits.whole, token);
    case 'V':
    case 'PR':
      return '';
    case 'L':
      return blank;
    default:
      return token.replace(/^"|"$/g, '');
  }
}

const ORDINALS: { readonly [digit: string]: string | undefined } = { 1: 'st', 2: 'nd', 3: 'rd' };

function ordinal(whole: string, token: string): string {
  const isTeen = /1\d$/.test(whole);
  const suffix = (isTeen ? undefined : ORDINALS[whole.slice(-1)]) ?? 'th';
  return token === 'TH' ? suffix.toUpperCase() : suffix;
}

function scientific(value: number, { fraction, isTight }: Mask): string {
  const [mantissa = '', power = ''] = Math.abs(value).toExponential(fraction.length).split('e');
  const sign = value < 0 ? '-' : isTight ? '' : ' ';
  return `${sign}${mantissa}e${power.slice(0, 1)}${power.slice(1).padStart(2, '0')}`;
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];
const ROMAN_WIDTH = 15;

function roman(text: string, token: string, { isTight }: Mask): string {
  let rest = Math.round(Number(text));
  if (!(rest >= 1 && rest <= 3999)) return '#'.repeat(ROMAN_WIDTH);
  let shown = '';
  for (const [value, letters] of ROMAN) {
    while (rest >= value) {
      shown += letters;
      rest -= value;
    }
  }
  const cased = token === 'rn' ? shown.toLowerCase() : shown;
  return isTight ? cased : cased.padStart(ROMAN_WIDTH);
}

/** The number that a text shows by a mask; signs, groups and what else stands around the digits are passed over. */
function readNumber(text: string, format: string, mode: number): string | null {
  const { shift } = readMask(format);
  const digits = text.replace(/[^\d.]/g, '');
  if (!/^\d*\.?\d*$/.test(digits) || !/\d/.test(digits))
    return failOrNull(mode, `Could not convert string '${text}' to number`);
  const { whole, fraction } = roundedDigits(digits, (digits.split('.')[1] ?? '').length + shift, -shift);
  const isNegative = /-|<.*>/.test(text);
  return `${isNegative ? '-' : ''}${whole || '0'}.${fraction || '0'}`;
}

export const showNumberKernel: Kernel = textKernel('number_shown', ['text', 'text'], showNumber);
export const readNumberKernel: Kernel = textKernel('number_read', ['text', 'text', 'int'], readNumber);
