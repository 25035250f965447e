import { duckString, duckType, isWideDecimal } from '../types/duck.ts';
import { type IntegerKind, integerRange, integerWidth, isInteger, plain, type SqlType } from '../types/type.ts';
import { type CastCall, mapList, mode, plainCast } from './cast-call.ts';
import { utcToLocal } from './cast-time.ts';

/** Text of a value inside SQL: like a result's, but floats without a trailing `.0` and GEOMETRY always EWKT. */
export function toText(text: string, from: SqlType, call: CastCall): string {
  switch (from.kind) {
    case 'Float32':
      return `float_text(CAST(${text} AS DOUBLE))`;
    case 'Float64':
      return `db_f64_text(${text})`;
    case 'Timestamp':
      return `db_ts_text(${utcToLocal(text, call.settings.timezone)})`;
    case 'TimestampTz':
      return `(db_ts_text((${text}).ts + to_seconds((${text})."off")) || offset_text((${text})."off"))`;
    case 'Date':
      return `db_date_text(${text})`;
    case 'Interval':
      return `db_interval_text(${text})`;
    case 'Binary':
      return call.lenient ? `TRY(decode(${text}))` : `decode(${text})`;
    case 'Geometry':
    case 'Geography':
      return `st_asewkt(${text})`;
    case 'Bitmap':
      return `array_to_string(${text}, ',')`;
    default:
      return nestedText(text, from, call) ?? `CAST(${text} AS VARCHAR)`;
  }
}

function nestedText(text: string, type: SqlType, call: CastCall): string | undefined {
  switch (type.kind) {
    case 'Array':
      return `('[' || ${joined(text, type.element, call)} || ']')`;
    case 'Vector':
      return `('[' || ${joined(`CAST(${text} AS FLOAT[])`, plain('Float32'), call)} || ']')`;
    case 'Tuple': {
      const fields = type.fields.map((field) =>
        insideText(`struct_extract(${text}, ${duckString(field.name)})`, field.type, call),
      );
      return `('(' || ${fields.join(" || ',' || ")} || ')')`;
    }
    case 'Map': {
      const pairs = mapList(`map_entries(${text})`, call, (entry, inner) => {
        const value = insideText(`${entry}.value`, type.value, inner);
        return `${insideText(`${entry}.key`, type.key, inner)} || ':' || ${value}`;
      });
      return `('{' || array_to_string(${pairs}, ',') || '}')`;
    }
    default:
      return undefined;
  }
}

function joined(list: string, element: SqlType, call: CastCall): string {
  return `array_to_string(${mapList(list, call, (item, inner) => insideText(item, element, inner))}, ',')`;
}

const QUOTED: readonly SqlType['kind'][] = ['String', 'Date', 'Timestamp', 'TimestampTz', 'Interval', 'Binary'];

function insideText(text: string, type: SqlType, call: CastCall): string {
  const shown = toText(text, type, call);
  const quoted = QUOTED.includes(type.kind)
    ? `('"' || replace(replace(${shown}, '\\', '\\\\'), '"', '\\"') || '"')`
    : shown;
  return `coalesce(${quoted}, 'NULL')`;
}

export function fromText(text: string, call: CastCall): string {
  const { to, lenient, settings } = call;
  if (isInteger(to)) return textToInteger(text, to, call);
  switch (to.kind) {
    case 'Decimal':
      return isWideDecimal(to) ? wideDecimal(text, call) : plainCast(`trim(${text})`, call);
    case 'Float32':
    case 'Float64':
      return plainCast(`trim(${text})`, call);
    case 'Boolean':
      return lenient ? `TRY(db_bool(${text}))` : `db_bool(${text})`;
    case 'Date':
      return `CAST((DATE '1970-01-01' + parse_date(${text}, ${mode(call)})) AS DATE)`;
    case 'Timestamp':
      return `make_timestamp(parse_timestamp(${text}, ${duckString(settings.timezone)}, ${mode(call)}))`;
    case 'TimestampTz':
      return timestampTzOf(`parse_timestamp_tz(${text}, ${duckString(settings.timezone)}, ${mode(call)})`);
    case 'Interval':
      return intervalOf(`parse_interval(${text}, ${mode(call)})`);
    default:
      return fromTextOf(text, call);
  }
}

