import {
  asDecimal,
  type DecimalOperator,
  decimalType,
  divType,
  involvesFloat,
  minusType,
  moduloType,
  negateType,
  plusType,
} from '../types/arithmetic.ts';
import { duckType, sortKey } from '../types/duck.ts';
import { isInteger, plain, type SqlType } from '../types/type.ts';
import type { FunctionSpec, LoweredCall, Lowering, Overload } from './function.ts';
import { instantOf, wallClock } from './zone.ts';

/** The functions that operators are bound to. Operands come as they are; each lowering casts to the result type first. */

const [LEFT, RIGHT] = [0, 1];
const NULL = plain('Null');

type Arithmetic = (left: SqlType, right: SqlType) => SqlType;

/** Decimals by the decimal rules, everything else by the rule of the operator. */
function resultOf(operator: DecimalOperator, numbers: Arithmetic) {
  return (args: readonly SqlType[]): SqlType => {
    const [left = NULL, right = NULL] = args;
    const [a, b] = [asDecimal(left), asDecimal(right)];
    const anyDecimal = left.kind === 'Decimal' || right.kind === 'Decimal';
    return a && b && anyDecimal && !involvesFloat(left, right) ? decimalType(operator, a, b) : numbers(left, right);
  };
}

function infix(symbol: string) {
  return ({ args, returns }: LoweredCall): string => {
    const type = duckType(returns);
    return `(CAST(${args[LEFT]} AS ${type}) ${symbol} CAST(${args[RIGHT]} AS ${type}))`;
  };
}

/** DuckDB multiplies decimals with the sum of the scales and stops at 38 digits; a result that keeps fewer is rounded. */
function lowerMultiply(call: LoweredCall): string {
  if (call.returns.kind !== 'Decimal') return infix('*')(call);
  const factors = call.args.map(
    (arg, index) => `CAST(${arg} AS ${duckType(asDecimal(call.argTypes[index] ?? NULL) ?? call.returns)})`,
  );
  const [a, b] = call.argTypes.map((type) => asDecimal(type));
  if ((a?.precision ?? 0) + (b?.precision ?? 0) <= 38)
    return `CAST((${factors.join(' * ')}) AS ${duckType(call.returns)})`;
  return `CAST(db_scaled(db_rdiv(db_unscaled(${factors[LEFT]}) * db_unscaled(${factors[RIGHT]}), (10::HUGEINT ** ${(a?.scale ?? 0) + (b?.scale ?? 0) - call.returns.scale})::HUGEINT), ${call.returns.scale}) AS ${duckType(call.returns)})`;
}

const MAX_BIGINT_DIGITS = 17;

type Decimal = Extract<SqlType, { kind: 'Decimal' }>;

function fitsBigint(a: Decimal, b: Decimal, scale: number): boolean {
  return a.precision - a.scale + b.scale + scale <= MAX_BIGINT_DIGITS && b.precision <= MAX_BIGINT_DIGITS;
}

const power = (exponent: number) => `1${'0'.repeat(exponent)}`;

interface Division {
  readonly a: Decimal;
  readonly b: Decimal;
  /** Of the quotient. */
  readonly scale: number;
}

/** The unscaled values divided as 64-bit integers, where they fit: a multiple faster than 128 bits through text. */
function divideBigints({ args, returns }: LoweredCall, { a, b, scale }: Division): string {
  const [left, right] = [a, b].map(
    (type, index) =>
      `CAST(CAST(${args[index]} AS ${duckType(type)}) * CAST(${power(type.scale)} AS DECIMAL(${type.scale + 1}, 0)) AS BIGINT)`,
  );
  const quotient = `db_rdiv64(${left} * CAST(${power(b.scale + scale - a.scale)} AS BIGINT), ${right})`;
  const unit = scale === 0 ? '1' : `CAST('0.${'0'.repeat(scale - 1)}1' AS DECIMAL(${scale}, ${scale}))`;
  return `CAST((CAST(${quotient} AS DECIMAL(18, 0)) * ${unit}) AS ${duckType(returns)})`;
}

