import { SqlError } from '../base/errors.ts';
import { own } from '../base/own.ts';
import { duckType } from '../types/duck.ts';
import { decimal, isNumeric, type PlainKind, type TypeKind } from '../types/type.ts';
import type { Constant, FunctionSpec, LoweredCall, Lowering, ReturnType } from './function.ts';
import { on, scalar } from './row.ts';

/** Functions that are casts by another name, each with its TRY form. */

type Example = readonly [call: string, result: string];

/** `to_x(e)` is CAST(e AS X), `try_to_x(e)` TRY_CAST; names are written without `to_`. */
function conversion(names: string, type: PlainKind, examples: readonly [Example, Example]): readonly FunctionSpec[] {
  const [name = '', ...aliases] = names.split(' ');
  const prefixed = (prefix: string) => [name, ...aliases].map((one) => `${prefix}${one}`).join(' ');
  const [strict, lenient] = examples;
  return [
    scalar(
      prefixed('to_'),
      `The value as ${type.toUpperCase()}.`,
      [on('Any', type, '$1', { cast: 'strict' })],
      [strict],
    ),
    scalar(
      prefixed('try_to_'),
      `The value as ${type.toUpperCase()}; NULL when it cannot be read as one.`,
      [on('Any', type, '$1', { cast: 'lenient' })],
      [lenient],
    ),
  ];
}

function integer(name: string, type: PlainKind): readonly FunctionSpec[] {
  return conversion(name, type, [
    [`to_${name}('123')`, '123'],
    [`try_to_${name}('x')`, 'NULL'],
  ]);
}

const NUMBERS: readonly FunctionSpec[] = [
  ...integer('int8', 'Int8'),
  ...integer('int16', 'Int16'),
  ...integer('int32', 'Int32'),
  ...integer('int64', 'Int64'),
  ...integer('uint8', 'UInt8'),
  ...integer('uint16', 'UInt16'),
  ...integer('uint32', 'UInt32'),
  ...integer('uint64', 'UInt64'),
  ...conversion('float32', 'Float32', [
    ["to_float32('1.5')", '1.5'],
    ["try_to_float32('x')", 'NULL'],
  ]),
  ...conversion('float64', 'Float64', [
    ["to_float64('1.5e3')", '1500.0'],
    ["try_to_float64('x')", 'NULL'],
  ]),
];

const DEFAULT_PRECISION = 38;

function digitsOf(value: Constant | undefined, otherwise: number): number {
  if (value === undefined || value === null) return otherwise;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  throw new SqlError('SemanticError', 'the precision and scale of a decimal must be constant numbers');
}

/** By a constant precision and scale behind the value. */
export const decimalOf: ReturnType = (_args, _params, [, precision, scale]) =>
  decimal(digitsOf(precision, DEFAULT_PRECISION), digitsOf(scale, 0));

const maskedDecimalOf: ReturnType = (args, params, [value, , ...rest]) => decimalOf(args, params, [value, ...rest]);

/** The text is read by a mask. */
const lowerMasked =
  (cast: 'strict' | 'lenient'): Lowering =>
  ({ args: [text, mask], returns }) => {
    const isLenient = cast === 'lenient';
    const read = `number_read(${text}, ${mask}, ${isLenient ? 1 : 0})`;
    return `${isLenient ? 'TRY_CAST' : 'CAST'}(${read} AS ${duckType(returns)})`;
  };

function decimals(names: string, doc: string, cast: 'strict' | 'lenient', examples: readonly Example[]): FunctionSpec {
  return scalar(
    names,
    doc,
    [
      ...['Any', 'Any, Int64', 'Any, Int64, Int64'].map((args) => on(args, decimalOf, '$1', { cast })),
      ...['String, String', 'String, String, Int64', 'String, String, Int64, Int64'].map((args) =>
        on(args, maskedDecimalOf, lowerMasked(cast), cast === 'lenient' ? { nulls: 'always' } : {}),
      ),
    ],
    examples,
  );
}

const DECIMALS: readonly FunctionSpec[] = [
  decimals(
    'to_decimal to_number to_numeric',
    'The value as a DECIMAL of a precision and scale, 38 and 0 unless given.',
    'strict',
    [
      ["to_decimal('12.3456', 10, 2)", '12.35'],
      ['to_decimal(12.5)', '13'],
      ["to_number('<1,234.56>', '9,999.99PR', 10, 1)", '-1234.6'],
    ],
  ),
  decimals(
    'try_to_decimal try_to_number try_to_numeric',
    'The value as a DECIMAL; NULL when it cannot be read as one.',
    'lenient',
    [["try_to_decimal('x', 10, 2)", 'NULL']],
  ),
];

