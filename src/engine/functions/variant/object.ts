import { SqlError } from '../../base/errors.ts';
import type { FunctionSpec, LoweredCall } from '../function.ts';
import { on, scalar } from '../row.ts';

/** Objects: put together, and with members taken out or put in. */

const ALWAYS = { nulls: 'always' } as const;
const NEVER = { nulls: 'never' } as const;

/** Argument `index` as JSON; an empty text where it is NULL. */
function part({ args, argTypes, toJson }: LoweredCall, index: number): string {
  return `coalesce(${toJson(args[index] ?? 'NULL', argTypes[index] ?? { kind: 'Null' })}, '')`;
}

function lowerConstruct(keepNull: boolean, lenient: boolean) {
  return (call: LoweredCall): string => {
    if (call.args.length % 2 === 1) throw new SqlError('BadArguments', 'The number of keys and values must be equal');
    const pairs = call.args.flatMap((_, index) =>
      index % 2 === 0 ? [`${part(call, index)} || chr(31) || ${part(call, index + 1)}`] : [],
    );
    return `json_object_of(${pairs.join(' || chr(30) || ')}, ${Number(keepNull)}, ${Number(lenient)})`;
  };
}

function construct(
  name: string,
  doc: string,
  [keepNull, lenient]: readonly [boolean, boolean],
  result: string,
): FunctionSpec {
  const first = name.split(' ')[0];
  return scalar(
    name,
    doc,
    [
      on('', 'Variant', "'{}'", NEVER),
      on('Any...', 'Variant', lowerConstruct(keepNull, lenient), lenient ? ALWAYS : NEVER),
    ],
    [[`${first}('b', 1.5, 'a', NULL, 'c', 'x')`, result]],
  );
}

/** Keys behind the first argument as a JSON array. */
function lowerKeys(kernel: string) {
  return ({ args: [object, ...keys] }: LoweredCall): string => {
    const texts = keys.map((key) => `coalesce(json_encode_str(${key}), 'null')`);
    return `${kernel}(${object}, '[' || ${texts.join(" || ',' || ")} || ']')`;
  };
}

function lowerInsert({ args, argTypes, toJson }: LoweredCall): string {
  const update = args[3] === undefined ? '0' : `CAST(${args[3]} AS INTEGER)`;
  return `json_object_insert(${args[0]}, ${args[1]}, ${toJson(args[2] ?? 'NULL', argTypes[2] ?? { kind: 'Null' })}, ${update})`;
}

export const objectFunctions: readonly FunctionSpec[] = [
  construct(
    'object_construct json_object',
    'An object of keys and values; members whose key or value is NULL are left out.',
    [false, false],
    '{"b":1.5,"c":"x"}',
  ),
  construct(
    'object_construct_keep_null json_object_keep_null',
    'An object of keys and values; a value that is NULL becomes JSON null.',
    [true, false],
    '{"a":null,"b":1.5,"c":"x"}',
  ),
  construct(
    'try_object_construct try_json_object',
    'An object of keys and values; NULL if there is none.',
    [false, true],
    '{"b":1.5,"c":"x"}',
  ),
  construct(
    'try_object_construct_keep_null try_json_object_keep_null',
    'An object of keys and values, NULL ones too; NULL if there is none.',
    [true, true],
    '{"a":null,"b":1.5,"c":"x"}',
  ),
  scalar(
    'object_insert',
    'With one more member; one of that key is replaced only if the last argument says so.',
    [
      on('Variant, String, Any', 'Variant', lowerInsert, ALWAYS),
      on('Variant, String, Any, Boolean', 'Variant', lowerInsert, ALWAYS),
    ],
    [
      [`object_insert(parse_json('{"b":1}'), 'a', 'x')`, '{"a":"x","b":1}'],
      [`object_insert(parse_json('{"a":1}'), 'a', 2, true)`, '{"a":2}'],
    ],
  ),
  scalar(
    'object_delete',
    'Without the members of these keys.',
    [on('Variant, String...', 'Variant', lowerKeys('json_object_delete'))],
    [[`object_delete(parse_json('{"a":1,"b":2,"c":3}'), 'a', 'c')`, '{"b":2}']],
  ),
  scalar(
    'object_pick',
    'Only the members of these keys.',
    [on('Variant, String...', 'Variant', lowerKeys('json_object_pick'))],
    [[`object_pick(parse_json('{"a":1,"b":2,"c":3}'), 'a', 'c', 'd')`, '{"a":1,"c":3}']],
  ),
  scalar(
    'object_keys json_object_keys',
    'The keys of an object as an array of strings.',
    [on('Variant', 'Variant', 'json_keys($1)', ALWAYS)],
    [[`object_keys(parse_json('{"b":1,"a":2}'))`, '["a","b"]']],
  ),
  scalar(
    'delete_by_keypath',
    'Without what a key path such as `{a,0}` leads to.',
    [on('Variant, String', 'Variant', 'json_delete_keypath($1, $2)', ALWAYS)],
    [[`parse_json('{"a":[1,2]}') #- '{a,0}'`, '{"a":[2]}']],
  ),
  scalar(
    'concat',
    'Two objects as one, in which the right one wins; all else as one array.',
    [on('Variant, Variant', 'Variant', 'json_concat($1, $2)')],
    [
      [`parse_json('{"a":1,"b":2}') || parse_json('{"b":3}')`, '{"a":1,"b":3}'],
      [`parse_json('[1]') || parse_json('2')`, '[1,2]'],
    ],
  ),
];
