import type { FunctionSpec, LoweredCall } from './function.ts';
import { aggregate, on, scalar } from './row.ts';

/** Sets of 64-bit numbers, in DuckDB sorted lists. */

const ALWAYS = { nulls: 'always' } as const;
const COUNT = 'UInt64';

const SCALARS: readonly FunctionSpec[] = [
  scalar(
    'build_bitmap',
    'The set of the numbers of an array.',
    [on('Array(UInt64)', 'Bitmap', 'db_bm($1)')],
    [['to_string(build_bitmap([3, 1, 1]))', '1,3']],
  ),
  scalar(
    'to_bitmap',
    'A set from text like 1,2,3, or of one number.',
    [on('Any', 'Bitmap', '$1', { cast: 'strict' })],
    [["to_string(to_bitmap('3, 1'))", '1,3']],
  ),
  scalar(
    'bitmap_count bitmap_cardinality',
    'How many numbers are in a set.',
    [on('Bitmap', COUNT, 'CAST(len($1) AS UBIGINT)')],
    [['bitmap_count(build_bitmap([1, 4, 7]))', '3']],
  ),
  scalar(
    'bitmap_contains',
    'Whether a number is in a set.',
    [on('Bitmap, UInt64', 'Boolean', 'list_contains($1, $2)')],
    [['bitmap_contains(build_bitmap([1, 4, 5]), 4)', 'true']],
  ),
  scalar(
    'bitmap_has_all',
    'Whether the first set holds all of the second.',
    [on('Bitmap, Bitmap', 'Boolean', 'list_has_all($1, $2)')],
    [['bitmap_has_all(build_bitmap([1, 4]), build_bitmap([1, 2]))', 'false']],
  ),
  scalar(
    'bitmap_has_any',
    'Whether two sets have a number in common.',
    [on('Bitmap, Bitmap', 'Boolean', 'list_has_any($1, $2)')],
    [['bitmap_has_any(build_bitmap([1, 4]), build_bitmap([1, 2]))', 'true']],
  ),
  scalar(
    'bitmap_max',
    'The greatest number of a set.',
    [on('Bitmap', COUNT, 'list_max($1)', ALWAYS)],
    [['bitmap_max(build_bitmap([1, 4]))', '4']],
  ),
  scalar(
    'bitmap_min',
    'The least number of a set.',
    [on('Bitmap', COUNT, 'list_min($1)', ALWAYS)],
    [['bitmap_min(build_bitmap([1, 4]))', '1']],
  ),
  scalar(
    'bitmap_and',
    'The numbers in both sets.',
    [on('Bitmap, Bitmap', 'Bitmap', 'db_bm_and($1, $2)')],
    [['to_string(bitmap_and(build_bitmap([1, 4]), build_bitmap([4, 5])))', '4']],
  ),
  scalar(
    'bitmap_or',
    'The numbers in either set.',
    [on('Bitmap, Bitmap', 'Bitmap', 'db_bm_or($1, $2)')],
    [['to_string(bitmap_or(build_bitmap([1, 4]), build_bitmap([4, 5])))', '1,4,5']],
  ),
  scalar(
    'bitmap_xor',
    'The numbers in exactly one of two sets.',
    [on('Bitmap, Bitmap', 'Bitmap', 'db_bm_xor($1, $2)')],
    [['to_string(bitmap_xor(build_bitmap([1, 4]), build_bitmap([4, 5])))', '1,5']],
  ),
  scalar(
    'bitmap_not bitmap_and_not',
    'The numbers of the first set that the second has not.',
    [on('Bitmap, Bitmap', 'Bitmap', 'db_bm_not($1, $2)')],
    [['to_string(bitmap_not(build_bitmap([1, 4]), build_bitmap([4, 5])))', '1']],
  ),
  scalar(
    'bitmap_subset_in_range',
    'The numbers from a start up to, but not including, an end.',
    [on('Bitmap, UInt64, UInt64', 'Bitmap', 'list_filter($1, lambda x_range: x_range >= $2 AND x_range < $3)')],
    [['to_string(bitmap_subset_in_range(build_bitmap([1, 4, 5, 9]), 4, 9))', '4,5']],
  ),
  scalar(
    'bitmap_subset_limit',
    'So many numbers from a start on.',
    [on('Bitmap, UInt64, Int64', 'Bitmap', 'list_filter($1, lambda x_limit: x_limit >= $2)[1:$3]')],
    [['to_string(bitmap_subset_limit(build_bitmap([1, 4, 5, 9]), 4, 2))', '4,5']],
  ),
  scalar(
    'sub_bitmap',
    'So many numbers from a position on, counted from 0.',
    [on('Bitmap, Int64, Int64', 'Bitmap', '$1[$2 + 1:$2 + $3]')],
    [['to_string(sub_bitmap(build_bitmap([1, 4, 5, 9]), 1, 2))', '4,5']],
  ),
  scalar(
    'bitmap_to_array',
    'The numbers of a set as an array.',
    [on('Bitmap', 'Array(UInt64)', '$1')],
    [['bitmap_to_array(build_bitmap([4, 1]))', '[1,4]']],
  ),
];

