import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataType, Field, TimestampMicrosecond } from 'apache-arrow';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeParquet, type ParquetCompression } from '../../formats/parquet/encode.ts';
import { footerTree, integerOf, itemsOf, structIn } from '../../formats/parquet/thrift-tree.ts';
import { readDeltaTable } from '../../test/delta-reader.ts';
import { type TestEngine, testEngine } from '../../test/engine.ts';
import { initParquetInNode } from '../../test/parquet.ts';
import { filesOfTable } from '../../test/table-files.ts';
import { batchOf } from '../../types/build/batch.ts';
import type { Cell } from '../../types/cell.ts';
import { plain, type Schema, type SqlType } from '../../types/type.ts';

/** Columns that a COPY leaves alone keep the chunks of their file; with a SIZE_LIMIT all rows are written anew. */

const ROWS = 20_000;
const ANEW = 'SIZE_LIMIT = 1000000000';
const data = mkdtempSync(join(tmpdir(), 'boathouse-stored-'));
let engine: TestEngine;

const TYPES = {
  i: plain('Int32'),
  l: plain('Int64'),
  d: plain('Float64'),
  s: plain('String'),
  b: plain('Boolean'),
  n: { kind: 'Decimal', precision: 30, scale: 2 },
  t: plain('Timestamp'),
} satisfies Record<string, SqlType>;
const DEFINITION = 'i INT, l BIGINT, d DOUBLE, s VARCHAR, b BOOLEAN, n DECIMAL(30, 2), t TIMESTAMP';
const SCHEMA: Schema = Object.entries(TYPES).map(([name, type]) => ({ name, type, nullable: true }));

interface Shape {
  readonly rows?: number;
  readonly seed?: number;
  /** One row in so many is NULL, in turns by column. */
  readonly nulls?: number;
  readonly groupRows?: number;
  readonly compression?: ParquetCompression;
  readonly required?: boolean;
}

function cellsOf(row: number, { seed = 1, nulls = 7 }: Shape): readonly Cell[] {
  const hash = Math.imul(row + 1, 2_654_435_761 * seed) >>> 0;
  const cells: readonly Cell[] = [
    hash % 1000,
    BigInt(row) * 1_000_003n,
    row % 501 === 0 ? Number.NaN : hash / 7 - 1e8,
    `${'é'.repeat(hash % 3)}${hash % 50}`,
    hash % 3 === 0,
    BigInt(hash) * 100_000_000_007n,
    BigInt(row) * 40_000n,
  ];
  return cells.map((cell, column) => ((row + column) % nulls === nulls - 1 ? null : cell));
}

async function writeFile(path: string, shape: Shape = {}): Promise<void> {
  const { rows = ROWS, groupRows = ROWS, compression = 'NONE', required = false } = shape;
  const cells = Array.from({ length: rows }, (_, row) => cellsOf(row, shape));
  const batch = batchOf(SCHEMA, cells);
  const fields = batch.schema.fields.map(({ name, type }) => {
    const stored = DataType.isTimestamp(type) ? new TimestampMicrosecond('UTC') : type;
    return new Field(name, stored, !required);
  });
  // Without compression, or the same bytes might as well have been written anew.
  const { bytes } = await encodeParquet([batch], { rowGroupRows: groupRows, compression, fields });
  writeFileSync(join(data, 'stage', path), bytes);
}

beforeAll(async () => {
  initParquetInNode();
  mkdirSync(join(data, 'stage'));
  await writeFile('a.parquet');
  await writeFile('required.parquet', { nulls: 1_000_000_007, required: true });
  await writeFile('small.parquet', { rows: 1000 });
  engine = await testEngine({ data: join(data, 'warehouse') });
  await engine.rows(`CREATE STAGE s URL = 'fs://${data}/stage/' FILE_FORMAT = (TYPE = PARQUET)`);
}, 120_000);

afterAll(() => rmSync(data, { recursive: true }));

const filesOf = (table: string) => filesOfTable(engine, join(data, 'warehouse'), table);

/** The bytes of each chunk of a file's first row group. */
function chunksOf(bytes: Uint8Array): readonly Uint8Array[] {
  const [group] = itemsOf(footerTree(bytes).footer.fields.get(4));
  return itemsOf(structIn(group).fields.get(1)).map((chunk) => {
    const { fields } = structIn(structIn(chunk).fields.get(3));
    const dictionary = integerOf(fields.get(11));
    const start = dictionary > 0 ? dictionary : integerOf(fields.get(9));
    return bytes.subarray(start, start + integerOf(fields.get(7)));
  });
}

/** By column of the new table: the column of the file whose chunk it has, byte for byte. */
async function keptColumns(columns: string, items: string, file = 'a.parquet', options = ''): Promise<string> {
  await engine.rows(
    `CREATE OR REPLACE TABLE t (${columns}); COPY INTO t FROM (SELECT ${items} FROM @s) FILES = ('${file}') ${options}`,
  );
  const [found] = [...filesOf('t')].filter(([path]) => path.endsWith('.parquet') && !path.startsWith('_'));
  const source = chunksOf(new Uint8Array(readFileSync(join(data, 'stage', file))));
  const names = Object.keys(TYPES);
  return chunksOf(found?.[1] ?? new Uint8Array(0))
    .map((chunk) => names[source.findIndex((bytes) => Buffer.compare(bytes, chunk) === 0)] ?? '-')
    .join(' ');
}

