import { duckType, listsForVectors, sortKey } from '../types/duck.ts';
import type { FunctionSpec, LoweredCall, Lowering } from './function.ts';
import { on, scalar } from './row.ts';

/** Choosing between values. Rows without overloads are bound by the binder itself: their arguments are branches. */

const extreme =
  (name: 'greatest' | 'least') =>
  ({ args, returns }: LoweredCall): string => {
    if (args.every((arg) => sortKey(arg, returns) === arg)) return `${name}(${args.join(', ')})`;
    const keyed = args.map(
      (arg) => `CASE WHEN ${arg} IS NOT NULL THEN {'k': ${sortKey(arg, returns)}, 'v': ${arg}} END`,
    );
    return `list_${name === 'greatest' ? 'max' : 'min'}([${keyed.join(', ')}]).v`;
  };

const unlessNull =
  (name: 'greatest' | 'least'): Lowering =>
  (call: LoweredCall) => {
    const isNull = call.args.map((arg) => `${arg} IS NULL`).join(' OR ');
    return `CASE WHEN ${isNull} THEN NULL ELSE ${extreme(name)(call)} END`;
  };

/** DuckDB chooses between lists, but not between arrays of fixed length. */
const firstOf: Lowering = ({ args, returns }: LoweredCall) => {
  const type = duckType(returns);
  const loose = duckType(listsForVectors(returns));
  if (type === loose) return `coalesce(${args.join(', ')})`;
  return `CAST(coalesce(${args.map((arg) => `CAST(${arg} AS ${loose})`).join(', ')}) AS ${type})`;
};

const VALUES: readonly FunctionSpec[] = [
  scalar(
    'coalesce',
    'The first argument that is not NULL.',
    [on('T...', 'T', firstOf)],
    [
      ["coalesce(NULL, 'a', 'b')", 'a'],
      ['coalesce(NULL, NULL)', 'NULL'],
    ],
  ),
  scalar(
    'ifnull nvl',
    'The second argument when the first is NULL.',
    [on('T, T', 'T', firstOf)],
    [
      ["ifnull(NULL, 'b')", 'b'],
      ["nvl('a', 'b')", 'a'],
    ],
  ),
  scalar(
    'greatest',
    'The greatest argument; NULL when any is.',
    [on('T...', 'T', unlessNull('greatest'))],
    [
      ['greatest(5, 9, 4)', '9'],
      ['greatest(5, 9, NULL)', 'NULL'],
    ],
  ),
  scalar(
    'least',
    'The least argument; NULL when any is.',
    [on('T...', 'T', unlessNull('least'))],
    [
      ['least(5, 9, 4)', '4'],
      ['least(5, 9, NULL)', 'NULL'],
    ],
  ),
  scalar(
    'greatest_ignore_nulls',
    'The greatest argument that is not NULL.',
    [on('T...', 'T', extreme('greatest'))],
    [['greatest_ignore_nulls(5, 9, NULL)', '9']],
  ),
  scalar(
    'least_ignore_nulls',
    'The least argument that is not NULL.',
    [on('T...', 'T', extreme('least'))],
    [['least_ignore_nulls(5, NULL, 4)', '4']],
  ),
  scalar(
    'ignore',
    'false, whatever the arguments are.',
    [on('Any...', 'Boolean', 'false', { nulls: 'never' })],
    [['ignore(1, NULL)', 'false']],
  ),
];

const BRANCHES: readonly FunctionSpec[] = [
  scalar(
    'if iff',
    'The value that follows the first true condition, else the last one.',
    [],
    [
      ["if(1 > 2, 'yes', 'no')", 'no'],
      ["if(1 > 2, 'a', 2 > 1, 'b', 'c')", 'b'],
      ['iff(NULL, 1, 2)', '2'],
    ],
  ),
  scalar(
    'decode',
    'The result that follows the search value equal to the first argument; NULL finds NULL.',
    [],
    [
      ["decode(2, 1, 'one', 2, 'two', 'other')", 'two'],
      ["decode(NULL, NULL, 'nothing', 'something')", 'nothing'],
    ],
  ),
  scalar(
    'nullif',
    'NULL when both arguments are equal, else the first.',
    [],
    [
      ['nullif(0, 0)', 'NULL'],
      ['nullif(1, 0)', '1'],
    ],
  ),
  scalar(
    'nvl2',
    'The second argument when the first is not NULL, else the third.',
    [],
    [["nvl2(NULL, 'a', 'b')", 'b']],
  ),
  scalar('is_null isnull', 'Whether the argument is NULL.', [], [['is_null(NULL)', 'true']]),
  scalar('is_not_null', 'Whether the argument is not NULL.', [], [['is_not_null(1)', 'true']]),
  scalar('equal_null', 'Whether both are equal; NULL equals NULL.', [], [['equal_null(NULL, NULL)', 'true']]),
  scalar(
    'is_error',
    'Whether an expression fails.',
    [],
    [
      ['is_error(1 / 0)', 'true'],
      ["is_error('7'::INT)", 'false'],
    ],
  ),
  scalar('is_not_error', 'Whether an expression does not fail.', [], [["is_not_error('x'::INT)", 'false']]),
  scalar('error_or', 'The first argument that does not fail.', [], [["error_or('x'::INT, 1 / 0, 3)", '3.0']]),
  scalar(
    'typeof',
    'The type of a value.',
    [],
    [
      ["typeof('a')", 'VARCHAR'],
      ['typeof(1 - 2)', 'TINYINT'],
    ],
  ),
  scalar(
    'grouping',
    'Which of the expressions are rolled up, as bits; the last is the lowest.',
    [],
    [['grouping(x) FROM (VALUES (1)) t(x) GROUP BY ROLLUP(x) ORDER BY 1 DESC LIMIT 1', '1']],
  ),
  scalar('nextval', 'The next number of a sequence: nobody else gets it.', [], []),
  scalar('getvariable', 'The value of a session variable.', [], [["getvariable('no_such_variable')", 'NULL']]),
];

export const conditionals: readonly FunctionSpec[] = [...VALUES, ...BRANCHES];
