import type { FunctionSpec } from './function.ts';
import { on, scalar } from './row.ts';

/** DuckDB counts days and months of an interval in 32 bits. */
function interval(unit: string, doc: string, width: 'INTEGER' | 'BIGINT', result: string): FunctionSpec {
  return scalar(
    `to_${unit}`,
    doc,
    [on('Int64', 'Interval', `to_${unit}(CAST($1 AS ${width}))`)],
    [[`to_${unit}(2)`, result]],
  );
}

export const intervals: readonly FunctionSpec[] = [
  interval('millennia', 'The interval of so many times 1000 years.', 'INTEGER', '2000 years'),
  interval('centuries', 'The interval of so many times 100 years.', 'INTEGER', '200 years'),
  interval('decades', 'The interval of so many times 10 years.', 'INTEGER', '20 years'),
  interval('years', 'The interval of so many years.', 'INTEGER', '2 years'),
  interval('months', 'The interval of so many months.', 'INTEGER', '2 months'),
  interval('weeks', 'The interval of so many weeks.', 'INTEGER', '14 days'),
  interval('days', 'The interval of so many days.', 'INTEGER', '2 days'),
  interval('hours', 'The interval of so many hours.', 'BIGINT', '2:00:00'),
  interval('minutes', 'The interval of so many minutes.', 'BIGINT', '0:02:00'),
  interval('seconds', 'The interval of so many seconds.', 'BIGINT', '0:00:02'),
  interval('milliseconds', 'The interval of so many milliseconds.', 'BIGINT', '0:00:00.002'),
  interval('microseconds', 'The interval of so many microseconds.', 'BIGINT', '0:00:00.000002'),
];
