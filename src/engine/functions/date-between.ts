import { SqlError } from '../base/errors.ts';
import { own } from '../base/own.ts';
import { plain } from '../types/type.ts';
import type { Constant, FunctionSpec, LoweredCall, Lowering, Overload } from './function.ts';
import { on, scalar } from './row.ts';
import { onWallClock, wallClock } from './zone.ts';

/** What lies between two dates or timestamps. */

/** Units of DATE_DIFF and DATE_BETWEEN that stand for others. */
const SAME_UNITS: { readonly [unit: string]: string | undefined } = {
  dow: 'day',
  doy: 'day',
  isodow: 'day',
  epoch: 'second',
  isoweek: 'week',
};

const DIFF_UNITS = 'millennium year isoyear yearweek quarter month week day hour minute second millisecond microsecond';

function diffUnit(unit: Constant | undefined): string {
  const name = String(unit).toLowerCase();
  const known = own(SAME_UNITS, name) ?? name;
  if (DIFF_UNITS.split(' ').includes(known)) return known;
  throw new SqlError('SemanticError', `${String(unit)} is not a unit of dates`);
}

type Count = (unit: string, from: string, to: string) => string;

/** How many boundaries of the unit lie between. */
const boundaries: Count = (unit, from, to) => {
  switch (unit) {
    case 'week':
      return `CAST(db_diff_weeks(${from}, ${to}) AS BIGINT)`;
    case 'yearweek':
    case 'isoyear':
      return `CAST((${unit}(${to}) - ${unit}(${from})) AS BIGINT)`;
    default:
      return `datediff('${unit}', ${from}, ${to})`;
  }
};

const completeUnits: Count = (unit, from, to) => `datesub('${unit === 'yearweek' ? 'week' : unit}', ${from}, ${to})`;

/** The unit, then the earlier time. */
function between(count: Count): readonly Overload[] {
  const lower: Lowering = (call) => count(diffUnit(call.constants[0]), wallClock(call, 1), wallClock(call, 2));
  return [on('String, Timestamp, Timestamp', 'Int64', lower), on('String, Date, Date', 'Int64', lower)];
}

const BETWEEN: readonly FunctionSpec[] = [
  scalar(
    'date_diff datediff',
    'How many boundaries of a unit lie between two dates or timestamps.',
    between(boundaries),
    [
      ["date_diff(YEAR, '2023-12-31'::DATE, '2024-01-01'::DATE)", '1'],
      ["date_diff('hour', '2024-01-01 10:59:00'::TIMESTAMP, '2024-01-01 12:01:00'::TIMESTAMP)", '2'],
      ["date_diff(WEEK, '2024-01-07'::DATE, '2024-01-08'::DATE)", '1'],
    ],
  ),
  scalar('date_between', 'How many complete units lie between two dates or timestamps.', between(completeUnits), [
    ["date_between(YEAR, '2023-12-31'::DATE, '2024-01-01'::DATE)", '0'],
    ["date_between(MONTH, '2024-01-15'::DATE, '2024-03-16'::DATE)", '2'],
  ]),
  scalar(
    'months_between',
    'Months between two dates; what is no whole month counts in days of a 31st.',
    [
      on(
        'Time, Time',
        'Float64',
        onWallClock((a, b) => `db_months_between(${a}, ${b})`),
      ),
    ],
    [["months_between('2024-03-31'::DATE, '2024-02-29'::DATE)", '1.0']],
  ),
  scalar(
    'age',
    'The interval from the second time to the first, or from the first to today.',
    [
      on('Timestamp, Timestamp', 'Interval', 'age($1, $2)'),
      on('Timestamp', 'Interval', (call) => `age(CAST(${wallClockNow(call)} AS TIMESTAMP), ${wallClock(call, 0)})`),
    ],
    [["age('2001-04-10'::TIMESTAMP, '1957-06-13'::TIMESTAMP)", '43 years 9 months 27 days']],
  ),
  scalar(
    'timestamp_diff',
    'The interval from the second time to the first, in hours.',
    [on('Timestamp, Timestamp', 'Interval', 'to_microseconds(epoch_us($1) - epoch_us($2))')],
    [["timestamp_diff('2025-01-01'::TIMESTAMP, '2024-01-02'::TIMESTAMP)", '8760:00:00']],
  ),
];

function wallClockNow(call: LoweredCall): string {
  const now: LoweredCall = { ...call, args: ['CAST(now() AS TIMESTAMP)'], argTypes: [plain('Timestamp')] };
  return `CAST(${wallClock(now, 0)} AS DATE)`;
}

/** What DATE_DIFF and DATE_BETWEEN are called by themselves: the later time comes first. */
function family(prefix: 'diff' | 'between', unit: string, result: string): FunctionSpec {
  const same = unit === 'day' ? ['dow', 'isodow', 'doy'] : unit === 'second' ? ['epoch'] : [];
  const count = prefix === 'diff' ? boundaries : completeUnits;
  const what = prefix === 'diff' ? `boundaries of a ${unit}` : `complete ${unit}s`;
  const lower = onWallClock((to = '', from = '') => count(unit, from, to));
  return scalar(
    [unit, ...same].map((name) => `${prefix}_${name}s`).join(' '),
    prefix === 'diff' && unit === 'yearweek'
      ? 'The number of the ISO year and week of the first date or timestamp, less that of the second.'
      : `How many ${what} lie from the second date or timestamp to the first.`,
    [on('Timestamp, Timestamp', 'Int64', lower), on('Date, Date', 'Int64', lower)],
    [[`${prefix}_${unit}s('2025-03-01'::DATE, '2023-12-31'::DATE)`, result]],
  );
}

const FAMILIES: readonly FunctionSpec[] = Object.entries({
  millennium: ['0', '0'],
  year: ['2', '1'],
  isoyear: ['2', '1'],
  yearweek: ['157', '60'],
  quarter: ['5', '4'],
  month: ['15', '14'],
  week: ['61', '60'],
  day: ['426', '426'],
  hour: ['10224', '10224'],
  minute: ['613440', '613440'],
  second: ['36806400', '36806400'],
  microsecond: ['36806400000000', '36806400000000'],
}).flatMap(([unit, [diff = '', complete = '']]) => [family('diff', unit, diff), family('between', unit, complete)]);

export const dateBetween: readonly FunctionSpec[] = [...BETWEEN, ...FAMILIES];
