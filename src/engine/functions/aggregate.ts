import { sortKey } from '../types/duck.ts';
import { decimal, isFloat, isUnsigned, plain, type SqlType } from '../types/type.ts';
import type { FunctionSpec, LoweredCall, ReturnType } from './function.ts';
import { aggregate, on } from './row.ts';

/**
 * Aggregates over one column. Their lowerings hold places that the lowering of the call fills: `$D` DISTINCT,
 * `$O` ORDER BY, `$W` FILTER and OVER, `$C` the condition of the filter. One that is a function gives a template, too.
 */

const NULL = plain('Null');

/** Equal where Databend finds two values equal, and in its order. */
function distinctKey(text: string, type: SqlType | undefined): string {
  if (type?.kind === 'Variant') return `json_eq_key(${text})`;
  return type?.kind === 'TimestampTz' ? `(${text}).ts` : text;
}

/** One value for a row whose columns are all there, else NULL. */
function rowKey({ argTypes }: LoweredCall): string {
  const keys = argTypes.map((type, index) => distinctKey(`$${index + 1}`, type));
  if (keys.length === 1) return keys[0] ?? '';
  return `CASE WHEN ${keys.map((key) => `${key} IS NOT NULL`).join(' AND ')} THEN row(${keys.join(', ')}) END`;
}

const countDistinct = (call: LoweredCall) => `CAST(count(DISTINCT ${rowKey(call)}) $W AS UBIGINT)`;

const COUNTS: readonly FunctionSpec[] = [
  aggregate(
    'count',
    'The number of rows, or of values that are not NULL.',
    [
      on('', 'UInt64', 'CAST(count(*) $W AS UBIGINT)', { nulls: 'never' }),
      on('Any...', 'UInt64', (call) => `CAST(count($D ${rowKey(call)}) $W AS UBIGINT)`, { nulls: 'never' }),
    ],
    [
      ['count(*)', '1'],
      ['count(NULL)', '0'],
      ['count(x) FROM (VALUES (1), (1), (NULL)) t(x)', '2'],
      ['count(DISTINCT x, y) FROM (VALUES (1, 1), (1, 1), (1, 2), (NULL, 1)) t(x, y)', '2'],
      ['count_if(x > 1) FROM (VALUES (1), (2), (3)) t(x)', '2'],
    ],
  ),
  aggregate(
    'uniq',
    'The number of different rows without NULLs.',
    [on('Any...', 'UInt64', countDistinct, { nulls: 'never' })],
    [
      ['uniq(x) FROM (VALUES (1), (1), (2)) t(x)', '2'],
      ['count_distinct(x) FROM (VALUES (1), (1), (2)) t(x)', '2'],
    ],
  ),
  aggregate(
    'approx_count_distinct',
    'About how many different values there are.',
    [
      on(
        'Any',
        'UInt64',
        ({ argTypes: [type] }) => `CAST(approx_count_distinct(${distinctKey('$1', type)}) $W AS UBIGINT)`,
        { nulls: 'never' },
      ),
    ],
    [['approx_count_distinct(x) FROM (VALUES (1), (1), (2)) t(x)', '2']],
  ),
];

function sumPrecision(precision: number): number {
  if (precision <= 18) return 18;
  return precision <= 38 ? 38 : 76;
}

export const sumType: ReturnType = ([type = NULL]) => {
  if (type.kind === 'Decimal') return decimal(sumPrecision(type.precision), type.scale);
  if (isFloat(type)) return plain('Float64');
  return plain(isUnsigned(type) ? 'UInt64' : 'Int64');
};

export const averageType: ReturnType = ([type = NULL]) =>
  type.kind === 'Decimal' ? decimal(sumPrecision(type.precision), Math.max(type.scale, 4)) : plain('Float64');

function lowerDecimalAverage({ argTypes }: LoweredCall): string {
  const scale = argTypes[0]?.kind === 'Decimal' ? argTypes[0].scale : 0;
  return `CAST(db_decavg(sum($D $1) $W, count($D $1) $W, ${scale}, ${Math.max(scale, 4)}) AS $T)`;
}

const INTERVAL_SUM = 'to_microseconds(CAST(sum($D epoch_us($1)) $W AS BIGINT))';

