import { expect, test } from 'vitest';
import { testEngine } from '../test/engine.ts';

const engine = await testEngine();

await engine.run(`
  CREATE TABLE trip (id BIGINT, name VARCHAR, day DATE);
  INSERT INTO trip VALUES (1, 'a', '2024-01-01'), (2, 'b', '2024-01-02');
  INSERT INTO trip VALUES (11, 'c', '2024-02-01');
`);

const lines = async (sql: string) => (await engine.rows(sql)).map(([line]) => String(line));

test('EXPLAIN says which files a filter leaves and that rows are streamed', async () => {
  const plan = await lines("EXPLAIN SELECT name FROM trip WHERE id > 5 AND day = '2024-02-01'");
  expect(plan.slice(0, 10).map((line) => line.replace(/read size: .*/, 'read size: …'))).toEqual([
    'Query',
    '├── run: row by row, as they are read',
    '└── TableScan',
    '    ├── table: default.trip',
    '    ├── columns: [id (c0), name (c1), day (c2)]',
    '    ├── files total: 2',
    '    ├── files scanned: 1',
    '    ├── read size: …',
    '    ├── read rows: 1',
    "    ├── push downs: [filters: [id > 5 AND day = '2024-02-01'], limit: NONE]",
  ]);
  expect(plan.slice(10, 12)).toEqual(['    └── in memory: no', '']);
});

test('a filter on a column of narrower integers leaves files out as well', async () => {
  await engine.run(`CREATE TABLE narrow (n INT, t TINYINT, u TINYINT UNSIGNED);
    INSERT INTO narrow VALUES (1, -1, 200); INSERT INTO narrow VALUES (1400000, 7, 3)`);
  const scanned = async (where: string) => {
    const plan = await lines(`EXPLAIN SELECT * FROM narrow WHERE ${where}`);
    return plan.find((line) => line.includes('files scanned'))?.at(-1);
  };
  expect(await scanned('n >= 1400000')).toBe('1');
  expect(await scanned('300 > n')).toBe('1');
  expect(await scanned('t = -1')).toBe('1');
  expect(await scanned('t < 0 AND u > 190')).toBe('1');
  expect(await scanned('u = 70000')).toBe('0');
  expect(await scanned('t <= 7')).toBe('2');
  expect(await engine.rows('SELECT n FROM narrow WHERE t < 0 AND u > 190')).toEqual([['1']]);
  await engine.run('DROP TABLE narrow');
});

test('EXPLAIN shows that a count reads no file', async () => {
  expect((await lines('EXPLAIN SELECT count(*) FROM trip')).slice(3, 7)).toEqual([
    '    ├── table: default.trip',
    '    ├── columns: []',
    '    ├── files total: 2',
    '    ├── rows by statistics: 3',
  ]);
});

test('EXPLAIN pushes a LIMIT to the scan', async () => {
  expect(await lines('EXPLAIN SELECT name FROM trip LIMIT 5 OFFSET 1')).toContain(
    '    ├── push downs: [filters: [], limit: 6]',
  );
});

test("EXPLAIN ends with DuckDB's plan, which names the tables and guesses no rows", async () => {
  const plan = await lines('EXPLAIN SELECT count(*) FROM trip t JOIN trip u ON t.id = u.id WHERE u.id > 5');
  expect(plan[1]).toBe('├── run: at once, over rows in memory');
  const drawing = plan.slice(plan.indexOf('') + 1).join('\n');
  expect(drawing).toMatch(/^┌─+┐\n/);
  expect(drawing).toContain('HASH_JOIN');
  expect(drawing).toContain('"default.trip"');
  expect(drawing).not.toMatch(/EMPTY_RESULT|~\d/);
});

test('EXPLAIN runs nothing', async () => {
  expect(await lines('EXPLAIN CREATE TABLE other (a INT)')).toEqual(['CreateTable', '└── CREATE TABLE other (a INT)']);
  await lines("EXPLAIN INSERT INTO trip SELECT 20, 'x', today()");
  expect(await engine.rows("SELECT num_rows, count() OVER () FROM system.tables WHERE database = 'default'")).toEqual([
    ['3', '1'],
  ]);
});

test('a name that is not there is an error of EXPLAIN, too', async () => {
  await expect(lines('EXPLAIN SELECT nope FROM trip')).rejects.toMatchObject({
    code: 1065,
    span: { start: 15, end: 19 },
  });
});

test('EXPLAIN ANALYZE runs the query and counts', async () => {
  const streamed = await lines('EXPLAIN ANALYZE SELECT day FROM trip WHERE id > 5');
  expect(streamed[2]).toBe('├── output rows: 1');
  expect(streamed[3]).toMatch(/^├── read: 1 rows, \d+ B$/);
  expect(streamed[4]).toBe('├── row groups: 1 of 1');
  expect(streamed[5]).toMatch(/^├── executing: \d+\.\d ms$/);
  const whole = (await lines('EXPLAIN ANALYZE SELECT name, count(*) FROM trip GROUP BY name ORDER BY name')).join('\n');
  expect(whole).toMatch(/├── loading: \d+\.\d ms\n/);
  expect(whole).toMatch(/\n\n┌─+┐\n/);
  expect(whole).toMatch(/ 3 rows /);
});

test('EXPLAIN SYNTAX lays the statement out, EXPLAIN AST shows its tree', async () => {
  expect(
    await lines("explain syntax select name from default.trip where id>5 and name in ('one city', 'another city')"),
  ).toEqual(['SELECT name', 'FROM default.trip', "WHERE id > 5 AND name IN ('one city', 'another city')"]);
  expect(await lines('EXPLAIN AST SELECT id FROM default.trip WHERE id > 5')).toEqual([
    'Query',
    '└── body: Select',
    '    ├── items',
    '    │   └── 1: ExprItem',
    '    │       └── expr: ColumnRef',
    '    │           └── name: id',
    '    ├── from',
    '    │   └── 1: NamedTable',
    '    │       └── name: default.trip',
    '    └── where: Binary',
    '        ├── operator: >',
    '        ├── left: ColumnRef',
    '        │   └── name: id',
    '        └── right: NumberLiteral',
    '            └── text: 5',
  ]);
});

test('EXPLAIN SYNTAX of a COPY says what it does by default', async () => {
  const copy = 'copy into t from @s file_format = (type = csv skip_header = 1) max_files = 2 on_error = abort_5';
  expect(await lines(`EXPLAIN SYNTAX ${copy}`)).toEqual([
    'COPY INTO t',
    'FROM @s',
    'FILE_FORMAT = (SKIP_HEADER = 1, TYPE = csv)',
    'MAX_FILES = 2',
    'PURGE = false',
    'FORCE = false',
    'DISABLE_VARIANT_CHECK = false',
    'ON_ERROR = abort_5',
    'RETURN_FAILED_ONLY = false',
  ]);
});

test('EXPLAIN repeats no secret', async () => {
  const statement = "CREATE CONNECTION lake STORAGE_TYPE = 's3' SECRET_ACCESS_KEY = 'hush hush'";
  for (const form of ['', 'SYNTAX', 'AST']) {
    const text = (await lines(`EXPLAIN ${form} ${statement}`)).join('\n');
    expect(text).toContain('***');
    expect(text).not.toContain('hush');
  }
});

test('forms that show what this engine does not have are not supported', async () => {
  await expect(lines('EXPLAIN PIPELINE SELECT 1')).rejects.toMatchObject({ code: 1002 });
});
