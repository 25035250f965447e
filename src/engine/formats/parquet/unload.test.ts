import { Field, Int32 } from 'apache-arrow';
import { beforeAll, expect, test } from 'vitest';
import { bytesSource, initParquetInNode } from '../../test/parquet.ts';
import { batchOf } from '../../types/build/batch.ts';
import { type Cell, cellReader } from '../../types/cell.ts';
import { arrayOf, decimal, plain, type Schema } from '../../types/type.ts';
import { encodeParquet } from './encode.ts';
import { parquetFormat } from './format.ts';
import { unloadParquet } from './unload.ts';

beforeAll(initParquetInNode);

const signal = new AbortController().signal;
const format = { type: 'PARQUET', options: {} } as const;

async function readBack(bytes: Uint8Array): Promise<{ schema: Schema; rows: Cell[][] }> {
  const file = bytesSource('out.parquet', bytes);
  const schema = await parquetFormat.readSchema(file, format, signal);
  const request = { format, columns: schema.map(({ name }) => name), predicates: [], limit: undefined };
  const rows: Cell[][] = [];
  for await (const { batch } of parquetFormat.read(file, request, signal)) {
    const readers = batch.data.children.map((data, at) => cellReader(data, schema[at]?.type ?? plain('Null')));
    for (let row = 0; row < batch.numRows; row++) rows.push(readers.map((read) => read(row)));
  }
  return { schema, rows };
}

const interval = { months: 14, days: -3, micros: 1_500_000n };
const moment = { micros: 1_735_689_600_000_000n, offsetSeconds: 28_800 };
const POINT = Uint8Array.from(Buffer.from('0101000020E6100000000000000000F03F0000000000000040', 'hex'));

const schema: Schema = [
  { name: 'variant', type: plain('Variant'), nullable: true },
  { name: 'interval', type: plain('Interval'), nullable: true },
  { name: 'geometry', type: plain('Geometry'), nullable: true },
  { name: 'geography', type: plain('Geography'), nullable: false },
  { name: 'bitmap', type: plain('Bitmap'), nullable: true },
  { name: 'at', type: plain('TimestampTz'), nullable: true },
  { name: 'vector', type: { kind: 'Vector', dimension: 2 }, nullable: true },
  { name: 'big', type: decimal(60, 2), nullable: true },
  { name: 'small', type: plain('UInt8'), nullable: false },
  {
    name: 'nested',
    type: {
      kind: 'Map',
      key: plain('String'),
      value: {
        kind: 'Tuple',
        fields: [
          { name: 'a', type: arrayOf(plain('Interval')) },
          { name: 'b', type: plain('Variant') },
        ],
      },
    },
    nullable: true,
  },
];

const rows: Cell[][] = [
  [
    '{"a":[1,2.50]}',
    interval,
    POINT,
    POINT,
    [1n, 2n ** 63n],
    moment,
    [0.5, -1],
    123n,
    7,
    [['k', [[interval, null], '"x"']]],
  ],
  [null, null, null, POINT, null, null, null, null, 255, null],
  ['null', { months: 0, days: 0, micros: 0n }, POINT, POINT, [], moment, [0, 1], -1n, 0, []],
];

test.each(['ZSTD', 'SNAPPY', 'NONE'] as const)('every type comes back from a file compressed by %s', async (codec) => {
  const { bytes, rows: count } = await unloadParquet([batchOf(schema, rows)], schema, codec);
  expect(count).toBe(3);
  const back = await readBack(bytes);
  expect(back).toEqual({ schema, rows });
});

test('metadata that names a type of another form, or nothing that is a type, changes nothing', async () => {
  const batch = batchOf([{ name: 'a', type: plain('Int32'), nullable: true }], [[1]]);
  for (const text of ['{"kind":"Variant"}', '{"kind":"Vector","dimension":2}', '{', 'null']) {
    const fields = [new Field('a', new Int32(), true, new Map([['databend.type', text]]))];
    const { bytes } = await encodeParquet([batch], { fields });
    expect((await readBack(bytes)).schema).toEqual([{ name: 'a', type: plain('Int32'), nullable: true }]);
  }
});

test('a text that is no JSON under a VARIANT column is refused by the file’s name', async () => {
  const { bytes } = await unloadParquet([batchOf(schema.slice(0, 1), [['{']])], schema.slice(0, 1), 'NONE');
  await expect(readBack(bytes)).rejects.toMatchObject({
    kind: 'ParquetFileInvalid',
    message: expect.stringContaining("Invalid Parquet file 'out.parquet': a JSON column holds other text"),
  });
});
