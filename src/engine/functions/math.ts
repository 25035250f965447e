import { SqlError } from '../base/errors.ts';
import { duckType } from '../types/duck.ts';
import { decimal, isUnsigned, plain, type SqlType } from '../types/type.ts';
import type { Constant, FunctionSpec, LoweredCall, ReturnType } from './function.ts';
import { on, scalar } from './row.ts';

const NULL = plain('Null');

const scaleOf = (type: SqlType | undefined) => (type?.kind === 'Decimal' ? type.scale : 0);

/** ROUND and TRUNCATE of a decimal keep as many digits as asked for, at most what it has. */
const keptDigits: ReturnType = ([type = NULL], _params, constants) =>
  type.kind === 'Decimal' ? decimal(type.precision, Math.max(0, Math.min(digitsAsked(constants), type.scale))) : type;

function digitsAsked(constants: readonly (Constant | undefined)[]): number {
  if (constants.length < 2) return 0;
  const [, digits] = constants;
  if (typeof digits !== 'number' && typeof digits !== 'bigint')
    throw new SqlError('SemanticError', 'the number of digits of a DECIMAL must be a constant');
  return Number(digits);
}

const wholeDecimal: ReturnType = ([type = NULL]) => decimal(type.kind === 'Decimal' ? type.precision : 38, 0);

function lowerRoundDecimal({ args, constants, returns }: LoweredCall): string {
  return `CAST(round(${args[0]}, ${digitsAsked(constants)}) AS ${duckType(returns)})`;
}

const MAX_FAST_DIGITS = 36;

/** Products of decimals are exact as long as all digits fit. */
function truncateFast(text: string, digits: number, returns: SqlType): string {
  if (digits === 0) return `CAST(trunc(${text}) AS ${duckType(returns)})`;
  const whole = `trunc(${text} * CAST('1${'0'.repeat(digits)}' AS DECIMAL(${digits + 1}, 0)))`;
  const unit = `CAST('0.${'0'.repeat(digits - 1)}1' AS DECIMAL(${digits}, ${digits}))`;
  return `CAST((${whole} * ${unit}) AS ${duckType(returns)})`;
}

/** Cut on the unscaled value: exact at any scale. */
function lowerTruncateDecimal({ args, argTypes, constants, returns }: LoweredCall): string {
  const scale = scaleOf(argTypes[0]);
  const digits = digitsAsked(constants);
  if (digits >= scale) return `CAST(${args[0]} AS ${duckType(returns)})`;
  const precision = argTypes[0]?.kind === 'Decimal' ? argTypes[0].precision : 0;
  if (digits >= 0 && precision + 2 * digits <= MAX_FAST_DIGITS) return truncateFast(args[0] ?? '', digits, returns);
  const unit = (exponent: number) => `CAST('1${'0'.repeat(exponent)}' AS HUGEINT)`;
  const kept = `(db_unscaled(${args[0]}) // ${unit(scale - digits)})`;
  const scaled = digits < 0 ? `(${kept} * ${unit(-digits)})` : kept;
  return `CAST(db_scaled(${scaled}, ${Math.max(digits, 0)}) AS ${duckType(returns)})`;
}