function lowerDivide(call: LoweredCall): string {
  const { args, argTypes, returns } = call;
  if (returns.kind !== 'Decimal') return `db_divide(${args[LEFT]}, ${args[RIGHT]})`;
  const [a, b] = argTypes.map((type) => asDecimal(type));
  if (a && b && fitsBigint(a, b, returns.scale)) return divideBigints(call, { a, b, scale: returns.scale });
  const operands = [a, b].map((type, index) => `CAST(${args[index]} AS ${duckType(type ?? returns)})`);
  return `CAST(db_decdiv(${operands.join(', ')}, ${a?.scale ?? 0}, ${b?.scale ?? 0}, ${returns.scale}) AS ${duckType(returns)})`;
}

function lowerModulo({ args, argTypes, returns }: LoweredCall): string {
  if (returns.kind === 'Decimal' || argTypes.every((type) => isInteger(type))) {
    return `CAST(db_mod(${args[LEFT]}, ${args[RIGHT]}) AS ${duckType(returns)})`;
  }
  return `db_fmod(CAST(${args[LEFT]} AS DOUBLE), CAST(${args[RIGHT]} AS DOUBLE))`;
}

function lowerDiv({ args, argTypes, returns }: LoweredCall): string {
  const macro = argTypes.every((type) => isInteger(type)) ? 'db_intdiv' : 'db_fintdiv';
  return `CAST(${macro}(${args[LEFT]}, ${args[RIGHT]}) AS ${duckType(returns)})`;
}

/** Months are those of the session's calendar, days have 24 hours; a date begins at midnight of the session's time zone. */
function shifted(time: number, amount: number, sign: 1 | -1): Lowering {
  return (call) => {
    const interval = sign === 1 ? call.args[amount] : `(${call.args[amount]} * -1)`;
    const local = wallClock(call, time);
    const wall = call.argTypes[time]?.kind === 'Date' ? `CAST(${local} AS TIMESTAMP)` : local;
    if (call.timezone === 'UTC') return `db_clamp_ts((${wall} + ${interval}))`;
    const months = `to_months(CAST(datepart('year', ${interval}) * 12 + datepart('month', ${interval}) AS INTEGER))`;
    return `db_clamp_ts((${instantOf(`(${wall} + ${months})`, call)} + (${interval} - ${months})))`;
  };
}

const NEGATIONS: readonly Overload[] = [
  { args: ['Number'], returns: ([type = NULL]) => negateType(type), lower: '(- CAST($1 AS $T))' },
  { args: ['Interval'], returns: 'Interval', lower: '(- $1)' },
];

