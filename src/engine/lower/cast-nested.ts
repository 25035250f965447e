import { duckIdentifier, duckString } from '../types/duck.ts';
import { plain, type SqlType, sameType } from '../types/type.ts';
import { type CastCall, mapList, plainCast } from './cast-call.ts';

type Of<Kind extends SqlType['kind']> = SqlType & { readonly kind: Kind };

/** Between containers: element by element. */
export function betweenNested(text: string, call: CastCall): string | undefined {
  const { from, to } = call;
  if (to.kind === 'Array') return toArray(text, to, call);
  if (to.kind === 'Vector') return toVector(text, call);
  if (from.kind === 'Tuple' && to.kind === 'Tuple' && from.fields.length === to.fields.length)
    return betweenTuples(text, from, { ...call, to });
  return from.kind === 'Map' && to.kind === 'Map' ? betweenMaps(text, from, { ...call, to }) : undefined;
}

function toArray(text: string, to: Of<'Array'>, call: CastCall): string | undefined {
  const { from } = call;
  if (from.kind === 'Array') return castElements(text, from.element, { ...call, to });
  if (from.kind !== 'Vector') return undefined;
  return castElements(`CAST(${text} AS FLOAT[])`, plain('Float32'), { ...call, to });
}

function toVector(text: string, call: CastCall): string | undefined {
  const { from } = call;
  if (from.kind === 'Vector') return plainCast(`CAST(${text} AS FLOAT[])`, call);
  if (from.kind !== 'Array') return undefined;
  const floats: Of<'Array'> = { kind: 'Array', element: plain('Float32') };
  return plainCast(castElements(text, from.element, { ...call, to: floats }), call);
}

function castElements(text: string, element: SqlType, call: CastCall & { to: Of<'Array'> }): string {
  const { to } = call;
  if (sameType(element, to.element)) return text;
  return mapList(text, call, (item, inner) => call.cast(item, { ...inner, from: element, to: to.element }));
}

function betweenTuples(text: string, from: Of<'Tuple'>, call: CastCall & { to: Of<'Tuple'> }): string {
  const fields = call.to.fields.map((field, index) => {
    const source = from.fields[index] ?? field;
    const value = `struct_extract(${text}, ${duckString(source.name)})`;
    return `${duckIdentifier(field.name)} := ${call.cast(value, { ...call, from: source.type, to: field.type })}`;
  });
  return `CASE WHEN ${text} IS NULL THEN NULL ELSE struct_pack(${fields.join(', ')}) END`;
}

function betweenMaps(text: string, from: Of<'Map'>, call: CastCall & { to: Of<'Map'> }): string {
  const entries = mapList(`map_entries(${text})`, call, (entry, inner) => {
    const key = call.cast(`${entry}.key`, { ...inner, from: from.key, to: call.to.key });
    const value = call.cast(`${entry}.value`, { ...inner, from: from.value, to: call.to.value });
    return `struct_pack(key := ${key}, value := ${value})`;
  });
  return `map_from_entries(${entries})`;
}
