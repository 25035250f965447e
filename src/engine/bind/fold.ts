import { SqlError } from '../base/errors.ts';
import { asDecimal } from '../types/arithmetic.ts';
import { integerLiteralType } from '../types/cast.ts';
import type { Cell } from '../types/cell.ts';
import { localToUtc, MICROS_PER_DAY, parseDate, parseTimestamp } from '../types/datetime.ts';
import { fitsPrecision, parseDecimal, rescale, showDecimal } from '../types/decimal.ts';
import { engineTypeName, integerRange, isFloat, isInteger, isNumeric, type SqlType } from '../types/type.ts';
import type { TypedValue } from './binder.ts';

/** Constants are computed while binding, as Databend does: their types shrink, and a bad one is an error at its place. */

export interface FoldSettings {
  readonly timezone: string;
  readonly numericCast: 'rounding' | 'truncating';
}

/** The value of a constant as another type; undefined where only the engine can tell. Throws what a cast would. */
export function foldCast({ type, value }: TypedValue, to: SqlType, settings: FoldSettings): Cell | undefined {
  if (value === null) return null;
  if (isNumeric(type) && isNumeric(to)) return foldNumber({ type, value }, to, settings);
  if (type.kind === 'String') return foldText(String(value), to, settings);
  if (type.kind === 'Date' && to.kind === 'Timestamp')
    return localToUtc(BigInt(value as number) * MICROS_PER_DAY, settings.timezone);
  return undefined;
}

function foldText(text: string, to: SqlType, { timezone }: FoldSettings): Cell | undefined {
  switch (to.kind) {
    case 'Date': {
      const days = parseDate(text);
      if (days === undefined) throw badTime(text, 'DATE', 'to_date');
      return days;
    }
    case 'Timestamp': {
      const parsed = parseTimestamp(text, timezone);
      if (!parsed) throw badTime(text, 'TIMESTAMP', 'to_timestamp');
      return parsed.micros;
    }
    case 'Decimal': {
      const unscaled = parseDecimal(text.trim(), to.scale);
      return unscaled !== undefined && fitsPrecision(unscaled, to.precision) ? unscaled : undefined;
    }
    default:
      return undefined;
  }
}

function badTime(text: string, type: string, name: string): SqlError {
  return new SqlError(
    'BadArguments',
    `cannot parse to type \`${type}\` while evaluating function \`${name}('${text}')\` in expr \`CAST('${text}' AS ${type})\``,
  );
}

function foldNumber({ type, value }: TypedValue, to: SqlType, { numericCast }: FoldSettings): Cell | undefined {
  if (isFloat(type)) return to.kind === 'Float64' ? value : undefined;
  const source = asDecimal(type);
  if (!source) return undefined;
  const unscaled = BigInt(value as bigint | number);
  if (to.kind === 'Decimal') return foldToDecimal(unscaled, source.scale, to);
  if (isFloat(to)) {
    const float = Number(showDecimal(unscaled, source.scale));
    return to.kind === 'Float32' ? Math.fround(float) : float;
  }
  if (!isInteger(to)) return undefined;
  const isRounded = numericCast === 'rounding';
  return foldToInteger(isRounded ? rescale(unscaled, source.scale, 0) : unscaled / 10n ** BigInt(source.scale), to);
}

function foldToDecimal(unscaled: bigint, scale: number, to: SqlType & { kind: 'Decimal' }): bigint {
  const scaled = rescale(unscaled, scale, to.scale);
  if (!fitsPrecision(scaled, to.precision)) throw castError('Decimal overflow', showDecimal(unscaled, scale), to);
  return scaled;
}

function foldToInteger(whole: bigint, to: SqlType): Cell {
  if (!isInteger(to)) return null;
  const [low, high] = integerRange(to.kind);
  if (whole < low || whole > high) throw castError('number overflowed', String(whole), to);
  return to.kind === 'Int64' || to.kind === 'UInt64' ? whole : Number(whole);
}

function castError(reason: string, shown: string, to: SqlType): SqlError {
  const name = engineTypeName(to);
  const call = `to_${name.toLowerCase().replace(/\(.*/, '')}(${shown})`;
  return new SqlError(
    'BadArguments',
    `${reason} while evaluating function \`${call}\` in expr \`CAST(${shown} AS ${name})\``,
  );
}

/** An integer or decimal constant with the smallest type that holds it. */
export function shrink(unscaled: bigint, scale: number): TypedValue {
  if (scale === 0) return integerConstant(unscaled);
  const digits = String(unscaled < 0n ? -unscaled : unscaled).length;
  return { type: { kind: 'Decimal', precision: Math.max(digits, scale), scale }, value: unscaled };
}

export function integerConstant(value: bigint): TypedValue {
  const type = integerLiteralType(value);
  const wide = type.kind === 'Int64' || type.kind === 'UInt64' || type.kind === 'Decimal';
  return { type, value: wide ? value : Number(value) };
}

const MAX_DIGITS = 76;

/** A number as written: integers are the smallest unsigned type, everything else is a decimal up to 76 digits. */
export function numberConstant(text: string): TypedValue {
  if (/^0x/i.test(text)) return integerConstant(BigInt(text));
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const scale = Math.max(0, fraction.length - Number(exponent));
  if (whole.length + fraction.length + Math.abs(Number(exponent)) > MAX_DIGITS)
    return { type: { kind: 'Float64' }, value: Number(text) };
  return shrink(parseDecimal(text, scale) ?? 0n, scale);
}

/** `a op b` over integer and decimal constants; undefined for others and for what a cap would round. */
export function foldArithmetic(name: string, left: TypedValue, right: TypedValue): TypedValue | undefined {
  const [a, b] = [asDecimal(left.type), asDecimal(right.type)];
  if (!a || !b || left.value === null || right.value === null) return undefined;
  const [x, y] = [BigInt(left.value as bigint), BigInt(right.value as bigint)];
  if (name === 'multiply')
    return a.scale + b.scale <= Math.max(a.scale, b.scale, 12) ? checked(x * y, a.scale + b.scale) : undefined;
  const scale = Math.max(a.scale, b.scale);
  const [u, v] = [rescale(x, a.scale, scale), rescale(y, b.scale, scale)];
  if (name === 'plus') return checked(u + v, scale);
  return name === 'minus' ? checked(u - v, scale) : undefined;
}

function checked(unscaled: bigint, scale: number): TypedValue | undefined {
  return fitsPrecision(unscaled, 38) ? shrink(unscaled, scale) : undefined;
}

export function foldNegate({ type, value }: TypedValue): TypedValue | undefined {
  if (value === null) return undefined;
  if (isFloat(type)) return { type, value: -(value as number) };
  const source = asDecimal(type);
  return source && shrink(-BigInt(value as bigint), source.scale);
}
