import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDatabase, findTable } from '../warehouse/find.ts';
import { tableFolder } from '../warehouse/paths.ts';
import { type ReadTable, readDeltaTable } from './delta-reader.ts';
import { type TestEngine, testEngine } from './engine.ts';
import { sharedData } from './parquet.ts';

/** Other readers of Delta see what SELECT gives, after COPY, UPDATE and DELETE, whatever the type. */

const data = mkdtempSync(join(tmpdir(), 'boathouse-agrees-'));
const tool = sharedData('../tools/check-delta');
let engine: TestEngine;

const COLUMNS = `id INT NOT NULL, b BOOLEAN, i8 TINYINT, i16 SMALLINT, i64 BIGINT, u8 TINYINT UNSIGNED,
  u16 SMALLINT UNSIGNED, u32 INT UNSIGNED, u64 BIGINT UNSIGNED, f FLOAT, d DOUBLE, dec9 DECIMAL(9, 2),
  dec38 DECIMAL(38, 10), dec76 DECIMAL(76, 1), s VARCHAR, dt DATE, ts TIMESTAMP, tz TIMESTAMP_TZ, iv INTERVAL,
  bin BINARY, v VARIANT, arr ARRAY(INT), m MAP(VARCHAR, INT), tu TUPLE(a INT, b VARCHAR), vec VECTOR(3), g GEOMETRY,
  gg GEOGRAPHY, bm BITMAP`;

const ROW = [
  'true,-128,-32768,-9223372036854775808,255,65535,4294967295,18446744073709551615,0.5,1e300,250.25',
  '1234567890123456789012345678.0123456789,-7.5,größe,2025-01-02,2025-01-02 03:04:05.678901',
  '2025-01-02 03:04:05 +02:00,1 month 2 days,00FF,"{""a"":[1,null]}","[1,NULL,3]","{\'k\':1}","(1,\'x\')"',
  '"[1,2.5,-3]",POINT(1 2),POINT(-122 37),"1,5,9"',
].join(',');

beforeAll(async () => {
  engine = await testEngine({ data: join(data, 'warehouse') });
  writeFileSync(join(data, '1.csv'), `1,${ROW}\n2${',\\N'.repeat(27)}\n`);
  writeFileSync(join(data, '2.csv'), `3,${ROW}\n4,${ROW}\n`);
  await engine.rows(`CREATE STAGE s URL = 'fs://${data}/'; CREATE TABLE t (${COLUMNS})`);
}, 120_000);

afterAll(() => rmSync(data, { recursive: true }));

function folderOfTable(): string {
  const state = engine.core.services.warehouse.state();
  const table = findTable(state, findDatabase(state, 'default'), 't');
  return join(data, 'warehouse', tableFolder(table));
}

async function strictly(): Promise<ReadTable> {
  const folder = folderOfTable();
  const files = new Map<string, Uint8Array>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(path.slice(folder.length + 1), new Uint8Array(readFileSync(path)));
  }
  return readDeltaTable(files);
}

/** The rows of another reader as SELECT gives them: id, text, row id. */
async function agreed(): Promise<ReadTable> {
  const read = await strictly();
  expect(read.problems).toEqual([]);
  const rows = read.rows.map(({ id, s }, index) => [String(id), s, String(read.rowIds[index])]);
  const byId = (a: readonly unknown[], b: readonly unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);
  expect(rows.sort(byId)).toEqual(await engine.rows('SELECT id, s, _row_id FROM t ORDER BY id::VARCHAR'));
  return read;
}

/** delta-rs, where it is installed. */
function toolRuns(): boolean {
  if (!tool.present) return false;
  return spawnSync(tool.path, [join(data, 'nothing')], { encoding: 'utf8' }).stderr.includes('no Delta table');
}

