import { beforeAll, expect, test } from 'vitest';
import { bytesSource, initParquetInNode } from '../../test/parquet.ts';
import { batchOf } from '../../types/build/batch.ts';
import { arrayOf, decimal, plain, type Schema } from '../../types/type.ts';
import { describeParquet } from './describe.ts';
import { encodeParquet } from './encode.ts';

beforeAll(initParquetInNode);

const schema: Schema = [
  { name: 'video_id', type: plain('String'), nullable: false },
  { name: 'at', type: plain('Timestamp'), nullable: true },
  { name: 'price', type: decimal(9, 2), nullable: true },
  { name: 'tags', type: arrayOf(plain('Int32')), nullable: true },
];

test('a description tells schema, row groups and chunks as plain JSON, by the footer alone', async () => {
  const batch = batchOf(schema, [
    ['VID-2', 1_735_689_600_000_000n, 1250n, [1, 2]],
    ['VID-1', null, -5n, null],
    ['VID-3', 0n, null, []],
  ]);
  const { bytes } = await encodeParquet([batch], { rowGroupRows: 2, keyValues: new Map([['made', 'here']]) });
  const source = bytesSource('raw/videos.parquet', bytes);
  const told = await describeParquet(source, new AbortController().signal);
  expect(source.reads.length).toBe(1);
  expect(JSON.parse(JSON.stringify(told))).toEqual(told);
  expect(told).toMatchObject({ path: 'raw/videos.parquet', size: bytes.length, rows: 3 });
  expect(told.keyValues).toEqual([{ key: 'made', value: 'here' }]);
  expect(told.columns.map(({ name, type, nullable }) => [name, type, nullable])).toEqual([
    ['video_id', 'VARCHAR', false],
    ['at', 'TIMESTAMP', true],
    ['price', 'DECIMAL(9, 2)', true],
    ['tags', 'ARRAY(INT32)', true],
  ]);
  expect(told.leaves).toEqual([
    { path: 'video_id', column: 0, repetition: 'REQUIRED', physical: 'BYTE_ARRAY', logical: 'STRING' },
    { path: 'at', column: 1, repetition: 'OPTIONAL', physical: 'INT64', logical: 'TIMESTAMP(MICROS, local)' },
    { path: 'price', column: 2, repetition: 'OPTIONAL', physical: 'INT32', logical: 'DECIMAL(9, 2)' },
    { path: 'tags.list.element', column: 3, repetition: 'OPTIONAL', physical: 'INT32', logical: null },
  ]);
  expect(told.rowGroups.map(({ firstRow, rows }) => [firstRow, rows])).toEqual([
    [0, 2],
    [2, 1],
  ]);
  const [id, at, price, tags] = told.rowGroups[0]?.chunks ?? [];
  expect(id).toMatchObject({ codec: 'SNAPPY', values: 2, min: { text: 'VID-1' }, max: { text: 'VID-2' } });
  expect(at).toMatchObject({ nullCount: 1, min: { text: '2025-01-01 00:00:00.000000', exact: true } });
  expect(price).toMatchObject({ nullCount: 0, min: { text: '-0.05' }, max: { text: '12.50' } });
  expect(tags).toMatchObject({ min: { text: '1' }, max: { text: '2' } });
});
