import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeParquet } from '../../formats/parquet/encode.ts';
import { deltaField, type TableField } from '../../table/delta-schema.ts';
import { toStorage } from '../../table/storage.ts';
import { readDeltaTable } from '../../test/delta-reader.ts';
import { type TestEngine, testEngine } from '../../test/engine.ts';
import { initParquetInNode } from '../../test/parquet.ts';
import { filesOfTable } from '../../test/table-files.ts';
import { batchOf } from '../../types/build/batch.ts';
import type { Cell } from '../../types/cell.ts';
import { plain, type Schema } from '../../types/type.ts';

/** A file of which a COPY takes every column as it is becomes a data file of the table, byte for byte. */

const ROWS = 60_000;
const data = mkdtempSync(join(tmpdir(), 'boathouse-same-'));
let engine: TestEngine;
let source: Uint8Array;

interface Shape {
  readonly rows?: number;
  readonly firstIsNull?: boolean;
}

let state = 1;

function randomLetter(): string {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return String.fromCharCode(40 + (state >>> 24) / 3);
}

/** 200 characters that do not compress; they sort as their rows do. */
function textOf(row: number): string {
  return String(row).padStart(8, '0') + Array.from({ length: 192 }, randomLetter).join('');
}

/** `s VARCHAR, ts TIMESTAMP` */
async function writeFile(path: string, { rows = ROWS, firstIsNull = false }: Shape = {}): Promise<Uint8Array> {
  const schema: Schema = [
    { name: 's', type: plain('String'), nullable: true },
    { name: 'ts', type: plain('Timestamp'), nullable: true },
  ];
  const fields = schema.map((column): TableField => ({ ...column, delta: deltaField(column, undefined) }));
  const cells = Array.from({ length: rows }, (_, row): readonly Cell[] => [
    firstIsNull && row === 0 ? null : textOf(row),
    BigInt(row) * 1_000_003n,
  ]);
  // In row groups of another size than ours, or the same bytes might as well have been written anew.
  const { bytes } = await encodeParquet([toStorage(batchOf(schema, cells), fields)], { rowGroupRows: 50_000 });
  writeFileSync(join(data, 'stage', path), bytes);
  return bytes;
}

beforeAll(async () => {
  initParquetInNode();
  mkdirSync(join(data, 'stage'));
  source = await writeFile('a.parquet');
  await writeFile('null.parquet', { firstIsNull: true });
  await writeFile('small.parquet', { rows: 1000 });
  engine = await testEngine({ data: join(data, 'warehouse') });
  await engine.rows(`CREATE STAGE s URL = 'fs://${data}/stage/' FILE_FORMAT = (TYPE = PARQUET)`);
}, 120_000);

afterAll(() => rmSync(data, { recursive: true }));

const filesOf = (table: string) => filesOfTable(engine, join(data, 'warehouse'), table);

/** Whether the data files of a new table are the source's bytes after the COPY. */
async function isTaken(columns: string, copy: string): Promise<boolean> {
  await engine.rows(`CREATE OR REPLACE TABLE t (${columns}); COPY INTO t ${copy}`);
  const found = [...filesOf('t')].filter(([path]) => path.endsWith('.parquet') && !path.startsWith('_'));
  expect(found.length).toBeGreaterThan(0);
  return found.every(([, bytes]) => Buffer.compare(bytes, source) === 0);
}

const COLUMNS = 's VARCHAR, ts TIMESTAMP';

test('it is taken, and other readers find its rows and statistics', async () => {
  expect(await isTaken(COLUMNS, "FROM @s FILES = ('a.parquet')")).toBe(true);
  const [[count, min = '', max = '', last] = []] = await engine.rows('SELECT COUNT(*), MIN(s), MAX(s), MAX(ts) FROM t');
  expect([count, last]).toEqual([String(ROWS), '1970-01-01 16:39:59.179997']);
  const add = [...filesOf('t')]
    .filter(([path]) => path.endsWith('.json'))
    .flatMap(([, bytes]) => new TextDecoder().decode(bytes).trimEnd().split('\n'))
    .map((line) => JSON.parse(line).add)
    .find((found) => found);
  expect(JSON.parse(add.stats)).toEqual({
    numRecords: ROWS,
    minValues: { s: String(min).slice(0, 32), ts: '1970-01-01T00:00:00.000000Z' },
    maxValues: { s: `${String(max).slice(0, 32)}\u{10FFFF}`, ts: '1970-01-01T16:39:59.179997Z' },
    nullCount: { s: 0, ts: 0 },
    nanCount: {},
  });
  const read = await readDeltaTable(filesOf('t'));
  expect([read.problems, read.rows.length]).toEqual([[], ROWS]);
});

test('a query that casts to the same types takes it too', async () => {
  const copy = "FROM (SELECT s::VARCHAR, ts::TIMESTAMP FROM @s) FILES = ('a.parquet')";
  expect(await isTaken('s VARCHAR NOT NULL, ts TIMESTAMP', copy)).toBe(true);
});

test.each([
  ['another type', 's VARCHAR, ts DATE', "FROM @s FILES = ('a.parquet')"],
  ['another order', 'ts TIMESTAMP, s VARCHAR', "FROM @s FILES = ('a.parquet')"],
  ['another name', 'name VARCHAR, ts TIMESTAMP', "FROM (SELECT s, ts FROM @s) FILES = ('a.parquet')"],
  ['a column less', 's VARCHAR', "FROM @s FILES = ('a.parquet')"],
  ['an expression', COLUMNS, "FROM (SELECT upper(s), ts FROM @s) FILES = ('a.parquet')"],
  ['a limit of rows', COLUMNS, "FROM @s FILES = ('a.parquet') SIZE_LIMIT = 2000000"],
  ['a file that is too small', COLUMNS, "FROM @s FILES = ('small.parquet')"],
])('it is written anew with %s', async (_, columns, copy) => {
  expect(await isTaken(columns, copy)).toBe(false);
});

test('it is refused where a column that is NOT NULL has a NULL', async () => {
  await engine.rows('CREATE OR REPLACE TABLE t (s VARCHAR NOT NULL, ts TIMESTAMP)');
  const copied = engine.rows("COPY INTO t FROM @s FILES = ('null.parquet')");
  await expect(copied).rejects.toThrow('fail to insert NULL into column `s`');
});
