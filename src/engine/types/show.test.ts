import { RecordBatchStreamWriter, tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import type { BinaryFormat } from './binary.ts';
import { batchOf } from './build/batch.ts';
import { type Cell, cellReader } from './cell.ts';
import { geometryBytes } from './geometry/parse.ts';
import type { GeometryFormat } from './geometry/print.ts';
import { showCell } from './show.ts';
import { arrayOf, decimal, plain, type SqlType } from './type.ts';

const settings = { timezone: 'UTC' };

/** Builds a column, sends it through Arrow IPC and shows what arrives. */
function roundTrip(type: SqlType, cells: readonly Cell[]): (string | null)[] {
  const batch = batchOf(
    [{ name: 'c', type, nullable: true }],
    cells.map((cell) => [cell]),
  );
  const writer = new RecordBatchStreamWriter();
  writer.write(batch);
  writer.finish();
  const column = tableFromIPC(writer.toUint8Array(true)).batches[0]?.data.children[0];
  if (!column) throw new Error('no column arrived');
  const read = cellReader(column, type);
  return cells.map((_, row) => {
    const cell = read(row);
    return cell === null ? null : showCell(cell, type, settings);
  });
}

const cases: readonly [SqlType, readonly Cell[], readonly (string | null)[]][] = [
  [plain('Boolean'), [true, null, false], ['true', null, 'false']],
  [plain('UInt8'), [255, null], ['255', null]],
  [plain('Int64'), [9007199254740993n, -1n], ['9007199254740993', '-1']],
  [plain('UInt64'), [18446744073709551615n], ['18446744073709551615']],
  [
    plain('Float64'),
    [2, 0.1, 1e-6, 1e16, 0.00001, Number.NaN, -Infinity],
    ['2.0', '0.1', '1e-6', '1e+16', '0.00001', 'NaN', '-Infinity'],
  ],
  [plain('Float32'), [Math.fround(0.1), 1e13, 16777216], ['0.1', '1e+13', '16777216.0']],
  [decimal(10, 2), [12345n, -5n, null], ['123.45', '-0.05', null]],
  [decimal(38, 0), [10n ** 37n, -(10n ** 37n)], [`1${'0'.repeat(37)}`, `-1${'0'.repeat(37)}`]],
  [decimal(76, 3), [10n ** 60n], [`1${'0'.repeat(57)}.000`]],
  [plain('Date'), [0, -719162, 2932896, 19723], ['1970-01-01', '0001-01-01', '9999-12-31', '2024-01-01']],
  [plain('Timestamp'), [1735719321000000n, -1n], ['2025-01-01 08:15:21.000000', '1969-12-31 23:59:59.999999']],
  [plain('TimestampTz'), [{ micros: 0n, offsetSeconds: 28800 }], ['1970-01-01 08:00:00.000000 +0800']],
  [
    plain('Interval'),
    [
      { months: 14, days: 3, micros: 14706700000n },
      { months: 0, days: 0, micros: 0n },
      { months: -13, days: 0, micros: -3600000000n },
    ],
    ['1 year 2 months 3 days 4:05:06.7', '00:00:00', '-1 year -1 month -1:00:00'],
  ],
  [plain('String'), ['a', '', null, '中文'], ['a', '', null, '中文']],
  [plain('Binary'), [new Uint8Array([1, 171])], ['01AB']],
  [arrayOf(plain('Int32')), [[1, 2, null], [], null], ['[1,2,NULL]', '[]', null]],
  [arrayOf(plain('String')), [['a"b', null]], ['["a\\"b",NULL]']],
  [
    { kind: 'Map', key: plain('String'), value: plain('Int32') },
    [
      [
        ['k', 1],
        ['l', null],
      ],
    ],
    ['{"k":1,"l":NULL}'],
  ],
  [
    {
      kind: 'Tuple',
      fields: [
        { name: '1', type: plain('Int32') },
        { name: '2', type: plain('String') },
      ],
    },
    [[1, 'a'], null],
    ['(1,"a")', null],
  ],
  [{ kind: 'Vector', dimension: 2 }, [[1, 2.5], null, [0.1, -3]], ['[1,2.5]', null, '[0.1,-3]']],
  [plain('Bitmap'), [[1n, 2n]], ['<bitmap binary>']],
  [plain('Null'), [null, null], [null, null]],
];

test.each(cases.map(([type, cells, texts]) => ({ kind: type.kind, type, cells, texts })))(
  '$kind shows as Databend shows it',
  ({ type, cells, texts }) => {
    expect(roundTrip(type, cells)).toEqual(texts);
  },
);

test('BINARY shows in the format of the setting', () => {
  const show = (bytes: readonly number[], binaryOutputFormat: BinaryFormat) =>
    showCell(Uint8Array.from(bytes), plain('Binary'), { timezone: 'UTC', binaryOutputFormat });
  expect(show([104, 228, 108], 'hex')).toBe('68E46C');
  expect(show([104, 228, 108], 'base64')).toBe('aORs');
  expect(show([104, 195, 164, 108], 'utf-8')).toBe('häl');
  expect(show([104, 228, 108], 'utf-8-lossy')).toBe('h\u{fffd}l');
  expect(() => show([104, 228, 108], 'utf-8')).toThrow('Invalid UTF-8 sequence while formatting binary column');
  expect(show(Array<number>(20_000).fill(255), 'base64')).toHaveLength(26_668);
});

test('GEOMETRY and GEOGRAPHY show in the format of the setting', () => {
  const show = (kind: 'Geometry' | 'Geography', geometryOutputFormat?: GeometryFormat) =>
    showCell(geometryBytes('POINT(60 37)'), plain(kind), {
      timezone: 'UTC',
      ...(geometryOutputFormat && { geometryOutputFormat }),
    });
  expect(show('Geometry')).toBe('{"type": "Point", "coordinates": [60,37]}');
  expect(show('Geometry', 'EWKT')).toBe('POINT(60 37)');
  expect(show('Geography', 'EWKT')).toBe('SRID=4326;POINT(60 37)');
});

test('builders grow beyond their first buffers', () => {
  const cells = Array.from({ length: 5000 }, (_, index) => (index % 7 === 0 ? null : `value ${index}`));
  expect(roundTrip(plain('String'), cells)).toEqual(cells);
});
