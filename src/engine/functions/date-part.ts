import { SqlError } from '../base/errors.ts';
import { own } from '../base/own.ts';
import { duckType } from '../types/duck.ts';
import { type PlainKind, plain } from '../types/type.ts';
import type { Constant, FunctionSpec, LoweredCall, ReturnType } from './function.ts';
import { on, scalar } from './row.ts';
import { onWallClock, wallClock } from './zone.ts';

/** Numbers out of dates, timestamps and intervals. */

interface Part {
  readonly type: PlainKind;
  readonly sql: (time: string) => string;
}

const call = (name: string) => (time: string) => `${name}(${time})`;

/** Units of EXTRACT and DATE_PART. */
const PARTS: { readonly [unit: string]: Part | undefined } = {
  millennium: { type: 'UInt16', sql: call('millennium') },
  year: { type: 'UInt16', sql: call('year') },
  isoyear: { type: 'UInt16', sql: call('isoyear') },
  yearweek: { type: 'UInt32', sql: call('yearweek') },
  quarter: { type: 'UInt8', sql: call('quarter') },
  month: { type: 'UInt8', sql: call('month') },
  week: { type: 'UInt32', sql: call('weekofyear') },
  isoweek: { type: 'UInt32', sql: call('weekofyear') },
  day: { type: 'UInt8', sql: call('day') },
  dow: { type: 'UInt8', sql: call('dayofweek') },
  isodow: { type: 'UInt8', sql: call('isodow') },
  doy: { type: 'UInt16', sql: call('dayofyear') },
  hour: { type: 'UInt8', sql: call('hour') },
  minute: { type: 'UInt8', sql: call('minute') },
  second: { type: 'UInt8', sql: call('second') },
  epoch: { type: 'Float64', sql: call('epoch') },
};

const secondOf = (interval: string) => `(CAST(datepart('microsecond', ${interval}) AS DOUBLE) / 1000000)`;

const INTERVAL_PARTS: { readonly [unit: string]: Part | undefined } = {
  year: { type: 'Int64', sql: call('year') },
  month: { type: 'Int64', sql: call('month') },
  day: { type: 'Int64', sql: call('day') },
  hour: { type: 'Int64', sql: call('hour') },
  minute: { type: 'Int64', sql: call('minute') },
  second: { type: 'Float64', sql: secondOf },
  microsecond: { type: 'Int64', sql: call('microsecond') },
  epoch: { type: 'Float64', sql: call('epoch') },
};

function partOf(parts: typeof PARTS, unit: Constant | undefined): Part {
  const part = own(parts, String(unit).toLowerCase());
  if (part) return part;
  throw new SqlError(
    'SemanticError',
    `${String(unit)} is not a unit of EXTRACT, which are ${Object.keys(parts).join(', ')}`,
  );
}

const typeOfPart =
  (parts: typeof PARTS): ReturnType =>
  (_args, _params, [unit]) =>
    plain(partOf(parts, unit).type);

function instantOf({ args: [, time = ''], argTypes }: LoweredCall): string {
  return argTypes[1]?.kind === 'TimestampTz' ? `(${time}).ts` : time;
}

const lowerPart =
  (parts: typeof PARTS) =>
  (lowered: LoweredCall): string => {
    const { sql } = partOf(parts, lowered.constants[0]);
    const isEpoch = String(lowered.constants[0]).toLowerCase() === 'epoch';
    const time = isEpoch ? instantOf(lowered) : wallClock(lowered, 1);
    return `CAST(${sql(time)} AS ${duckType(lowered.returns)})`;
  };

const EXTRACT: readonly FunctionSpec[] = [
  scalar(
    'extract date_part datepart',
    'A part of a date, timestamp or interval: EXTRACT(YEAR FROM d), DATE_PART(YEAR, d).',
    [
      on('String, Time', typeOfPart(PARTS), lowerPart(PARTS)),
      on('String, TimestampTz', typeOfPart(PARTS), lowerPart(PARTS)),
      on('String, Interval', typeOfPart(INTERVAL_PARTS), lowerPart(INTERVAL_PARTS)),
    ],
    [
      ["EXTRACT(DAY FROM to_date('2022-05-13'))", '13'],
      ["DATE_PART('week', '2024-05-13'::DATE)", '20'],
      ["EXTRACT(DOW FROM '2024-05-12'::DATE)", '0'],
      ["EXTRACT(EPOCH FROM '2024-01-01'::TIMESTAMP)", '1704067200.0'],
      ["EXTRACT(SECOND FROM '1:02:03.5'::INTERVAL)", '3.5'],
    ],
  ),
];

/** A function of one part, for dates, timestamps and timestamps with time zones. */
function part(names: string, doc: string, { type, sql }: Part, example: readonly [string, string]): FunctionSpec {
  const lower = onWallClock((time = '') => `CAST(${sql(time)} AS ${duckType(plain(type))})`);
  return scalar(names, doc, [on('Time', type, lower), on('TimestampTz', type, lower)], [example]);
}

const ofInterval = (name: string, type: PlainKind = 'Int64') =>
  on('Interval', type, `CAST(${name}($1) AS ${duckType(plain(type))})`);

const withInterval = (spec: FunctionSpec, overload = ofInterval(spec.name)): FunctionSpec => ({
  ...spec,
  overloads: [...spec.overloads, overload],
});

