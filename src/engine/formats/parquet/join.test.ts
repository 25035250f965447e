import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { readOffsetIndex } from 'hyparquet/src/indexes.js';
import { beforeAll, expect, test } from 'vitest';
import { joinBytes } from '../../base/bytes.ts';
import { bytesSource, initParquetInNode } from '../../test/parquet.ts';
import { batchOf } from '../../types/build/batch.ts';
import { plain, type Schema } from '../../types/type.ts';
import { encodeParquet } from './encode.ts';
import { readFooter } from './footer.ts';
import { parquetFormat } from './format.ts';
import { joinParquet, parquetJoin } from './join.ts';

beforeAll(initParquetInNode);

const { signal } = new AbortController();

const SCHEMA: Schema = [
  { name: 'id', type: plain('Int64'), nullable: true },
  { name: 'tag', type: plain('String'), nullable: true },
];

function rowsFrom(first: number, count: number) {
  return Array.from({ length: count }, (_, row) => [
    BigInt(first + row),
    (first + row) % 7 === 0 ? null : `tag ${first}`,
  ]);
}

async function part(first: number, count: number) {
  return (await encodeParquet([batchOf(SCHEMA, rowsFrom(first, count))])).bytes;
}

async function joinedFile() {
  return joinParquet([await part(0, 3000), await part(3000, 1), await part(3001, 999)]);
}

test('a joined file has the row groups of its parts, with their statistics', async () => {
  const { rows, rowGroups } = await readFooter(bytesSource('joined.parquet', await joinedFile()), signal);
  expect(rows).toBe(4000);
  expect(rowGroups.map((group) => group.rows)).toEqual([3000, 1, 999]);
  const least = rowGroups.map(({ chunks }) => chunks[0]?.statistics?.min);
  expect(least.map((bytes) => bytes && new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true))).toEqual([
    0n,
    3000n,
    3001n,
  ]);
});

test('its rows are those of its parts, for our reader and for another one', async () => {
  const bytes = await joinedFile();
  const request = {
    format: { type: 'PARQUET', options: {} },
    columns: ['id'],
    predicates: [],
    limit: undefined,
  } as const;
  let rows = 0;
  for await (const { batch } of parquetFormat.read(bytesSource('joined.parquet', bytes), request, signal)) {
    expect(batch.data.children[0]?.values[0]).toBe(BigInt(rows));
    rows += batch.numRows;
  }
  expect(rows).toBe(4000);
  const read = await parquetReadObjects({ file: bytes.buffer });
  expect(read.map(({ id, tag }) => [id, tag])).toEqual(
    [rowsFrom(0, 3000), rowsFrom(3000, 1), rowsFrom(3001, 999)].flat(),
  );
});

test('its page indexes say where the pages are', async () => {
  const { buffer } = await joinedFile();
  const { row_groups } = parquetMetadata(buffer);
  for (const { columns } of row_groups) {
    for (const { meta_data, offset_index_offset, offset_index_length } of columns) {
      const at = Number(offset_index_offset);
      const view = new DataView(buffer.slice(at, at + (offset_index_length ?? 0)));
      const { page_locations } = readOffsetIndex({ view, offset: 0 });
      expect(page_locations[0]?.offset).toBe(meta_data?.data_page_offset);
    }
  }
});

test('of a part whose bytes are written nothing is needed any more', async () => {
  const join = parquetJoin();
  const written: Uint8Array[] = [];
  for (const bytes of [await part(0, 3000), await part(3000, 1), await part(3001, 999)]) {
    written.push(joinBytes(join.add(bytes)));
    bytes.fill(0);
  }
  expect(joinBytes([...written, ...join.end()])).toEqual(await joinedFile());
});

test('a file alone stays as it is', async () => {
  const only = await part(0, 10);
  expect(joinParquet([only])).toBe(only);
});
