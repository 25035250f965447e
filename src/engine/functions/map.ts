import { duckString, duckType } from '../types/duck.ts';
import { plain, type SqlType } from '../types/type.ts';
import type { FunctionSpec, LoweredCall, ReturnType } from './function.ts';
import { on, scalar } from './row.ts';

const NULL = plain('Null');

/** A lambda over key and value as one over an entry; the names are those of nobody else. */
function overEntry(lambda: string): { readonly entry: string; readonly body: string } {
  const [, entry = '', value = '', body = ''] = /^lambda (\w+), (\w+): ([\s\S]*)$/.exec(lambda) ?? [];
  const inside = body.replace(/\w+/g, (word) => {
    if (word === entry) return `${entry}.key`;
    return word === value ? `${entry}.value` : word;
  });
  return { entry, body: inside };
}

function lowerFilter({ args: [map, lambda = ''] }: LoweredCall): string {
  const { entry, body } = overEntry(lambda);
  return `map_from_entries(list_filter(map_entries(${map}), lambda ${entry}: ${body}))`;
}

const transformed =
  (part: 'key' | 'value') =>
  ({ args: [map, lambda = ''], returns }: LoweredCall): string => {
    const { entry, body } = overEntry(lambda);
    const [key, value] = part === 'key' ? [body, `${entry}.value`] : [`${entry}.key`, body];
    return `CAST(map_from_entries(list_transform(map_entries(${map}), lambda ${entry}: struct_pack(key := ${key}, value := ${value}))) AS ${duckType(returns)})`;
  };

const keysTo: ReturnType = ([map = NULL, body = NULL]) =>
  map.kind === 'Map' ? { kind: 'Map', key: body, value: map.value } : map;

const valuesTo: ReturnType = ([map = NULL, body = NULL]) =>
  map.kind === 'Map' ? { kind: 'Map', key: map.key, value: body } : map;

const ofArrays: ReturnType = ([keys = NULL, values = NULL]) => ({
  kind: 'Map',
  key: keys.kind === 'Array' ? keys.element : NULL,
  value: values.kind === 'Array' ? values.element : NULL,
});

const keyList = (call: LoweredCall) => `[${call.args.slice(1).join(', ')}]`;

/** A tuple's field by its position or name. */
const fieldType: ReturnType = ([type = NULL], _params, [, which]) => fieldOf(type, which)?.type ?? NULL;

function fieldOf(type: SqlType, which: unknown) {
  if (type.kind !== 'Tuple') return undefined;
  return type.fields.find(({ name }) => name === which) ?? type.fields[Number(which) - 1];
}

function lowerField({ args, argTypes: [type = NULL], constants: [, which] }: LoweredCall): string {
  const field = fieldOf(type, which);
  return field ? `struct_extract(${args[0]}, ${duckString(field.name)})` : 'NULL';
}