test('after COPY', async () => {
  expect(await engine.rows("COPY INTO t FROM @s FILES = ('1.csv', '2.csv') FILE_FORMAT = (TYPE = CSV)")).toEqual([
    ['1.csv', '2', '0', null, null],
    ['2.csv', '2', '0', null, null],
  ]);
  const { rows } = await agreed();
  const [one, two] = [rows.find(({ id }) => id === 1), rows.find(({ id }) => id === 2)];
  expect(one).toMatchObject({
    b: true,
    i8: -128,
    u32: 4_294_967_295n,
    f: 0.5,
    d: 1e300,
    dec9: 250.25,
    dec76: '-7.5',
    s: 'größe',
    dt: 20_090,
    iv: { months: 1, days: 2, micros: 0n },
    v: '{"a":[1,null]}',
    arr: [1, null, 3],
    m: { k: 1 },
    tu: { a: 1, b: 'x' },
    vec: [1, 2.5, -3],
  });
  const { id, ...others } = two ?? {};
  expect([id, new Set(Object.values(others))]).toEqual([2, new Set([null])]);
});

test('after UPDATE', async () => {
  const update = `UPDATE t SET s = 'new', arr = [9], vec = [4, 5, 6], tu = (2, NULL), m = {}, dec76 = 0.5, dt = NULL,
    v = parse_json('{"z":1}'), tz = '2026-01-01 00:00:00 +01:00', iv = INTERVAL '1' DAY WHERE id >= 3`;
  expect(await engine.rows(update)).toEqual([['2']]);
  const { rows } = await agreed();
  for (const id of [3, 4]) {
    expect(rows.find((row) => row['id'] === id)).toMatchObject({
      s: 'new',
      arr: [9],
      vec: [4, 5, 6],
      tu: { a: 2, b: null },
      m: {},
      dec76: '0.5',
      dt: null,
      v: '{"z":1}',
      tz: { ts: 1_767_222_000_000_000n, off: 3600 },
      iv: { months: 0, days: 1, micros: 0n },
      i8: -128,
      dec9: 250.25,
    });
  }
});

test.skipIf(!toolRuns())(
  'after UPDATE to delta-rs (skipped without check-delta, python3 or its packages)',
  () => {
    const { stdout } = spawnSync(tool.path, ['--rows', folderOfTable()], { encoding: 'utf8' });
    const { error, rows } = JSON.parse(stdout);
    expect([error, rows]).toEqual([undefined, 4]);
  },
  120_000,
);

test('after MERGE and UPDATE … FROM, each row under the id that it had', async () => {
  const idsOf = ({ rows, rowIds }: ReadTable) => new Map(rows.map(({ id }, index) => [id, rowIds[index]]));
  const before = idsOf(await strictly());
  const merge = `MERGE INTO t USING (SELECT 2 AS id, 'merged' AS s UNION ALL SELECT 9, 'more') AS n ON t.id = n.id
    WHEN MATCHED THEN UPDATE SET s = n.s, arr = [1], g = NULL WHEN NOT MATCHED THEN INSERT (id, s) VALUES (n.id, n.s)`;
  expect(await engine.rows(merge)).toEqual([['1', '1']]);
  await engine.rows("UPDATE t SET s = o.s || '!' FROM t AS o WHERE t.id = o.id + 1");
  const after = await agreed();
  for (const [id, rowId] of before) expect(idsOf(after).get(id)).toBe(rowId);
  expect(after.rows.find(({ id }) => id === 2)).toMatchObject({ arr: [1], g: null });
  await engine.rows("REPLACE INTO t (id, s) ON (id) VALUES (2, 'again')");
  const replaced = idsOf(await agreed());
  expect(before.get(2) === replaced.get(2)).toBe(false);
  await engine.rows('DELETE FROM t WHERE id = 9');
});

test('after DELETE, and without any row', async () => {
  expect(await engine.rows('DELETE FROM t WHERE id IN (1, 4)')).toEqual([['2']]);
  expect((await agreed()).rows.length).toBe(2);
  await engine.rows('INSERT INTO t (id, s) VALUES (5, NULL)');
  expect((await agreed()).rows.length).toBe(3);
  await engine.rows('TRUNCATE TABLE t');
  expect((await agreed()).rows).toEqual([]);
});
