import { beforeAll, expect, test } from 'vitest';
import { bytesSource, type CountedSource, initParquetInNode } from '../../test/parquet.ts';
import { batchOf } from '../../types/build/batch.ts';
import type { Cell } from '../../types/cell.ts';
import type { Schema } from '../../types/type.ts';
import { encodeParquet } from './encode.ts';
import { parquetFormat } from './format.ts';

const ROWS = 120_000;
const SCHEMA: Schema = [
  { name: 'id', type: { kind: 'Int64' }, nullable: false },
  { name: 'x', type: { kind: 'Float64' }, nullable: false },
  { name: 'text', type: { kind: 'String' }, nullable: true },
  { name: 'list', type: { kind: 'Array', element: { kind: 'Float64' } }, nullable: true },
];

const random = (row: number) => Math.abs(Math.sin(row + 1) * 1e6) % 1;
const cells = (row: number): Cell[] => [
  BigInt(row),
  random(row),
  row % 7 === 0 ? null : `row ${random(row)}`,
  row % 5 === 0 ? null : [random(row), random(row + 1)],
];

let bytes: Uint8Array;
beforeAll(async () => {
  initParquetInNode();
  const batch = batchOf(
    SCHEMA,
    Array.from({ length: ROWS }, (_, row) => cells(row)),
  );
  ({ bytes } = await encodeParquet([batch], { rowGroupRows: ROWS, compression: 'NONE' }));
});

async function read(source: CountedSource, columns: readonly string[], limit: number) {
  const request = { format: { type: 'PARQUET', options: {} }, columns, predicates: [], limit } as const;
  const rows: unknown[][] = [];
  for await (const { batch } of parquetFormat.read(source, request, new AbortController().signal)) {
    for (let row = 0; row < batch.numRows; row++) {
      rows.push(columns.map((name) => batch.getChild(name)?.get(row)));
    }
  }
  return rows;
}

const bytesRead = ({ reads }: CountedSource) => reads.reduce((sum, { start, end }) => sum + end - start, 0);

// Our writer's pages hold 65,536 rows: of two pages the first is read, or both.
test.each([1, 100, 65_536, 100_000])('the first %i rows are read by their pages alone', async (limit) => {
  const columns = ['id', 'x', 'text'];
  const source = bytesSource('rows.parquet', bytes);
  const rows = await read(source, columns, limit);
  expect(rows.length).toBe(limit);
  for (const row of [0, limit >> 1, limit - 1]) expect(rows[row]).toEqual(cells(row).slice(0, 3));
  const whole = bytesSource('rows.parquet', bytes);
  await read(whole, columns, ROWS);
  expect(bytesRead(source) / bytesRead(whole)).toBeLessThanOrEqual(limit <= 100 ? 0.6 : 1);
});

test('a column of lists is read whole beside those that are cut', async () => {
  const rows = await read(bytesSource('rows.parquet', bytes), ['list', 'id', 'text'], 100);
  const plain = rows.map(([list, id, text]) => [list === null ? null : [...(list as Iterable<number>)], id, text]);
  expect(plain).toEqual(Array.from({ length: 100 }, (_, row) => [cells(row)[3], cells(row)[0], cells(row)[2]]));
});

test('all rows are read as before', async () => {
  const source = bytesSource('rows.parquet', bytes);
  expect((await read(source, ['id'], ROWS)).length).toBe(ROWS);
  expect(source.reads.length).toBe(2);
});