const ROUNDING: readonly FunctionSpec[] = [
  scalar(
    'abs',
    'Absolute value; of an integer it is unsigned.',
    [
      on('Decimal', ([type = NULL]) => type, 'abs($1)'),
      on('Integer', 'UInt64', ({ args, argTypes: [type = NULL] }) =>
        isUnsigned(type) ? `CAST(${args[0]} AS UBIGINT)` : `CAST(abs(CAST(${args[0]} AS BIGINT)) AS UBIGINT)`,
      ),
      on('Float64', 'Float64', 'abs($1)'),
    ],
    [
      ['abs(-5)', '5'],
      ['abs(-1.25)', '1.25'],
    ],
  ),
  scalar(
    'ceil ceiling',
    'Smallest whole number that is not less.',
    [
      on('Integer', ([type = NULL]) => type, '$1'),
      on('Decimal', wholeDecimal, 'CAST(ceil($1) AS $T)'),
      on('Float64', 'Float64', 'ceil($1)'),
    ],
    [
      ['ceil(-1.23)', '-1'],
      ['ceil(7)', '7'],
      ['ceil(1.5::DOUBLE)', '2.0'],
    ],
  ),
  scalar(
    'floor',
    'Greatest whole number that is not greater.',
    [on('Decimal', wholeDecimal, 'CAST(floor($1) AS $T)'), on('Float64', 'Float64', 'floor($1)')],
    [
      ['floor(1.23)', '1'],
      ['floor(-1.23)', '-2'],
      ['floor(7)', '7.0'],
    ],
  ),
  scalar(
    'round',
    'Rounds half away from zero to a number of digits, none unless given.',
    [
      on('Float64', 'Float64', 'round($1)'),
      on('Float64, Int64', 'Float64', 'db_round($1, $2)'),
      on('Decimal', keptDigits, lowerRoundDecimal),
      on('Decimal, Int64', keptDigits, lowerRoundDecimal),
    ],
    [
      ['round(0.123, 2)', '0.12'],
      ['round(2.5)', '3'],
      ['round(-2.5::DOUBLE)', '-3.0'],
      ['round(1234.5::DOUBLE, -2)', '1200.0'],
    ],
  ),
  scalar(
    'truncate trunc',
    'Cuts to a number of digits, none unless given, toward zero.',
    [
      on('Float64', 'Float64', 'trunc($1)'),
      on('Float64, Int64', 'Float64', 'db_trunc($1, $2)'),
      on('Decimal', keptDigits, lowerTruncateDecimal),
      on('Decimal, Int64', keptDigits, lowerTruncateDecimal),
    ],
    [
      ['truncate(1.223, 1)', '1.2'],
      ['truncate(-1.999, 1)', '-1.9'],
      ['truncate(122, -2)', '100.0'],
      ['truncate(10.28 * 100, 0)', '1028'],
    ],
  ),
  scalar(
    'sign',
    'Sign of a number: -1, 0 or 1.',
    [on('Float64', 'Int8', 'sign($1)')],
    [
      ['sign(-32)', '-1'],
      ['sign(0)', '0'],
    ],
  ),
  scalar(
    'div0',
    'Divides; a divisor of zero gives 0.',
    [on('Float64, Float64', 'Float64', 'db_div0($1, $2)')],
    [
      ['div0(20, 6)', '3.3333333333333335'],
      ['div0(20, 0)', '0.0'],
    ],
  ),
  scalar(
    'divnull',
    'Divides; a divisor of zero gives NULL.',
    [on('Float64, Float64', 'Float64', 'db_divnull($1, $2)', { nulls: 'always' })],
    [
      ['divnull(20, 0)', 'NULL'],
      ['divnull(20, 5)', '4.0'],
    ],
  ),
];

/** Functions from DOUBLE to DOUBLE. */
function real(names: string, doc: string, lower: string, example: readonly [string, string]): FunctionSpec {
  return scalar(names, doc, [on('Float64', 'Float64', lower)], [example]);
}

/** Always the same of one seed. */
const SEEDED = '(CAST((hash($1) >> 11) AS DOUBLE) / 9007199254740992)';

