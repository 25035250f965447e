import { duckType } from '../types/duck.ts';
import { arrayOf, plain, type SqlType } from '../types/type.ts';
import type { FunctionSpec, LoweredCall, ReturnType } from './function.ts';
import { on, scalar } from './row.ts';

/** Positions in arrays count from 1. */

const NULL = plain('Null');
const ALWAYS = { nulls: 'always' } as const;
const NEVER = { nulls: 'never' } as const;

const BUILDING: readonly FunctionSpec[] = [
  scalar(
    'array',
    'An array of values of one type.',
    [on('T...', 'Array(T)', 'CAST([$*] AS $T)', NEVER)],
    [['array(1, 2, 3)', '[1,2,3]']],
  ),
  scalar(
    'range array_generate_range',
    'The integers from a start up to, but not including, an end.',
    [
      on('Int64, Int64', 'Array(Int64)', 'range($1, $2)'),
      on('Int64, Int64, Int64', 'Array(Int64)', 'range($1, $2, $3)'),
    ],
    [
      ['range(1, 5)', '[1,2,3,4]'],
      ['array_generate_range(0, 6, 2)', '[0,2,4]'],
    ],
  ),
  scalar(
    'array_append',
    'The array with a value behind it.',
    [on('Array(T), T', 'Array(T)', 'CAST(list_append($1, $2) AS $T)', NEVER)],
    [['array_append([3, 4], 5)', '[3,4,5]']],
  ),
  scalar(
    'array_prepend',
    'The array with a value before it.',
    [on('T, Array(T)', 'Array(T)', 'CAST(list_prepend($1, $2) AS $T)', NEVER)],
    [['array_prepend(1, [3, 4])', '[1,3,4]']],
  ),
  scalar(
    'array_concat',
    'Two arrays one behind the other.',
    [on('Array(T), Array(T)', 'Array(T)', 'CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE list_concat($1, $2) END')],
    [['array_concat([1, 2], [3])', '[1,2,3]']],
  ),
  scalar(
    'array_flatten',
    'The elements of the arrays in an array.',
    [on('Array(Array(T))', 'Array(T)', 'flatten($1)')],
    [['array_flatten([[1, 2], [3]])', '[1,2,3]']],
  ),
];

const TAKING: readonly FunctionSpec[] = [
  scalar(
    'get array_get',
    'The element at a position; NULL when there is none.',
    [on('Array(T), Int64', 'T', 'db_at($1, $2)', ALWAYS)],
    [
      ['get([1, 2], 1)', '1'],
      ['get([1, 2], 0)', 'NULL'],
    ],
  ),
  scalar(
    'slice array_slice',
    'The elements from one position to another, both included; negative positions count from the end.',
    [
      on('Array(T), Int64', 'Array(T)', 'db_slice2($1, $2)'),
      on('Array(T), Int64, Int64', 'Array(T)', 'db_slice3($1, $2, $3)'),
    ],
    [
      ['slice([1, 21, 32, 4], 2, 3)', '[21,32]'],
      ['slice([1, 21, 32, 4], -2)', '[32,4]'],
    ],
  ),
  scalar(
    'array_any',
    'The first element that is not NULL.',
    [on('Array(T)', 'T', 'db_nn($1)[1]', ALWAYS)],
    [["array_any(['a', 'b'])", 'a']],
  ),
  scalar(
    'array_remove_first',
    'The array without its first element.',
    [on('Array(T)', 'Array(T)', '$1[2:]')],
    [['array_remove_first([1, 2, 3])', '[2,3]']],
  ),
  scalar(
    'array_remove_last',
    'The array without its last element.',
    [on('Array(T)', 'Array(T)', '$1[:-2]')],
    [['array_remove_last([1, 2, 3])', '[1,2]']],
  ),
  scalar(
    'array_remove',
    'The array without a value.',
    [on('Array(T), T', 'Array(T)', 'list_filter($1, lambda x_remove: x_remove IS DISTINCT FROM $2)')],
    [['array_remove([1, 2, 2, 3], 2)', '[1,3]']],
  ),
  scalar(
    'array_compact',
    'The array without NULLs.',
    [on('Array(T)', 'Array(T)', 'db_nn($1)')],
    [['array_compact([1, NULL, 2])', '[1,2]']],
  ),
  scalar(
    'array_distinct',
    'The different elements in the order of their first places, without NULLs.',
    [on('Array(T)', 'Array(T)', 'db_list_distinct($1)')],
    [['array_distinct([1, 2, 2, 4, 3, NULL])', '[1,2,4,3]']],
  ),
  scalar(
    'array_except',
    'The elements of the first array that the second has not, as often.',
    [on('Array(T), Array(T)', 'Array(T)', 'db_arr_except($1, $2)')],
    [['array_except([1, 2, 2], [2])', '[1,2]']],
  ),
  scalar(
    'array_intersection',
    'The elements that both arrays have, as often as both.',
    [on('Array(T), Array(T)', 'Array(T)', 'db_arr_inter($1, $2)')],
    [['array_intersection([1, 2, 3], [3, 2])', '[2,3]']],
  ),
  scalar(
    'array_reverse',
    'The elements in reverse order.',
    [on('Array(T)', 'Array(T)', 'list_reverse($1)')],
    [['array_reverse([1, 2, 3])', '[3,2,1]']],
  ),
];

