import { Field, type RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { parquetReadObjects, snappyUncompress } from 'hyparquet';
import { beforeAll, describe, expect, test } from 'vitest';
import { tries } from '../../../test/long.ts';
import { bytesSource, initParquetInNode } from '../../../test/parquet.ts';
import { encodeSimply } from '../../../test/table-encoder.ts';
import { batchOf } from '../../../types/build/batch.ts';
import { type Cell, cellReader } from '../../../types/cell.ts';
import { ByteSink } from '../../../types/json/sink.ts';
import { arrayOf, plain, type Schema } from '../../../types/type.ts';
import { encodeParquet } from '../encode.ts';
import { readFooter } from '../footer.ts';
import { parquetFormat } from '../format.ts';
import { columnStatistics } from '../statistics.ts';
import { encodeChunk } from './chunk.ts';
import type { FlatColumn } from './column.ts';
import { compressSnappy } from './snappy.ts';

beforeAll(initParquetInNode);

const { signal } = new AbortController();

const SCHEMA: Schema = [
  { name: 'i8', type: plain('Int8'), nullable: true },
  { name: 'i32', type: plain('Int32'), nullable: true },
  { name: 'i64', type: plain('Int64'), nullable: true },
  { name: 'f32', type: plain('Float32'), nullable: true },
  { name: 'f64', type: plain('Float64'), nullable: true },
  { name: 'day', type: plain('Date'), nullable: true },
  { name: 'at', type: plain('Timestamp'), nullable: true },
  { name: 'text', type: plain('String'), nullable: true },
  { name: 'bytes', type: plain('Binary'), nullable: true },
  { name: 'flag', type: plain('Boolean'), nullable: true },
  { name: 'list', type: arrayOf(plain('Int32')), nullable: true },
];

/** Values as they come in real columns: few or many, in runs, rising, or anything at all. */
const shapes = fc.record({
  rows: fc.integer({ min: 1, max: 700 }),
  nullEvery: fc.constantFrom(0, 2, 7, 1),
  distinct: fc.constantFrom(1, 2, 3, 40, 100_000),
  run: fc.constantFrom(1, 5, 8, 200),
  spread: fc.constantFrom(1, 1000, 2 ** 31, 2 ** 62),
  prefix: fc.constantFrom('', 'ä', 'FRAME-', 'x'.repeat(80), '\u{1F6A6}'.repeat(20)),
  cuts: fc.array(fc.nat(699), { maxLength: 2 }),
});

type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function cellsOf({ rows, nullEvery, distinct, run, spread, prefix }: Shape): Cell[][] {
  return Array.from({ length: rows }, (_, row) => {
    if (nullEvery > 0 && row % nullEvery === 0) return SCHEMA.map(() => null);
    const number = Math.floor(row / run) % distinct;
    const wide = BigInt.asIntN(64, BigInt(number) * BigInt(spread) * (number % 3 === 0 ? -1n : 1n));
    const float = [number / 7, -0, 0, Number.NaN, 1e300][number % 5] ?? 0;
    const text = `${prefix}${number * 7919}`;
    const scalars = [Number(BigInt.asIntN(8, wide)), Number(BigInt.asIntN(32, wide)), wide, Math.fround(float), float];
    const times = [number, wide / 2n, text, new TextEncoder().encode(text), number % 2 === 0];
    return [...scalars, ...times, [number, null]];
  });
}

function batchesOf(rows: readonly Cell[][], cuts: readonly number[]): RecordBatch[] {
  const bounds = [0, ...cuts.map((cut) => Math.min(cut, rows.length)).toSorted((a, b) => a - b), rows.length];
  return bounds.slice(1).flatMap((end, index) => {
    const part = rows.slice(bounds[index], end);
    return part.length > 0 ? [batchOf(SCHEMA, part)] : [];
  });
}

async function rowsIn(bytes: Uint8Array): Promise<Cell[][]> {
  const request = { format: { type: 'PARQUET', options: {} }, predicates: [], limit: undefined } as const;
  const columns = SCHEMA.map(({ name }) => name);
  const rows: Cell[][] = [];
  for await (const { batch } of parquetFormat.read(bytesSource('x', bytes), { ...request, columns }, signal)) {
    const readers = SCHEMA.flatMap(({ type }, index) => {
      const data = batch.data.children[index];
      return data ? [cellReader(data, type)] : [];
    });
    for (let row = 0; row < batch.numRows; row++) rows.push(readers.map((read) => read(row)));
  }
  return rows;
}

test('rows come back as they went in, to our reader and to another one, in row groups of any size', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, fc.integer({ min: 60, max: 900 }), fc.boolean(), async (shape, rowGroupRows, packed) => {
      const rows = cellsOf(shape);
      const batches = batchesOf(rows, shape.cuts);
      const { bytes } = await encodeParquet(batches, { rowGroupRows, compression: packed ? 'SNAPPY' : 'NONE' });
      expect(await rowsIn(bytes)).toEqual(rows);
      const names = ['i8', 'i32', 'i64', 'f64', 'text', 'flag'];
      const simple = await parquetReadObjects({ file: (await encodeSimply(batches)).buffer, columns: names });
      expect(await parquetReadObjects({ file: bytes.buffer, columns: names })).toEqual(simple);
    }),
    { numRuns: tries(25) },
  );
});

