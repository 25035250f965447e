import { variantText } from '../functions/variant/access.ts';
import { duckIdentifier, duckString } from '../types/duck.ts';
import { isInteger, isNumeric, plain, type SqlType } from '../types/type.ts';
import { type CastCall, mapList, mode, plainCast } from './cast-call.ts';
import { fromText, toText } from './cast-text.ts';

const VARIANT = plain('Variant');
const FLOATS: SqlType = { kind: 'Array', element: plain('Float32') };

export function fromVariant(text: string, call: CastCall): string {
  const { to } = call;
  if (to.kind === 'UInt64') return `json_to_u64(${text}, ${mode(call)})`;
  if (isInteger(to)) return plainCast(`json_to_i64(${text}, ${mode(call)})`, call);
  switch (to.kind) {
    case 'String':
      return variantText(text);
    case 'Boolean':
      return `json_to_bool(${text}, ${mode(call)})`;
    case 'Float32':
    case 'Float64':
      return plainCast(`json_to_f64(${text}, ${mode(call)})`, call);
    case 'Decimal':
      return plainCast(`json_to_dec(${text}, ${to.scale}, ${mode(call)})`, call);
    case 'Array':
      return mapList(`json_list(${text}, ${mode(call)})`, call, (item, inner) =>
        call.cast(item, { ...inner, from: VARIANT, to: to.element }),
      );
    case 'Vector':
      return plainCast(call.cast(text, { ...call, to: FLOATS }), call);
    case 'Map':
      return variantToMap(text, to, call);
    case 'Tuple':
      return variantToTuple(text, to, call);
    default:
      return fromText(`json_text(${text})`, { ...call, from: plain('String') });
  }
}

function variantToMap(text: string, to: SqlType & { kind: 'Map' }, call: CastCall): string {
  const entries = mapList(`json_entries(${text}, ${mode(call)})`, call, (entry, inner) => {
    const key = call.cast(`${entry}.key`, { ...inner, from: plain('String'), to: to.key });
    const value = call.cast(`${entry}.value`, { ...inner, from: VARIANT, to: to.value });
    return `struct_pack(key := ${key}, value := ${value})`;
  });
  return `map_from_entries(${entries})`;
}

function variantToTuple(text: string, to: SqlType & { kind: 'Tuple' }, call: CastCall): string {
  const fields = to.fields.map((field) => {
    const member = `json_field(${text}, ${duckString(field.name)})`;
    return `${duckIdentifier(field.name)} := ${call.cast(member, { ...call, to: field.type })}`;
  });
  return `CASE WHEN ${text} IS NULL THEN NULL ELSE struct_pack(${fields.join(', ')}) END`;
}

/** Numbers keep their spelling, texts are parsed, containers are encoded element by element. */
export function toVariant(text: string, call: CastCall): string {
  if (call.from.kind !== 'String') return jsonOf(text, call.from, call);
  if (call.settings.disableVariantCheck)
    return `CASE WHEN ${text} IS NULL THEN NULL ELSE coalesce(json_parse(${text}, 1), 'null') END`;
  return `json_parse(${text}, ${mode(call)})`;
}

/** The JSON text of a value; SQL NULL stays NULL. */
export function jsonOf(text: string, type: SqlType, call: CastCall): string {
  switch (type.kind) {
    case 'Variant':
      return text;
    case 'Array':
      return `('[' || ${jsonItems(text, type.element, call)} || ']')`;
    case 'Vector':
      return `('[' || ${jsonItems(`CAST(${text} AS FLOAT[])`, plain('Float32'), call)} || ']')`;
    case 'Tuple':
      return jsonOfTuple(text, type, call);
    case 'Map':
      return jsonOfMap(text, type, call);
    case 'Float32':
    case 'Float64':
      return `json_double(CAST(${text} AS DOUBLE))`;
    case 'Binary':
      return `json_encode_typed(hex(${text}))`;
    case 'Date':
    case 'Timestamp':
    case 'TimestampTz':
    case 'Interval':
      return `json_encode_typed(${toText(text, type, call)})`;
    default:
      return isNumeric(type) || type.kind === 'Boolean'
        ? `CAST(${text} AS VARCHAR)`
        : `json_encode_str(${toText(text, type, call)})`;
  }
}

const orNull = (text: string) => `coalesce(${text}, 'null')`;

function jsonItems(list: string, element: SqlType, call: CastCall): string {
  return `array_to_string(${mapList(list, call, (item, inner) => orNull(jsonOf(item, element, inner)))}, ',')`;
}

function jsonOfMap(text: string, type: SqlType & { kind: 'Map' }, call: CastCall): string {
  const pairs = mapList(`map_entries(${text})`, call, (entry, inner) => {
    const key = toText(`${entry}.key`, type.key, inner);
    return `json_encode_str(${key}) || ':' || ${orNull(jsonOf(`${entry}.value`, type.value, inner))}`;
  });
  return `json_sorted('{' || array_to_string(${pairs}, ',') || '}')`;
}

function jsonOfTuple(text: string, type: SqlType & { kind: 'Tuple' }, call: CastCall): string {
  const parts = type.fields.map(({ name, type: field }) => {
    const value = jsonOf(`struct_extract(${text}, ${duckString(name)})`, field, call);
    return `json_encode_str(${duckString(name)}) || ':' || ${orNull(value)}`;
  });
  return `CASE WHEN ${text} IS NULL THEN NULL ELSE json_sorted('{' || ${parts.join(" || ',' || ")} || '}') END`;
}
