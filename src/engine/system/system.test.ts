import { expect, test } from 'vitest';
import { testEngine } from '../test/engine.ts';

const engine = await testEngine();

await engine.run(`
  CREATE TABLE trip (id BIGINT, legs INT UNSIGNED NOT NULL DEFAULT 1, tag VARCHAR NOT NULL DEFAULT 'new' COMMENT 'of the driver')
    CLUSTER BY (id) COMMENT = 'one row per trip';
  INSERT INTO trip (id) VALUES (1), (2);
  CREATE VIEW long_trip AS SELECT id, legs + 1 AS more FROM trip WHERE legs > 1;
  CREATE STAGE landing FILE_FORMAT = (TYPE = NDJSON);
  CREATE FILE FORMAT pipes TYPE = CSV FIELD_DELIMITER = '|';
  CREATE DATABASE gone;
  CREATE TABLE gone.t (a INT);
  DROP TABLE gone.t;
  DROP DATABASE gone;
`);

test('system.databases lists the databases, with those of the system, and the history those dropped', async () => {
  expect(await engine.rows('SELECT catalog, name FROM system.databases ORDER BY name')).toEqual([
    ['default', 'default'],
    ['default', 'information_schema'],
    ['default', 'system'],
    ['default', 'system_history'],
  ]);
  expect(await engine.rows('SELECT name FROM system.databases_with_history WHERE dropped_on IS NOT NULL')).toEqual([
    ['gone'],
  ]);
});

test('system.tables knows the rows of a table without reading it, and no views', async () => {
  const sql = `SELECT name, total_columns, engine, cluster_by, num_rows, data_size > 0, number_of_blocks, comment, table_type
    FROM system.tables WHERE database = 'default'`;
  expect(await engine.rows(sql)).toEqual([
    ['trip', '3', 'FUSE', '(id)', '2', true, '1', 'one row per trip', 'BASE TABLE'],
  ]);
  expect(
    await engine.rows('SELECT database, name FROM system.tables_with_history WHERE dropped_on IS NOT NULL'),
  ).toEqual([['gone', 't']]);
});

test('system tables list themselves', async () => {
  expect(
    await engine.rows("SELECT name FROM system.tables WHERE database = 'information_schema' ORDER BY name"),
  ).toEqual([['columns'], ['schemata'], ['tables'], ['views']]);
  expect(await engine.rows("SELECT name, type FROM system.columns WHERE table = 'one'")).toEqual([
    ['dummy', 'TINYINT UNSIGNED'],
  ]);
});

test('system.columns gives the columns of tables and views in their order', async () => {
  const sql = `SELECT table, name, type, default_kind, default_expression, is_nullable, comment
    FROM system.columns WHERE database = 'default'`;
  expect(await engine.rows(sql)).toEqual([
    ['long_trip', 'id', 'BIGINT', '', '', 'YES', ''],
    ['long_trip', 'more', 'BIGINT UNSIGNED', '', '', 'NO', ''],
    ['trip', 'id', 'BIGINT', '', '', 'YES', ''],
    ['trip', 'legs', 'INT UNSIGNED', 'DEFAULT', '1', 'NO', ''],
    ['trip', 'tag', 'VARCHAR', 'DEFAULT', "'new'", 'NO', 'of the driver'],
  ]);
});

test('system.views keeps the query with every table qualified', async () => {
  expect(await engine.rows('SELECT database, name, engine, view_query FROM system.views')).toEqual([
    ['default', 'long_trip', 'VIEW', 'SELECT id, legs + 1 AS more FROM default.trip WHERE legs > 1'],
  ]);
});

test('system.stages shows a stage with all options of its format', async () => {
  const sql = `SELECT name, stage_type, storage_type, url, has_credentials, file_format_options:type::STRING, creator
    FROM system.stages`;
  expect(await engine.rows(sql)).toEqual([['landing', 'Internal', null, null, false, 'NdJson', "'root'@'%'"]]);
});

test('file formats, settings, functions and table functions are tables', async () => {
  expect(
    await engine.rows("SELECT name, format_options LIKE '%FIELD_DELIMITER = \\'|\\'%' FROM system.file_formats"),
  ).toEqual([['pipes', true]]);
  expect(
    await engine.rows(
      "SET timezone = 'Asia/Tokyo'; SELECT value, default, level FROM system.settings WHERE name = 'timezone'",
    ),
  ).toEqual([['Asia/Tokyo', 'UTC', 'SESSION']]);
  await engine.run('UNSET timezone');
  expect(await engine.rows("SELECT is_aggregate, syntax FROM system.functions WHERE name = 'split_part'")).toEqual([
    [false, 'SPLIT_PART(String, String, Int64)'],
  ]);
  expect(
    await engine.rows("SELECT name FROM system.table_functions WHERE name IN ('flatten', 'infer_schema')"),
  ).toEqual([['flatten'], ['infer_schema']]);
});