const OTHERS: readonly FunctionSpec[] = [
  ...conversion('boolean', 'Boolean', [
    ["to_boolean('true')", 'true'],
    ["try_to_boolean('yes')", 'NULL'],
  ]),
  ...conversion('string text varchar', 'String', [
    ['to_string(12.50)', '12.50'],
    ['try_to_string(true)', 'true'],
  ]),
  ...conversion('interval', 'Interval', [
    ["to_interval('1 day 2 hours')", '1 day 2:00:00'],
    ["try_to_interval('x')", 'NULL'],
  ]),
  ...conversion('timestamp_tz', 'TimestampTz', [
    ["to_timestamp_tz('2024-01-05 10:20:30 +08:00')", '2024-01-05 10:20:30.000000 +0800'],
    ["try_to_timestamp_tz('x')", 'NULL'],
  ]),
  scalar(
    'to_date date',
    'The value as a DATE: text, a number of days since 1970 or a timestamp.',
    [on('Any', 'Date', '$1', { cast: 'strict' })],
    [
      ["to_date('2022-01-02')", '2022-01-02'],
      ['to_date(19000)', '2022-01-08'],
      ["to_date('2022-01-02 23:59:59'::TIMESTAMP)", '2022-01-02'],
    ],
  ),
  scalar(
    'try_to_date',
    'The value as a DATE; NULL when it cannot be read as one.',
    [on('Any', 'Date', '$1', { cast: 'lenient' })],
    [["try_to_date('x')", 'NULL']],
  ),
  scalar(
    'to_timestamp to_datetime',
    'The value as a TIMESTAMP: text, a date, or a number of seconds, milliseconds or microseconds since 1970.',
    [
      on('Any', 'Timestamp', '$1', { cast: 'strict' }),
      on('Int64, Int64', 'Timestamp', 'make_timestamp(CAST($1 * pow(10, 6 - $2) AS BIGINT))'),
    ],
    [
      ["to_timestamp('2022-01-02T02:00:11')", '2022-01-02 02:00:11.000000'],
      ['to_timestamp(1)', '1970-01-01 00:00:01.000000'],
      ['to_timestamp(1704067200123)', '2024-01-01 00:00:00.123000'],
      ['to_timestamp(1704067200, 0)', '2024-01-01 00:00:00.000000'],
    ],
  ),
  scalar(
    'try_to_timestamp try_to_datetime',
    'The value as a TIMESTAMP; NULL when it cannot be read as one.',
    [on('Any', 'Timestamp', '$1', { cast: 'lenient' })],
    [["try_to_timestamp('x')", 'NULL']],
  ),
  scalar(
    'to_binary',
    'The bytes of a text, in UTF-8 unless said to be HEX or BASE64.',
    [on('Any', 'Binary', '$1', { cast: 'strict' }), on('String, String', 'Binary', lowerToBinary)],
    [
      ["to_binary('abc')", '616263'],
      ["to_binary('616263', 'hex')", '616263'],
      ["to_binary('YWJj', 'base64')", '616263'],
    ],
  ),
  scalar(
    'try_to_binary',
    'The bytes of a text; NULL when they cannot be read.',
    [
      on('Any', 'Binary', '$1', { cast: 'lenient' }),
      on('String, String', 'Binary', lowerTryToBinary, { nulls: 'always' }),
    ],
    [["try_to_binary('xyz', 'hex')", 'NULL']],
  ),
  scalar(
    'to_uuid',
    'A decimal of up to 38 digits as 32 hexadecimal digits.',
    [on('Decimal(38, 0)', 'String', "lpad(lower(to_hex(CAST($1 AS UHUGEINT))), 32, '0')")],
    [['to_uuid(255)', '000000000000000000000000000000ff']],
  ),
  scalar(
    'assume_not_null remove_nullable',
    'The value itself, as one that is never NULL; where it is, the default of its type.',
    [on('T', 'T', lowerNotNull, { nulls: 'never' })],
    [
      ['assume_not_null(NULL::INT)', '0'],
      ["assume_not_null('a')", 'a'],
    ],
  ),
  scalar(
    'to_nullable',
    'The value itself, as one that may be NULL.',
    [on('T', 'T', '$1', { nulls: 'always' })],
    [['to_nullable(3)', '3']],
  ),
];

const DEFAULTS: { readonly [K in TypeKind]?: string } = {
  Boolean: 'false',
  String: "''",
  Variant: "'null'",
  Date: "DATE '1970-01-01'",
  Timestamp: "TIMESTAMP '1970-01-01'",
  Interval: 'INTERVAL 0 DAY',
  Binary: "''",
  Array: '[]',
  Bitmap: '[]',
};

function lowerNotNull({ args, returns }: LoweredCall): string {
  const otherwise = isNumeric(returns) ? '0' : (DEFAULTS[returns.kind] ?? 'NULL');
  return `coalesce(${args[0]}, CAST(${otherwise} AS ${duckType(returns)}))`;
}

const BINARY_FORMATS: { readonly [format: string]: string | undefined } = {
  hex: 'unhex',
  base64: 'from_base64',
  'utf-8': 'encode',
};

function lowerToBinary({ args, constants }: { args: readonly string[]; constants: readonly (Constant | undefined)[] }) {
  const decode = own(BINARY_FORMATS, String(constants[1]).toLowerCase());
  if (!decode)
    throw new SqlError('BadArguments', `unknown binary format ${String(constants[1])}, expected HEX, BASE64 or UTF-8`);
  return `${decode}(${args[0]})`;
}

function lowerTryToBinary(call: Parameters<typeof lowerToBinary>[0]) {
  return `TRY(${lowerToBinary(call)})`;
}

export const conversions: readonly FunctionSpec[] = [...NUMBERS, ...DECIMALS, ...OTHERS];