const ARITHMETIC: readonly FunctionSpec[] = [
  {
    name: 'plus',
    aliases: ['add'],
    kind: 'scalar',
    doc: 'Adds two numbers, a number of days to a date, microseconds to a timestamp, or an interval to either.',
    overloads: [
      { args: ['Number', 'Number'], returns: resultOf('plus', plusType), lower: infix('+') },
      { args: ['Date', 'Int64'], returns: 'Date', lower: 'db_clamp_date(CAST(($1 + CAST($2 AS INTEGER)) AS DATE))' },
      { args: ['Int64', 'Date'], returns: 'Date', lower: 'db_clamp_date(CAST(($2 + CAST($1 AS INTEGER)) AS DATE))' },
      { args: ['Timestamp', 'Int64'], returns: 'Timestamp', lower: 'db_clamp_ts(($1 + to_microseconds($2)))' },
      { args: ['Date', 'Interval'], returns: 'Timestamp', lower: shifted(LEFT, RIGHT, 1) },
      { args: ['Interval', 'Date'], returns: 'Timestamp', lower: shifted(RIGHT, LEFT, 1) },
      { args: ['Timestamp', 'Interval'], returns: 'Timestamp', lower: shifted(LEFT, RIGHT, 1) },
      { args: ['Interval', 'Timestamp'], returns: 'Timestamp', lower: shifted(RIGHT, LEFT, 1) },
      { args: ['Interval', 'Interval'], returns: 'Interval', lower: '($1 + $2)' },
    ],
    examples: [
      ['1 + 2', '3'],
      ["DATE '2024-01-31' + 1", '2024-02-01'],
      ['0.1 + 0.2', '0.3'],
    ],
  },
  {
    name: 'minus',
    aliases: ['subtract'],
    kind: 'scalar',
    doc: 'Subtracts numbers, days or intervals from dates, and one date or timestamp from another (days or microseconds).',
    overloads: [
      { args: ['Number', 'Number'], returns: resultOf('minus', minusType), lower: infix('-') },
      { args: ['Date', 'Int64'], returns: 'Date', lower: 'db_clamp_date(CAST(($1 - CAST($2 AS INTEGER)) AS DATE))' },
      { args: ['Timestamp', 'Int64'], returns: 'Timestamp', lower: 'db_clamp_ts(($1 - to_microseconds($2)))' },
      { args: ['Date', 'Date'], returns: 'Int32', lower: 'CAST(($1 - $2) AS INTEGER)' },
      { args: ['Timestamp', 'Timestamp'], returns: 'Int64', lower: '(epoch_us($1) - epoch_us($2))' },
      { args: ['Date', 'Interval'], returns: 'Timestamp', lower: shifted(LEFT, RIGHT, -1) },
      { args: ['Timestamp', 'Interval'], returns: 'Timestamp', lower: shifted(LEFT, RIGHT, -1) },
      { args: ['Interval', 'Interval'], returns: 'Interval', lower: '($1 - $2)' },
      ...NEGATIONS,
      {
        args: ['Variant', 'Int64'],
        returns: 'Variant',
        nulls: 'always',
        lower: 'json_minusi($1, CAST($2 AS INTEGER))',
      },
      { args: ['Variant', 'String'], returns: 'Variant', nulls: 'always', lower: 'json_minus($1, $2)' },
    ],
    examples: [
      ['3 - 5', '-2'],
      ["DATE '2024-03-01' - DATE '2024-02-01'", '29'],
    ],
  },
  {
    name: 'multiply',
    kind: 'scalar',
    doc: 'Multiplies two numbers, or an interval by a number.',
    overloads: [
      { args: ['Number', 'Number'], returns: resultOf('multiply', plusType), lower: lowerMultiply },
      { args: ['Interval', 'Int64'], returns: 'Interval', lower: '($1 * $2)' },
      { args: ['Int64', 'Interval'], returns: 'Interval', lower: '($2 * $1)' },
    ],
    examples: [
      ['6 * 7', '42'],
      ['1.5 * 1.5', '2.25'],
    ],
  },
  {
    name: 'divide',
    kind: 'scalar',
    doc: 'Divides; integers give a DOUBLE, decimals a decimal, and a divisor of zero is an error.',
    overloads: [
      { args: ['Number', 'Number'], returns: resultOf('divide', () => ({ kind: 'Float64' })), lower: lowerDivide },
    ],
    examples: [
      ['7 / 2', '3.5'],
      ['1.00 / 3', '0.33333333'],
    ],
  },
  {
    name: 'div',
    aliases: ['intdiv'],
    kind: 'scalar',
    doc: 'Divides and truncates toward zero.',
    overloads: [
      {
        args: ['Number', 'Number'],
        returns: ([a = NULL, b = NULL]) => divType(a, b),
        lower: lowerDiv,
      },
    ],
    examples: [
      ['7 DIV 2', '3'],
      ['-7 // 2', '-3'],
    ],
  },
  {
    name: 'modulo',
    aliases: ['mod'],
    kind: 'scalar',
    doc: 'Remainder of a division, with the sign of the dividend.',
    overloads: [{ args: ['Number', 'Number'], returns: resultOf('modulo', moduloType), lower: lowerModulo }],
    examples: [
      ['-7 % 3', '-1'],
      ['5.5 % 2', '1.5'],
    ],
  },
  {
    name: 'negate',
    aliases: ['neg'],
    kind: 'scalar',
    doc: 'Changes the sign.',
    overloads: NEGATIONS,
    examples: [['-(5)', '-5']],
  },
];

