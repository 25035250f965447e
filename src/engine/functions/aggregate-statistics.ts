import { SqlError } from '../base/errors.ts';
import { arrayOf, plain, type SqlType } from '../types/type.ts';
import { sumType } from './aggregate.ts';
import type { Constant, FunctionSpec, LoweredCall, ReturnType } from './function.ts';
import { aggregate, on } from './row.ts';

/** Deviations, correlations, quantiles and moving sums. */

const NULL = plain('Null');

function statistic(names: string, doc: string, lower: string, result: string): FunctionSpec {
  const [name] = names.split(' ');
  return aggregate(
    names,
    doc,
    [on('Float64', 'Float64', lower, { nulls: 'always' })],
    [[`${name}(x) FROM (VALUES (1), (2), (4), (9)) t(x)`, result]],
  );
}

function pairs(names: string, doc: string, lower: string, result: string): FunctionSpec {
  const [name] = names.split(' ');
  return aggregate(
    names,
    doc,
    [on('Float64, Float64', 'Float64', lower, { nulls: 'always' })],
    [[`${name}(x, y) FROM (VALUES (1, 2), (2, 4), (3, 6)) t(x, y)`, result]],
  );
}

const MOMENTS: readonly FunctionSpec[] = [
  statistic('stddev_samp stddev', 'The standard deviation of a sample.', 'stddev_samp($D $1) $W', '3.5590260840104366'),
  statistic(
    'stddev_pop std',
    'The standard deviation of all; NaN of nothing.',
    "CASE WHEN count($1) $W = 0 THEN CAST('nan' AS DOUBLE) ELSE stddev_pop($D $1) $W END",
    '3.082207001484488',
  ),
  statistic(
    'kurtosis',
    'The excess kurtosis of a sample; 0 of up to three values.',
    'CASE WHEN count($1) $W = 0 THEN NULL WHEN count($1) $W <= 3 OR stddev_pop($1) $W = 0 THEN CAST(0 AS DOUBLE) ELSE kurtosis($1) $W END',
    '1.5',
  ),
  statistic(
    'skewness',
    'The skewness of a sample; 0 of up to two values.',
    'CASE WHEN count($1) $W = 0 THEN NULL WHEN count($1) $W <= 2 OR stddev_pop($1) $W = 0 THEN CAST(0 AS DOUBLE) ELSE skewness($1) $W END',
    '1.3309377322476705',
  ),
  pairs('covar_pop var_pop variance_pop', 'The covariance of all pairs.', 'covar_pop($1, $2) $W', '1.3333333333333333'),
  pairs(
    'covar_samp var_samp variance_samp',
    'The covariance of a sample of pairs; Infinity of one pair.',
    "CASE WHEN regr_count($1, $2) $W = 1 THEN CAST('inf' AS DOUBLE) ELSE covar_samp($1, $2) $W END",
    '2.0',
  ),
];

/** The levels, 0.5 unless given. */
function levels(params: readonly Constant[]): readonly number[] {
  if (params.length === 0) return [0.5];
  return params.map((param) => {
    const level = Number(param);
    if (level >= 0 && level <= 1) return level;
    throw new SqlError('BadDataValueType', `level range between [0, 1], got: ${String(param)}`);
  });
}

/** One value for one level, an array for several. */
const quantileType =
  (of: (type: SqlType) => SqlType): ReturnType =>
  ([type = NULL], params) =>
    params.length > 1 ? arrayOf(of(type)) : of(type);

const float = () => plain('Float64');
const same = (type: SqlType) => type;

const forLevels =
  (one: (level: number) => string) =>
  ({ params }: LoweredCall): string => {
    const texts = levels(params).map(one);
    return `CAST(${texts.length > 1 ? `[${texts.join(', ')}]` : texts[0]} AS $T)`;
  };

const lower = {
  cont: forLevels((level) => `quantile_cont($1, ${level}) $W`),
  disc: forLevels((level) => `db_qdisc(db_nn(list($1) $W), ${level})`),
  tdigest: forLevels((level) => `approx_quantile($1, ${level}) $W`),
  weighted: forLevels(
    (level) => `list_aggregate(flatten(list(list_resize([$1], $2, $1)) $W), 'quantile_cont', ${level})`,
  ),
};

const ALWAYS = { nulls: 'always' } as const;

