import { SqlError } from '../base/errors.ts';
import { own } from '../base/own.ts';
import { plain } from '../types/type.ts';
import type { Constant, FunctionSpec, LoweredCall, Lowering, ReturnType } from './function.ts';
import { on, scalar } from './row.ts';
import { instantOf, onWallClock, wallClock } from './zone.ts';

/** The start, or end, of the period that a date or timestamp lies in. */

const MICROSECONDS: { readonly [unit: string]: number } = {
  hour: 3_600_000_000,
  minute: 60_000_000,
  second: 1_000_000,
};

/** The start as a date. */
function startDate(unit: string): Lowering {
  return onWallClock((time) => `CAST(date_trunc('${unit}', ${time}) AS DATE)`);
}

/** The start as a timestamp. */
function startTime(unit: string, index = 0): Lowering {
  return (call) => instantOf(`date_trunc('${unit}', CAST(${wallClock(call, index)} AS TIMESTAMP))`, call);
}

/** The start of the period of so many minutes. */
function startMinutes(minutes: number): Lowering {
  return (call) => instantOf(`db_floor_us(${wallClock(call, 0)}, ${minutes * 60_000_000})`, call);
}

const DATE_UNITS: { readonly [unit: string]: string | undefined } = {
  millennium: 'millennium',
  year: 'year',
  isoyear: 'isoyear',
  quarter: 'quarter',
  month: 'month',
  week: 'week',
  isoweek: 'week',
};
const TIME_UNITS = ['day', 'hour', 'minute', 'second', 'millisecond', 'microsecond'];

/** The masks of Oracle's TRUNC. */
const MASKS: { readonly [mask: string]: string | undefined } = {
  y: 'year',
  yy: 'year',
  yyy: 'year',
  yyyy: 'year',
  syear: 'year',
  syyyy: 'year',
  q: 'quarter',
  mm: 'month',
  mon: 'month',
  rm: 'month',
  iw: 'week',
  ww: 'week',
  w: 'week',
  iyyy: 'isoyear',
  iy: 'isoyear',
  i: 'isoyear',
  dd: 'day',
  ddd: 'day',
  j: 'day',
  hh: 'hour',
  hh12: 'hour',
  hh24: 'hour',
  mi: 'minute',
  ss: 'second',
};

function unitOf(unit: Constant | undefined): string {
  const name = String(unit).toLowerCase();
  const known = own(MASKS, name) ?? name;
  if (own(DATE_UNITS, known) || TIME_UNITS.includes(known)) return known;
  throw new SqlError('SemanticError', `${String(unit)} is not a unit to truncate to`);
}

const typeOfStart =
  (unitIndex: number): ReturnType =>
  (_args, _params, constants) =>
    plain(DATE_UNITS[unitOf(constants[unitIndex])] ? 'Date' : 'Timestamp');

const lowerStart =
  (unitIndex: number) =>
  (call: LoweredCall): string => {
    const unit = unitOf(call.constants[unitIndex]);
    const time = 1 - unitIndex;
    if (!DATE_UNITS[unit]) return instantOf(`date_trunc('${unit}', CAST(${wallClock(call, time)} AS TIMESTAMP))`, call);
    return `CAST(date_trunc('${DATE_UNITS[unit]}', ${wallClock(call, time)}) AS DATE)`;
  };

const TRUNC: readonly FunctionSpec[] = [
  scalar(
    'date_trunc datetrunc',
    'The start of the period of a unit; a DATE for weeks and longer, else a TIMESTAMP.',
    [on('String, Time', typeOfStart(0), lowerStart(0))],
    [
      ["date_trunc(MONTH, to_date('2022-07-07'))", '2022-07-01'],
      ["date_trunc('week', to_date('2022-07-07'))", '2022-07-04'],
      ["date_trunc('hour', '2022-07-07 01:02:03'::TIMESTAMP)", '2022-07-07 01:00:00.000000'],
    ],
  ),
  scalar(
    'truncate trunc',
    'The start of the period of a unit that comes second.',
    [on('Time, String', typeOfStart(1), lowerStart(1))],
    [
      ["trunc('2022-07-07'::DATE, 'MM')", '2022-07-01'],
      ["trunc('2022-07-07'::DATE, 'Q')", '2022-07-01'],
    ],
  ),
];

const DAY = "'2023-11-12 09:38:18.165575'";

function startOfDate(name: string, unit: string, result: string): FunctionSpec {
  return scalar(
    `to_start_of_${name}`,
    `The first day of the ${name}.`,
    [on('Time', 'Date', startDate(unit))],
    [[`to_start_of_${name}(${DAY}::TIMESTAMP)`, result]],
  );
}

function startOfTime(name: string, lower: Lowering, result: string): FunctionSpec {
  const doc = `The start of the ${name.replaceAll('_', ' ')} that a time lies in.`;
  return scalar(
    `to_start_of_${name}`,
    doc,
    [on('Timestamp', 'Timestamp', lower)],
    [[`to_start_of_${name}(${DAY}::TIMESTAMP)`, `2023-11-12 ${result}.000000`]],
  );
}

