import type { Cell } from '../cell.ts';
import { fitsPrecision, parseDecimal } from '../decimal.ts';
import { type FloatKind, type IntegerKind, integerRange, integerWidth } from '../type.ts';
import { ParseFailure, type ParseSettings } from './failure.ts';

const NOT_A_NUMBER = 'invalid text for number';
const FLOAT = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|nan|inf|infinity)$/i;
const NUMBER_PREFIX = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/;

/** An integer, with a fraction or an exponent if need be; nothing may stand around it. */
export function parseInteger(text: string, kind: IntegerKind, settings: ParseSettings): Cell | ParseFailure {
  const value = settings.numericCast === 'rounding' ? parseDecimal(text, 0) : parseTruncated(text);
  if (value === undefined) return new ParseFailure(NOT_A_NUMBER);
  const [least, greatest] = integerRange(kind);
  if (value < least || value > greatest) return new ParseFailure(`number ${text} is overflowed`);
  return integerWidth(kind) === 8 ? value : Number(value);
}

function parseTruncated(text: string): bigint | undefined {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const fraction = (mantissa.split('.')[1] ?? '').length;
  const scale = Math.min(20_000, Math.max(0, fraction - Number(exponent) || 0));
  const unscaled = parseDecimal(text, scale);
  return unscaled === undefined ? undefined : unscaled / 10n ** BigInt(scale);
}

/** A float, `nan`, `inf` or `infinity` in any case. */
export function parseFloatText(text: string, kind: FloatKind): Cell | ParseFailure {
  if (!FLOAT.test(text))
    return new ParseFailure(`Cannot parse value:"${text}" to number type, cause: ${floatCause(text)}`);
  const value = /[ni]/i.test(text) ? parseSpecial(text) : Number(text);
  return kind === 'Float32' ? Math.fround(value) : value;
}

function parseSpecial(text: string): number {
  if (/nan/i.test(text)) return Number.NaN;
  return text.startsWith('-') ? -Infinity : Infinity;
}

function floatCause(text: string): string {
  if (text === '') return 'Empty';
  return `InvalidDigit(${NUMBER_PREFIX.exec(text)?.[0].length ?? 0})`;
}

/** A decimal as unscaled integer; digits beyond the scale are rounded off. */
export function parseDecimalText(
  text: string,
  { precision, scale }: { readonly precision: number; readonly scale: number },
): Cell | ParseFailure {
  const unscaled = parseDecimal(text, scale);
  if (unscaled === undefined) {
    return new ParseFailure(NUMBER_PREFIX.test(text) ? 'unexpected remaining bytes' : NOT_A_NUMBER);
  }
  return fitsPrecision(unscaled, precision) ? unscaled : new ParseFailure('Decimal overflow');
}
