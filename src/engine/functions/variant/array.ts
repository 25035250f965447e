import type { FunctionSpec, LoweredCall, Overload } from '../function.ts';
import { on, scalar } from '../row.ts';

/** Arrays inside VARIANT, where positions count from 0. Names are those of ARRAY's functions where they have one. */

const ALWAYS = { nulls: 'always' } as const;
const NEVER = { nulls: 'never' } as const;

const END = '2147483647';

function json({ args, argTypes, toJson }: LoweredCall, index: number): string {
  return `coalesce(${toJson(args[index] ?? 'NULL', argTypes[index] ?? { kind: 'Null' })}, 'null')`;
}

function lowerConstruct(call: LoweredCall): string {
  return `('[' || ${call.args.map((_, index) => json(call, index)).join(" || ',' || ")} || ']')`;
}

/** A signature of an array and any value, the value as JSON. */
function withItem(returns: Overload['returns'], lower: (array: string, item: string) => string): Overload {
  return on('Variant, Any', returns, (call) => lower(call.args[0] ?? 'NULL', json(call, 1)));
}

function ofArray(name: string, doc: string, [before, after]: readonly [string, string]): FunctionSpec {
  const primary = name.split(' ')[0] ?? '';
  return scalar(
    name,
    doc,
    [on('Variant', 'Variant', `json_${primary}($1)`)],
    [[`${primary}(parse_json('${before}'))`, after]],
  );
}

function ofArrays(name: string, doc: string, [left, right, after]: readonly [string, string, string]): FunctionSpec {
  return scalar(
    name,
    doc,
    [on('Variant, Variant', 'Variant', `json_${name}($1, $2)`)],
    [[`${name}(parse_json('${left}'), parse_json('${right}'))`, after]],
  );
}

export const arrayFunctions: readonly FunctionSpec[] = [
  scalar(
    'array_construct json_array try_json_array',
    'A VARIANT array of any values; NULL becomes JSON null.',
    [on('', 'Variant', "'[]'", NEVER), on('Any...', 'Variant', lowerConstruct, NEVER)],
    [
      [`array_construct(1, 'a', NULL, [true])`, '[1,"a",null,[true]]'],
      ['array_construct()', '[]'],
    ],
  ),
  scalar(
    'array_insert',
    'With a value put in before a position; beyond the ends at them.',
    [
      on(
        'Variant, Int64, Any',
        'Variant',
        (call) => `json_array_insert(${call.args[0]}, CAST(${call.args[1]} AS INTEGER), ${json(call, 2)})`,
      ),
    ],
    [
      [`array_insert(parse_json('["a","c"]'), 1, 'b')`, '["a","b","c"]'],
      [`array_insert(parse_json('["a"]'), 9, 1)`, '["a",1]'],
    ],
  ),
  scalar(
    'array_size json_array_length',
    'How many elements a VARIANT array has; NULL for any other value.',
    [on('Variant', 'UInt64', 'CAST(json_length($1) AS UBIGINT)', ALWAYS)],
    [
      [`array_size(parse_json('[1,[2]]'))`, '2'],
      [`json_array_length(parse_json('{}'))`, 'NULL'],
    ],
  ),
  scalar(
    'array_append',
    'A VARIANT array with one more value behind.',
    [withItem('Variant', (array, item) => `json_array_insert(${array}, ${END}, ${item})`)],
    [[`array_append(parse_json('[1]'), 'x')`, '[1,"x"]']],
  ),
  scalar(
    'array_prepend',
    'A VARIANT array with one more value in front.',
    [on('Any, Variant', 'Variant', (call) => `json_array_insert(${call.args[1]}, 0, ${json(call, 0)})`)],
    [[`array_prepend('x', parse_json('[1]'))`, '["x",1]']],
  ),
  scalar(
    'contains',
    'Whether a VARIANT array has an element of this value.',
    [withItem('Boolean', (array, item) => `(json_array_indexof(${array}, ${item}) >= 0)`)],
    [[`array_contains(parse_json('["a",1.0]'), 1)`, 'true']],
  ),
  scalar(
    'array_indexof',
    'The position from 0 of the first element of this value; -1 if there is none.',
    [withItem('Int32', (array, item) => `json_array_indexof(${array}, ${item})`)],
    [[`array_indexof(parse_json('["a","b"]'), 'b')`, '1']],
  ),
  scalar(
    'array_remove',
    'A VARIANT array without the elements of this value.',
    [withItem('Variant', (array, item) => `json_array_remove(${array}, ${item})`)],
    [[`array_remove(parse_json('[1,2,1]'), 1)`, '[2]']],
  ),
  scalar(
    'array_remove_first',
    'A VARIANT array without its first element.',
    [on('Variant', 'Variant', `json_array_slice($1, 1, ${END})`)],
    [[`array_remove_first(parse_json('[1,2]'))`, '[2]']],
  ),
  scalar(
    'array_remove_last',
    'A VARIANT array without its last element.',
    [on('Variant', 'Variant', 'json_array_slice($1, 0, -1)')],
    [[`array_remove_last(parse_json('[1,2]'))`, '[1]']],
  ),
  scalar(
    'slice',
    'The elements of a VARIANT array from one position up to, but not including, another.',
    [
      on('Variant, Int64', 'Variant', `json_array_slice($1, CAST($2 AS INTEGER), ${END})`),
      on('Variant, Int64, Int64', 'Variant', 'json_array_slice($1, CAST($2 AS INTEGER), CAST($3 AS INTEGER))'),
    ],
    [[`slice(parse_json('[1,2,3,4]'), 1, 3)`, '[2,3]']],
  ),
  ofArray('array_distinct', 'A VARIANT array with each value once.', ['[1,1.0,null,null]', '[1,null]']),
  ofArray('array_compact', 'A VARIANT array without JSON nulls.', ['[1,null]', '[1]']),
  ofArray('array_flatten', 'A VARIANT array with the elements of the arrays in it.', ['[[1],[2,[3]]]', '[1,2,[3]]']),
  ofArray('array_reverse', 'A VARIANT array from its end to its start.', ['[1,2]', '[2,1]']),
  ofArray('array_sort', 'A VARIANT array in ascending order.', ['["a",2,null,1]', '[1,2,"a",null]']),
  ofArrays('array_concat', 'Two VARIANT arrays as one.', ['[1]', '[2]', '[1,2]']),
  ofArrays('array_except', 'The elements that are not in another VARIANT array, too.', ['[1,2,2]', '[2]', '[1,2]']),
  ofArrays('array_intersection', 'The elements that are in another VARIANT array, too.', ['[1,2,2]', '[2,3]', '[2]']),
  scalar(
    'array_overlap',
    'Whether two VARIANT arrays have a value in common.',
    [on('Variant, Variant', 'Boolean', 'json_array_overlap($1, $2)')],
    [[`array_overlap(parse_json('[1,2]'), parse_json('[2]'))`, 'true']],
  ),
  scalar(
    'array_unique',
    'How many different values that are not null a VARIANT array has.',
    [on('Variant', 'UInt64', 'CAST(json_length(json_array_distinct(json_array_compact($1))) AS UBIGINT)')],
    [[`array_unique(parse_json('[1,2,1.0,null]'))`, '2']],
  ),
];