interface Loaded {
  readonly rows: readonly object[];
  readonly stats: unknown;
}

async function loaded(columns: string, copy: string): Promise<Loaded> {
  await engine.rows(`CREATE OR REPLACE TABLE t (${columns}); COPY INTO t ${copy}`);
  const files = filesOf('t');
  const read = await readDeltaTable(files);
  expect(read.problems).toEqual([]);
  const adds = [...files]
    .filter(([path]) => path.endsWith('.json'))
    .flatMap(([, bytes]) => new TextDecoder().decode(bytes).trimEnd().split('\n'))
    .flatMap((line) => JSON.parse(line).add ?? []);
  return { rows: read.rows, stats: adds.map(({ stats }) => JSON.parse(stats)) };
}

test('columns beside an expression keep their chunks, whatever their order and names', async () => {
  expect(await keptColumns(DEFINITION, 'i, l, d * 2, s, b, n, t')).toBe('i l - s b n t');
  expect(await keptColumns('x VARCHAR, y DOUBLE, z BIGINT, w VARCHAR', 's, d, i + 1, s')).toBe('s d - s');
  expect(await keptColumns('b BOOLEAN, i INT', 'b, i')).toBe('b i');
});

test.each([
  { what: 'a column of another type', columns: 'i BIGINT, s VARCHAR', items: 'i, s', kept: '- s' },
  { what: 'a column made NOT NULL', columns: 'd DOUBLE NOT NULL, s VARCHAR', items: 'coalesce(d, 0), s', kept: '- s' },
  { what: 'a column that may not be NULL', file: 'required.parquet', kept: '- -' },
  { what: 'what a small file has', file: 'small.parquet', kept: '- -' },
])('$what: written anew', async ({ columns = 'i INT, l BIGINT', items = 'i, l + 1', file, kept }) => {
  expect(await keptColumns(columns, items, file)).toBe(kept);
});

test('columns that are NOT NULL keep the chunks of a file that has no NULL', async () => {
  expect(await keptColumns('i INT NOT NULL, l BIGINT NOT NULL', 'i, l + 1', 'required.parquet')).toBe('i -');
});

test('rows are written anew where a limit or a check has to look at them', async () => {
  expect(await keptColumns('i INT, l BIGINT', 'i, l + 1', 'a.parquet', ANEW)).toBe('- -');
  expect(await keptColumns('i INT, l BIGINT, CHECK (i >= 0)', 'i, l + 1')).toBe('- -');
});

test('a broken chunk is refused as ever, although its rows are not written', async () => {
  const source = new Uint8Array(readFileSync(join(data, 'stage/a.parquet')));
  const chunk = chunksOf(source)[3] ?? source;
  chunk.fill(0xff, chunk.length >> 1);
  writeFileSync(join(data, 'stage/broken.parquet'), source);
  await engine.rows(`CREATE OR REPLACE TABLE t (i BIGINT, s VARCHAR)`);
  const copied = engine.rows("COPY INTO t FROM (SELECT i, s FROM @s) FILES = ('broken.parquet')");
  await expect(copied).rejects.toMatchObject({ kind: 'ParquetFileInvalid' });
  expect(await engine.rows('SELECT COUNT(*) FROM t')).toEqual([['0']]);
});

const shapes = fc.record({
  seed: fc.integer({ min: 1, max: 1000 }),
  nulls: fc.constantFrom(1, 2, 7, 1_000_000_007),
  groups: fc.constantFrom(1, 2),
  rest: fc.nat({ max: 5000 }),
  compression: fc.constantFrom('SNAPPY' as const, 'ZSTD' as const, 'NONE' as const),
  changed: fc.subarray(['i', 'l', 'd', 's', 'b', 'n', 't'], { minLength: 1, maxLength: 4 }),
});

/** The same column, but by an expression. */
const CHANGED: { readonly [name: string]: string } = {
  i: '-i',
  l: 'l::VARCHAR::BIGINT',
  d: 'd + 1',
  s: 'upper(s)',
  b: 'NOT b',
  n: 'n + 1::DECIMAL(20, 2)',
  t: "t + INTERVAL '1 DAY'",
};

test('another reader finds the rows and the statistics of a table written anew', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, async ({ groups, rest, changed, ...shape }) => {
      await writeFile('any.parquet', { ...shape, rows: groups * ROWS + rest, groupRows: ROWS });
      const items = Object.keys(TYPES).map((name) => (changed.includes(name) ? CHANGED[name] : name));
      const copy = `FROM (SELECT ${items.join(', ')} FROM @s) FILES = ('any.parquet')`;
      const anew = await loaded(DEFINITION, `${copy} ${ANEW}`);
      const kept = await loaded(DEFINITION, copy);
      expect(kept.stats).toEqual(anew.stats);
      expect(kept.rows).toEqual(anew.rows);
    }),
    { numRuns: process.env['BOATHOUSE_LONG'] ? 30 : 2 },
  );
}, 600_000);
