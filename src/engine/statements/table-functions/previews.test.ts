import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestEngine, testEngine } from '../../test/engine.ts';

const disk = mkdtempSync(join(tmpdir(), 'boathouse-preview-'));
let engine: TestEngine;

/** `路` and `港` in GB18030. */
const [ROAD, PORT] = [Buffer.from([0xc2, 0xb7]), Buffer.from([0xb8, 0xdb])];

beforeAll(async () => {
  engine = await testEngine();
  await engine.rows('CREATE STAGE s');
  const lines = Array.from({ length: 20 }, (_, row) => [Buffer.from(`${row}|`), row % 2 ? ROAD : PORT]);
  const records = lines.flatMap(([head, word], row) => [head, word, Buffer.from(`|${row === 7 ? 'n/a' : row / 4}\n`)]);
  const bytes = Buffer.concat([
    Buffer.from('id|place|risk\n'),
    ...records.flatMap((part) => part ?? []),
    Buffer.from('1|x\n'),
  ]);
  writeFileSync(join(disk, 'gb.csv'), bytes);
  await engine.rows(`PUT fs://${disk}/gb.csv @s`);
  const anatomy = join(import.meta.dirname, '../../../../e2e/files/anatomy.parquet');
  await engine.rows(`PUT fs://${anatomy} @s`);
}, 120_000);

afterAll(() => rmSync(disk, { recursive: true }));

const OPTIONS = "type => 'CSV', field_delimiter => '|', skip_header => 1, encoding => 'gb18030'";

test('a file of fields is told as the options that read it', async () => {
  expect(await engine.rows("SELECT * FROM detect_file_format('@s/gb.csv')")).toEqual([
    ['gb18030', '|', '"', '\n', '1'],
  ]);
});

test('a preview names columns by nearly all of their values, and says what does not fit', async () => {
  expect(await engine.rows(`SELECT * FROM preview_columns(location => '@s/gb.csv', ${OPTIONS})`)).toEqual([
    ['id', 'BIGINT', '0', '21'],
    ['place', 'VARCHAR', '0', '21'],
    ['risk', 'DOUBLE', '1', '21'],
  ]);
  const bad = `SELECT * FROM preview_records(location => '@s/gb.csv', ${OPTIONS}) WHERE bad_fields::VARCHAR <> '[]' OR is_wrong_width`;
  expect(await engine.rows(bad)).toEqual([
    ['7', '["7","路","n/a"]', '[2]', false],
    ['20', '["1","x"]', '[]', true],
  ]);
});

test('a head counts among the records that say how many columns there are', async () => {
  writeFileSync(join(disk, 'ragged.csv'), 'a,b,c\n1,2\n3,4,5,6\n7,8,9\n');
  await engine.rows(`PUT fs://${disk}/ragged.csv @s`);
  const options = "location => '@s/ragged.csv', type => 'CSV', field_delimiter => ',', skip_header => 1";
  expect((await engine.rows(`SELECT * FROM preview_columns(${options})`)).map(([name]) => name)).toEqual([
    'a',
    'b',
    'c',
  ]);
  const wrong = `SELECT * FROM preview_records(${options}) WHERE is_wrong_width`;
  expect((await engine.rows(wrong)).map(([row]) => row)).toEqual(['0', '1']);
});

test('bytes of another encoding show as replacement marks, each cell with one being bad', async () => {
  const sql =
    "SELECT * FROM preview_records(location => '@s/gb.csv', type => 'CSV', field_delimiter => '|', skip_header => 1) LIMIT 1";
  expect(await engine.rows(sql)).toEqual([['0', '["0","\ufffd\ufffd","0"]', '[1]', false]]);
});

test('a pruning test tells the row groups that the run reads', async () => {
  const condition = "collected_at >= ''2025-01-02 16:40:00'' AND risk_score IS NOT NULL";
  const pruned = `SELECT row_group, is_read FROM parquet_pruning('@s/anatomy.parquet', '${condition}') WHERE row_group > 4`;
  expect(await engine.rows(pruned)).toEqual([
    ['5', false],
    ['6', true],
    ['7', true],
  ]);
  const run = `EXPLAIN ANALYZE SELECT * FROM @s/anatomy.parquet (FILE_FORMAT => 'PARQUET') WHERE ${condition.replaceAll("''", "'")}`;
  expect(await engine.rows(run)).toContainEqual(['├── row groups: 2 of 8']);
  const counted = run.replace('SELECT *', 'SELECT count(*), max(risk_score)');
  expect(await engine.rows(counted)).toContainEqual(['├── row groups: 2 of 8']);
});

test('a count of rows needs no row group, and a filter leaves out none that it wants', async () => {
  const file = "@s/anatomy.parquet (FILE_FORMAT => 'PARQUET')";
  const counts = async (where: string) =>
    (await engine.rows(`SELECT count(*), min(collected_at) FROM ${file} ${where}`))[0];
  const pruned = await counts("WHERE collected_at >= '2025-01-02 16:40:00'");
  const derived = `SELECT count(*) FROM (SELECT 1 FROM ${file} WHERE collected_at >= '2025-01-02 16:40:00') AS t`;
  expect(await engine.rows(derived)).toEqual([[pruned?.[0]]]);
  expect(await engine.rows(`SELECT count(*) FROM ${file}`)).toEqual([['4000']]);
  expect((await counts(''))?.[0]).toBe('4000');
  // By now every value lies in memory: the same rows come from there.
  expect(await counts("WHERE collected_at >= '2025-01-02 16:40:00'")).toEqual(pruned);
});

test('a condition that cannot be read is reported where it stands', async () => {
  await expect(engine.rows("SELECT * FROM parquet_pruning('@s/anatomy.parquet', 'nope > 1')")).rejects.toMatchObject({
    code: 1065,
    span: { start: 52, end: 62 },
  });
});

test('a part of a file is its bytes from an offset on, fewer at its end', async () => {
  const part = (offset: number, length: number) =>
    engine.rows(`SELECT to_hex(content), size FROM file_bytes('@s/gb.csv', ${offset}, ${length})`);
  const [[, size] = []] = await part(0, 0);
  expect(await part(3, 4)).toEqual([['706c6163', size]]);
  expect(await part(Number(size) - 2, 100)).toEqual([['780a', size]]);
  expect(await part(Number(size) + 5, 100)).toEqual([['', size]]);
  await expect(engine.rows("SELECT * FROM file_bytes('@s/gb.csv', -1, 4)")).rejects.toMatchObject({ code: 1006 });
});
