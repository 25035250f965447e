import { SqlError } from '../base/errors.ts';
import { own } from '../base/own.ts';
import { plain, type SqlType } from '../types/type.ts';
import type { Constant, FunctionSpec, LoweredCall, Lowering, Overload, ReturnType } from './function.ts';
import { on, scalar } from './row.ts';
import { instantOf, onWallClock, wallClock } from './zone.ts';

/** Adding to dates and timestamps, and the days around them. */

/** How many units of what an interval function of DuckDB counts. */
const STEPS: { readonly [unit: string]: readonly [step: string, factor: number] | undefined } = {
  year: ['to_years', 1],
  quarter: ['to_months', 3],
  month: ['to_months', 1],
  week: ['to_days', 7],
  day: ['to_days', 1],
  hour: ['to_hours', 1],
  minute: ['to_minutes', 1],
  second: ['to_seconds', 1],
};

const CALENDAR_UNITS = ['year', 'quarter', 'month', 'week', 'day'];

interface Addition {
  /** 1 to add, -1 to subtract. */
  readonly sign: 1 | -1;
  readonly unit: string;
  /** Positions of the time and the number. */
  readonly time: number;
  readonly count: number;
}

function unitText(unit: Constant | undefined): string {
  const name = String(unit).toLowerCase().replace(/s$/, '');
  if (own(STEPS, name)) return name;
  throw new SqlError(
    'SemanticError',
    `${String(unit)} is not a unit of dates, which are ${Object.keys(STEPS).join(', ')}`,
  );
}

/** Dates stay dates as long as whole days are added. */
function sumType(unit: string, type: SqlType | undefined): SqlType {
  return type?.kind === 'Date' && CALENDAR_UNITS.includes(unit) ? type : plain('Timestamp');
}

function lowerAddition(call: LoweredCall, { sign, unit, time, count }: Addition): string {
  const [step, factor] = STEPS[unit] ?? ['to_days', 1];
  const number = `(${call.args[count]} * ${sign * factor})`;
  const amount =
    step === 'to_hours' || step === 'to_minutes' || step === 'to_seconds' ? number : `CAST(${number} AS INTEGER)`;
  if (call.returns.kind === 'Date' && step === 'to_days')
    return `db_clamp_date(CAST((${call.args[time]} + ${amount}) AS DATE))`;
  const clamp = unit === 'year' ? 'db_years' : 'db_clamp';
  if (call.returns.kind === 'Date') return `${clamp}_date(CAST((${call.args[time]} + ${step}(${amount})) AS DATE))`;
  if (!CALENDAR_UNITS.includes(unit)) return `db_clamp_ts((${instantOfAny(call, time)} + ${step}(${amount})))`;
  return `${clamp}_ts(${instantOf(`(${wallClock(call, time)} + ${step}(${amount}))`, call)})`;
}

/** A date begins at midnight of the session's time zone. */
function instantOfAny(call: LoweredCall, index: number): string {
  const text = call.args[index] ?? 'NULL';
  return call.argTypes[index]?.kind === 'Date' ? instantOf(`CAST(${text} AS TIMESTAMP)`, call) : text;
}

function dateAdd(sign: 1 | -1): Overload {
  return on(
    'String, Int64, Time',
    (args, _params, [unit]) => sumType(unitText(unit), args[2]),
    (call) => lowerAddition(call, { sign, unit: unitText(call.constants[0]), time: 2, count: 1 }),
  );
}

/** add_years(d, n), subtract_hours(d, n) … */
function adder(sign: 1 | -1, unit: string, example: readonly [string, string]): FunctionSpec {
  const [verb, word] = sign === 1 ? ['add', 'Adds'] : ['subtract', 'Subtracts'];
  const returns: ReturnType = ([type]) => sumType(unit, type);
  const lower: Lowering = (call) => lowerAddition(call, { sign, unit, time: 0, count: 1 });
  return scalar(`${verb}_${unit}s`, `${word} so many ${unit}s.`, [on('Time, Int64', returns, lower)], [example]);
}