const SUMS: readonly FunctionSpec[] = [
  aggregate(
    'sum',
    'The sum; of integers a 64-bit one.',
    [
      on('Number', sumType, 'CAST(sum($D $1) $W AS $T)', { nulls: 'always' }),
      on('Interval', 'Interval', INTERVAL_SUM, { nulls: 'always' }),
      on('String', 'Float64', 'sum($D CAST(trim($1) AS DOUBLE)) $W', { nulls: 'always' }),
    ],
    [
      ['sum(x) FROM (VALUES (1), (2), (NULL)) t(x)', '3'],
      ['sum(x) FROM (VALUES (1.25), (2.50)) t(x)', '3.75'],
      ['sum_if(x, x > 1) FROM (VALUES (1), (2), (3)) t(x)', '5'],
    ],
  ),
  aggregate(
    'sum0 sum_zero',
    'The sum; 0 when there is nothing to add.',
    [on('Number', sumType, 'coalesce(CAST(sum($D $1) $W AS $T), CAST(0 AS $T))', { nulls: 'never' })],
    [['sum0(NULL::INT)', '0']],
  ),
  aggregate(
    'avg',
    'The mean; of decimals a decimal with at least four digits, the rest cut.',
    [
      on('Decimal', averageType, lowerDecimalAverage, { nulls: 'always' }),
      on('Number', averageType, 'avg($D $1) $W', { nulls: 'always' }),
    ],
    [
      ['avg(x) FROM (VALUES (1), (2)) t(x)', '1.5'],
      ['avg(x) FROM (VALUES (1.00), (1.00), (2.00)) t(x)', '1.3333'],
    ],
  ),
];

/** Some types have an order of their own. */
const extreme =
  (name: 'max' | 'min') =>
  ({ argTypes: [type] }: LoweredCall): string =>
    sortKey('$1', type) === '$1' ? `${name}($D $1) $W` : `arg_${name}($1, ${sortKey('$1', type)}) $W`;

const argExtreme =
  (name: 'arg_max' | 'arg_min') =>
  ({ argTypes: [, key] }: LoweredCall): string =>
    `${name}($1, ${sortKey('$2', key)}) $W`;

const PICKS: readonly FunctionSpec[] = [
  aggregate(
    'max',
    'The greatest value.',
    [on('T', 'T', extreme('max'), { nulls: 'always' })],
    [
      ['max(x) FROM (VALUES (1), (3), (2)) t(x)', '3'],
      ['max_if(x, x < 3) FROM (VALUES (1), (3), (2)) t(x)', '2'],
    ],
  ),
  aggregate(
    'min',
    'The least value.',
    [on('T', 'T', extreme('min'), { nulls: 'always' })],
    [["min(x) FROM (VALUES ('b'), ('a')) t(x)", 'a']],
  ),
  aggregate(
    'any_value any',
    'The first value that is not NULL.',
    [on('T', 'T', 'any_value($1) $W', { nulls: 'always' })],
    [['any_value(x) FROM (VALUES (NULL), (2)) t(x)', '2']],
  ),
  aggregate(
    'arg_max',
    'The first argument of the row where the second is greatest.',
    [on('T, U', 'T', argExtreme('arg_max'), { nulls: 'always' })],
    [["arg_max(x, y) FROM (VALUES ('a', 1), ('b', 2)) t(x, y)", 'b']],
  ),
  aggregate(
    'arg_min',
    'The first argument of the row where the second is least.',
    [on('T, U', 'T', argExtreme('arg_min'), { nulls: 'always' })],
    [["arg_min(x, y) FROM (VALUES ('a', 1), ('b', 2)) t(x, y)", 'a']],
  ),
  aggregate(
    'mode',
    'The value that stands there most often.',
    [on('T', 'T', 'mode($1) $W', { nulls: 'always' })],
    [['mode(x) FROM (VALUES (1), (2), (2)) t(x)', '2']],
  ),
  aggregate(
    'bool_and',
    'Whether all are true.',
    [on('Boolean', 'Boolean', 'bool_and($1) $W', { nulls: 'always' })],
    [['bool_and(x > 0) FROM (VALUES (1), (2)) t(x)', 'true']],
  ),
  aggregate(
    'bool_or',
    'Whether any is true.',
    [on('Boolean', 'Boolean', 'bool_or($1) $W', { nulls: 'always' })],
    [['bool_or(x > 1) FROM (VALUES (1), (2)) t(x)', 'true']],
  ),
];

const LISTS: readonly FunctionSpec[] = [
  aggregate(
    'string_agg listagg group_concat',
    'The texts one after the other, with a separator between them if one is given.',
    [
      on('String', 'String', "string_agg($D $1, '' $O) $W", { nulls: 'always' }),
      on('String, String', 'String', 'string_agg($D $1, $2 $O) $W', { nulls: 'always' }),
    ],
    [
      ["string_agg(x, ', ') FROM (VALUES ('a'), ('b')) t(x)", 'a, b'],
      ["listagg(x, '|') WITHIN GROUP (ORDER BY x DESC) FROM (VALUES ('a'), ('b')) t(x)", 'b|a'],
    ],
  ),
  aggregate(
    'array_agg list',
    'The values that are not NULL as an array.',
    [on('T', 'Array(T)', 'CAST(coalesce(db_nn(list($D $1 $O) $W), []) AS $T)', { nulls: 'never' })],
    [
      ['array_agg(x) FROM (VALUES (1), (NULL), (2)) t(x)', '[1,2]'],
      ['array_agg(x ORDER BY x DESC) FROM (VALUES (1), (3), (2)) t(x)', '[3,2,1]'],
    ],
  ),
];

export const aggregates: readonly FunctionSpec[] = [...COUNTS, ...SUMS, ...PICKS, ...LISTS];
