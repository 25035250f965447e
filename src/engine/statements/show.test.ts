import { expect, test } from 'vitest';
import { testEngine } from '../test/engine.ts';

const engine = await testEngine();

await engine.run(`
  CREATE TABLE trip (
    id BIGINT, legs INT UNSIGNED NOT NULL DEFAULT 1, tag VARCHAR(9) NOT NULL DEFAULT 'new' COMMENT 'driver\\'s tag',
    "Where" TUPLE(lon DOUBLE, lat DOUBLE), hops ARRAY(INT), price DECIMAL(10, 2) DEFAULT NULL
  ) CHANGE_TRACKING = TRUE COMMENT = 'one row per trip';
  CREATE TABLE "Trailer" (a INT);
  CREATE VIEW long_trip (n) AS SELECT id FROM trip WHERE legs > 1;
  CREATE STAGE landing FILE_FORMAT = (TYPE = CSV) COMMENT = 'raw';
  CREATE STAGE attic;
  CREATE FILE FORMAT pipes TYPE = CSV FIELD_DELIMITER = '|';
  CREATE DATABASE sales;
  CREATE TABLE sales.gone (a INT);
  DROP TABLE sales.gone;
`);

/** The names of the columns, then the rows. */
async function listing(sql: string) {
  const result = (await engine.run(sql)).at(-1);
  if (!result?.ok) throw result?.error;
  return [result.columns.map(({ name }) => name), ...result.rows];
}

test('SHOW DATABASES has one column named after the catalog', async () => {
  expect(await listing('SHOW DATABASES')).toEqual([
    ['databases_in_default'],
    ['default'],
    ['information_schema'],
    ['sales'],
    ['system'],
    ['system_history'],
  ]);
  expect(await listing("SHOW FULL DATABASES LIKE 's%es'")).toEqual([
    ['Catalog', 'owner', 'databases_in_default'],
    ['default', null, 'sales'],
  ]);
});

test('SHOW TABLES leaves views out, matches the case and takes the columns of system.tables in WHERE', async () => {
  expect(await listing('SHOW TABLES')).toEqual([['Tables_in_default'], ['Trailer'], ['trip']]);
  expect(await listing("SHOW TABLES LIKE 't%'")).toEqual([['Tables_in_default'], ['trip']]);
  expect(await listing("SHOW TABLES FROM default WHERE name = 'trip' AND num_rows = 0")).toEqual([
    ['Tables_in_default'],
    ['trip'],
  ]);
  await expect(engine.rows('SHOW TABLES FROM nope')).rejects.toMatchObject({
    code: 1003,
    message: "Unknown database 'nope'",
    span: { start: 17, end: 21 },
  });
});

test('SHOW FULL TABLES and SHOW TABLES HISTORY say more', async () => {
  expect((await listing('SHOW FULL TABLES'))[0]).toEqual([
    ...['Tables', 'Table_type', 'Database', 'Catalog', 'owner', 'engine', 'Cluster_by', 'create_time'],
    ...['num_rows', 'data_size', 'data_compressed_size', 'index_size'],
  ]);
  const [head, ...rows] = await listing('SHOW TABLES HISTORY FROM sales');
  expect(head).toEqual(['Tables_in_sales', 'drop_time']);
  expect(rows.map(([name, dropped]) => [name, dropped !== null])).toEqual([['gone', true]]);
  expect((await engine.rows('SHOW DROP TABLES FROM sales'))[0]?.slice(0, 5)).toEqual([
    ...['gone', 'BASE TABLE', 'sales', 'default', 'FUSE'],
  ]);
});

test('SHOW VIEWS lists views only, FULL with their queries', async () => {
  expect(await listing('SHOW VIEWS')).toEqual([['Views_in_default'], ['long_trip']]);
  const rows = await engine.rows('SHOW FULL VIEWS');
  expect(rows[0]?.at(-1)).toBe('SELECT id FROM default.trip WHERE legs > 1');
});

test('SHOW COLUMNS speaks as MySQL and sorts by name', async () => {
  expect(await listing("SHOW COLUMNS FROM trip LIKE '%i%'")).toEqual([
    ['Field', 'Type', 'Null', 'Default', 'Extra', 'Key'],
    ['id', 'bigint', 'YES', '', null, null],
    ['price', 'decimal(10, 2)', 'YES', 'NULL', null, null],
  ]);
  expect((await listing('SHOW FULL COLUMNS FROM trip FROM default'))[0]).toEqual([
    ...['Field', 'Type', 'Null', 'Default', 'Extra', 'Key', 'Collation', 'Privileges', 'Comment'],
  ]);
  await expect(engine.rows('SHOW COLUMNS FROM nope')).rejects.toMatchObject({ code: 1025 });
});

test('DESC TABLE and SHOW FIELDS keep the order of the table', async () => {
  const fields = [
    ['Field', 'Type', 'Null', 'Default', 'Extra'],
    ['id', 'BIGINT', 'YES', 'NULL', ''],
    ['legs', 'INT UNSIGNED', 'NO', '1', ''],
    ['tag', 'VARCHAR', 'NO', "'new'", ''],
    ['Where', 'TUPLE(LON FLOAT64, LAT FLOAT64)', 'YES', 'NULL', ''],
    ['hops', 'ARRAY(INT32)', 'YES', 'NULL', ''],
    ['price', 'DECIMAL(10, 2)', 'YES', 'NULL', ''],
  ];
  expect(await listing('DESC trip')).toEqual(fields);
  expect(await listing('SHOW FIELDS FROM trip FROM default')).toEqual(fields);
  expect(await listing('DESC VIEW long_trip')).toEqual([fields[0], ['n', 'BIGINT', 'YES', 'NULL', '']]);
  expect(await listing('DESCRIBE TABLE system.one')).toEqual([
    fields[0],
    ['dummy', 'TINYINT UNSIGNED', 'NO', 'NULL', ''],
  ]);
});