export const maps: readonly FunctionSpec[] = [
  scalar(
    'map',
    'A map of an array of keys and one of values.',
    [on('Array(K), Array(V)', ofArrays, 'CAST(map($1, $2) AS $T)')],
    [["map(['a', 'b'], [1, 2])", '{"a":1,"b":2}']],
  ),
  scalar(
    'get',
    'The value of a key, or the field of a tuple; NULL when there is none.',
    [
      on('Map(K, V), K', 'V', 'map_extract_value($1, $2)', { nulls: 'always' }),
      on('Tuple, Int64', fieldType, lowerField, { nulls: 'always' }),
      on('Tuple, String', fieldType, lowerField, { nulls: 'always' }),
    ],
    [
      ["get({'k1': 'v1'}, 'k1')", 'v1'],
      ["get((1, 'a'), 2)", 'a'],
    ],
  ),
  scalar(
    'map_keys',
    'The keys of a map.',
    [on('Map(K, V)', 'Array(K)', 'map_keys($1)')],
    [["map_keys({'a': 1, 'b': 2})", '["a","b"]']],
  ),
  scalar(
    'map_values',
    'The values of a map.',
    [on('Map(K, V)', 'Array(V)', 'map_values($1)')],
    [["map_values({'a': 1, 'b': 2})", '[1,2]']],
  ),
  scalar(
    'map_size',
    'The number of keys.',
    [on('Map(K, V)', 'UInt64', 'CAST(cardinality($1) AS UBIGINT)')],
    [["map_size({'a': 1, 'b': 2})", '2']],
  ),
  scalar(
    'map_contains_key',
    'Whether a map has a key.',
    [on('Map(K, V), K', 'Boolean', 'map_contains($1, $2)')],
    [["map_contains_key({'a': 1}, 'b')", 'false']],
  ),
  scalar(
    'map_cat',
    'Two maps as one; the second wins.',
    [
      on(
        'Map(K, V), Map(K, V)',
        'Map(K, V)',
        'CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE map_concat($1, $2) END',
      ),
    ],
    [["map_cat({'a': 1, 'b': 2}, {'b': 3})", '{"a":1,"b":3}']],
  ),
  scalar(
    'map_pick',
    'A map of only the given keys.',
    [
      on('Map(K, V), Array(K)', 'Map(K, V)', 'db_map_pick($1, $2)'),
      on('Map(K, V), K...', 'Map(K, V)', (call) => `db_map_pick(${call.args[0]}, ${keyList(call)})`),
    ],
    [
      ["map_pick({'a': 1, 'b': 2, 'c': 3}, 'a', 'c')", '{"a":1,"c":3}'],
      ["map_pick({'a': 1, 'b': 2}, ['b'])", '{"b":2}'],
    ],
  ),
  scalar(
    'map_delete',
    'A map without the given keys.',
    [
      on('Map(K, V), Array(K)', 'Map(K, V)', 'db_map_delete($1, $2)'),
      on('Map(K, V), K...', 'Map(K, V)', (call) => `db_map_delete(${call.args[0]}, ${keyList(call)})`),
    ],
    [["map_delete({'a': 1, 'b': 2}, 'b')", '{"a":1}']],
  ),
  scalar(
    'map_insert',
    'A map with one more key; a key that is there is an error unless the last argument is true.',
    [
      on('Map(K, V), K, V', 'Map(K, V)', insert('false')),
      on('Map(K, V), K, V, Boolean', 'Map(K, V)', (call) => insert(call.args[3] ?? 'false')(call)),
    ],
    [
      ["map_insert({'a': 1}, 'b', 2)", '{"a":1,"b":2}'],
      ["map_insert({'a': 1}, 'a', 2, true)", '{"a":2}'],
    ],
  ),
  scalar(
    'map_filter',
    'The entries for which a lambda over key and value is true.',
    [on('Map(K, V), (K, V) -> Boolean', 'Map(K, V)', lowerFilter)],
    [["map_filter({'a': 1, 'b': 2}, (k, v) -> v > 1)", '{"b":2}']],
  ),
  scalar(
    'map_transform_keys',
    'A map with the keys that a lambda makes.',
    [on('Map(K, V), (K, V) -> U', keysTo, transformed('key'))],
    [["map_transform_keys({'a': 1}, (k, v) -> upper(k))", '{"A":1}']],
  ),
  scalar(
    'map_transform_values',
    'A map with the values that a lambda makes.',
    [on('Map(K, V), (K, V) -> U', valuesTo, transformed('value'))],
    [["map_transform_values({'a': 1}, (k, v) -> v + 1)", '{"a":2}']],
  ),
];

function insert(update: string) {
  return ({ args: [map, key, value], returns }: LoweredCall): string => {
    const inserted = `CAST(map_concat(${map}, map([${key}], [${value}])) AS ${duckType(returns)})`;
    const duplicate = `NOT ${update} AND map_contains(${map}, ${key})`;
    const failure = `CAST(db_fails('1006|map key ' || ${key} || ' duplicate') AS ${duckType(returns)})`;
    return `CASE WHEN ${duplicate} THEN ${failure} ELSE ${inserted} END`;
  };
}
