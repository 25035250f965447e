import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestEngine, testEngine } from '../test/engine.ts';
import { findDatabase, findTable } from '../warehouse/find.ts';
import { tableFolder } from '../warehouse/paths.ts';

/** One engine writes a table in its warehouse; another reads its folder as a Delta table of somebody else. */

const data = mkdtempSync(join(tmpdir(), 'boathouse-foreign-'));
let writer: TestEngine;
let reader: TestEngine;
let folder = '';

beforeAll(async () => {
  writer = await testEngine({ data });
  reader = await testEngine();
  await writer.rows(`CREATE TABLE w (a INT, b VARCHAR, u BIGINT UNSIGNED, iv INTERVAL, v VARIANT, tu TUPLE(x INT, y VARCHAR));
    INSERT INTO w VALUES (1, 'one', 18446744073709551615, INTERVAL '2 days', parse_json('{"k":[1]}'), (7, 'z'))`);
  const state = writer.core.services.warehouse.state();
  folder = join(data, tableFolder(findTable(state, findDatabase(state, 'default'), 'w')));
  await reader.rows(`CREATE TABLE f ENGINE = DELTA 'fs://${folder}/' COMMENT = 'theirs'`);
}, 120_000);

afterAll(() => rmSync(data, { recursive: true }));

test('rows have the types that their writer gave them', async () => {
  const all = 'a, b, u, iv, v, tu, _row_id';
  expect(await reader.rows(`SELECT ${all} FROM f`)).toEqual(await writer.rows(`SELECT ${all} FROM w`));
  expect(await reader.rows('SHOW CREATE TABLE f')).toEqual([
    [
      'f',
      `CREATE TABLE f (
  a INT NULL,
  b VARCHAR NULL,
  u BIGINT UNSIGNED NULL,
  iv INTERVAL NULL,
  v VARIANT NULL,
  tu TUPLE(x INT, y VARCHAR) NULL
) ENGINE=DELTA 'fs://${folder}/' COMMENT = 'theirs'`,
    ],
  ]);
  expect(await reader.rows("SELECT engine, is_external FROM system.tables WHERE name = 'f'")).toEqual([
    ['DELTA', true],
  ]);
});

test('new commits are seen, and columns by other names', async () => {
  await writer.rows("INSERT INTO w (a, b) VALUES (2, 'two'); DELETE FROM w WHERE a = 1");
  expect(await reader.rows('SELECT a, b, tu FROM f')).toEqual([['2', 'two', null]]);
  await writer.rows(
    'ALTER TABLE w RENAME COLUMN b TO c; ALTER TABLE w ADD COLUMN d INT DEFAULT 5; INSERT INTO w (a, c) VALUES (3, NULL)',
  );
  const rows = [
    ['2', 'two', '5'],
    ['3', null, '5'],
  ];
  expect(await reader.rows('SELECT a, c, d FROM f ORDER BY a')).toEqual(rows);
  await reader.rows('CREATE VIEW fv AS SELECT a, c, d FROM f; CREATE TABLE copied AS SELECT * FROM f');
  expect(await reader.rows('SELECT * FROM fv ORDER BY a')).toEqual(rows);
  expect(await reader.rows('SELECT max(a), count(*) FROM copied')).toEqual([['3', '2']]);
  await writer.rows('OPTIMIZE TABLE w ALL');
  expect(await reader.rows('SELECT a, c, d FROM f ORDER BY a')).toEqual(rows);
});

test('former versions are read by number and by time, and DESC shows the columns of now', async () => {
  await writer.rows('CREATE TABLE h (a INT); INSERT INTO h VALUES (1)');
  const state = writer.core.services.warehouse.state();
  const path = join(data, tableFolder(findTable(state, findDatabase(state, 'default'), 'h')));
  await reader.rows(`CREATE TABLE fh ENGINE = DELTA 'fs://${path}/'`);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const time = (await writer.rows('SELECT now()::VARCHAR'))[0]?.[0];
  await new Promise((resolve) => setTimeout(resolve, 20));
  await writer.rows('INSERT INTO h VALUES (2); ALTER TABLE h ADD COLUMN b VARCHAR; INSERT INTO h VALUES (3, NULL)');
  expect(await reader.rows('SELECT * FROM fh ORDER BY a')).toEqual([
    ['1', null],
    ['2', null],
    ['3', null],
  ]);
  expect(await reader.rows('SELECT * FROM fh AT (VERSION => 2) ORDER BY a')).toEqual([['1'], ['2']]);
  expect(await reader.rows(`SELECT * FROM fh AT (TIMESTAMP => '${time}'::TIMESTAMP)`)).toEqual([['1']]);
  // The time in the commit counts, where there is one, and not what the writer's clock said.
  const commit = join(path, '_delta_log', `${'1'.padStart(20, '0')}.json`);
  writeFileSync(
    commit,
    readFileSync(commit, 'utf8').replace('"commitInfo":{', '"commitInfo":{"inCommitTimestamp":4e12,'),
  );
  expect(await reader.rows(`SELECT * FROM fh AT (TIMESTAMP => '${time}'::TIMESTAMP)`)).toEqual([]);
  expect(await writer.rows('SELECT count(*) FROM h AT (VERSION => 1)')).toEqual([['1']]);
  expect((await reader.rows('DESC fh')).map(([name]) => name)).toEqual(['a', 'b']);
  await expect(reader.rows('SELECT * FROM fh AT (VERSION => 99)')).rejects.toMatchObject({ code: 2013 });
});

