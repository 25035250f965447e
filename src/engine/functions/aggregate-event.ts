import type { SqlType } from '../types/type.ts';
import type { FunctionSpec, LoweredCall } from './function.ts';
import { aggregate, on } from './row.ts';

/** Aggregates over what happened, and when. */

function lowerRetention({ args }: LoweredCall): string {
  const rest = args.slice(1).map((_, index) => `CAST(coalesce(bool_or($${index + 2}) $W, false) AS UTINYINT)`);
  const none = args.map(() => 'CAST(0 AS UTINYINT)');
  return `CASE WHEN bool_or($1) $W THEN [${['CAST(1 AS UTINYINT)', ...rest].join(', ')}] ELSE [${none.join(', ')}] END`;
}

function instant(type: SqlType | undefined): string {
  if (type?.kind === 'Timestamp') return 'epoch_us($1)';
  return type?.kind === 'Date' ? "CAST(($1 - DATE '1970-01-01') AS BIGINT)" : '$1';
}

/**
 * Each condition that a row meets is an event: `t` its time, `i` the number of the condition. Going over them in order
 * of time, `s` holds for each condition when the chain that has reached it began.
 */
function lowerFunnel({ argTypes: [time, ...conditions], params: [window = 0] }: LoweredCall): string {
  const none = `CAST([${conditions.map(() => 'NULL').join(', ')}] AS BIGINT[])`;
  const event = (index: number | string, at: string) =>
    `struct_pack(t := ${at}, i := CAST(${index} AS INTEGER), s := ${none})`;
  const events = conditions.map((_, index) => `CASE WHEN $${index + 2} THEN ${event(index + 1, instant(time))} END`);
  const inOrder = `list_sort(db_nn(flatten(list([${events.join(', ')}]) $W)))`;
  const began = 'a_funnel.s[e_funnel.i - 1]';
  const reached = `CASE WHEN e_funnel.i = 1 THEN list_concat([e_funnel.t], a_funnel.s[2:]) WHEN ${began} IS NOT NULL AND e_funnel.t <= ${began} + ${Number(window)} THEN list_concat(a_funnel.s[:e_funnel.i - 1], [${began}], a_funnel.s[e_funnel.i + 1:]) ELSE a_funnel.s END`;
  const step = `struct_pack(t := e_funnel.t, i := e_funnel.i, s := ${reached})`;
  const last = `list_reduce(${inOrder}, lambda a_funnel, e_funnel: ${step}, ${event(0, 'CAST(0 AS BIGINT)')})`;
  return `CAST(coalesce(list_count((${last}).s), 0) AS $T)`;
}

const NEVER = { nulls: 'never' } as const;

export const eventAggregates: readonly FunctionSpec[] = [
  aggregate(
    'retention',
    'Whether the first condition was ever met and, where it was, each of the others.',
    [on('Boolean...', 'Array(UInt8)', lowerRetention, NEVER)],
    [['retention(x = 1, x = 2, x = 9) FROM (VALUES (1), (2)) t(x)', '[1,1,0]']],
  ),
  aggregate(
    'window_funnel',
    'How many of the conditions were met one behind the other within a time of the first: window_funnel(w)(time, c1, c2).',
    [
      on('Timestamp, Boolean...', 'UInt8', lowerFunnel, NEVER),
      on('Date, Boolean...', 'UInt8', lowerFunnel, NEVER),
      on('Int64, Boolean...', 'UInt8', lowerFunnel, NEVER),
    ],
    [
      [
        "window_funnel(10)(t, e = 'see', e = 'add', e = 'buy') FROM (VALUES (1, 'see'), (5, 'add'), (20, 'buy')) v(t, e)",
        '2',
      ],
      ["window_funnel(10)(t, e = 'see', e = 'add') FROM (VALUES (1, 'see'), (20, 'see'), (25, 'add')) v(t, e)", '2'],
      ["window_funnel(10)(t, e = 'x') FROM (VALUES (1, 'see')) v(t, e)", '0'],
    ],
  ),
];
