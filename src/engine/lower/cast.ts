import { SqlError } from '../base/errors.ts';
import { duckType, isWideDecimal } from '../types/duck.ts';
import { engineTypeName, isFloat, isInteger, isNumeric, type SqlType, sameType } from '../types/type.ts';
import { type CastCall, mode, plainCast } from './cast-call.ts';
import { betweenNested } from './cast-nested.ts';
import { fromText, toText, wideDecimal } from './cast-text.ts';
import { betweenTimes } from './cast-time.ts';
import { fromVariant, jsonOf, toVariant } from './cast-variant.ts';
import type { LowerSettings } from './context.ts';

export interface CastRequest {
  readonly from: SqlType;
  readonly to: SqlType;
  readonly lenient: boolean;
  readonly settings: LowerSettings;
}

/** A value as another type by Databend's rules (types-and-functions §2.4). */
export function lowerCast(text: string, request: CastRequest): string {
  return cast(text, { ...request, depth: 0, cast });
}

/** A value as JSON text: like its cast to VARIANT, but a text becomes a JSON string instead of being parsed. */
export function lowerJson(text: string, from: SqlType, settings: LowerSettings): string {
  const to: SqlType = { kind: 'Variant' };
  if (from.kind === 'Null') return `CAST(NULL AS ${duckType(to)})`;
  return jsonOf(text, from, { from, to, lenient: false, settings, depth: 0, cast });
}

function cast(text: string, call: CastCall): string {
  const { from, to } = call;
  if (sameType(from, to)) return text;
  if (from.kind === 'Null') return `CAST(NULL AS ${duckType(to)})`;
  if (from.kind === 'Variant') return fromVariant(text, call);
  if (to.kind === 'Variant') return toVariant(text, call);
  if (to.kind === 'String') return toText(text, from, call);
  if (from.kind === 'String') return fromText(text, call);
  if (isNumeric(from) && isNumeric(to)) return betweenNumbers(text, call);
  return betweenTimes(text, call) ?? betweenNested(text, call) ?? betweenOthers(text, call) ?? impossible(call);
}

function impossible({ from, to }: CastCall): never {
  throw new SqlError(
    'BadArguments',
    `unable to cast type \`${engineTypeName(from)}\` to type \`${engineTypeName(to)}\``,
  );
}

function betweenNumbers(text: string, call: CastCall): string {
  const { from, to, settings } = call;
  if (isWideDecimal(to)) return wideDecimal(text, call);
  if (isFloat(from) && isInteger(to))
    return plainCast(`${settings.numericCast === 'rounding' ? 'round' : 'trunc'}(${text})`, call);
  if (from.kind === 'Decimal' && isInteger(to) && settings.numericCast === 'truncating')
    return plainCast(`trunc(${text})`, call);
  // A FLOAT becomes a decimal by cutting its digits, a DOUBLE by rounding them.
  if (from.kind === 'Float32' && to.kind === 'Decimal')
    return plainCast(`(trunc(CAST(${text} AS DOUBLE) * 1e${to.scale}) / 1e${to.scale})`, call);
  return plainCast(text, call);
}

function betweenOthers(text: string, call: CastCall): string | undefined {
  const lower = OTHERS[`${classOf(call.from)} ${classOf(call.to)}`];
  return lower?.(text, call);
}

function classOf(type: SqlType): string {
  if (isInteger(type)) return 'Integer';
  return isNumeric(type) ? 'Fraction' : type.kind;
}

const truth = (text: string) => `(${text} <> 0)`;

const OTHERS: { readonly [pair: string]: (text: string, call: CastCall) => string } = {
  'Integer Boolean': truth,
  'Fraction Boolean': truth,
  'Boolean Integer': plainCast,
  'Boolean Fraction': plainCast,
  'Integer Bitmap': (text) => `[CAST(${text} AS UBIGINT)]`,
  'Integer Interval': (text) => `to_microseconds(CAST(${text} AS BIGINT))`,
  'Binary Geometry': (text, call) => `geometry_from_wkb(${text}, ${mode(call)})`,
  'Binary Geography': (text, call) => `geography_from_wkb(${text}, ${mode(call)})`,
  'Geometry Binary': (text) => text,
  'Geometry Geography': (text, call) => `geography_from_wkb(${text}, ${mode(call)})`,
  'Geography Geometry': (text) => `st_setsrid(${text}, 4326)`,
};