test('statistics are those that are taken of the rows apart', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, async (shape) => {
      const batches = batchesOf(cellsOf(shape), shape.cuts);
      const { statistics } = await encodeParquet(batches, { rowGroupRows: 100 });
      const apart = columnStatistics(batches, SCHEMA);
      // Flags and lists are not looked at; zeros of both signs are the same bound.
      const found = statistics.map((column, index) => column ?? apart[index]);
      const unsigned = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
      expect(JSON.parse(JSON.stringify(found, unsigned))).toEqual(JSON.parse(JSON.stringify(apart, unsigned)));
      expect(statistics.map((column) => column !== undefined)).toEqual([...Array(9).fill(true), false, false]);
    }),
    { numRuns: tries(60) },
  );
});

test('bounds of long texts are cut, and hold all the same', async () => {
  const shown = async (texts: readonly string[]) => {
    const batch = batchOf(
      [{ name: 't', type: plain('String'), nullable: false }],
      texts.map((text) => [text]),
    );
    const { rowGroups } = await readFooter(bytesSource('x', (await encodeParquet([batch])).bytes), signal);
    const { min, max } = rowGroups[0]?.chunks[0]?.statistics ?? {};
    return [min, max].map((bytes) => bytes && new TextDecoder().decode(bytes));
  };
  expect(await shown(['b', 'a'])).toEqual(['a', 'b']);
  expect(await shown(['a'.repeat(80)])).toEqual(['a'.repeat(64), `${'a'.repeat(63)}b`]);
  expect(await shown([`a${'\u{1F6A6}'.repeat(40)}`])).toEqual([`a${'\u{1F6A6}'.repeat(15)}`, 'b']);
  expect(await shown(['\u{1F6A6}'.repeat(40)])).toEqual(['\u{1F6A6}'.repeat(16), undefined]);
});

test('a NULL where none is allowed is refused', async () => {
  const batch = batchOf([{ name: 'n', type: plain('Int32'), nullable: true }], [[1], [null]]);
  const [own] = batch.schema.fields;
  const fields = own ? [new Field('n', own.type, false)] : [];
  await expect(encodeParquet([batch], { fields })).rejects.toThrow();
});

test('pages are cut by their rows and by their bytes', async () => {
  const schema: Schema = [
    { name: 'n', type: plain('Int64'), nullable: true },
    { name: 't', type: plain('String'), nullable: true },
  ];
  const rows = Array.from({ length: 70_000 }, (_, row): Cell[] => [
    row % 11 === 0 ? null : BigInt(row) ** 3n,
    `${'-'.repeat(40)}${row}`,
  ]);
  const { bytes } = await encodeParquet([batchOf(schema, rows)]);
  const read = await parquetReadObjects({ file: bytes.buffer });
  expect(read.length).toBe(rows.length);
  expect(read.every(({ n, t }, row) => n === rows[row]?.[0] && t === rows[row]?.[1])).toBe(true);
});

test('the memory of a large chunk is not kept for the chunks after it, which do not write over it', () => {
  const form = { name: 'b', nullable: false, codec: 'NONE', dictionary: false, encoding: 'PLAIN' } as const;
  const column = (width: number, fill: number): FlatColumn => ({
    ...{ rows: 24, count: 24, validity: undefined },
    values: {
      ...{ kind: 'Bytes', isText: false, bytes: new Uint8Array(24 * width).fill(fill) },
      offsets: Int32Array.from({ length: 25 }, (_, row) => row * width),
    },
  });
  const large = encodeChunk(column(1_700_000, 1), form);
  const small = encodeChunk(column(100, 2), form);
  expect(large.bytes.buffer.byteLength).toBeGreaterThan(large.bytes.length);
  expect(small.bytes.buffer.byteLength).toBe(small.bytes.length);
  expect([large.bytes.at(-1), small.bytes.at(-1)]).toEqual([1, 2]);
  expect(large.bytes.subarray(-1000).every((byte) => byte === 1)).toBe(true);
});

describe('Snappy', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc
        .record({ byte: fc.nat(255), count: fc.nat(70_000) })
        .map(({ byte, count }) => new Uint8Array(count).fill(byte)),
      fc.nat(3000).map((size) => Uint8Array.from({ length: size }, (_, index) => (index * index) % 251)),
    ),
    { maxLength: 6 },
  );

  test('what is compressed is what another one uncompresses', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const source = Uint8Array.from(parts.flatMap((part) => [...part]));
        const out = new ByteSink(16);
        compressSnappy(source, out);
        const restored = new Uint8Array(source.length);
        snappyUncompress(out.bytes.subarray(0, out.length), restored);
        expect(Buffer.compare(restored, source)).toBe(0);
        expect(out.length).toBeLessThan(source.length + source.length / 6 + 32);
      }),
      { numRuns: tries(60) },
    );
  });
});
