import type { SqlType } from '../../types/type.ts';
import type { FunctionSpec, LoweredCall } from '../function.ts';
import { on, scalar } from '../row.ts';

/** Lambdas over the elements and members of a VARIANT, which they see as VARIANT. */

interface LoweredLambda {
  /** Their names are nobody else's. */
  readonly params: readonly string[];
  readonly body: string;
}

function readLambda(text: string): LoweredLambda {
  const [, params = '', body = ''] = /^lambda ([\w, ]+): ([\s\S]*)$/.exec(text) ?? [];
  return { params: params.split(', '), body };
}

/** The body of lambda argument 1 as JSON. */
function jsonBody({ argTypes, toJson }: LoweredCall, body: string): string {
  const type: SqlType = argTypes[1] ?? { kind: 'Null' };
  return `coalesce(${toJson(body, type)}, 'null')`;
}

const list = (text: string) => `('[' || array_to_string(${text}, ',') || ']')`;

function lowerTransform(call: LoweredCall): string {
  const { params, body } = readLambda(call.args[1] ?? '');
  return list(`list_transform(json_list(${call.args[0]}, 0), lambda ${params[0]}: ${jsonBody(call, body)})`);
}

function lowerFilter({ args }: LoweredCall): string {
  return list(`list_filter(json_list(${args[0]}, 0), ${args[1]})`);
}

function lowerReduce(call: LoweredCall): string {
  const { params, body } = readLambda(call.args[1] ?? '');
  const items = `json_list(${call.args[0]}, 0)`;
  return `CASE WHEN len(${items}) > 0 THEN list_reduce(${items}, lambda ${params.join(', ')}: ${jsonBody(call, body)}) END`;
}

/** A body over key and value as one over an entry. */
function overEntry({ params: [key = '', value = ''], body }: LoweredLambda): string {
  return body.replace(/\w+/g, (word) => {
    if (word === key) return `${key}.key`;
    return word === value ? `${key}.value` : word;
  });
}

function lowerMembers(members: (entry: string, entries: string, body: string) => string) {
  return (call: LoweredCall): string => {
    const lambda = readLambda(call.args[1] ?? '');
    const [entry = ''] = lambda.params;
    return `json_sorted('{' || array_to_string(${members(entry, `json_entries(${call.args[0]}, 0)`, overEntry(lambda))}, ',') || '}')`;
  };
}

const member = (key: string, value: string) => `json_encode_str(${key}) || ':' || ${value}`;

const filterMembers = lowerMembers(
  (entry, entries, body) =>
    `list_transform(list_filter(${entries}, lambda ${entry}: ${body}), lambda ${entry}: ${member(`${entry}.key`, `${entry}.value`)})`,
);

const renameMembers = lowerMembers(
  (entry, entries, body) => `list_transform(${entries}, lambda ${entry}: ${member(body, `${entry}.value`)})`,
);

function changeMembers(call: LoweredCall): string {
  return lowerMembers(
    (entry, entries, body) =>
      `list_transform(${entries}, lambda ${entry}: ${member(`${entry}.key`, jsonBody(call, body))})`,
  )(call);
}

export const lambdaFunctions: readonly FunctionSpec[] = [
  scalar(
    'json_array_transform json_array_apply json_array_map',
    'A VARIANT array of what a lambda makes of each element.',
    [on('Variant, (Variant) -> U', 'Variant', lowerTransform)],
    [[`json_array_transform(parse_json('["a","b"]'), x -> upper(x::STRING))`, '["A","B"]']],
  ),
  scalar(
    'json_array_filter',
    'The elements of a VARIANT array for which a lambda is true.',
    [on('Variant, (Variant) -> Boolean', 'Variant', lowerFilter)],
    [[`json_array_filter(parse_json('[1,"a",3]'), x -> x::STRING > '1')`, '["a",3]']],
  ),
  scalar(
    'json_array_reduce',
    'What a lambda makes of all elements, one after the other; NULL of none.',
    [on('Variant, (Variant, Variant) -> U', 'Variant', lowerReduce, { nulls: 'always' })],
    [[`json_array_reduce(parse_json('[1,2,3]'), (acc, x) -> acc::INT + x::INT)`, '6']],
  ),
  scalar(
    'json_map_filter',
    'The members of an object for which a lambda is true.',
    [on('Variant, (String, Variant) -> Boolean', 'Variant', filterMembers)],
    [[`json_map_filter(parse_json('{"a":1,"b":2}'), (k, v) -> v::INT > 1)`, '{"b":2}']],
  ),
  scalar(
    'json_map_transform_keys',
    'An object with the keys that a lambda gives.',
    [on('Variant, (String, Variant) -> String', 'Variant', renameMembers)],
    [[`json_map_transform_keys(parse_json('{"a":1,"b":2}'), (k, v) -> concat(k, '_x'))`, '{"a_x":1,"b_x":2}']],
  ),
  scalar(
    'json_map_transform_values',
    'An object with the values that a lambda gives.',
    [on('Variant, (String, Variant) -> U', 'Variant', changeMembers)],
    [[`json_map_transform_values(parse_json('{"a":1,"b":2}'), (k, v) -> v::INT * 10)`, '{"a":10,"b":20}']],
  ),
];
