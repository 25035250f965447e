import { Field, FixedSizeList, Float32, List, type RecordBatch, TimestampMicrosecond, Utf8 } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { tries } from '../../test/long.ts';
import { bytesSource, initParquetInNode } from '../../test/parquet.ts';
import { batchOf } from '../../types/build/batch.ts';
import { type Cell, cellReader } from '../../types/cell.ts';
import { arrayOf, decimal, plain, type Schema, type SqlType } from '../../types/type.ts';
import { type EncodeOptions, encodeParquet } from './encode.ts';
import { readFooter } from './footer.ts';
import { parquetFormat } from './format.ts';

beforeAll(initParquetInNode);

const signal = new AbortController().signal;
const format = { type: 'PARQUET', options: {} } as const;

async function cellsOf(bytes: Uint8Array): Promise<{ schema: Schema; rows: Cell[][] }> {
  const file = bytesSource('written.parquet', bytes);
  const schema = await parquetFormat.readSchema(file, format, signal);
  const request = { format, columns: schema.map(({ name }) => name), predicates: [], limit: undefined };
  const rows: Cell[][] = [];
  for await (const { batch } of parquetFormat.read(file, request, signal)) rows.push(...cellsOfBatch(batch, schema));
  return { schema, rows };
}

function cellsOfBatch(batch: RecordBatch, schema: Schema): Cell[][] {
  const readers = schema.map(({ type }, column) => {
    const data = batch.data.children[column];
    if (!data) throw new Error('a column is missing');
    return cellReader(data, type);
  });
  return Array.from({ length: batch.numRows }, (_, row) => readers.map((read) => read(row)));
}

const MICROS = 8_640_000_000_000_000n;
const timestamps = fc.bigInt({ min: -MICROS * 1000n, max: MICROS * 1000n });
const texts = fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => text.isWellFormed());
const bytes = fc.uint8Array({ maxLength: 20 });
const floats = fc.oneof(fc.double(), fc.constantFrom(-0, Number.MIN_VALUE, Number.MAX_VALUE, Number.NaN));
const decimals = (digits: number) => fc.bigInt({ min: -(10n ** BigInt(digits)) + 1n, max: 10n ** BigInt(digits) - 1n });

/** fast-check loses the element types of nested tuples. */
const cells = (arbitrary: fc.Arbitrary<unknown>) => arbitrary as fc.Arbitrary<Cell>;

/** Every type with an Arrow form of its own that a Parquet file can hold. */
const TYPES: readonly (readonly [SqlType, fc.Arbitrary<Cell>])[] = [
  [plain('Boolean'), fc.boolean()],
  [plain('UInt8'), fc.integer({ min: 0, max: 255 })],
  [plain('UInt16'), fc.integer({ min: 0, max: 65_535 })],
  [plain('UInt32'), fc.integer({ min: 0, max: 4_294_967_295 })],
  [plain('UInt64'), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })],
  [plain('Int8'), fc.integer({ min: -128, max: 127 })],
  [plain('Int16'), fc.integer({ min: -32_768, max: 32_767 })],
  [plain('Int32'), fc.integer()],
  [plain('Int64'), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  [plain('Float32'), fc.float()],
  [plain('Float64'), floats],
  [plain('Date'), fc.integer({ min: -719_162, max: 2_932_896 })],
  [plain('Timestamp'), timestamps],
  [plain('String'), texts],
  [plain('Binary'), bytes],
  [decimal(9, 2), decimals(9)],
  [decimal(18, 0), decimals(18)],
  [decimal(38, 10), decimals(38)],
  [arrayOf(plain('Int32')), fc.array(fc.option(fc.integer()), { maxLength: 5 })],
  [
    arrayOf(arrayOf(plain('String'))),
    fc.array(fc.option(fc.array(fc.option(texts), { maxLength: 3 })), { maxLength: 3 }),
  ],
  [
    { kind: 'Map', key: plain('String'), value: plain('Float64') },
    cells(fc.array(fc.tuple(texts, fc.option(floats)), { maxLength: 4 })),
  ],
  [
    {
      kind: 'Tuple',
      fields: [
        { name: 'a', type: plain('Int64') },
        { name: 'b', type: arrayOf(plain('Date')) },
      ],
    },
    cells(
      fc.tuple(
        fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
        fc.option(fc.array(fc.option(fc.integer({ min: 0, max: 9999 })), { maxLength: 3 })),
      ),
    ),
  ],
];

describe('what is written is read again', () => {
  test.each(TYPES.map(([type, cells]) => [JSON.stringify(type), type, cells] as const))(
    '%s',
    async (_, type, cells) => {
      const schema: Schema = [{ name: 'größe.ä b', type, nullable: true }];
      await fc.assert(
        fc.asyncProperty(fc.array(fc.option(cells, { freq: 4 }), { maxLength: 40 }), async (column) => {
          const batch = batchOf(
            schema,
            column.map((cell) => [cell]),
          );
          const { bytes: written, rows: count } = await encodeParquet([batch]);
          const { schema: readSchema, rows } = await cellsOf(written);
          expect(count).toBe(column.length);
          expect(readSchema).toEqual(schema);
          expect(rows).toEqual(column.map((cell) => [cell]));
        }),
        { numRuns: tries(30) },
      );
    },
  );
});

