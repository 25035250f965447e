import { SqlError } from '../base/errors.ts';
import { plain } from '../types/type.ts';
import type { FunctionSpec, ReturnType } from './function.ts';
import { on, windowed } from './row.ts';

/** Functions that need OVER. ` $N` is the place of IGNORE NULLS, which DuckDB takes inside the parentheses. */

const NEVER = { nulls: 'never' } as const;
const ALWAYS = { nulls: 'always' } as const;

const OVER = 'OVER (ORDER BY x) FROM (VALUES (10), (20), (20)) t(x) ORDER BY 1 DESC LIMIT 1';

const nthType: ReturnType = ([type = plain('Null')], _params, [, n]) => {
  if (n === undefined || n === null || BigInt(n) > 0n) return type;
  throw new SqlError('InvalidArgument', 'nth_value should count from 1');
};

export const windows: readonly FunctionSpec[] = [
  windowed(
    'row_number',
    'The number of the row, from 1.',
    [on('', 'UInt64', 'CAST(row_number() $W AS UBIGINT)', NEVER)],
    [[`row_number() ${OVER}`, '3']],
  ),
  windowed(
    'rank',
    'The rank, with gaps behind equal rows.',
    [on('', 'UInt64', 'CAST(rank() $W AS UBIGINT)', NEVER)],
    [[`rank() ${OVER}`, '2']],
  ),
  windowed(
    'dense_rank',
    'The rank, without gaps.',
    [on('', 'UInt64', 'CAST(dense_rank() $W AS UBIGINT)', NEVER)],
    [[`dense_rank() ${OVER}`, '2']],
  ),
  windowed(
    'percent_rank',
    'The rank as a part of 1, from 0.',
    [on('', 'Float64', 'percent_rank() $W', NEVER)],
    [[`percent_rank() ${OVER}`, '0.5']],
  ),
  windowed(
    'cume_dist',
    'The part of the rows up to this one.',
    [on('', 'Float64', 'cume_dist() $W', NEVER)],
    [[`cume_dist() ${OVER}`, '1.0']],
  ),
  windowed(
    'ntile',
    'The number of the part when rows are dealt to so many.',
    [on('Int64', 'UInt64', 'CAST(ntile($1) $W AS UBIGINT)', NEVER)],
    [[`ntile(3) ${OVER}`, '3']],
  ),
  windowed(
    'lag',
    'The value so many rows before, 1 unless given, and what to take when there is none.',
    [
      on('T', 'T', 'lag($1 $N) $W', ALWAYS),
      on('T, Int64', 'T', 'lag($1, $2 $N) $W', ALWAYS),
      on('T, Int64, T', 'T', 'lag($1, $2, $3 $N) $W', ALWAYS),
    ],
    [
      ['lag(x) OVER (ORDER BY x) FROM (VALUES (1), (2)) t(x) ORDER BY 1 LIMIT 1', '1'],
      ['lag(x, 1, 0) OVER (ORDER BY x) FROM (VALUES (1), (2)) t(x) ORDER BY 1 LIMIT 1', '0'],
    ],
  ),
  windowed(
    'lead',
    'The value so many rows behind, 1 unless given, and what to take when there is none.',
    [
      on('T', 'T', 'lead($1 $N) $W', ALWAYS),
      on('T, Int64', 'T', 'lead($1, $2 $N) $W', ALWAYS),
      on('T, Int64, T', 'T', 'lead($1, $2, $3 $N) $W', ALWAYS),
    ],
    [['lead(x) OVER (ORDER BY x) FROM (VALUES (1), (2)) t(x) ORDER BY 1 LIMIT 1', '2']],
  ),
  windowed(
    'first_value first',
    'The value of the first row of the frame.',
    [on('T', 'T', 'first_value($1 $N) $W', ALWAYS)],
    [[`first_value(x) ${OVER}`, '10']],
  ),
  windowed(
    'last_value last',
    'The value of the last row of the frame.',
    [on('T', 'T', 'last_value($1 $N) $W', ALWAYS)],
    [[`last_value(x) ${OVER}`, '20']],
  ),
  windowed(
    'nth_value',
    'The value of the n-th row of the frame.',
    [on('T, Int64', nthType, 'nth_value($1, $2 $N) $W', ALWAYS)],
    [[`nth_value(x, 2) ${OVER}`, '20']],
  ),
  {
    ...windowed(
      'running_difference',
      'The difference from the row before, in the order in which the rows come; 0 for the first.',
      [
        on('Integer', 'Int64', '(CAST($1 AS BIGINT) - lag(CAST($1 AS BIGINT), 1, CAST($1 AS BIGINT)) $W)'),
        on('Date', 'Int32', 'CAST(($1 - lag($1, 1, $1) $W) AS INTEGER)'),
        on('Timestamp', 'Int64', '(epoch_us($1) - lag(epoch_us($1), 1, epoch_us($1)) $W)'),
        on('Float64', 'Float64', '($1 - lag($1, 1, $1) $W)'),
      ],
      [
        ['max(x) FROM (SELECT running_difference(x) AS x FROM (VALUES (10), (12), (15)) t(x))', '3'],
        ["running_difference('2024-03-01'::DATE)", '0'],
      ],
    ),
    overAll: true,
  },
];