const STARTS: readonly FunctionSpec[] = [
  startOfDate('year', 'year', '2023-01-01'),
  startOfDate('quarter', 'quarter', '2023-10-01'),
  startOfDate('month', 'month', '2023-11-01'),
  scalar(
    'to_start_of_iso_year',
    'The first Monday of January of the ISO year.',
    [
      on(
        'Time',
        'Date',
        onWallClock((time) => `db_iso_year_start(${time})`),
      ),
    ],
    [[`to_start_of_iso_year(${DAY}::TIMESTAMP)`, '2023-01-02']],
  ),
  scalar(
    'to_start_of_week',
    'The first day of the week: Sunday, or Monday with a mode other than 0.',
    [
      on(
        'Time',
        'Date',
        onWallClock((time) => `db_sow(${time}, 0)`),
      ),
      on('Time, Int64', 'Date', (call) => `db_sow(${wallClock(call, 0)}, ${call.args[1]})`),
    ],
    [
      [`to_start_of_week(${DAY}::TIMESTAMP)`, '2023-11-12'],
      [`to_start_of_week(${DAY}::TIMESTAMP, 1)`, '2023-11-06'],
    ],
  ),
  scalar(
    'to_monday',
    'The Monday of the week.',
    [
      on(
        'Time',
        'Date',
        onWallClock((time) => `db_to_monday(${time})`),
      ),
    ],
    [["to_monday('2023-11-12'::DATE)", '2023-11-06']],
  ),
  startOfTime('day', startTime('day'), '00:00:00'),
  startOfTime('hour', startTime('hour'), '09:00:00'),
  startOfTime('minute', startTime('minute'), '09:38:00'),
  startOfTime('second', startTime('second'), '09:38:18'),
  startOfTime('five_minutes', startMinutes(5), '09:35:00'),
  startOfTime('ten_minutes', startMinutes(10), '09:30:00'),
  startOfTime('fifteen_minutes', startMinutes(15), '09:30:00'),
  scalar(
    'time_slot',
    'The start of the half hour that a time lies in.',
    [on('Timestamp', 'Timestamp', startMinutes(30))],
    [[`time_slot(${DAY}::TIMESTAMP)`, '2023-11-12 09:30:00.000000']],
  ),
];

const MONTHS: { readonly [unit: string]: number } = { year: 12, quarter: 3, month: 1 };

/** The start of the slice of a wall clock; slices are counted from 1970-01-01, weeks from a Monday. */
function sliceStart(time: string, length: bigint, unit: string): string {
  const months = own(MONTHS, unit);
  if (months) return `db_slice_months(${time}, ${length * BigInt(months)})`;
  if (unit === 'week') return `db_slice_days(${time}, ${length * 7n}, 3)`;
  if (unit === 'day') return `db_slice_days(${time}, ${length}, 0)`;
  const micros = own(MICROSECONDS, unit);
  if (!micros) throw new SqlError('SemanticError', `${unit} is not a unit of TIME_SLICE`);
  return `db_floor_us(CAST(${time} AS TIMESTAMP), ${length * BigInt(micros)})`;
}

function lowerSlice(call: LoweredCall): string {
  const [, length, unit, end] = call.constants;
  const name = String(unit).toLowerCase();
  if (typeof length !== 'number' && typeof length !== 'bigint')
    throw new SqlError('SemanticError', 'the length of TIME_SLICE must be a constant');
  const start = sliceStart(wallClock(call, 0), BigInt(length), name);
  const isEnd = String(end).toLowerCase() === 'end';
  const time = isEnd
    ? `(${start} + INTERVAL '${Number(length) * (name === 'quarter' ? 3 : 1)}' ${name === 'quarter' ? 'month' : name})`
    : start;
  if (call.returns.kind === 'Date') return `CAST(${time} AS DATE)`;
  return instantOf(`CAST(${time} AS TIMESTAMP)`, call);
}

const SLICES: readonly FunctionSpec[] = [
  scalar(
    'time_slice',
    'The start, or end, of the slice of so many units that a date or time lies in.',
    [
      on('Time, Int64, String', ([type = plain('Timestamp')]) => type, lowerSlice),
      on('Time, Int64, String, String', ([type = plain('Timestamp')]) => type, lowerSlice),
    ],
    [
      ["time_slice('2024-02-05'::DATE, 3, 'MONTH')", '2024-01-01'],
      ["time_slice('2024-02-05'::DATE, 3, 'MONTH', 'END')", '2024-04-01'],
      ["time_slice('2024-02-05 10:17:00'::TIMESTAMP, 15, MINUTE)", '2024-02-05 10:15:00.000000'],
    ],
  ),
];

export const dateStarts: readonly FunctionSpec[] = [...TRUNC, ...STARTS, ...SLICES];