const QUANTILES: readonly FunctionSpec[] = [
  aggregate(
    'quantile_cont',
    'The quantiles at levels given first, interpolated: quantile_cont(0.5, 0.9)(x).',
    [on('Decimal', quantileType(same), lower.disc, ALWAYS), on('Float64', quantileType(float), lower.cont, ALWAYS)],
    [
      ['quantile_cont(0.5)(x) FROM (VALUES (1), (2), (4), (9)) t(x)', '3.0'],
      ['quantile_cont(0, 1)(x) FROM (VALUES (1), (2), (4), (9)) t(x)', '[1.0,9.0]'],
    ],
  ),
  aggregate(
    'quantile_disc quantile',
    'The quantiles at levels given first, as values that are there.',
    [on('T', quantileType(same), lower.disc, ALWAYS)],
    [['quantile_disc(0.5)(x) FROM (VALUES (1), (2), (4), (9)) t(x)', '2']],
  ),
  aggregate(
    'quantile_tdigest',
    'About the quantiles at levels given first.',
    [on('Float64', quantileType(float), lower.tdigest, ALWAYS)],
    [['quantile_tdigest(0.5)(x) FROM (VALUES (1), (2), (3)) t(x)', '2.0']],
  ),
  aggregate(
    'quantile_tdigest_weighted',
    'About the quantiles of values that count several times.',
    [on('Float64, Int64', quantileType(float), lower.weighted, ALWAYS)],
    [['quantile_tdigest_weighted(0.5)(x, w) FROM (VALUES (1, 1), (2, 3)) t(x, w)', '2.0']],
  ),
  aggregate(
    'median',
    'The value in the middle; of decimals the lower of the two in the middle.',
    [
      on('Decimal', ([type = NULL]) => type, lower.disc, ALWAYS),
      on('Float64', 'Float64', 'quantile_cont($1, 0.5) $W', ALWAYS),
    ],
    [
      ['median(x) FROM (VALUES (1), (2), (4), (9)) t(x)', '3.0'],
      ['median(x) FROM (VALUES (1.5), (2.5)) t(x)', '1.5'],
    ],
  ),
  aggregate(
    'median_tdigest',
    'About the value in the middle.',
    [on('Float64', 'Float64', 'quantile_cont($1, 0.5) $W', ALWAYS)],
    [['median_tdigest(x) FROM (VALUES (1), (2), (4), (9)) t(x)', '3.0']],
  ),
];

const movingType: ReturnType = (args, ...rest) => arrayOf(sumType(args, ...rest));

/** Sums over the last `n` values of the group, all of them unless given; NULLs count nothing. */
function lowerMoving(divide: boolean) {
  return ({ params: [size] }: LoweredCall): string => {
    const values = 'list($1) $W';
    const count = size === undefined ? `len(${values})` : String(Number(size));
    const slice = `coalesce(list_sum(${values}[greatest(i_moving - ${count} + 1, 1):i_moving]), 0)`;
    return `CAST(list_transform(range(1, len(${values}) + 1), lambda i_moving: ${slice}${divide ? ` / CAST(${count} AS DOUBLE)` : ''}) AS $T)`;
  };
}

const MOVING: readonly FunctionSpec[] = [
  aggregate(
    'group_array_moving_avg',
    'The means of the last values, as many as given first, for each value.',
    [on('Float64', 'Array(Float64)', lowerMoving(true), { nulls: 'never' })],
    [['group_array_moving_avg(2)(x) FROM (VALUES (1), (3), (5)) t(x)', '[0.5,2.0,4.0]']],
  ),
  aggregate(
    'group_array_moving_sum',
    'The sums of the last values, as many as given first, for each value.',
    [on('Number', movingType, lowerMoving(false), { nulls: 'never' })],
    [['group_array_moving_sum(2)(x) FROM (VALUES (1), (3), (5)) t(x)', '[1,4,8]']],
  ),
];

const SHOWN: { readonly [K in SqlType['kind']]?: string } = {
  String: `'"' || replace(replace(x_bound, '\\', '\\\\'), '"', '\\"') || '"'`,
  Date: "'''' || db_date_text(x_bound) || ''''",
  Timestamp: "'''' || db_ts_text(x_bound) || ''''",
  Float64: 'db_f64_text(x_bound)',
};

/** DuckDB counts the values in order; a kernel makes buckets of them. */
function lowerHistogram({ argTypes: [type = NULL], args: [, buckets = '128'] }: LoweredCall): string {
  const counts = 'histogram($1) $W';
  const shown = SHOWN[type.kind] ?? 'CAST(x_bound AS VARCHAR)';
  const values = `array_to_string(list_transform(map_keys(${counts}), lambda x_bound: ${shown}), chr(30))`;
  return `text_histogram(${values}, array_to_string(map_values(${counts}), ','), CAST(${buckets} AS INTEGER))`;
}

const HISTOGRAM: readonly FunctionSpec[] = [
  aggregate(
    'histogram',
    'Buckets of about the same number of rows, 128 unless given, as JSON.',
    [on('T', 'String', lowerHistogram, ALWAYS), on('T, Int64', 'String', lowerHistogram, ALWAYS)],
    [
      [
        'histogram(x) FROM (VALUES (1), (1), (2)) t(x)',
        '[{"lower":"1","upper":"1","ndv":1,"count":2,"pre_sum":0},{"lower":"2","upper":"2","ndv":1,"count":1,"pre_sum":2}]',
      ],
      [
        "histogram(x, 1) FROM (VALUES ('a'), ('b')) t(x)",
        '[{"lower":"\\"a\\"","upper":"\\"b\\"","ndv":2,"count":2,"pre_sum":0}]',
      ],
      ['histogram(NULL::INT)', 'NULL'],
    ],
  ),
];

export const statistics: readonly FunctionSpec[] = [...MOMENTS, ...QUANTILES, ...MOVING, ...HISTOGRAM];