/** From a text, or from a number by its text. */
export function wideDecimal(text: string, call: CastCall): string {
  const { to } = call;
  const [precision, scale] = to.kind === 'Decimal' ? [to.precision, to.scale] : [0, 0];
  return `wide_decimal(CAST(${text} AS VARCHAR), ${precision}, ${scale}, ${mode(call)})`;
}

function fromTextOf(text: string, call: CastCall): string {
  const { to } = call;
  switch (to.kind) {
    case 'Binary':
      return `encode(${text})`;
    case 'Geometry':
      return `parse_geometry(${text}, ${mode(call)})`;
    case 'Geography':
      return `parse_geography(${text}, ${mode(call)})`;
    case 'Vector':
      return plainCast(plainCast(text, { ...call, to: { kind: 'Array', element: plain('Float32') } }), call);
    case 'Bitmap':
      return `db_bm(${mapList(`CASE WHEN trim(${text}) = '' THEN [] ELSE string_split(${text}, ',') END`, call, (item) => `CAST(trim(${item}) AS UBIGINT)`)})`;
    default:
      // The printed form of a container is JSON: parsed as such, element by element.
      return call.cast(`json_parse(${jsonOf(text, to)}, ${mode(call)})`, { ...call, from: plain('Variant') });
  }
}

/** Tuples are printed in parentheses, and keys that are no text without quotes. */
function jsonOf(text: string, type: SqlType): string {
  return isLikeJson(type) ? text : `text_container(${text})`;
}

function isLikeJson(type: SqlType): boolean {
  if (type.kind === 'Array') return isLikeJson(type.element);
  if (type.kind === 'Map') return type.key.kind === 'String' && isLikeJson(type.value);
  return type.kind !== 'Tuple';
}

function textToInteger(text: string, to: { readonly kind: IntegerKind }, { lenient, settings }: CastCall): string {
  const isWide = integerWidth(to.kind) === 8;
  const round = settings.numericCast === 'rounding' ? 'round' : 'trunc';
  const cast = lenient ? 'TRY_CAST' : 'CAST';
  const number = `${round}(${cast}(trim(${text}) AS DECIMAL(${isWide ? 38 : 18}, 6)))`;
  const rounded = lenient || fits(text, to) ? `${cast}(${number} AS ${duckType(to)})` : inRange(number, text, to);
  if (!isWide) return rounded;
  // DuckDB reads a decimal of 38 digits about a hundred times slower than plain digits.
  const direct = `TRY_CAST(${text} AS ${duckType(to)})`;
  return `CASE WHEN CAST(${direct} AS VARCHAR) = ${text} THEN ${direct} ELSE ${rounded} END`;
}

/** A constant that is within the range, or no number, which is told where it is cast. */
function fits(text: string, to: { readonly kind: IntegerKind }): boolean {
  if (!/^'[^']*'$/.test(text)) return false;
  const value = Number(text.slice(1, -1));
  const [least, most] = integerRange(to.kind);
  return !(value > Number(most) || value < Number(least));
}

/** As Rust's parser words it, whereas a number that does not fit has overflowed. */
function inRange(number: string, text: string, to: { readonly kind: IntegerKind }): string {
  const [least, most] = integerRange(to.kind);
  const called = `'|to_${to.kind.toLowerCase()}(''' || ${text} || ''')'`;
  const small = least < 0n ? 'number too small to fit in target type' : 'invalid digit found in string';
  const fail = (reason: string) => `CAST(db_fails('1006|${reason}' || ${called}) AS ${duckType(to)})`;
  return `CASE WHEN ${number} > ${most} THEN ${fail('number too large to fit in target type')} WHEN ${number} < ${least} THEN ${fail(small)} ELSE CAST(${number} AS ${duckType(to)}) END`;
}

/** `micros offset`, as the kernel gives them. */
function timestampTzOf(text: string): string {
  const part = (index: number, type: string) => `CAST(string_split(${text}, ' ')[${index}] AS ${type})`;
  const struct = `struct_pack(ts := make_timestamp(${part(1, 'BIGINT')}), "off" := ${part(2, 'INTEGER')})`;
  return `CASE WHEN ${text} IS NULL THEN NULL ELSE ${struct} END`;
}

/** `months days micros`, as the kernel gives them. */
function intervalOf(text: string): string {
  const part = (index: number, type: string) => `CAST(string_split(${text}, ' ')[${index}] AS ${type})`;
  return `(to_months(${part(1, 'INTEGER')}) + to_days(${part(2, 'INTEGER')}) + to_microseconds(${part(3, 'BIGINT')}))`;
}
