import { beforeEach, expect, test } from 'vitest';
import { testEngine } from '../test/engine.ts';

const engine = await testEngine();

async function run(sql: string): Promise<void> {
  for (const result of await engine.run(sql)) if (!result.ok) throw result.error;
}

beforeEach(async () => {
  await run(`
    CREATE OR REPLACE TABLE trip (id BIGINT, legs INT NOT NULL DEFAULT 1, tag VARCHAR COMMENT 'of the driver') CLUSTER BY (id);
    INSERT INTO trip VALUES (1, 10, 'a'), (2, 20, NULL);
  `);
});

const names = async () => (await engine.rows('DESC trip')).map(([name]) => name);

test('RENAME TO keeps the rows and stays in the database', async () => {
  await run('ALTER TABLE trip RENAME TO ride');
  expect(await engine.rows('SELECT count(*) FROM ride')).toEqual([['2']]);
  await run('CREATE OR REPLACE TABLE taken (a INT); CREATE DATABASE IF NOT EXISTS far');
  await expect(engine.rows('ALTER TABLE ride RENAME TO taken')).rejects.toMatchObject({ code: 2302 });
  await expect(engine.rows('ALTER TABLE ride RENAME TO far.ride')).rejects.toMatchObject({ code: 1006 });
  await run('DROP TABLE ride');
  await expect(engine.rows("ALTER TABLE ride COMMENT = 'x'")).rejects.toMatchObject({ code: 1025 });
  expect(await engine.rows("ALTER TABLE IF EXISTS ride COMMENT = 'x'")).toEqual([]);
});

test('SWAP WITH exchanges names, and rows with them', async () => {
  await run('CREATE OR REPLACE TABLE next (a INT); INSERT INTO next VALUES (7); ALTER TABLE trip SWAP WITH next');
  expect(await engine.rows('SELECT * FROM trip')).toEqual([['7']]);
  expect(await engine.rows('SELECT id FROM next ORDER BY id')).toEqual([['1'], ['2']]);
  expect(await engine.rows("SHOW TABLES LIKE '% %'")).toEqual([]);
});

test('comments of the table and of a column are set alone', async () => {
  await run("ALTER TABLE trip COMMENT = 'rides'; ALTER TABLE trip MODIFY COLUMN legs COMMENT 'stops'");
  expect(await engine.rows("SELECT comment FROM system.tables WHERE name = 'trip'")).toEqual([['rides']]);
  expect(await engine.rows("SELECT default_expression, comment FROM system.columns WHERE table = 'trip'")).toEqual([
    ['', ''],
    ['1', 'stops'],
    ['', 'of the driver'],
  ]);
});

test('ADD COLUMN gives the rows that are there NULL, the default or the zero of the type', async () => {
  await run(`
    ALTER TABLE trip ADD COLUMN note VARCHAR FIRST;
    ALTER TABLE trip ADD COLUMN price DECIMAL(6, 2) DEFAULT 1.5 AFTER id;
    ALTER TABLE trip ADD seats INT UNSIGNED NOT NULL;
  `);
  expect(await names()).toEqual(['note', 'id', 'price', 'legs', 'tag', 'seats']);
  await run('INSERT INTO trip (id) VALUES (3)');
  expect(await engine.rows('SELECT * FROM trip ORDER BY id')).toEqual([
    [null, '1', '1.50', '10', 'a', '0'],
    [null, '2', '1.50', '20', null, '0'],
    [null, '3', '1.50', '1', null, '0'],
  ]);
});

test('ADD COLUMN refuses a name that is there and a place that is not', async () => {
  await expect(engine.rows('ALTER TABLE trip ADD COLUMN LEGS INT')).rejects.toMatchObject({ code: 1108 });
  await run('ALTER TABLE trip ADD COLUMN IF NOT EXISTS legs VARCHAR');
  expect(await names()).toEqual(['id', 'legs', 'tag']);
  await expect(engine.rows('ALTER TABLE trip ADD COLUMN IF NOT EXISTS legs INT AFTER nope')).rejects.toMatchObject({
    code: 1006,
    span: { start: 57, end: 61 },
  });
});

test('a column that was dropped and added again is another one', async () => {
  await run('ALTER TABLE trip DROP COLUMN tag; ALTER TABLE trip ADD COLUMN tag VARCHAR');
  expect(await engine.rows('SELECT id, tag FROM trip ORDER BY id')).toEqual([
    ['1', null],
    ['2', null],
  ]);
});

test('DROP COLUMN keeps the last column and the columns of the cluster key', async () => {
  await expect(engine.rows('ALTER TABLE trip DROP COLUMN id')).rejects.toMatchObject({ code: 1132 });
  await expect(engine.rows('ALTER TABLE trip DROP COLUMN tg')).rejects.toMatchObject({
    code: 1058,
    suggestions: ['tag'],
  });
  await run('ALTER TABLE trip DROP CLUSTER KEY; ALTER TABLE trip DROP COLUMN id; ALTER TABLE trip DROP COLUMN tag');
  await expect(engine.rows('ALTER TABLE trip DROP COLUMN legs')).rejects.toMatchObject({ code: 1109 });
});

test('RENAME COLUMN keeps the values and the cluster key', async () => {
  await run('ALTER TABLE trip RENAME COLUMN id TO "Trip id"; INSERT INTO trip ("Trip id", legs) VALUES (3, 30)');
  expect(await engine.rows('SELECT "Trip id", legs FROM trip ORDER BY 1')).toEqual([
    ['1', '10'],
    ['2', '20'],
    ['3', '30'],
  ]);
  expect(await engine.rows("SELECT cluster_by FROM system.tables WHERE name = 'trip'")).toEqual([['("Trip id")']]);
  for (const sql of ['nope TO a', 'legs TO legs', 'legs TO tag']) {
    await expect(engine.rows(`ALTER TABLE trip RENAME COLUMN ${sql}`)).rejects.toMatchObject({ code: 1065 });
  }
});