async function footerOf(batches: readonly RecordBatch[], options: EncodeOptions = {}) {
  const { bytes } = await encodeParquet(batches, options);
  return readFooter(bytesSource('written.parquet', bytes), signal);
}

test('a file says what Delta looks for: UTC, the names of list parts, nullability and field ids', async () => {
  const schema: Schema = [
    { name: 'at', type: plain('Timestamp'), nullable: true },
    { name: 'embedding', type: { kind: 'Vector', dimension: 2 }, nullable: true },
    { name: 'name', type: plain('String'), nullable: true },
  ];
  const fields = [
    new Field('at', new TimestampMicrosecond('UTC'), false),
    new Field('embedding', new FixedSizeList(2, new Field('element', new Float32(), true)), true),
    new Field('col-7', new Utf8(), true, new Map([['PARQUET:field_id', '7']])),
  ];
  const rows: Cell[][] = [[1n, [0.5, 1.5], 'a']];
  const { root } = await footerOf([batchOf(schema, rows)], { fields });
  const [at, embedding, name] = root.children;
  expect(at).toMatchObject({ repetition: 'REQUIRED', logical: { kind: 'Timestamp', unit: 'micros', utc: true } });
  expect(embedding).toMatchObject({ logical: { kind: 'List' }, children: [{ name: 'list' }] });
  expect(embedding?.children[0]?.children).toMatchObject([{ name: 'element', repetition: 'OPTIONAL' }]);
  expect(name).toMatchObject({ name: 'col-7', repetition: 'OPTIONAL', logical: { kind: 'String' } });
});

const sampleBatch = (rows: number): RecordBatch =>
  batchOf(
    [
      { name: 'id', type: plain('String'), nullable: false },
      { name: 'tag', type: plain('String'), nullable: true },
      { name: 'n', type: plain('Int64'), nullable: false },
      { name: 'x', type: plain('Float64'), nullable: false },
      { name: 'grade', type: plain('Float64'), nullable: false },
    ],
    Array.from({ length: rows }, (_, row) => [
      `frame-${String(row).padStart(6, '0')}`,
      ['lane', 'brake', null][row % 3] ?? null,
      BigInt(row),
      Math.sin(row),
      row % 5,
    ]),
  );

test('encodings follow the values: dictionaries where few are distinct, else deltas', async () => {
  const { rowGroups, createdBy } = await footerOf([sampleBatch(4000)]);
  const chunks = rowGroups[0]?.chunks ?? [];
  expect(chunks.map(({ encodings }) => encodings.filter((name) => name !== 'RLE').toSorted())).toEqual([
    ['DELTA_BYTE_ARRAY'],
    ['PLAIN', 'RLE_DICTIONARY'],
    ['DELTA_BINARY_PACKED'],
    ['PLAIN'],
    ['PLAIN', 'RLE_DICTIONARY'],
  ]);
  expect(chunks.map(({ codec }) => codec)).toEqual(Array(5).fill('SNAPPY'));
  expect(createdBy).toBe('boathouse version 0.1.0');
});

test('row groups are cut, and each has statistics', async () => {
  const { rowGroups, keyValues } = await footerOf([sampleBatch(600), sampleBatch(400)], {
    rowGroupRows: 400,
    compression: 'ZSTD',
    keyValues: new Map([['made', 'here']]),
  });
  expect(rowGroups.map(({ rows }) => rows)).toEqual([400, 400, 200]);
  expect(rowGroups.flatMap(({ chunks }) => chunks).every(({ codec }) => codec === 'ZSTD')).toBe(true);
  const ids = rowGroups.map(({ chunks }) => new TextDecoder().decode(chunks[0]?.statistics?.max));
  expect(ids).toEqual(['frame-000399', 'frame-000599', 'frame-000399']);
  expect(keyValues.get('made')).toBe('here');
});

test('batches that name their columns differently make one file, under the first names', async () => {
  const named = (name: string) => batchOf([{ name, type: plain('Int32'), nullable: name === 'a' }], [[1]]);
  const { schema, rows } = await cellsOf((await encodeParquet([named('a'), named('b')])).bytes);
  expect(schema).toEqual([{ name: 'a', type: plain('Int32'), nullable: true }]);
  expect(rows).toEqual([[1], [1]]);
});

test('no batch at all makes a file without rows', async () => {
  const fields = [new Field('tags', new List(new Field('item', new Utf8(), true)), true)];
  const empty = await encodeParquet([], { fields });
  expect(await cellsOf(empty.bytes)).toEqual({
    schema: [{ name: 'tags', type: arrayOf(plain('String')), nullable: true }],
    rows: [],
  });
});
