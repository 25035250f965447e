import { Dictionary, FixedSizeBinary, Int32, type RecordBatch, Table, Uint8, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assert } from '../base/errors.ts';
import { tries } from '../test/long.ts';
import { decodeParquet, encodeSimply } from '../test/table-encoder.ts';
import { batchOf } from '../types/build/batch.ts';
import { type Cell, cellReader } from '../types/cell.ts';
import { arrayOf, type Column, decimal, engineTypeName, plain, type SqlType } from '../types/type.ts';
import { deltaField, parseSchema, printSchema, type TableField } from './delta-schema.ts';
import { fromStorage, toStorage } from './storage.ts';

const int = (min: bigint, max: bigint) => fc.bigInt({ min, max });
const small = (min: number, max: number) => fc.integer({ min, max });
const bytes = fc.uint8Array({ maxLength: 20 });

interface Sample {
  readonly type: SqlType;
  readonly cells: fc.Arbitrary<Cell>;
}

const leaf: readonly Sample[] = [
  { type: plain('Boolean'), cells: fc.boolean() },
  { type: plain('Int8'), cells: small(-128, 127) },
  { type: plain('Int16'), cells: small(-32768, 32767) },
  { type: plain('Int32'), cells: small(-2147483648, 2147483647) },
  { type: plain('Int64'), cells: int(-(2n ** 63n), 2n ** 63n - 1n) },
  { type: plain('UInt8'), cells: small(0, 255) },
  { type: plain('UInt16'), cells: small(0, 65535) },
  { type: plain('UInt32'), cells: small(0, 4294967295) },
  { type: plain('UInt64'), cells: int(0n, 2n ** 64n - 1n) },
  { type: plain('Float32'), cells: fc.float() },
  { type: plain('Float64'), cells: fc.double() },
  { type: plain('Date'), cells: small(-719162, 2932896) },
  { type: plain('Timestamp'), cells: int(-62135596800000000n, 253402300799999999n) },
  {
    type: plain('TimestampTz'),
    cells: fc.record({ micros: int(-62135596800000000n, 253402300799999999n), offsetSeconds: small(-50400, 50400) }),
  },
  {
    type: plain('Interval'),
    cells: fc.record({ months: small(-1000, 1000), days: small(-1000, 1000), micros: int(-(10n ** 15n), 10n ** 15n) }),
  },
  { type: plain('String'), cells: fc.string({ unit: 'binary', maxLength: 20 }) },
  { type: plain('Binary'), cells: bytes },
  { type: plain('Variant'), cells: fc.json() },
  { type: plain('Geometry'), cells: bytes },
  { type: plain('Geography'), cells: bytes },
  { type: plain('Bitmap'), cells: fc.array(int(0n, 2n ** 64n - 1n), { maxLength: 4 }) },
  { type: { kind: 'Vector', dimension: 3 }, cells: fc.array(fc.float(), { minLength: 3, maxLength: 3 }) },
  { type: decimal(9, 2), cells: int(-(10n ** 9n) + 1n, 10n ** 9n - 1n) },
  { type: decimal(38, 10), cells: int(-(10n ** 38n) + 1n, 10n ** 38n - 1n) },
  { type: decimal(76, 0), cells: int(-(10n ** 76n) + 1n, 10n ** 76n - 1n) },
];

const nested = (inner: Sample): Sample[] => [
  { type: arrayOf(inner.type), cells: fc.array(fc.option<Cell, null>(inner.cells), { maxLength: 3 }) },
  {
    type: { kind: 'Map', key: plain('UInt8'), value: inner.type },
    cells: fc.array(fc.tuple(small(0, 255), fc.option<Cell, null>(inner.cells)), { maxLength: 3 }),
  },
  {
    type: {
      kind: 'Tuple',
      fields: [
        { name: '1', type: inner.type },
        { name: 'b', type: plain('UInt64') },
      ],
    },
    cells: fc.tuple(fc.option<Cell, null>(inner.cells), fc.option<Cell, null>(int(0n, 2n ** 64n - 1n))),
  },
];

const samples = [...leaf, ...leaf.flatMap(nested), ...leaf.slice(5, 9).flatMap(nested).flatMap(nested)];

function fieldsOf(columns: readonly Column[]): TableField[] {
  return parseSchema(printSchema(columns.map((column) => deltaField(column, undefined))));
}

function cellsOf(batches: readonly RecordBatch[], type: SqlType): Cell[] {
  return batches.flatMap((batch) => {
    const [data] = batch.data.children;
    if (!data) return [];
    const read = cellReader(data, type);
    return Array.from({ length: batch.numRows }, (_, row) => read(row));
  });
}

async function throughFile(batch: RecordBatch, fields: readonly TableField[]): Promise<RecordBatch[]> {
  const bytes = await encodeSimply([toStorage(batch, fields)]);
  return decodeParquet(bytes).map((stored) => fromStorage(stored, fields));
}

test.each(samples.map((sample) => [engineTypeName(sample.type), sample] as const))(
  'a column of %s comes out of a data file as it went in',
  async (_, { type, cells }) => {
    const fields = fieldsOf([{ name: 'c', type, nullable: true }]);
    expect(fields[0]?.type).toEqual(type);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(cells), { minLength: 1, maxLength: 40 }), async (rows) => {
        const batch = batchOf(
          fields,
          rows.map((cell) => [cell]),
        );
        expect(cellsOf([batch], type)).toEqual(cellsOf(await throughFile(batch, fields), type));
      }),
      { numRuns: tries(8), seed: 1 },
    );
  },
);