/** Months stick to the end of the month, unlike those of DATE_ADD. */
function monthAdder(name: string, sign: string, example: readonly [string, string]): FunctionSpec {
  return scalar(
    name,
    `${sign === '' ? 'Adds' : 'Subtracts'} so many months; the last day of a month stays the last day.`,
    [
      on('Date, Int64', 'Date', `db_clamp_date(db_add_months($1, (${sign}$2)))`),
      on('Timestamp, Int64', 'Timestamp', (call) =>
        instantOf(`db_clamp_ts(db_add_months_ts(${wallClock(call, 0)}, (${sign}${call.args[1]})))`, call),
      ),
    ],
    [example],
  );
}

const D = "'2024-01-31'::DATE";
const T = "'2024-01-31 12:00:00'::TIMESTAMP";

const ADDING: readonly FunctionSpec[] = [
  scalar(
    'date_add dateadd',
    'Adds so many units to a date or timestamp.',
    [dateAdd(1)],
    [
      ["date_add(YEAR, 1, '2018-01-02'::DATE)", '2019-01-02'],
      ["DATEADD('day', -30, DATE '2025-01-04')", '2024-12-05'],
      [`date_add(MONTH, 1, ${D})`, '2024-02-29'],
      [`date_add(HOUR, 1, ${D})`, '2024-01-31 01:00:00.000000'],
    ],
  ),
  scalar(
    'date_sub datesub',
    'Subtracts so many units from a date or timestamp.',
    [dateAdd(-1)],
    [["date_sub(YEAR, 1, '2018-01-02'::DATE)", '2017-01-02']],
  ),
  adder(1, 'year', [`add_years(${D}, 1)`, '2025-01-31']),
  adder(1, 'quarter', [`add_quarters(${D}, 1)`, '2024-04-30']),
  monthAdder('add_months', '', ["add_months('2024-02-29'::DATE, 1)", '2024-03-31']),
  adder(1, 'week', [`add_weeks(${D}, 1)`, '2024-02-07']),
  adder(1, 'day', [`add_days(${D}, 1)`, '2024-02-01']),
  adder(1, 'hour', [`add_hours(${T}, 1)`, '2024-01-31 13:00:00.000000']),
  adder(1, 'minute', [`add_minutes(${T}, 1)`, '2024-01-31 12:01:00.000000']),
  adder(1, 'second', [`add_seconds(${T}, 1)`, '2024-01-31 12:00:01.000000']),
  adder(-1, 'year', [`subtract_years(${D}, 1)`, '2023-01-31']),
  adder(-1, 'quarter', [`subtract_quarters(${D}, 1)`, '2023-10-31']),
  monthAdder('subtract_months', '-', ["subtract_months('2024-02-29'::DATE, 1)", '2024-01-31']),
  adder(-1, 'week', [`subtract_weeks(${D}, 1)`, '2024-01-24']),
  adder(-1, 'day', [`subtract_days(${D}, 1)`, '2024-01-30']),
  adder(-1, 'hour', [`subtract_hours(${T}, 1)`, '2024-01-31 11:00:00.000000']),
  adder(-1, 'minute', [`subtract_minutes(${T}, 1)`, '2024-01-31 11:59:00.000000']),
  adder(-1, 'second', [`subtract_seconds(${T}, 1)`, '2024-01-31 11:59:59.000000']),
];

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const lowerWeekday =
  (macro: string): Lowering =>
  (call) => {
    const name = String(call.constants[1]).toLowerCase();
    const weekday = WEEKDAYS.findIndex((day) => day === name || (name.length >= 2 && day.startsWith(name))) + 1;
    if (weekday === 0) throw new SqlError('SemanticError', `${String(call.constants[1])} is not a day of the week`);
    return `${macro}(${wallClock(call, 0)}, ${weekday})`;
  };

const lowerLastDay: Lowering = (call) => {
  const unit = String(call.constants[1] ?? 'month').toLowerCase();
  if (!['year', 'quarter', 'month', 'week'].includes(unit))
    throw new SqlError('SemanticError', `${unit} is not a unit of LAST_DAY`);
  return `CAST(db_last_of('${unit}', ${wallClock(call, 0)}) AS DATE)`;
};