/** Another name for each column of the files, which ids tell apart, and vectors by their whole paths. */
test('columns are found by their ids alone', async () => {
  await writer.rows(
    'CREATE TABLE m (a INT, b VARCHAR); ALTER TABLE m RENAME COLUMN b TO c; INSERT INTO m VALUES (1, $$x$$)',
  );
  const state = writer.core.services.warehouse.state();
  const path = join(data, tableFolder(findTable(state, findDatabase(state, 'default'), 'm')));
  const copy = mkdtempSync(join(tmpdir(), 'boathouse-by-id-'));
  cpSync(path, copy, { recursive: true });
  const log = join(copy, '_delta_log');
  for (const name of readdirSync(log).filter((one) => one.endsWith('.json'))) {
    const text = readFileSync(join(log, name), 'utf8');
    const byId = text
      .replaceAll('"delta.columnMapping.mode":"name"', '"delta.columnMapping.mode":"id"')
      .replaceAll(/(physicalName\\?\\?":\\?\\?")([^"\\]+)/g, '$1other-$2');
    writeFileSync(join(log, name), byId);
  }
  await reader.rows(`CREATE TABLE fm ENGINE = DELTA 'fs://${copy}/'`);
  expect(await reader.rows('SELECT * FROM fm WHERE a = 1')).toEqual([['1', 'x']]);
  rmSync(copy, { recursive: true });
});

test.each([
  'INSERT INTO f (a) VALUES (1)',
  'UPDATE f SET a = 1',
  'DELETE FROM f',
  'TRUNCATE TABLE f',
  'COPY INTO f FROM @~',
  'ALTER TABLE f ADD COLUMN z INT',
  'OPTIMIZE TABLE f COMPACT',
])('%s is refused', async (sql) => {
  await expect(reader.rows(sql)).rejects.toMatchObject({
    code: 1302,
    message: "Table 'f' is of the DELTA engine and can only be read",
  });
});

test('its name is ours, its files are not', async () => {
  const files = readdirSync(folder, { recursive: true });
  await reader.rows('ALTER TABLE f RENAME TO g; DROP TABLE g; UNDROP TABLE g; ALTER TABLE g RENAME TO f');
  expect(await reader.rows('SELECT count(*) FROM f')).toEqual([['2']]);
  await reader.rows('CREATE TABLE once ENGINE = DELTA @~/x').catch(() => {});
  expect(readdirSync(folder, { recursive: true })).toEqual(files);
});

test('through a stage', async () => {
  await reader.rows(
    `CREATE STAGE theirs URL = 'fs://${data}/tables/'; CREATE TABLE s ENGINE = DELTA @theirs/${folder.split('/').at(-1)}`,
  );
  expect(await reader.rows('SELECT a FROM s ORDER BY a')).toEqual([['2'], ['3']]);
});

test('a table that was made anew has its own rows, even in files of the same names', async () => {
  const place = join(data, 'anew');
  const make = async (name: string) => {
    await writer.rows(`CREATE TABLE ${name} (a INT); INSERT INTO ${name} SELECT ascii('${name}')`);
    const state = writer.core.services.warehouse.state();
    rmSync(place, { recursive: true, force: true });
    cpSync(join(data, tableFolder(findTable(state, findDatabase(state, 'default'), name))), place, { recursive: true });
    const [file = ''] = readdirSync(place).filter((entry) => entry.endsWith('.parquet'));
    renameSync(join(place, file), join(place, 'part-0.parquet'));
    for (const entry of readdirSync(join(place, '_delta_log'))) {
      const log = join(place, '_delta_log', entry);
      writeFileSync(log, readFileSync(log, 'utf8').replaceAll(file, 'part-0.parquet'));
    }
  };
  await make('x');
  await reader.rows(`CREATE TABLE anew ENGINE = DELTA 'fs://${place}/'`);
  expect(await reader.rows('SELECT sum(a) FROM anew')).toEqual([['120']]);
  await make('y');
  expect(await reader.rows('SELECT sum(a) FROM anew')).toEqual([['121']]);
});

test('what is no table, or needs more than we know, is said', async () => {
  await expect(reader.rows("CREATE TABLE n ENGINE = DELTA 'fs:///nowhere/at/all/'")).rejects.toMatchObject({
    code: 3001,
  });
  await expect(reader.rows(`CREATE TABLE n (a INT) ENGINE = DELTA 'fs://${folder}/'`)).rejects.toMatchObject({
    code: 1006,
  });
  const log = join(folder, '_delta_log');
  const newest = readdirSync(log)
    .filter((name) => /^\d+\.json$/.test(name))
    .sort()
    .at(-1);
  const next = join(log, `${String(Number(newest?.slice(0, 20)) + 1).padStart(20, '0')}.json`);
  const protocol = { minReaderVersion: 3, minWriterVersion: 7, readerFeatures: ['wings'], writerFeatures: ['wings'] };
  writeFileSync(next, `${JSON.stringify({ protocol })}\n`);
  await expect(reader.rows('SELECT * FROM f')).rejects.toMatchObject({
    code: 1002,
    message: "Delta table feature 'wings' is not supported",
  });
  rmSync(next);
  expect(await reader.rows('SELECT count(*) FROM f')).toEqual([['2']]);
});