test('SHOW CREATE TABLE gives SQL that makes the table again', async () => {
  const sql = `CREATE TABLE trip (
  id BIGINT NULL,
  legs INT UNSIGNED NOT NULL DEFAULT 1,
  tag VARCHAR NOT NULL DEFAULT 'new' COMMENT 'driver\\'s tag',
  "Where" TUPLE(lon DOUBLE, lat DOUBLE) NULL,
  hops ARRAY(INT) NULL,
  price DECIMAL(10, 2) NULL DEFAULT NULL
) ENGINE=FUSE COMMENT = 'one row per trip'`;
  expect(await listing('SHOW CREATE TABLE trip')).toEqual([
    ['Table', 'Create Table'],
    ['trip', sql],
  ]);
  await engine.run(`USE sales; ${sql}`);
  expect(await engine.rows('SHOW CREATE TABLE sales.trip')).toEqual([['trip', sql]]);
  await engine.run('DROP TABLE sales.trip; USE default');
  expect(await engine.rows('SETTINGS (hide_options_in_show_create_table = 0) SHOW CREATE TABLE trip')).toEqual([
    ['trip', sql.replace('ENGINE=FUSE', "ENGINE=FUSE CHANGE_TRACKING='true'")],
  ]);
});

test('SHOW CREATE quotes where it is asked to, and knows views and databases', async () => {
  expect(await engine.rows('SHOW CREATE TABLE "Trailer" WITH QUOTED_IDENTIFIERS')).toEqual([
    ['Trailer', 'CREATE TABLE "Trailer" (\n  "a" INT NULL\n) ENGINE=FUSE'],
  ]);
  expect(await listing('SHOW CREATE VIEW long_trip')).toEqual([
    ['View', 'Create View'],
    ['long_trip', 'CREATE VIEW `default`.`long_trip` (n) AS SELECT id FROM default.trip WHERE legs > 1'],
  ]);
  expect(await listing('SHOW CREATE DATABASE sales')).toEqual([
    ['Database', 'Create Database'],
    ['sales', 'CREATE DATABASE `sales` ENGINE=DEFAULT'],
  ]);
  await expect(engine.rows('SHOW CREATE VIEW trip')).rejects.toMatchObject({ code: 1302 });
});

test('SHOW STAGES takes any case in LIKE and a LIMIT; DESC STAGE gives the same row or none', async () => {
  expect((await engine.rows("SHOW STAGES LIKE 'LAND%'")).map(([name]) => name)).toEqual(['landing']);
  expect((await engine.rows('SHOW STAGES LIMIT 1')).map(([name]) => name)).toEqual(['attic']);
  expect((await engine.rows("SHOW STAGES WHERE comment = 'raw'")).map(([name]) => name)).toEqual(['landing']);
  expect(await engine.rows('DESC STAGE landing')).toEqual(await engine.rows("SHOW STAGES WHERE name = 'landing'"));
  expect(await engine.rows('DESC STAGE nope')).toEqual([]);
});

test('SHOW FILE FORMATS and DESC FILE FORMAT print the options on one line', async () => {
  const rows = await engine.rows('SHOW FILE FORMATS');
  expect(rows[0]?.[0]).toBe('pipes');
  expect(rows[0]?.[1]).toMatch(
    /^TYPE = CSV COMPRESSION = None FIELD_DELIMITER = '\|' RECORD_DELIMITER = '\\n' QUOTE = /,
  );
  expect(await engine.rows('DESC FILE FORMAT pipes')).toEqual(rows);
  await expect(engine.rows('DESC FILE FORMAT nope')).rejects.toMatchObject({ code: 2507 });
});

test('SHOW SETTINGS, VARIABLES and FUNCTIONS filter by their output columns', async () => {
  expect(await listing("SHOW SETTINGS LIKE 'TIME%'")).toMatchObject([
    ['name', 'value', 'default', 'range', 'level', 'description', 'type'],
    ['timezone', 'UTC', 'UTC', 'None', 'DEFAULT', expect.any(String), 'String'],
  ]);
  expect(await listing("SET VARIABLE a = 'x'; SHOW VARIABLES")).toEqual([
    ['name', 'value', 'type'],
    ['a', 'x', 'String'],
  ]);
  expect(await listing("SHOW FUNCTIONS WHERE name = 'sum'")).toMatchObject([
    ['name', 'is_aggregate', 'description'],
    ['sum', true, expect.any(String)],
  ]);
});

test('what a warehouse in a folder cannot hold is an empty list, and what it does not know an error', async () => {
  expect(await listing('SHOW SEQUENCES')).toEqual([
    ['name', 'interval', 'current', 'created_on', 'updated_on', 'comment'],
  ]);
  expect(await engine.rows('SHOW LOCKS')).toEqual([]);
  await expect(engine.rows('SHOW USERS')).rejects.toMatchObject({ code: 1002 });
});

test('an error in WHERE is shown where it stands', async () => {
  await expect(engine.rows("SHOW TABLES WHERE nam = 'a'")).rejects.toMatchObject({
    code: 1065,
    span: { start: 18, end: 21 },
  });
});
