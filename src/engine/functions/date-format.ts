import { formatParts } from '../kernels/time/specifiers.ts';
import { duckString } from '../types/duck.ts';
import type { Constant, FunctionSpec, LoweredCall, Lowering } from './function.ts';
import { on, scalar } from './row.ts';
import { wallClock } from './zone.ts';

/** Dates by a format: `%Y-%m-%d`, or masks like `YYYY-MM-DD` when it has no `%`. */

/** What DuckDB's own strftime prints alike. */
const NATIVE = /^[YmdHIMSfbBaApjyuwGV]$/;

/** The format as strftime takes it; undefined where it cannot say it. */
function nativeFormat(format: Constant | undefined): string | undefined {
  if (typeof format !== 'string') return undefined;
  const parts = formatParts(format);
  if (!parts.every((part) => part.kind === 'Literal' || NATIVE.test(part.letter))) return undefined;
  return parts.map((part) => (part.kind === 'Literal' ? part.text.replaceAll('%', '%%') : `%${part.letter}`)).join('');
}

function lowerFormat(call: LoweredCall): string {
  const native = nativeFormat(call.constants[1]);
  if (native !== undefined) return `strftime(${wallClock(call, 0)}, ${duckString(native)})`;
  const [time, format] = call.args;
  return `format_timestamp(CAST(epoch_us(${time}) AS VARCHAR), ${duckString(call.timezone)}, ${format})`;
}

function lowerFormatTz({ args: [time, format] }: LoweredCall): string {
  return `format_timestamp_tz(CAST(epoch_us((${time}).ts) AS VARCHAR), (${time})."off", ${format})`;
}

/** Kernels take a mode: 1 gives NULL for what cannot be read. */
const dateBy = (mode: 0 | 1) => `CAST((DATE '1970-01-01' + parse_date_format($1, $2, ${mode})) AS DATE)`;

const timestampBy =
  (mode: 0 | 1): Lowering =>
  ({ args: [text, format], timezone }) =>
    `make_timestamp(parse_timestamp_format(${text}, ${duckString(timezone)}, ${format}, ${mode}))`;

const ALWAYS = { nulls: 'always' } as const;

/** Further signatures of the conversions of the same names. */
export const dateFormats: readonly FunctionSpec[] = [
  scalar(
    'to_string to_char date_format strftime',
    'The value as text, a date, timestamp or number by a format if one is given.',
    [
      on('Number, String', 'String', 'number_shown(CAST($1 AS VARCHAR), $2)'),
      on('Timestamp, String', 'String', lowerFormat),
      on('TimestampTz, String', 'String', lowerFormatTz),
    ],
    [
      ["date_format('2022-12-25'::DATE, '%m/%d/%Y')", '12/25/2022'],
      ["to_char('2022-12-25 10:11:12'::TIMESTAMP, 'YYYY-MM-DD HH24:MI:SS')", '2022-12-25 10:11:12'],
      ["to_char(1234.5, 'FM9,999.00')", '1,234.50'],
      ["to_string('2022-12-05 07:00:00'::TIMESTAMP, 'on %e at %l %P')", 'on  5 at  7 am'],
    ],
  ),
  scalar(
    'to_date str_to_date',
    'The text as a DATE, by a format if one is given.',
    [on('String, String', 'Date', dateBy(0), ALWAYS)],
    [["to_date('12/25/2022', '%m/%d/%Y')", '2022-12-25']],
  ),
  scalar(
    'try_to_date',
    'The text as a DATE, by a format if one is given; NULL when it cannot be read.',
    [on('String, String', 'Date', dateBy(1), ALWAYS)],
    [["try_to_date('x', '%m/%d/%Y')", 'NULL']],
  ),
  scalar(
    'to_timestamp str_to_timestamp',
    'The text as a TIMESTAMP, by a format if one is given.',
    [on('String, String', 'Timestamp', timestampBy(0), ALWAYS)],
    [["to_timestamp('2022/02/04, 18:58', '%Y/%m/%d, %H:%M')", '2022-02-04 18:58:00.000000']],
  ),
  scalar(
    'try_to_timestamp',
    'The text as a TIMESTAMP, by a format if one is given; NULL when it cannot be read.',
    [on('String, String', 'Timestamp', timestampBy(1), ALWAYS)],
    [["try_to_timestamp('x', 'YYYY-MM-DD')", 'NULL']],
  ),
];