test('MODIFY COLUMN casts the rows, or changes nothing', async () => {
  await run("ALTER TABLE trip MODIFY COLUMN legs VARCHAR NOT NULL DEFAULT 'x', COLUMN id DOUBLE");
  expect(await engine.rows('SELECT id, legs FROM trip ORDER BY id')).toEqual([
    ['1.0', '10'],
    ['2.0', '20'],
  ]);
  expect((await engine.rows('DESC trip')).map(([name, type]) => [name, type])).toEqual([
    ['id', 'DOUBLE'],
    ['legs', 'VARCHAR'],
    ['tag', 'VARCHAR'],
  ]);
  await expect(engine.rows('ALTER TABLE trip MODIFY COLUMN tag INT')).rejects.toMatchObject({ code: 1006 });
  expect(await engine.rows("SELECT count(*) FROM trip WHERE tag = 'a'")).toEqual([['1']]);
});

test('a rewritten row keeps its id', async () => {
  const ids = await engine.rows('SELECT _row_id FROM trip ORDER BY id');
  await run('ALTER TABLE trip MODIFY COLUMN id INT');
  expect(await engine.rows('SELECT _row_id FROM trip ORDER BY id')).toEqual(ids);
});

test('MODIFY COLUMN of the same type changes what is said of the column, NOT NULL only where no NULL is', async () => {
  await run('ALTER TABLE trip MODIFY COLUMN legs INT NULL');
  expect((await engine.rows('DESC trip'))[1]).toEqual(['legs', 'INT', 'YES', 'NULL', '']);
  await run('ALTER TABLE trip MODIFY COLUMN legs INT NOT NULL');
  await expect(engine.rows('ALTER TABLE trip MODIFY COLUMN tag VARCHAR NOT NULL')).rejects.toMatchObject({
    code: 1006,
  });
});

test('MODIFY COLUMN refuses to rewrite a table whose changes are tracked', async () => {
  await run('ALTER TABLE trip SET OPTIONS (change_tracking = true)');
  await expect(engine.rows('ALTER TABLE trip MODIFY COLUMN legs DOUBLE')).rejects.toMatchObject({ code: 1132 });
  await run('ALTER TABLE trip ADD COLUMN more INT DEFAULT 5');
  expect(await engine.rows('SELECT more FROM trip')).toEqual([['5'], ['5']]);
});

test('SET and UNSET OPTIONS know the options of a table', async () => {
  await run(
    "ALTER TABLE trip SET OPTIONS (row_per_block = 500, compression = 'zstd'); ALTER TABLE trip UNSET OPTIONS (compression)",
  );
  expect(await engine.rows("SELECT table_option FROM system.tables WHERE name = 'trip'")).toEqual([
    ["ROW_PER_BLOCK='500'"],
  ]);
  await expect(engine.rows('ALTER TABLE trip SET OPTIONS (row_per_blok = 1)')).rejects.toMatchObject({
    code: 1301,
    suggestions: ['row_per_block', 'row_per_page'],
  });
});

test('CLUSTER BY wants columns of the table', async () => {
  await run('ALTER TABLE trip CLUSTER BY (legs % 4, tag)');
  expect(await engine.rows("SELECT cluster_by FROM system.tables WHERE name = 'trip'")).toEqual([['(legs % 4, tag)']]);
  await expect(engine.rows('ALTER TABLE trip CLUSTER BY (nope)')).rejects.toMatchObject({ code: 1081 });
});

test('an ALTER commits the transaction before it, and is not undone', async () => {
  await run("BEGIN; INSERT INTO trip VALUES (3, 30, 'c'); ALTER TABLE trip ADD COLUMN price INT DEFAULT 4; ROLLBACK");
  expect(await engine.rows('SELECT id, price FROM trip ORDER BY id')).toEqual([
    ['1', '4'],
    ['2', '4'],
    ['3', '4'],
  ]);
});

test('FLASHBACK TO brings back the columns and rows of a moment', async () => {
  const [row] = await engine.rows('SELECT to_string(now())');
  await new Promise((resolve) => setTimeout(resolve, 5));
  await run('DELETE FROM trip WHERE id = 1; ALTER TABLE trip ADD COLUMN more INT DEFAULT 5');
  await run(`ALTER TABLE trip FLASHBACK TO (TIMESTAMP => '${row?.[0]}'::TIMESTAMP)`);
  expect(await engine.rows('SELECT * FROM trip ORDER BY id')).toEqual([
    ['1', '10', 'a'],
    ['2', '20', null],
  ]);
  await run('INSERT INTO trip (id) VALUES (3)');
  expect(await engine.rows('SELECT id, legs FROM trip WHERE id = 3')).toEqual([['3', '1']]);
});

test('FLASHBACK TO wants a point that the history reaches', async () => {
  await expect(
    engine.rows("ALTER TABLE trip FLASHBACK TO (TIMESTAMP => '2020-01-01'::TIMESTAMP)"),
  ).rejects.toMatchObject({ code: 2013, message: 'No historical data found at given point' });
  await expect(engine.rows('ALTER TABLE trip FLASHBACK TO (OFFSET => 5)')).rejects.toMatchObject({ code: 2004 });
  await expect(engine.rows("ALTER TABLE trip FLASHBACK TO (SNAPSHOT => 'abc')")).rejects.toMatchObject({ code: 2013 });
});
