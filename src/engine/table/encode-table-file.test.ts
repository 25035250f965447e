import { Dictionary, Int32, LargeUtf8, type RecordBatch, Table, Type, Utf8, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { parquetFormat } from '../formats/parquet/format.ts';
import type { ColumnStatistics } from '../formats/parquet/prune.ts';
import { columnStatistics } from '../formats/parquet/statistics.ts';
import { tries } from '../test/long.ts';
import { bytesSource, initParquetInNode } from '../test/parquet.ts';
import { tableEncoder } from '../test/table-encoder.ts';
import { batchOf } from '../types/build/batch.ts';
import { type Cell, cellReader } from '../types/cell.ts';
import { arrayOf, decimal, plain, type SqlType } from '../types/type.ts';
import { deltaField, parseSchema, physicalName, printSchema, type TableField } from './delta-schema.ts';
import { encodeTableFile } from './encode-table-file.ts';
import { fromStorage } from './storage.ts';
import { uniformBatches } from './uniform-batches.ts';

beforeAll(initParquetInNode);

const { signal } = new AbortController();

const int = (min: bigint, max: bigint) => fc.bigInt({ min, max });
const LONG = 2n ** 63n;

const SAMPLES: readonly (readonly [SqlType, fc.Arbitrary<Cell>])[] = [
  [plain('Boolean'), fc.boolean()],
  [plain('Int8'), fc.integer({ min: -128, max: 127 })],
  [plain('UInt8'), fc.integer({ min: 0, max: 255 })],
  [plain('UInt32'), fc.integer({ min: 0, max: 4294967295 })],
  [plain('Int64'), int(-LONG, LONG - 1n)],
  [plain('UInt64'), int(0n, 2n * LONG - 1n)],
  [plain('Float64'), fc.oneof(fc.double(), fc.constantFrom(-0, Number.NaN))],
  [plain('Float32'), fc.float()],
  [plain('Date'), fc.integer({ min: -719162, max: 2932896 })],
  [plain('Timestamp'), int(-62135596800000000n, 253402300799999999n)],
  [plain('String'), fc.string({ unit: 'binary', maxLength: 12 })],
  [plain('String'), fc.constantFrom('', 'abcdef', 'abcdefg', 'abcdeg', '\u{1F600}', '\uFFFD', 'x'.repeat(300))],
  [plain('Variant'), fc.json()],
  [plain('Geometry'), fc.uint8Array({ maxLength: 9 })],
  [plain('Interval'), fc.record({ months: fc.integer({ min: -99, max: 99 }), days: fc.nat(99), micros: int(-9n, 9n) })],
  [
    plain('TimestampTz'),
    fc.record({ micros: int(0n, 253402300799999999n), offsetSeconds: fc.integer({ min: -50400, max: 50400 }) }),
  ],
  [plain('Bitmap'), fc.array(int(0n, 2n * LONG - 1n), { maxLength: 3 })],
  [decimal(9, 2), int(-999999999n, 999999999n)],
  [decimal(38, 10), int(-(10n ** 38n) + 1n, 10n ** 38n - 1n)],
  [decimal(76, 2), int(-(10n ** 76n) + 1n, 10n ** 76n - 1n)],
  [arrayOf(plain('UInt64')), fc.array(fc.option(int(0n, 99n)), { maxLength: 3 })],
  [{ kind: 'Vector', dimension: 2 }, fc.tuple(fc.float(), fc.float())],
];

const FIELDS = fieldsOf(SAMPLES.map(([type]) => type));

function fieldsOf(types: readonly SqlType[]): TableField[] {
  const columns = types.map((type, index) => ({ name: `c${index}`, type, nullable: true }));
  return parseSchema(printSchema(columns.map((column) => deltaField(column, undefined))));
}

const rows = fc.array(fc.tuple(...SAMPLES.map(([, cells]) => fc.option(cells))), { minLength: 1, maxLength: 30 });

function cellsOf(batch: RecordBatch, fields: readonly TableField[]): Cell[][] {
  const readers = fields.map(({ type }, index) => {
    const data = batch.data.children[index];
    if (!data) throw new Error('a column is missing');
    return cellReader(data, type);
  });
  return Array.from({ length: batch.numRows }, (_, row) => readers.map((read) => read(row)));
}

async function readBack(bytes: Uint8Array, fields: readonly TableField[]): Promise<Cell[][]> {
  const format = { type: 'PARQUET', options: {} } as const;
  const columns = fields.map(({ delta }) => physicalName(delta));
  const request = { format, columns, predicates: [], limit: undefined };
  const read: Cell[][] = [];
  for await (const { batch } of parquetFormat.read(bytesSource('t.parquet', bytes), request, signal)) {
    read.push(...cellsOf(fromStorage(batch, fields), fields));
  }
  return read;
}

test('rows of every type come out of a data file through the Parquet reader as they went in', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (given) => {
      const half = given.length >> 1;
      const batches = [given.slice(0, half), given.slice(half)].filter((part) => part.length > 0);
      const file = await encodeTableFile(
        batches.map((part) => batchOf(FIELDS, part)),
        FIELDS,
      );
      expect(file.rows).toBe(given.length);
      expect(await readBack(file.bytes, FIELDS)).toEqual(
        batches.flatMap((part) => cellsOf(batchOf(FIELDS, part), FIELDS)),
      );
    }),
    { numRuns: tries(20), seed: 1 },
  );
});