function bitwise(name: string, doc: string, lower: string, example: readonly [string, string]): FunctionSpec {
  return {
    name,
    kind: 'scalar',
    doc,
    overloads: [{ args: ['Int64', 'Int64'], returns: 'Int64', lower }],
    examples: [example],
  };
}

const BITWISE: readonly FunctionSpec[] = [
  bitwise('bit_and', 'Bitwise and.', '($1 & $2)', ['12 & 10', '8']),
  bitwise('bit_or', 'Bitwise or.', '($1 | $2)', ['12 | 10', '14']),
  bitwise('bit_xor', 'Bitwise exclusive or.', 'xor($1, $2)', ['12 # 10', '6']),
  bitwise('bit_shift_left', 'Shifts bits to the left.', '($1 << $2)', ['1 << 4', '16']),
  bitwise('bit_shift_right', 'Shifts bits to the right.', '($1 >> $2)', ['16 >> 2', '4']),
  {
    name: 'bit_not',
    kind: 'scalar',
    doc: 'Bitwise complement.',
    overloads: [{ args: ['Int64'], returns: 'Int64', lower: '(~ $1)' }],
    examples: [['~ 5', '-6']],
  },
];

/** How two values of a type are made comparable: JSON by meaning, everything else by its order. */
function comparable(text: string, type: SqlType | undefined, ordered: boolean): string {
  return type?.kind === 'Variant' && !ordered ? `json_eq_key(${text})` : sortKey(text, type);
}

function comparison(name: string, symbol: string, example: readonly [string, string]): FunctionSpec {
  const ordered = symbol !== '=' && symbol !== '<>';
  return {
    name,
    kind: 'scalar',
    doc: `Whether the left side ${symbol} the right side.`,
    overloads: [
      {
        args: ['T', 'T'],
        returns: 'Boolean',
        lower: ({ args, argTypes }) =>
          `(${comparable(args[LEFT] ?? '', argTypes[LEFT], ordered)} ${symbol} ${comparable(args[RIGHT] ?? '', argTypes[RIGHT], ordered)})`,
      },
    ],
    examples: [example],
  };
}

const COMPARISONS: readonly FunctionSpec[] = [
  comparison('eq', '=', ['1 = 1.0', 'true']),
  comparison('noteq', '<>', ["'a' <> 'b'", 'true']),
  comparison('lt', '<', ['1 < 2', 'true']),
  comparison('lte', '<=', ['2 <= 2', 'true']),
  comparison('gt', '>', ["'b' > 'a'", 'true']),
  comparison('gte', '>=', ['1 >= 2', 'false']),
];

const LOGIC: readonly FunctionSpec[] = [
  {
    name: 'and',
    kind: 'scalar',
    doc: 'True when both sides are.',
    overloads: [{ args: ['Boolean', 'Boolean'], returns: 'Boolean', lower: '($1 AND $2)' }],
    examples: [
      ['true AND NULL', 'NULL'],
      ['false AND NULL', 'false'],
    ],
  },
  {
    name: 'or',
    kind: 'scalar',
    doc: 'True when either side is.',
    overloads: [{ args: ['Boolean', 'Boolean'], returns: 'Boolean', lower: '($1 OR $2)' }],
    examples: [['true OR NULL', 'true']],
  },
  {
    name: 'xor',
    kind: 'scalar',
    doc: 'True when exactly one side is.',
    overloads: [{ args: ['Boolean', 'Boolean'], returns: 'Boolean', lower: '($1 <> $2)' }],
    examples: [['true XOR false', 'true']],
  },
  {
    name: 'not',
    kind: 'scalar',
    doc: 'True when the operand is false.',
    overloads: [{ args: ['Boolean'], returns: 'Boolean', lower: '(NOT $1)' }],
    examples: [['NOT false', 'true']],
  },
];

export const operators: readonly FunctionSpec[] = [...ARITHMETIC, ...BITWISE, ...COMPARISONS, ...LOGIC];