/** DuckDB joins with constant separators only. */
function lowerJoin({ args: [list, separator], constants }: LoweredCall): string {
  const joined =
    constants[1] === undefined
      ? `substr(array_to_string(list_transform(db_nn(${list}), lambda x_join: ${separator} || x_join), ''), length(${separator}) + 1)`
      : `array_to_string(${list}, ${separator})`;
  return `CASE WHEN ${list} IS NOT NULL AND ${separator} IS NOT NULL THEN coalesce(${joined}, '') END`;
}

const ASKING: readonly FunctionSpec[] = [
  scalar(
    'array_size array_length',
    'The number of elements.',
    [on('Array(T)', 'UInt64', 'CAST(len($1) AS UBIGINT)')],
    [['array_size([1, 2])', '2']],
  ),
  scalar(
    'contains array_contains',
    'Whether the array has a value; NULL finds NULL.',
    [on('Array(T), T', 'Boolean', 'CASE WHEN $1 IS NOT NULL THEN list_position($1, $2) IS NOT NULL END')],
    [
      ['contains([1, 2], 1)', 'true'],
      ['array_contains([1, NULL], NULL)', 'true'],
      ['array_contains([1], 3)', 'false'],
    ],
  ),
  scalar(
    'array_indexof',
    'The first position of a value; 0 when it is not there.',
    [
      on(
        'Array(T), T',
        'UInt64',
        'CASE WHEN $1 IS NOT NULL THEN CAST(coalesce(list_position($1, $2), 0) AS UBIGINT) END',
      ),
    ],
    [
      ["array_indexof(['a', 'b'], 'b')", '2'],
      ["array_indexof(['a'], 'x')", '0'],
    ],
  ),
  scalar(
    'array_overlap',
    'Whether two arrays have an element in common.',
    [on('Array(T), Array(T)', 'Boolean', 'db_arr_overlap($1, $2)')],
    [['array_overlap([1, 2], [2, 3])', 'true']],
  ),
  scalar(
    'array_unique',
    'The number of different elements that are not NULL.',
    [on('Array(T)', 'UInt64', 'CAST(list_unique($1) AS UBIGINT)')],
    [['array_unique([1, 2, 2, NULL])', '2']],
  ),
  scalar(
    'array_to_string',
    'The texts of an array with a separator between them; NULLs are skipped.',
    [on('Array(String), String', 'String', lowerJoin)],
    [["array_to_string(['a', NULL, 'b'], ',')", 'a,b']],
  ),
];

function lowerSort({ args, constants: [, order, nulls] }: LoweredCall): string {
  const direction = String(order ?? 'asc').toLowerCase() === 'desc' ? 'DESC' : 'ASC';
  const first = /first/i.test(String(nulls ?? '')) ? 'NULLS FIRST' : 'NULLS LAST';
  return `list_sort(${args[0]}, '${direction}', '${first}')`;
}

function sorter(direction: 'asc' | 'desc', nulls: 'first' | 'last', result: string): FunctionSpec {
  const name = `array_sort_${direction}_null_${nulls}`;
  const doc = `The elements in ${direction === 'asc' ? 'ascending' : 'descending'} order, NULLs ${nulls}.`;
  const lower = `list_sort($1, '${direction.toUpperCase()}', 'NULLS ${nulls.toUpperCase()}')`;
  return scalar(name, doc, [on('Array(T)', 'Array(T)', lower)], [[`${name}([3, NULL, 1])`, result]]);
}