/** The types whose bounds a file's statistics keep. */
const ORDERED = FIELDS.filter(({ type }) => /^(U?Int|Float|Date|Timestamp$|String|Decimal)/.test(type.kind)).filter(
  ({ type }) => type.kind !== 'Decimal' || type.precision <= 38,
);

/** Long texts are cut, and zero has two signs but one place. */
function boundsOf(statistics: ColumnStatistics | undefined): unknown[] {
  return [statistics?.min?.value, statistics?.max?.value].map((value) => {
    if (typeof value === 'string') return value.slice(0, 256);
    return value === 0 ? 0 : value;
  });
}

test('statistics agree with those taken cell by cell', () => {
  fc.assert(
    fc.property(rows, fc.nat(), (given, cut) => {
      const whole = batchOf(FIELDS, given);
      const at = cut % (given.length + 1);
      const parts = [whole.slice(0, at), whole.slice(at)];
      const found = columnStatistics(parts, FIELDS);
      const simple = tableEncoder.statistics([whole], FIELDS);
      for (const [index, field] of FIELDS.entries()) {
        expect(found[index]?.nullCount).toBe(simple[index]?.nullCount);
        if (!ORDERED.includes(field)) continue;
        expect(found[index]?.nanCount).toBe(simple[index]?.nanCount);
        expect(boundsOf(found[index])).toEqual(boundsOf(simple[index]));
      }
    }),
    { numRuns: tries(150), seed: 1 },
  );
});

function textBatch(values: readonly (string | null)[], type: Utf8 | LargeUtf8 | Dictionary): RecordBatch {
  const batch = new Table({ c0: vectorFromArray(values, type) }).batches[0];
  if (!batch) throw new Error('no batch');
  return batch;
}

test('values of a dictionary count when a row has them', () => {
  const [field] = fieldsOf([plain('String')]);
  if (!field) throw new Error('no field');
  const whole = textBatch(['b', 'a', null, 'c', 'b'], new Dictionary(new Utf8(), new Int32()));
  const [statistics] = columnStatistics([whole.slice(2, 5)], [field]);
  expect(statistics).toEqual({
    rows: 3,
    nullCount: 1,
    nanCount: 0,
    min: { value: 'b', exact: true },
    max: { value: 'c', exact: true },
  });
});

test('batches whose columns are encoded differently make one file', async () => {
  const fields = fieldsOf([plain('String')]);
  const batches = [
    textBatch(['b', null], new Dictionary(new Utf8(), new Int32())),
    textBatch(['a'], new Utf8()),
    textBatch(['d', 'c'], new LargeUtf8()),
    batchOf([{ name: 'c0', type: plain('Null'), nullable: true }], [[null]]),
  ];
  const file = await encodeTableFile(batches, fields);
  expect(await readBack(file.bytes, fields)).toEqual([['b'], [null], ['a'], ['d'], ['c'], [null]]);
  expect(file.stats).toBe(
    '{"numRecords":6,"minValues":{"c0":"a"},"maxValues":{"c0":"d"},"nullCount":{"c0":2},"nanCount":{}}',
  );
});

test('dictionaries of several batches stay dictionaries in the file', async () => {
  const fields = fieldsOf([plain('String')]);
  const dictionary = () => new Dictionary(new Utf8(), new Int32());
  const batches = [textBatch(['b', 'b'], dictionary()), textBatch(['a', 'c', 'a'], dictionary())];
  const [first, second] = uniformBatches(batches, fields);
  expect([first, second].map((batch) => batch?.schema.fields[0]?.type.typeId)).toEqual([
    Type.Dictionary,
    Type.Dictionary,
  ]);
  const file = await encodeTableFile(batches, fields);
  expect(await readBack(file.bytes, fields)).toEqual([['b'], ['b'], ['a'], ['c'], ['a']]);
});
