import { beforeAll, expect, test } from 'vitest';
import { bytesSource, initParquetInNode } from '../../test/parquet.ts';
import { batchOf } from '../../types/build/batch.ts';
import { plain, type Schema } from '../../types/type.ts';
import type { ColumnarRequest, FileBatch, Predicate } from '../format.ts';
import { encodeParquet } from './encode.ts';
import { parquetFormat } from './format.ts';

const signal = new AbortController().signal;
const format = { type: 'PARQUET', options: {} } as const;

const schema: Schema = [
  { name: 'id', type: plain('Int64'), nullable: false },
  { name: 'tag', type: plain('String'), nullable: true },
  { name: 'bytes', type: plain('Binary'), nullable: false },
];
const GROUPS = 5;
const ROWS = 1000;
let file: Uint8Array;

/** Five row groups of a thousand rows and half a megabyte; ids rise, the third has no tag. */
beforeAll(async () => {
  initParquetInNode();
  let state = 1;
  const noise = () => {
    state = (state * 48_271) % 0x7fff_ffff;
    return state & 0xff;
  };
  const rows = Array.from({ length: GROUPS * ROWS }, (_, row) => {
    const tag = Math.floor(row / ROWS) === 2 ? null : `tag-${row % 3}`;
    return [BigInt(row), tag, Uint8Array.from({ length: 500 }, noise)] as const;
  });
  file = (await encodeParquet([batchOf(schema, rows)], { rowGroupRows: ROWS })).bytes;
});

async function readRows(request: Partial<ColumnarRequest>) {
  const source = bytesSource('five.parquet', file);
  const whole: ColumnarRequest = { format, columns: ['id'], predicates: [], limit: undefined, ...request };
  const batches: FileBatch[] = [];
  for await (const batch of parquetFormat.read(source, whole, signal)) batches.push(batch);
  const bytes = source.reads.reduce((sum, { start, end }) => sum + end - start, 0);
  return { batches, bytes, firstRows: batches.map(({ firstRow }) => firstRow), source };
}

const matching = async (...predicates: readonly Predicate[]) => (await readRows({ predicates })).firstRows;

test('columns that are not asked for are not read', async () => {
  const { batches, bytes } = await readRows({ columns: ['tag', 'id'] });
  expect(batches.map(({ batch }) => batch.schema.fields.map(({ name }) => name))).toEqual(
    Array(GROUPS).fill(['tag', 'id']),
  );
  expect(file.length).toBeGreaterThan(2_500_000);
  expect(bytes).toBeLessThan(120_000);
});

test('row groups that cannot match are skipped, and the others keep their positions', async () => {
  expect(await matching({ column: 'id', operator: '=', value: 3500n })).toEqual([3000]);
  expect(await matching({ column: 'id', operator: '<', value: 1000 })).toEqual([0]);
  expect(await matching({ column: 'id', operator: '>=', value: 2999n })).toEqual([2000, 3000, 4000]);
  expect(await matching({ column: 'tag', operator: 'IS NULL' })).toEqual([2000]);
  expect(await matching({ column: 'tag', operator: 'IS NOT NULL' })).toEqual([0, 1000, 3000, 4000]);
  expect(await matching({ column: 'tag', operator: '=', value: 'tag-9' })).toEqual([]);
  expect(await matching({ column: 'id', operator: '>', value: 1500n }, { column: 'tag', operator: 'IS NULL' })).toEqual(
    [2000],
  );
});

test('a limit ends the read in the row group that fulfils it', async () => {
  const { batches, bytes } = await readRows({ columns: ['id', 'tag', 'bytes'], limit: 1200 });
  expect(batches.map(({ batch }) => batch.numRows)).toEqual([1000, 200]);
  expect(bytes).toBeLessThan(file.length / 2);
});

test('whoever stops early fetches no more than the next row group', async () => {
  const source = bytesSource('five.parquet', file);
  const request: ColumnarRequest = { format, columns: ['bytes'], predicates: [], limit: undefined };
  for await (const { batch } of parquetFormat.read(source, request, signal)) {
    expect(batch.numRows).toBe(1000);
    break;
  }
  const bytes = source.reads.reduce((sum, { start, end }) => sum + end - start, 0);
  expect(bytes).toBeLessThan(file.length * 0.45);
});

test('no column at all gives the rows, and reads the footer only', async () => {
  const { batches, source } = await readRows({ columns: [] });
  expect(batches.map(({ batch }) => batch.numRows)).toEqual(Array(GROUPS).fill(ROWS));
  expect(source.reads.length).toBe(1);
});

test('an aborted read ends in an AbortError, and an unknown column is named', async () => {
  const source = bytesSource('five.parquet', file);
  const request: ColumnarRequest = { format, columns: ['id'], predicates: [], limit: undefined };
  const all = parquetFormat.read(source, request, AbortSignal.abort());
  await expect(all[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: 'AbortError' });
  await expect(readRows({ columns: ['nope'] })).rejects.toMatchObject({
    kind: 'UnknownColumn',
    message: "The file 'five.parquet' has no column 'nope'",
  });
});

test('a file that ends too early or is another is refused by its name', async () => {
  const refused = async (bytes: Uint8Array, hint?: string) =>
    await expect(parquetFormat.readSchema(bytesSource('x.parquet', bytes), format, signal)).rejects.toMatchObject({
      kind: 'ParquetFileInvalid',
      message: expect.stringContaining("Invalid Parquet file 'x.parquet': "),
      hint: hint && { name: hint },
    });
  await refused(new Uint8Array(0));
  await refused(file.subarray(0, file.length - 1), 'wholeFile');
  await refused(file.subarray(file.length - 800), 'wholeFile');
  await refused(new TextEncoder().encode('a,b,c\n1,2,3\n4,5,6\n'), 'otherKind');
});