test('variables show their values and types', async () => {
  expect(await engine.rows("SET VARIABLE (a, b) = (1, 'x'); SELECT * FROM system.variables")).toEqual([
    ['a', '1', 'UInt8'],
    ['b', 'x', 'String'],
  ]);
});

test('rejected_rows holds what the last COPY of the session left out', async () => {
  engine.session.rejected = [{ file: 'a.csv', line: 2, error: 'invalid text for number', raw: 'x,y' }];
  expect(await engine.rows('SELECT * FROM system.rejected_rows')).toEqual([
    ['a.csv', '2', 'invalid text for number', 'x,y'],
  ]);
});

test('information_schema has what drivers ask for', async () => {
  expect(
    await engine.rows(
      "SELECT table_name, table_type, table_rows FROM information_schema.tables WHERE table_schema = 'default' ORDER BY 1",
    ),
  ).toEqual([
    ['long_trip', 'VIEW', null],
    ['trip', 'BASE TABLE', '2'],
  ]);
  expect(
    await engine.rows(
      "SELECT column_name, ordinal_position, data_type, column_type, is_nullable FROM information_schema.columns WHERE table_name = 'trip'",
    ),
  ).toEqual([
    ['id', '1', 'bigint', 'bigint', 'YES'],
    ['legs', '1', 'int unsigned', 'int unsigned', 'NO'],
    ['tag', '1', 'varchar', 'varchar(16382)', 'NO'],
  ]);
  expect(await engine.rows('SELECT schema_name FROM information_schema.schemata ORDER BY 1')).toEqual([
    ['default'],
    ['information_schema'],
    ['system'],
    ['system_history'],
  ]);
  expect(await engine.rows('SELECT table_name, check_option FROM information_schema.views')).toEqual([
    ['long_trip', 'NONE'],
  ]);
});

test('system.tasks and system.task_history show the tasks of the catalog and their runs', async () => {
  const transaction = engine.core.services.warehouse.begin();
  const task = transaction.create<'Task'>({
    kind: 'Task',
    name: 'nightly',
    comment: '',
    warehouse: undefined,
    schedule: { kind: 'Interval', milliseconds: 90_500 },
    after: ['first', 'second'],
    definition: 'DELETE FROM trip',
    condition: undefined,
    state: 'Suspended',
    suspendAfterFailures: 3,
    errorIntegration: undefined,
    parameters: { timezone: 'UTC' },
    resumedOn: undefined,
    suspendedOn: undefined,
  });
  transaction.recordRun({
    ...{ id: 'r1', taskId: task.id, task: 'nightly', definition: 'DELETE FROM trip', state: 'FAILED', queryId: 'q1' },
    ...{ rootTaskId: task.id, trigger: 'Execute', atomic: true, interrupted: false },
    ...{ attempt: 1, scheduledOn: 0, completedOn: 1000, errorCode: 1025, errorText: 'no table' },
  });
  await transaction.commit(new AbortController().signal);
  const sql =
    'SELECT name, schedule, state, after, suspend_task_after_num_failures, session_parameters FROM system.tasks';
  const [row] = await engine.rows(sql);
  expect(row).toEqual([
    ...['nightly', 'INTERVAL 90 SECOND 500 MILLISECOND', 'Suspended', 'first,second', '3'],
    '{"timezone":"UTC"}',
  ]);
  expect((await engine.rows("SHOW TASKS LIKE 'NIGHT%'")).map((one) => one[1])).toEqual(['nightly']);
  expect((await engine.rows('DESC TASK nightly')).map((one) => one[1])).toEqual(['nightly']);
  expect(
    await engine.rows(
      'SELECT name, state, run_id, exception_code, exception_text, completed_time FROM system.task_history',
    ),
  ).toEqual([['nightly', 'FAILED', 'r1', '1025', 'no table', '1970-01-01 00:00:01.000000']]);
});

test('a database of the system is neither made nor dropped', async () => {
  for (const sql of [
    'CREATE DATABASE system',
    'DROP DATABASE information_schema',
    'ALTER DATABASE system RENAME TO x',
  ]) {
    await expect(engine.rows(sql)).rejects.toMatchObject({ code: 1002 });
  }
});

test('a name that no system table has is unknown, with the one that was meant', async () => {
  await expect(engine.rows('SELECT * FROM system.tabels')).rejects.toMatchObject({
    code: 1025,
    message: "Unknown table 'system.tabels'",
    suggestions: ['tables'],
  });
});
