import { duckType } from '../../types/duck.ts';
import { plain, type SqlType } from '../../types/type.ts';
import type { FunctionSpec, LoweredCall } from '../function.ts';
import { aggregate, on } from '../row.ts';

/** From one VARIANT to many rows, and from many rows to one VARIANT. */

const PAIR: SqlType = {
  kind: 'Tuple',
  fields: [
    { name: '1', type: plain('String') },
    { name: '2', type: plain('Variant') },
  ],
};

function setOf(
  name: string,
  doc: string,
  overload: FunctionSpec['overloads'][number],
  examples: FunctionSpec['examples'],
): FunctionSpec {
  return { name, kind: 'set', doc, overloads: [overload], examples };
}

export const setFunctions: readonly FunctionSpec[] = [
  setOf(
    'json_array_elements',
    'One row for each element of a VARIANT array.',
    on('Variant', 'Variant', 'json_list($1, 1)'),
    [[`* FROM json_array_elements(parse_json('["a"]'))`, '"a"']],
  ),
  setOf('unnest', 'One row for each element of a VARIANT array.', on('Variant', 'Variant', 'json_list($1, 1)'), [
    [`* FROM unnest(parse_json('[1]'))`, '1'],
  ]),
  setOf(
    'json_each',
    'One row of key and value for each member of an object.',
    on(
      'Variant',
      () => PAIR,
      `list_transform(json_entries($1, 1), lambda e_json_each: CAST(row(e_json_each.key, e_json_each.value) AS ${duckType(PAIR)}))`,
    ),
    [[`* FROM json_each(parse_json('{"a":1}'))`, '("a",1)']],
  ),
  setOf(
    'json_path_query',
    'One row for each value that a JSON path finds.',
    on('Variant, String', 'Variant', 'string_split(json_path_items($1, $2), chr(30))[2:]'),
    [[`* FROM json_path_query(parse_json('{"a":[{"n":7}]}'), '$.a[*].n')`, '7']],
  ),
];

function item({ args, argTypes, toJson }: LoweredCall, index: number): string {
  return toJson(args[index] ?? 'NULL', argTypes[index] ?? { kind: 'Null' });
}

function lowerArray(call: LoweredCall): string {
  return `('[' || coalesce(string_agg($D ${item(call, 0)}, ',' $O) $W, '') || ']')`;
}

/** Pairs without a key or value give NULL, which string_agg leaves out. */
function lowerObject(call: LoweredCall): string {
  const pair = `json_encode_str(${call.args[0]}) || ':' || ${item(call, 1)}`;
  return `json_sorted('{' || coalesce(string_agg($D ${pair}, ',' $O) $W, '') || '}')`;
}

export const variantAggregates: readonly FunctionSpec[] = [
  aggregate(
    'json_array_agg json_agg',
    'The values that are not NULL as a VARIANT array.',
    [on('Any', 'Variant', lowerArray, { nulls: 'never' })],
    [['json_array_agg(x) FROM (VALUES (1), (NULL), (2)) t(x)', '[1,2]']],
  ),
  aggregate(
    'json_object_agg',
    'An object of keys and the values that are not NULL.',
    [on('String, Any', 'Variant', lowerObject, { nulls: 'never' })],
    [[`json_object_agg(k, v) FROM (VALUES ('b', 1), ('a', 2), ('c', NULL)) t(k, v)`, '{"a":2,"b":1}']],
  ),
];