const LISTS = 'list($1) $W';
const SETS = "FROM (VALUES (to_bitmap('1,2')), (to_bitmap('2,3'))) t(b)";

function overSets(names: string, doc: string, lower: string, result: string): FunctionSpec {
  const [name] = names.split(' ');
  return aggregate(names, doc, [on('Bitmap', 'Bitmap', lower, ALWAYS)], [[`to_string(${name}(b)) ${SETS}`, result]]);
}

function counting(name: string, doc: string, lower: string, result: string): FunctionSpec {
  return aggregate(
    name,
    doc,
    [on('Bitmap', COUNT, `CAST(len(${lower}) AS UBIGINT)`, ALWAYS)],
    [[`${name}(b) ${SETS}`, result]],
  );
}

const reduced = (macro: string) => `list_reduce(${LISTS}, lambda x_reduce, y_reduce: ${macro}(x_reduce, y_reduce))`;

const UNION = `CAST(list_sort(list_distinct(flatten(${LISTS}))) AS UBIGINT[])`;

function lowerIntersectCount({ params }: LoweredCall): string {
  const sets = params.map((param) => {
    const wanted = `'${String(param).replaceAll("'", "''")}'`;
    return `coalesce(flatten(list(CASE WHEN CAST($2 AS VARCHAR) = ${wanted} THEN $1 END) $W), [])`;
  });
  const [first = '[]', ...others] = sets;
  const common = others.reduce((all, set) => `list_intersect(${all}, ${set})`, first);
  return `CAST(len(list_distinct(${common})) AS UBIGINT)`;
}

const AGGREGATES: readonly FunctionSpec[] = [
  overSets('bitmap_intersect bitmap_and_agg', 'The numbers in all sets.', `db_list_and_agg(${LISTS})`, '2'),
  overSets('bitmap_union bitmap_or_agg', 'The numbers in any set.', UNION, '1,2,3'),
  overSets('bitmap_xor_agg', 'The numbers in an odd number of sets.', reduced('db_bm_xor'), '1,3'),
  counting('bitmap_and_count', 'How many numbers are in all sets.', `db_list_and_agg(${LISTS})`, '1'),
  counting('bitmap_or_count', 'How many numbers are in any set.', UNION, '3'),
  counting('bitmap_xor_count', 'How many numbers are in an odd number of sets.', reduced('db_bm_xor'), '2'),
  counting('bitmap_not_count', 'How many numbers of the first set no other has.', reduced('db_bm_not'), '1'),
  aggregate(
    'bitmap_construct_agg group_bitmap',
    'The set of the numbers of all rows.',
    [on('UInt64', 'Bitmap', `db_bm(${LISTS})`, ALWAYS)],
    [['to_string(bitmap_construct_agg(x)) FROM (VALUES (3), (1), (3)) t(x)', '1,3']],
  ),
  aggregate(
    'intersect_count',
    'How many numbers the sets of the given keys have in common: intersect_count(k1, k2)(set, key).',
    [on('Bitmap, Any', COUNT, lowerIntersectCount, ALWAYS)],
    [["intersect_count('a', 'b')(to_bitmap(b), k) FROM (VALUES ('1,2', 'a'), ('2,3', 'b')) t(b, k)", '1']],
  ),
];

export const bitmaps: readonly FunctionSpec[] = [...SCALARS, ...AGGREGATES];
