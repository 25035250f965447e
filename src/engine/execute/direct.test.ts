import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeParquet } from '../formats/parquet/encode.ts';
import { type TestEngine, testEngine } from '../test/engine.ts';
import { batchOf } from '../types/build/batch.ts';
import type { Cell } from '../types/cell.ts';
import { arrayOf, plain, type Schema } from '../types/type.ts';

const folder = mkdtempSync(join(tmpdir(), 'boathouse-direct-'));
let engine: TestEngine;

const schema: Schema = [
  { name: 'id', type: plain('String'), nullable: true },
  { name: 'small', type: plain('Int64'), nullable: true },
  { name: 'byte', type: plain('UInt8'), nullable: true },
  { name: 'x', type: plain('Float32'), nullable: true },
  { name: 'at', type: plain('Timestamp'), nullable: true },
  { name: 'v', type: arrayOf(plain('Float64')), nullable: true },
];

async function writeRows(name: string, rows: readonly (readonly Cell[])[]): Promise<void> {
  writeFileSync(join(folder, name), (await encodeParquet([batchOf(schema, rows)], { rowGroupRows: 2 })).bytes);
}

beforeAll(async () => {
  engine = await testEngine();
  await engine.rows(`CREATE STAGE s URL = 'fs://${folder}/' FILE_FORMAT = (TYPE = 'PARQUET')`);
  await writeRows('good.parquet', [
    ['a', 5n, 255, 0.1, 1n, [1, 2]],
    [null, null, null, null, null, null],
    ['c', -32_768n, 0, -0, -1n, [0.25, -3]],
  ]);
  await writeRows('wide.parquet', [
    ['a', 1n, 1, 1, 1n, [1, 2]],
    ['b', 2n, 1, 1, 1n, [1, 2]],
    ['c', 40_000n, 1, 1, 1n, [1, 2]],
  ]);
});

afterAll(() => rmSync(folder, { recursive: true }));

const ITEMS = 'id::STRING, small::SMALLINT, byte::INT, x::DOUBLE, at::TIMESTAMP, v::VECTOR(2), small::BIGINT::DOUBLE';

test('casts of whole vectors give the rows that DuckDB gives', async () => {
  const direct = await engine.rows(`SELECT ${ITEMS} FROM @s/good.parquet`);
  // A condition is for DuckDB.
  expect(direct).toEqual(await engine.rows(`SELECT ${ITEMS} FROM @s/good.parquet WHERE id IS NULL OR id <> ''`));
  expect(direct[0]).toEqual(['a', '5', '255', '0.10000000149011612', '1970-01-01 00:00:00.000001', '[1,2]', '5.0']);
});

test('a value that does not fit is the error that DuckDB gives', async () => {
  const error = async (where: string) =>
    (await engine.run(`SELECT small::SMALLINT FROM @s/wide.parquet${where}`)).at(-1);
  const direct = await error('');
  const through = await error(" WHERE id <> ''");
  expect(direct).toMatchObject({ ok: false, error: { code: 1006 } });
  expect(through).toMatchObject({ ok: false, error: { code: 1006 } });
  expect(await engine.rows('SELECT small::INT FROM @s/wide.parquet LIMIT 3')).toEqual([['1'], ['2'], ['40000']]);
});

test('a COPY of columns in another order and with casts fills the table by name', async () => {
  await engine.rows('CREATE TABLE t (n SMALLINT, v VECTOR(2), id STRING, x DOUBLE)');
  await engine.rows('COPY INTO t (id, n, v) FROM (SELECT id, small::SMALLINT, v::VECTOR(2) FROM @s/good.parquet)');
  expect(await engine.rows('SELECT * FROM t ORDER BY id')).toEqual([
    ['5', '[1,2]', 'a', null],
    ['-32768', '[0.25,-3]', 'c', null],
    [null, null, null, null],
  ]);
});

test('a COPY with expressions beside columns gives each row its own', async () => {
  const items = 'id, upper(id), small::SMALLINT, x + 1, byte';
  await engine.rows('CREATE TABLE mixed (id STRING, upper STRING, n SMALLINT, more DOUBLE, b INT)');
  await engine.rows(`COPY INTO mixed FROM (SELECT ${items} FROM @s/good.parquet)`);
  const rows = await engine.rows('SELECT * FROM mixed ORDER BY n');
  expect(rows).toEqual([
    ['c', 'C', '-32768', '1.0', '0'],
    ['a', 'A', '5', '1.1000000014901161', '255'],
    [null, null, null, null, null],
  ]);
  await engine.rows('CREATE TABLE wide (n SMALLINT, s STRING)');
  const copied = engine.rows('COPY INTO wide FROM (SELECT small::SMALLINT, upper(id) FROM @s/wide.parquet)');
  await expect(copied).rejects.toMatchObject({ code: 1006 });
});

test('rows of many batches of DuckDB stay in step with the columns around it', async () => {
  const rows = Array.from({ length: 10_000 }, (_, row): readonly Cell[] => [`k${row}`, BigInt(row), 0, 0, 0n, null]);
  const { bytes } = await encodeParquet([batchOf(schema, rows)]);
  writeFileSync(join(folder, 'many.parquet'), bytes);
  await engine.rows('CREATE TABLE many (id STRING, n BIGINT, again STRING, twice BIGINT)');
  const items = "id, small, 'k' || small::STRING, small * 2";
  await engine.rows(`COPY INTO many FROM (SELECT ${items} FROM @s/many.parquet)`);
  const found = 'SELECT COUNT(*), COUNT_IF(id = again AND twice = n * 2), COUNT(DISTINCT id) FROM many';
  expect(await engine.rows(found)).toEqual([['10000', '10000', '10000']]);
});