const PART_FUNCTIONS: readonly FunctionSpec[] = [
  withInterval(
    part('to_year year', 'The year.', { type: 'UInt16', sql: call('year') }, ["to_year('2023-11-12'::DATE)", '2023']),
    ofInterval('year'),
  ),
  part('to_quarter quarter', 'The quarter, from 1 to 4.', { type: 'UInt8', sql: call('quarter') }, [
    "to_quarter('2023-11-12'::DATE)",
    '4',
  ]),
  withInterval(
    part('to_month month', 'The month, from 1 to 12.', { type: 'UInt8', sql: call('month') }, [
      "to_month('2023-11-12'::DATE)",
      '11',
    ]),
    ofInterval('month'),
  ),
  withInterval(
    part('to_day_of_month day dayofmonth', 'The day of the month.', { type: 'UInt8', sql: call('day') }, [
      "to_day_of_month('2023-11-12'::DATE)",
      '12',
    ]),
    ofInterval('day'),
  ),
  part('to_day_of_week', 'The day of the week: Monday is 1, Sunday 7.', { type: 'UInt8', sql: call('isodow') }, [
    "to_day_of_week('2023-11-12'::DATE)",
    '7',
  ]),
  part('dayofweek', 'The day of the week: Sunday is 0, Saturday 6.', { type: 'UInt8', sql: call('dayofweek') }, [
    "dayofweek('2023-11-12'::DATE)",
    '0',
  ]),
  part('to_day_of_year dayofyear', 'The day of the year, from 1.', { type: 'UInt16', sql: call('dayofyear') }, [
    "to_day_of_year('2023-11-12'::DATE)",
    '316',
  ]),
  part('to_week_of_year week weekofyear', 'The ISO week of the year.', { type: 'UInt32', sql: call('weekofyear') }, [
    "to_week_of_year('2023-11-12'::DATE)",
    '45',
  ]),
  part('yearweek', 'ISO year and week as one number.', { type: 'UInt32', sql: call('yearweek') }, [
    "yearweek('2024-01-01'::DATE)",
    '202401',
  ]),
  part('millennium', 'The millennium; the year 2001 begins the third.', { type: 'UInt16', sql: call('millennium') }, [
    "millennium('2001-01-01'::DATE)",
    '3',
  ]),
  withInterval(
    part('to_hour hour', 'The hour, from 0 to 23.', { type: 'UInt8', sql: call('hour') }, [
      "to_hour('2023-11-12 09:38:18'::TIMESTAMP)",
      '9',
    ]),
    ofInterval('hour'),
  ),
  withInterval(
    part('to_minute minute', 'The minute, from 0 to 59.', { type: 'UInt8', sql: call('minute') }, [
      "to_minute('2023-11-12 09:38:18'::TIMESTAMP)",
      '38',
    ]),
    ofInterval('minute'),
  ),
  withInterval(
    part('to_second second', 'The second, from 0 to 59.', { type: 'UInt8', sql: call('second') }, [
      "to_second('2023-11-12 09:38:18.165575'::TIMESTAMP)",
      '18',
    ]),
    on('Interval', 'Float64', secondOf('$1')),
  ),
  scalar(
    'to_unix_timestamp',
    'The seconds since 1970.',
    [on('Timestamp', 'Int64', 'CAST(floor(epoch_us($1) / 1000000) AS BIGINT)')],
    [["to_unix_timestamp('2023-11-12 09:38:18'::TIMESTAMP)", '1699781898']],
  ),
  scalar(
    'epoch',
    'The seconds since 1970, or of an interval; of a number, the interval of so many seconds.',
    [
      on('Timestamp', 'Float64', 'epoch($1)'),
      on('Interval', 'Float64', 'epoch($1)'),
      on('Int64', 'Interval', 'to_seconds($1)'),
    ],
    [
      ["epoch('2024-01-01'::TIMESTAMP)", '1704067200.0'],
      ['epoch(3661)', '1:01:01'],
    ],
  ),
];

/** A date as the number of its digits. */
function digits(name: string, units: readonly string[], type: PlainKind, result: string): FunctionSpec {
  // Far faster than printing the date and reading the text.
  const lower = onWallClock((time = '') => {
    const instant = units.includes('hour') ? `CAST(${time} AS TIMESTAMP)` : time;
    const number = units.reduce((sum, unit) => `(${sum} * 100 + ${unit}(${instant}))`, `year(${instant})`);
    return `CAST(${number} AS ${duckType(plain(type))})`;
  });
  return scalar(
    name,
    `The number ${name.slice(3).toUpperCase()}.`,
    [on('Time', type, lower)],
    [[`${name}('2023-11-12 09:38:18'::TIMESTAMP)`, result]],
  );
}

const DIGITS: readonly FunctionSpec[] = [
  digits('to_yyyymm', ['month'], 'UInt32', '202311'),
  digits('to_yyyymmdd', ['month', 'day'], 'UInt32', '20231112'),
  digits('to_yyyymmddhh', ['month', 'day', 'hour'], 'UInt64', '2023111209'),
  digits('to_yyyymmddhhmmss', ['month', 'day', 'hour', 'minute', 'second'], 'UInt64', '20231112093818'),
];

export const dateParts: readonly FunctionSpec[] = [...EXTRACT, ...PART_FUNCTIONS, ...DIGITS];