const SORTING: readonly FunctionSpec[] = [
  scalar(
    'array_sort',
    "The elements in order: 'ASC' or 'DESC', then 'NULLS FIRST' or 'NULLS LAST'.",
    [
      on('Array(T)', 'Array(T)', lowerSort),
      on('Array(T), String', 'Array(T)', lowerSort),
      on('Array(T), String, String', 'Array(T)', lowerSort),
    ],
    [
      ['array_sort([3, 1, 2, NULL])', '[1,2,3,NULL]'],
      ["array_sort([3, 1, 2], 'DESC')", '[3,2,1]'],
      ["array_sort([1, NULL], 'ASC', 'NULLS FIRST')", '[NULL,1]'],
    ],
  ),
  sorter('asc', 'first', '[NULL,1,3]'),
  sorter('asc', 'last', '[1,3,NULL]'),
  sorter('desc', 'first', '[NULL,3,1]'),
  sorter('desc', 'last', '[3,1,NULL]'),
];

const LAMBDAS: readonly FunctionSpec[] = [
  scalar(
    'array_transform array_apply array_map',
    'What a lambda makes of each element.',
    [on('Array(T), (T) -> U', 'Array(U)', 'list_transform($1, $2)')],
    [['array_transform([1, 2, 3], x -> x + 1)', '[2,3,4]']],
  ),
  scalar(
    'array_filter',
    'The elements for which a lambda is true.',
    [on('Array(T), (T) -> Boolean', 'Array(T)', 'list_filter($1, $2)')],
    [['array_filter([1, 2, 3], x -> x > 1)', '[2,3]']],
  ),
  scalar(
    'array_reduce',
    'What a lambda makes of all elements, one after the other; NULL of none.',
    [on('Array(T), (T, T) -> T', 'T', 'CASE WHEN len($1) > 0 THEN list_reduce($1, $2) END', ALWAYS)],
    [['array_reduce([1, 2, 3, 4], (acc, x) -> acc + x)', '10']],
  ),
];

const zipType: ReturnType = (args) =>
  arrayOf({
    kind: 'Tuple',
    fields: args.map((type, index) => ({ name: String(index + 1), type: type.kind === 'Array' ? type.element : type })),
  });

const isArray = (type: SqlType | undefined) => type?.kind === 'Array';

/** What is no array stands beside every element. */
function lowerZip({ args, argTypes, returns }: LoweredCall): string {
  const arrays = args.filter((_, index) => isArray(argTypes[index]));
  const [first = '[1]', ...others] = arrays;
  const fields = args.map((arg, index) => `"${index + 1}" := ${isArray(argTypes[index]) ? `(${arg})[i_zip]` : arg}`);
  const zipped = `CAST(list_transform(range(1, len(${first}) + 1), lambda i_zip: struct_pack(${fields.join(', ')})) AS ${duckType(returns)})`;
  if (others.length === 0) return zipped;
  const unequal = others.map((other) => `len(${other}) <> len(${first})`).join(' OR ');
  const failure = `CAST(db_fails('1006|array length must be equal') AS ${duckType(returns)})`;
  return `CASE WHEN ${unequal} THEN ${failure} ELSE ${zipped} END`;
}

const OTHERS: readonly FunctionSpec[] = [
  scalar(
    'arrays_zip',
    'The elements of several arrays side by side, as tuples.',
    [on('Any...', zipType, lowerZip)],
    [["arrays_zip([1, 2], ['a', 'b'])", '[(1,"a"),(2,"b")]']],
  ),
  {
    ...scalar(
      'unnest',
      'The elements of an array, one a row.',
      [on('Array(T)', ([type = NULL]) => (type.kind === 'Array' ? type.element : NULL), '$1')],
      [['count(*) FROM unnest([1, 2, 3])', '3']],
    ),
    kind: 'set',
  },
];

export const arrays: readonly FunctionSpec[] = [...BUILDING, ...TAKING, ...ASKING, ...SORTING, ...LAMBDAS, ...OTHERS];