test('a part of a batch is stored as that part', async () => {
  const type = arrayOf(plain('UInt32'));
  const columns = [type, plain('UInt16'), { kind: 'Vector', dimension: 2 } as const, plain('Interval')];
  const fields = fieldsOf(columns.map((column, index) => ({ name: `c${index}`, type: column, nullable: true })));
  const rows = Array.from({ length: 50 }, (_, row) =>
    row % 3 === 0 ? [null, null, null, null] : [[row, null], row, [row, -row], { months: row, days: 0, micros: 5n }],
  );
  const part = batchOf(fields, rows).slice(7, 29);
  const [stored] = await throughFile(part, fields);
  const read = fields.map(({ type: column }, index) => {
    const data = stored?.data.children[index];
    return data && cellReader(data, column);
  });
  expect(Array.from({ length: 22 }, (_, row) => read.map((cell) => cell?.(row)))).toEqual(rows.slice(7, 29));
});

test('columns that are stored as they are keep their buffers', () => {
  const types = [
    plain('Int64'),
    plain('String'),
    plain('Float64'),
    plain('Timestamp'),
    plain('Variant'),
    decimal(20, 2),
  ];
  const fields = fieldsOf(types.map((type, index) => ({ name: `c${index}`, type, nullable: true })));
  const batch = batchOf(fields, [[1n, 'a', 0.5, 7n, '{}', 100n]]);
  const stored = toStorage(batch, fields);
  for (const [index, data] of batch.data.children.entries()) {
    expect(stored.data.children[index]?.values).toBe(data.values);
    expect(stored.data.children[index]?.valueOffsets).toBe(data.valueOffsets);
  }
});

test('a dictionary stays one, its values converted', async () => {
  const fields = fieldsOf([{ name: 'c', type: plain('UInt8'), nullable: true }]);
  const vector = vectorFromArray([200, 3, null, 200], new Dictionary(new Uint8(), new Int32()));
  const batch = new Table({ c: vector }).batches[0];
  assert(batch !== undefined, 'the table has a batch');
  const stored = toStorage(batch, fields);
  expect(String(stored.schema.fields[0]?.type)).toBe('Dictionary<Int32, Int16>');
  expect(cellsOf(await throughFile(batch, fields), plain('UInt8'))).toEqual([200, 3, null, 200]);
});

test('a column of NULL literals takes the type of its field', async () => {
  const fields = fieldsOf([{ name: 'c', type: plain('UInt64'), nullable: true }]);
  const batch = batchOf([{ name: 'c', type: plain('Null'), nullable: true }], [[null], [null]]);
  expect(cellsOf(await throughFile(batch, fields), plain('UInt64'))).toEqual([null, null]);
});

test('binaries of one width become binaries of any', async () => {
  const fields = fieldsOf([{ name: 'c', type: plain('Binary'), nullable: true }]);
  const type = new FixedSizeBinary(2);
  const batch = new Table({ c: vectorFromArray([Uint8Array.of(1, 2), null, Uint8Array.of(3, 4)], type) }).batches[0];
  assert(batch !== undefined, 'the table has a batch');
  expect(String(toStorage(batch, fields).schema.fields[0]?.type)).toBe('Binary');
  expect(cellsOf(await throughFile(batch, fields), plain('Binary'))).toEqual([
    Uint8Array.of(1, 2),
    null,
    Uint8Array.of(3, 4),
  ]);
});

test('a column that a file lacks is NULL, or zero where NULL is not allowed', () => {
  const [a, b, c] = fieldsOf([
    { name: 'a', type: plain('Int32'), nullable: true },
    { name: 'b', type: plain('String'), nullable: true },
    { name: 'c', type: plain('UInt8'), nullable: false },
  ]);
  assert(a !== undefined && b !== undefined && c !== undefined, 'three fields');
  const stored = toStorage(batchOf([a], [[7], [8]]), [a]);
  const read = fromStorage(stored, [c, a, b]);
  expect(read.schema.fields.map((field) => field.name)).toEqual(['c', 'a', 'b']);
  const [zero, same, none] = read.data.children.map((data, index) =>
    cellReader(data, [c, a, b][index]?.type ?? c.type),
  );
  expect([0, 1].map((row) => [zero?.(row), same?.(row), none?.(row)])).toEqual([
    [0, 7, null],
    [0, 8, null],
  ]);
});

test('row ids that a rewrite keeps stand in columns of their own', () => {
  const fields = fieldsOf([{ name: 'a', type: plain('UInt8'), nullable: true }]);
  const long = plain('Int64');
  const batch = batchOf(
    [...fields, { name: 'id', type: long, nullable: true }, { name: 'version', type: long, nullable: true }],
    [[1, 17n, null]],
  );
  const stored = toStorage(batch, fields, { rowId: '_row-id', commitVersion: '_row-version' });
  expect(stored.schema.fields.map((field) => `${field.name} ${field.type}`)).toEqual([
    'a Int16',
    '_row-id Int64',
    '_row-version Int64',
  ]);
});
