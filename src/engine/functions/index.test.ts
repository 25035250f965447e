import { expect, test } from 'vitest';
import { testEngine } from '../test/engine.ts';
import { FUNCTIONS } from './index.ts';

const engine = await testEngine();

async function shown(sql: string): Promise<string> {
  const rows = await engine.rows(sql);
  return rows.map(([cell]) => cell ?? 'NULL').join('; ');
}

test.each(FUNCTIONS)('the examples of $name hold', async ({ examples }) => {
  for (const [call, result] of examples) {
    expect([call, await shown(`SELECT ${call}`)]).toEqual([call, result]);
  }
});

test('no name stands for two functions', () => {
  const names = FUNCTIONS.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('every function says in one sentence what it does', () => {
  expect(FUNCTIONS.filter(({ doc }) => !/^[^\n]+\.$/.test(doc)).map(({ name }) => name)).toEqual([]);
});

/** What comes out of columns, NULLs, windows and groups. */
const RESULTS: readonly (readonly [sql: string, result: string])[] = [
  ['SELECT sum(x) FILTER (WHERE x > 1) OVER () FROM (VALUES (1), (2), (3)) t(x)', '5; 5; 5'],
  [
    'SELECT avg(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES (1.5), (2.5)) t(x)',
    '1.5000; 2.0000',
  ],
  ['SELECT lag(x) IGNORE NULLS OVER (ORDER BY y) FROM (VALUES (1, 1), (NULL, 2), (3, 3)) t(x, y)', 'NULL; 1; 1'],
  ['SELECT quantile_disc(0.5)(x) OVER () FROM (VALUES (1), (2), (3)) t(x)', '2; 2; 2'],
  ["SELECT listagg(DISTINCT x, ',') FROM (VALUES (1), (1)) t(x)", '1'],
  ['SELECT array_agg(x) FROM (VALUES (1)) t(x) WHERE x > 1', '[]'],
  ['SELECT stddev_pop(x) FROM (VALUES (1)) t(x) WHERE x > 1', 'NaN'],
  ['SELECT covar_samp(1, 2)', 'Infinity'],
  ["SELECT sum(x) FROM (VALUES ('1'), ('2')) t(x)", '3.0'],
  ['SELECT sum(x) FROM (VALUES (INTERVAL 1 DAY), (INTERVAL 2 HOUR)) t(x)', '26:00:00'],
  ["SELECT count(DISTINCT parse_json(x)) FROM (VALUES ('1'), ('1.0'), ('2')) t(x)", '2'],
  ['SELECT median(x) FROM (VALUES (1.5), (2.5), (9.5)) t(x)', '2.5'],
  ['SELECT count(DISTINCT rand()) FROM numbers(10)', '10'],
  ['SELECT array_transform([1, 2], x -> x + number) FROM numbers(2)', '[1,2]; [2,3]'],
  ['SELECT array_transform([1, 2], x -> array_transform([3, 4], y -> x * y))', '[[3,4],[6,8]]'],
  ["SELECT array_transform(['a-b'], x -> split_part(x, '-', 1))", '["a"]'],
  ['SELECT map_filter({1: 10, 2: 20}, (k, v) -> k > 1 AND v > 10)', '{2:20}'],
  ['SELECT unnest([1, 2]) + 1', '2; 3'],
  ['SELECT contains(x, NULL) FROM (VALUES ([1, NULL]), ([1]), (NULL)) t(x)', 'true; false; NULL'],
  ['SELECT array_except(array_except([1, 2, 3], [1]), array_except([2, 3], [3]))', '[3]'],
  [
    "SELECT array_to_string(x, s) FROM (VALUES (['a', NULL, 'b'], '-'), ([], '-'), (['', 'c'], '++')) t(x, s)",
    'a-b; ; ++c',
  ],
  ["SELECT instr(s, n, -1) FROM (VALUES ('foobarbar', 'bar')) t(s, n)", '7'],
  ["SELECT left('hello', x) FROM (VALUES (2), (NULL)) t(x)", 'he; NULL'],
  [
    "SELECT to_int64(x) FROM (VALUES (' 12 '), ('12.7'), ('-9223372036854775808')) t(x)",
    '12; 13; -9223372036854775808',
  ],
  ["SELECT to_int32(x) FROM (VALUES ('12.5'), ('-12.5'), ('+7'), (NULL)) t(x)", '13; -13; 7; NULL'],
  ['SELECT to_string(x) FROM (VALUES (1e-7::DOUBLE), (1e20::DOUBLE), (10::DOUBLE)) t(x)', '1e-7; 1e+20; 10'],
  ['SELECT x / y FROM (VALUES (1.00, 3.0), (10.55, -7.3)) t(x, y)', '0.33333333; -1.44520548'],
  ['SELECT 12345678901234567.12 / 3.1', '3982477064914376.49032258'],
  ['SELECT truncate(12345678901234567890.123456::DECIMAL(30, 6), 3)', '12345678901234567890.123'],
  ['SELECT round(x, 1) FROM (VALUES (2.25), (-2.25)) t(x)', '2.3; -2.3'],
  ['SELECT log(0)', '-Infinity'],
  ["SELECT date_format(d, f) FROM (VALUES ('2024-01-02'::DATE, '%d'), ('2024-01-03'::DATE, '%m')) t(d, f)", '02; 01'],
  ["SELECT to_unix_timestamp('1969-12-31 23:59:58.999999'::TIMESTAMP)", '-2'],
  ["SELECT add_days('9999-12-31'::DATE, 5)", '0001-01-01'],
  ["SELECT date_diff('month', '2024-01-31', '2024-03-01')", '2'],
  ["SELECT extract(HOUR FROM to_timestamp_tz('2024-01-01 01:00:00 +0100'))", '1'],
  ["SELECT is_error(x::DATE) FROM (VALUES ('2024-01-01'), ('x'), (NULL)) t(x)", 'false; true; false'],
  ["SELECT is_error(parse_json(x)) FROM (VALUES ('2'), ('{'), (NULL)) t(x)", 'false; true; false'],
  ['SELECT error_or(1 / x, 7) FROM (VALUES (0), (1), (NULL)) t(x)', '7.0; 1.0; NULL'],
  ["SELECT error_or('x'::DATE, DATE '2024-01-01')", '2024-01-01'],
  ['SELECT typeof(sum(1::DECIMAL(10, 2)))', 'DECIMAL(18, 2) NULL'],
  ["SELECT typeof(date_trunc('month', now()))", 'DATE'],
  ["SELECT typeof(date_add('hour', 1, today()))", 'TIMESTAMP'],
  ['SELECT typeof(round(1.567, 2))', 'DECIMAL(4, 2)'],
];

test.each(RESULTS)('%s', async (sql, result) => {
  expect(await shown(sql)).toBe(result);
});

const FAILURES: readonly (readonly [call: string, code: number, message: string])[] = [
  ["left('abc', -1)", 1006, 'number overflowed'],
  ["unhex('abc')", 1006, 'Odd number of digits'],
  ['factorial(25)', 1006, 'factorial number is out of range, max is: 20'],
  ["map_insert({'a': 1}, 'a', 2)", 1006, 'map key a duplicate'],
  ['arrays_zip([1], [1, 2])', 1006, 'array length must be equal'],
  ["inet_aton('x')", 1006, "Failed to parse 'x' into a IPV4 address"],
  ["to_boolean('yes')", 1006, 'cannot parse to type `BOOLEAN`'],
  ['quantile_cont(2)(1)', 1010, 'level range between [0, 1], got: 2'],
  [
    'upper(1, 2)',
    1065,
    'no function matches signature `upper(UInt8, UInt8)`, you might need to add explicit type casts.',
  ],
  ['rank()', 1065, 'window function rank calls must have an OVER clause'],
  ['abss(1)', 1008, "no function matches the given name: 'abss', do you mean 'abs'?"],
];

test.each(FAILURES)('%s fails with %i', async (call, code, message) => {
  await expect(engine.rows(`SELECT ${call}`)).rejects.toMatchObject({ code, message });
});

test('calendars follow the time zone of the session', async () => {
  await engine.rows("SET timezone = 'Asia/Shanghai'");
  const time = "'2024-01-01 01:00:00'::TIMESTAMP";
  expect(await shown(`SELECT date_trunc('month', ${time})`)).toBe('2024-01-01');
  expect(await shown(`SELECT to_start_of_day(${time})`)).toBe('2024-01-01 00:00:00.000000');
  expect(await shown(`SELECT date_format(${time}, '%H %z')`)).toBe('01 +0800');
  expect(await shown("SELECT to_unix_timestamp('1970-01-01 08:00:00'::TIMESTAMP)")).toBe('0');
  expect(await shown("SELECT to_timestamp('2024/01/01 01', '%Y/%m/%d %H')")).toBe('2024-01-01 01:00:00.000000');
  expect(await shown("SELECT convert_timezone('UTC', '2024-01-01 08:00:00'::TIMESTAMP)")).toBe(
    '2024-01-01 00:00:00.000000',
  );
  await engine.rows("SET timezone = 'UTC'");
});
