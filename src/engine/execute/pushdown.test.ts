import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { testEngine } from '../test/engine.ts';
import { tries } from '../test/long.ts';

const engine = await testEngine();

/** Literals of each column's own type and of others that it is compared with, among them values of its rows. */
const COLUMNS = {
  i8: ['0', '-1', '127', '-128', '128', '300', '-129', '1.5', '0.0', '7::Float64'],
  u8: ['0', '255', '256', '-1', '7', '2.5'],
  i32: ['0', '-5', '2147483647', '2147483648', '-2147483648', '10000000000', '7.0'],
  u64: ['0', '18446744073709551615', '9223372036854775808', '-1', '7', '1e19'],
  i64: ['0', '9223372036854775807', '-9223372036854775808', '9007199254740993', '9007199254740992::Float64', '7'],
  f32: ['0', "'nan'::Float32", '-0.0', '0.1', '0.1::Float32', '1e30', "'inf'::Float32", '16777217'],
  f64: ['0', "'nan'::Float64", '-0.0', '0.1', '9007199254740993', "'-inf'::Float64"],
  dec: ['0', '1.25', '1.255', '-3.1', '12345', "'nan'::Float64"],
  day: ["'1969-12-31'", "'2024-02-29'::Date", "'2024-02-29 12:00:00'::Timestamp", "'0001-01-01'"],
  at: ["'1969-12-31 23:59:59.999999'", "'2024-02-29'::Date", "'2024-02-29 00:00:00'::Timestamp"],
  s: ["''", "'a'", "'ü'", "'\u{1F6A6}'", "'\uffff'", `'${'z'.repeat(70)}'`, `'${'z'.repeat(64)}'`],
} as const;

type Name = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as Name[];

const ROWS = [
  "(1, 0, 0, 0, 0, 0, 0, 0, 0, '1970-01-01', '1970-01-01', '')",
  "(2, -128, 0, -2147483648, 0, -9223372036854775808, '-inf', -0.0, -3.1, '0001-01-01', '1969-12-31 23:59:59.999999', 'a')",
  "(3, 127, 255, 2147483647, 18446744073709551615, 9223372036854775807, 'inf', 1e300, 1.25, '2024-02-29', '2024-02-29', 'ü')",
  `(4, 7, 7, 7, 7, 7, 'nan', 'nan', 12345, '2024-03-01', '2024-02-29 12:00:00', '${'z'.repeat(70)}')`,
  '(5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)',
  "(6, 1, 128, 1, 9223372036854775808, 9007199254740993, 0.1, 0.1, 0.01, '1969-12-31', '1969-12-31', '\u{1F6A6}')",
];

/** Each pair of rows is a file of its own, so that statistics tell them apart. */
const FILES = [[0], [1], [2], [3], [4], [5], [0, 4], [2, 3], [3, 4], [1, 5]];

beforeAll(async () => {
  await engine.rows(
    `CREATE TABLE t (id INT, i8 INT8, u8 UINT8, i32 INT32, u64 UINT64, i64 INT64, f32 FLOAT32, f64 FLOAT64,
      dec DECIMAL(9, 2), day DATE, at TIMESTAMP, s STRING)`,
  );
  for (const rows of FILES) await engine.rows(`INSERT INTO t VALUES ${rows.map((row) => ROWS[row]).join(', ')}`);
});

const comparison = fc.constantFrom(...NAMES).chain((name) =>
  fc.tuple(fc.constantFrom(...COLUMNS[name]), fc.constantFrom(...COLUMNS[name]), fc.nat(11)).map(([a, b, form]) => {
    const operators = ['=', '<', '<=', '>', '>=', '<>'];
    if (form < 6) return `${name} ${operators[form]} ${a}`;
    if (form < 8) return `${a} ${operators[form % 5]} ${name}`;
    return [`${name} BETWEEN ${a} AND ${b}`, `${name} IN (${a}, ${b})`, `${name} IS NULL`, `${name} IS NOT NULL`][
      form - 8
    ];
  }),
);

const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    comparison.map((text) => text ?? 'TRUE'),
    fc.tuple(tie('condition'), fc.constantFrom('AND', 'OR'), tie('condition')).map(([a, by, b]) => `(${a} ${by} ${b})`),
    tie('condition').map((text) => `NOT (${text})`),
  ),
}));

async function outcome(sql: string): Promise<readonly (readonly unknown[])[] | string> {
  try {
    return await engine.rows(sql);
  } catch (error) {
    return String(error);
  }
}

test('WHERE gives the rows that its condition is true for, whatever files it lets be skipped', async () => {
  await fc.assert(
    fc.asyncProperty(condition, async (where) => {
      const whole = await outcome(`SELECT id, if(${where}, 1, 0) FROM t`);
      const pruned = await outcome(`SELECT id FROM t WHERE ${where}`);
      // Rows that are skipped cannot fail.
      if (typeof whole === 'string') return;
      expect(pruned).toEqual(whole.filter(([, isTrue]) => isTrue === '1').map(([id]) => [id]));
    }),
    { numRuns: tries(25) },
  );
});