const DAYS: readonly FunctionSpec[] = [
  scalar(
    'last_day',
    'The last day of the month, or of the year, quarter or week.',
    [on('Time', 'Date', lowerLastDay), on('Time, String', 'Date', lowerLastDay)],
    [
      ["last_day(to_date('2024-10-24'), month)", '2024-10-31'],
      ["last_day('2024-02-05'::DATE)", '2024-02-29'],
      ["last_day('2024-10-24'::DATE, week)", '2024-10-27'],
    ],
  ),
  scalar(
    'next_day',
    'The next date, after the given one, that falls on a day of the week.',
    [on('Time, String', 'Date', lowerWeekday('db_next_dow'))],
    [["next_day(to_date('2024-11-13'), monday)", '2024-11-18']],
  ),
  scalar(
    'previous_day',
    'The last date, before the given one, that falls on a day of the week.',
    [on('Time, String', 'Date', lowerWeekday('db_prev_dow'))],
    [["previous_day(to_date('2024-11-13'), friday)", '2024-11-08']],
  ),
];

const families = (prefix: string, macro: string, results: readonly string[]): readonly FunctionSpec[] =>
  WEEKDAYS.map((day, index) =>
    scalar(
      `to_${prefix}_${day}`,
      `The ${prefix} ${day[0]?.toUpperCase()}${day.slice(1)}.`,
      [
        on(
          'Time',
          'Date',
          onWallClock((time) => `${macro}(${time}, ${index + 1})`),
        ),
      ],
      [[`to_${prefix}_${day}('2024-11-13'::DATE)`, results[index] ?? '']],
    ),
  );

/** What LAST_DAY, NEXT_DAY and PREVIOUS_DAY are called by themselves. */
const FAMILIES: readonly FunctionSpec[] = [
  ...[
    ['week', '2024-11-17'],
    ['month', '2024-11-30'],
    ['quarter', '2024-12-31'],
    ['year', '2024-12-31'],
  ].map(([unit, result = '']) =>
    scalar(
      `to_last_of_${unit}`,
      `The last day of the ${unit}.`,
      [
        on(
          'Time',
          'Date',
          onWallClock((time) => `CAST(db_last_of('${unit}', ${time}) AS DATE)`),
        ),
      ],
      [[`to_last_of_${unit}('2024-11-13'::DATE)`, result]],
    ),
  ),
  ...families(
    'next',
    'db_next_dow',
    [18, 19, 20, 14, 15, 16, 17].map((day) => `2024-11-${day}`),
  ),
  ...families(
    'previous',
    'db_prev_dow',
    ['11', '12', '06', '07', '08', '09', '10'].map((day) => `2024-11-${day}`),
  ),
];

const PARTS: readonly FunctionSpec[] = [
  scalar(
    'date_from_parts datefromparts',
    'The date of a year, month and day; what is out of range rolls over.',
    [on('Int64, Int64, Int64', 'Date', 'db_dfp($1, $2, $3)')],
    [
      ['date_from_parts(2024, 2, 29)', '2024-02-29'],
      ['date_from_parts(2024, 13, 1)', '2025-01-01'],
    ],
  ),
  scalar(
    'timestamp_from_parts timestampfromparts',
    'The timestamp of a year, month, day, hour, minute, second and, if given, nanosecond.',
    [
      on('Int64, Int64, Int64, Int64, Int64, Int64', 'Timestamp', (call) =>
        instantOf(`db_tfp(${call.args.join(', ')})`, call),
      ),
      on('Int64, Int64, Int64, Int64, Int64, Int64, Int64', 'Timestamp', (call) =>
        instantOf(`(db_tfp(${call.args.slice(0, 6).join(', ')}) + to_microseconds(${call.args[6]} // 1000))`, call),
      ),
    ],
    [['timestamp_from_parts(2024, 1, 2, 3, 4, 5)', '2024-01-02 03:04:05.000000']],
  ),
  scalar(
    'convert_timezone',
    'The wall clock of a time zone at a timestamp.',
    [
      on('String, Timestamp', 'Timestamp', (call) => {
        const [zone, time] = call.args;
        return instantOf(`(${time} + to_seconds(zone_offset(CAST(epoch_us(${time}) AS DOUBLE), ${zone})))`, call);
      }),
    ],
    [["convert_timezone('America/Los_Angeles', '2024-11-01 11:36:10'::TIMESTAMP)", '2024-11-01 04:36:10.000000']],
  ),
];

export const dateArithmetic: readonly FunctionSpec[] = [...ADDING, ...DAYS, ...FAMILIES, ...PARTS];
