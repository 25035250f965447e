import { SqlError } from '../base/errors.ts';
import { own } from '../base/own.ts';
import { duckType } from '../types/duck.ts';
import { plain, type SqlType } from '../types/type.ts';
import { averageType, sumType } from './aggregate.ts';
import type { Constant, FunctionSpec, LoweredCall } from './function.ts';
import { on, scalar } from './row.ts';

/** Aggregates over the elements of one array. */

interface ListAggregate {
  readonly doc: string;
  readonly type: (element: SqlType) => SqlType;
  /** Of the list in DuckDB; the caller casts the result. */
  readonly sql: (list: string, element: SqlType) => string;
  readonly result: string;
}

const NULL = plain('Null');
const float = () => plain('Float64');
const count = () => plain('UInt64');
const same = (element: SqlType) => element;
const doubles = (list: string) => `CAST(${list} AS DOUBLE[])`;
const scaleOf = (element: SqlType) => (element.kind === 'Decimal' ? element.scale : 0);

function average(list: string, element: SqlType): string {
  if (element.kind !== 'Decimal') return `list_avg(${list})`;
  return `db_decavg(list_sum(${list}), list_count(${list}), ${scaleOf(element)}, ${Math.max(scaleOf(element), 4)})`;
}

/** Moments of few or equal values are 0. */
const moment = (name: string, few: number) => (list: string) =>
  `CASE WHEN list_count(${list}) = 0 THEN NULL WHEN list_count(${list}) <= ${few} OR list_stddev_pop(${list}) = 0 THEN 0 ELSE list_aggregate(${doubles(list)}, '${name}') END`;

const LIST_AGGREGATES: { readonly [name: string]: ListAggregate | undefined } = {
  sum: {
    doc: 'The sum of the elements.',
    type: (element) => sumType([element], [], []),
    sql: (list) => `list_sum(${list})`,
    result: '15',
  },
  avg: {
    doc: 'The mean of the elements.',
    type: (element) => averageType([element], [], []),
    sql: average,
    result: '3.75',
  },
  count: {
    doc: 'The number of elements that are not NULL.',
    type: count,
    sql: (list) => `list_count(${list})`,
    result: '4',
  },
  max: { doc: 'The greatest element.', type: same, sql: (list) => `list_max(${list})`, result: '9' },
  min: { doc: 'The least element.', type: same, sql: (list) => `list_min(${list})`, result: '1' },
  median: {
    doc: 'The element in the middle.',
    type: float,
    sql: (list) => `list_median(${doubles(list)})`,
    result: '2.5',
  },
  stddev_samp: {
    doc: 'The standard deviation of the elements as a sample.',
    type: float,
    sql: (list) => `list_stddev_samp(${doubles(list)})`,
    result: '3.593976442141304',
  },
  stddev_pop: {
    doc: 'The standard deviation of the elements.',
    type: float,
    sql: (list) => `list_stddev_pop(${doubles(list)})`,
    result: '3.112474899497183',
  },
  kurtosis: {
    doc: 'The excess kurtosis of the elements.',
    type: float,
    sql: moment('kurtosis', 3),
    result: '3.0143600416233083',
  },
  skewness: {
    doc: 'The skewness of the elements.',
    type: float,
    sql: moment('skewness', 2),
    result: '1.6963867993291315',
  },
  approx_count_distinct: {
    doc: 'The number of different elements that are not NULL.',
    type: count,
    sql: (list) => `len(list_distinct(${list}))`,
    result: '4',
  },
};

const ALIASES: { readonly [name: string]: string | undefined } = { stddev: 'stddev_samp', std: 'stddev_pop' };

const elementOf = (type: SqlType | undefined) => (type?.kind === 'Array' ? type.element : NULL);

function named(name: Constant | undefined): ListAggregate {
  const key = String(name).toLowerCase();
  const found = own(LIST_AGGREGATES, own(ALIASES, key) ?? key);
  if (found) return found;
  throw new SqlError('SemanticError', `array_aggregate knows no function ${String(name)}`);
}

function lowered({ sql }: ListAggregate, { args, argTypes, returns }: LoweredCall): string {
  return `CAST(${sql(args[0] ?? 'NULL', elementOf(argTypes[0]))} AS ${duckType(returns)})`;
}

function listFunction(name: string): FunctionSpec {
  const found = named(name);
  const alias = Object.entries(ALIASES).flatMap(([from, to]) => (to === name ? ` array_${from}` : []));
  return scalar(
    `array_${name}${alias.join('')}`,
    found.doc,
    [
      on(
        'Array(T)',
        ([type]) => found.type(elementOf(type)),
        (call) => lowered(found, call),
        { nulls: 'always' },
      ),
    ],
    [[`array_${name}([1, 2, 3, 9])`, found.result]],
  );
}

export const arrayAggregates: readonly FunctionSpec[] = [
  ...Object.keys(LIST_AGGREGATES).map(listFunction),
  scalar(
    'array_aggregate',
    'An aggregate, named by a text, over the elements.',
    [
      on(
        'Array(T), String',
        ([type], _params, [, name]) => named(name).type(elementOf(type)),
        (call) => lowered(named(call.constants[1]), call),
        { nulls: 'always' },
      ),
    ],
    [["array_aggregate([1, 2, 3, 4], 'sum')", '10']],
  ),
];