const REAL: readonly FunctionSpec[] = [
  real('acos', 'Arc cosine; NaN outside of -1 to 1.', 'db_acos($1)', ['acos(1)', '0.0']),
  real('asin', 'Arc sine; NaN outside of -1 to 1.', 'db_asin($1)', ['asin(0.2)', '0.2013579207903308']),
  real('atan', 'Arc tangent.', 'atan($1)', ['atan(-2)', '-1.1071487177940904']),
  real('cbrt', 'Cube root.', 'cbrt($1)', ['cbrt(27)', '3.0']),
  real('cos', 'Cosine of an angle in radians.', 'cos($1)', ['cos(pi())', '-1.0']),
  real('cot', 'Cotangent of an angle in radians.', "CASE WHEN $1 = 0 THEN CAST('inf' AS DOUBLE) ELSE cot($1) END", [
    'cot(12)',
    '-1.5726734063976893',
  ]),
  real('degrees', 'Radians as degrees.', 'degrees($1)', ['degrees(pi())', '180.0']),
  real('exp', 'e raised to a power.', 'exp($1)', ['exp(2)', '7.38905609893065']),
  real('ln', 'Natural logarithm; of 0 -Infinity, of less NaN.', 'db_ln($1)', ['ln(2)', '0.6931471805599453']),
  real('log2', 'Logarithm to base 2.', 'db_log2($1)', ['log2(65536)', '16.0']),
  real('log10', 'Logarithm to base 10.', 'db_log10($1)', ['log10(100)', '2.0']),
  real('radians', 'Degrees as radians.', 'radians($1)', ['radians(90)', '1.5707963267948966']),
  real('sin', 'Sine of an angle in radians.', 'sin($1)', ['sin(90)', '0.8939966636005579']),
  real('sqrt', 'Square root; NaN of less than 0.', 'db_sqrt($1)', ['sqrt(4)', '2.0']),
  real('tan', 'Tangent of an angle in radians.', 'tan($1)', ['tan(90)', '-1.995200412208242']),
  scalar(
    'log',
    'Natural logarithm, or the logarithm to a base that comes first.',
    [on('Float64', 'Float64', 'db_ln($1)'), on('Float64, Float64', 'Float64', 'db_logb($1, $2)')],
    [
      ['log(2, 65536)', '16.0'],
      ['log(1)', '0.0'],
    ],
  ),
  scalar(
    'atan2',
    'Angle of the point (x, y), y first.',
    [on('Float64, Float64', 'Float64', 'atan2($1, $2)')],
    [['atan2(-2, 2)', '-0.7853981633974483']],
  ),
  scalar(
    'pow power',
    'x raised to the power of y.',
    [on('Float64, Float64', 'Float64', 'pow($1, $2)')],
    [
      ['pow(-2, 2)', '4.0'],
      ['2 ^ 10', '1024.0'],
    ],
  ),
  scalar('pi', 'The number pi.', [on('', 'Float64', 'pi()')], [['pi()', '3.141592653589793']]),
  scalar('factorial', 'Factorial of 0 to 20.', [on('Int64', 'Int64', 'db_factorial($1)')], [['factorial(5)', '120']]),
  scalar(
    'isnan',
    'Whether a number is NaN.',
    [on('Float64', 'Boolean', 'isnan($1)')],
    [["isnan('nan'::DOUBLE)", 'true']],
  ),
  scalar('isinf', 'Whether a number is infinite.', [on('Float64', 'Boolean', 'isinf($1)')], [['isinf(1.5)', 'false']]),
  {
    ...scalar(
      'rand random',
      'A random number from 0 up to, but not including, 1.',
      [on('', 'Float64', 'random()'), on('UInt64', 'Float64', SEEDED)],
      [
        ['rand() < 1', 'true'],
        ['rand(7) = rand(7)', 'true'],
      ],
    ),
    volatile: true,
  },
];

const HIDING: readonly FunctionSpec[] = [
  scalar(
    'feistel_obfuscate',
    'Another integer of the same length for each, by a seed: one to one, for test data that tells nothing.',
    [
      on(
        'Integer, UInt64',
        ([type = NULL]) => type,
        'CAST(feistel_obfuscate(CAST($1 AS VARCHAR), CAST($2 AS VARCHAR)) AS $T)',
      ),
    ],
    [
      ['feistel_obfuscate(10000, 1561819567875)', '15669'],
      ['feistel_obfuscate(10, 1561819567875)', '13'],
    ],
  ),
];

const HUMAN: readonly FunctionSpec[] = [
  scalar(
    'humanize_size',
    'Bytes as people write them: 1.00 MiB.',
    [on('Float64', 'String', 'db_humsize($1)')],
    [['humanize_size(1048576)', '1.00 MiB']],
  ),
  scalar(
    'humanize_number',
    'A number as people write it: 1 million.',
    [on('Float64', 'String', 'db_humnum($1)')],
    [['humanize_number(1000000)', '1 million']],
  ),
];

export const math: readonly FunctionSpec[] = [...ROUNDING, ...REAL, ...HIDING, ...HUMAN];
