import { describe, expect, test } from 'vitest';
import { columnOf, columns, formatWith, readRows } from '../../test/read-rows.ts';
import { arrayOf, decimal, plain } from '../../types/type.ts';
import type { OptionValue, RowRequest } from '../format.ts';
import { NDJSON_OPTIONS } from './options.ts';
import { readNdjson } from './read.ts';

type Options = Readonly<Record<string, OptionValue>>;

function read(text: string | Uint8Array, target: RowRequest['target'], options: Options = {}) {
  return readRows(readNdjson, text, { format: formatWith('NDJSON', NDJSON_OPTIONS, options), target });
}

const INT = plain('Int32');
const TEXT = plain('String');
const AB = columns(columnOf('a', INT), columnOf('b', TEXT));

describe('records', () => {
  test('each line is one VARIANT, blank lines none', async () => {
    const { rows, rowNumbers } = await read('{"b":1,"a":[true, null]}\n\n  \r\n 12 \r\n"x\\u0041"', { kind: 'Record' });
    expect(rows).toEqual([['{"a":[true,null],"b":1}'], ['12'], ['"xA"']]);
    expect(rowNumbers).toEqual([0, 3, 4]);
  });

  test('a line that is not JSON says where, in the order of the file', async () => {
    const { rows, errors } = await read('{"a":1,"b":"x"}\n{"a":"y","b":"x"}\n{"a":1,}\n{"a":\n', AB);
    expect(rows).toEqual([[1, 'x']]);
    expect(errors).toEqual([
      `1: Invalid value '"y"' for column 0 (a Int32 NULL): BadBytes. Code: 1046, Text = Incorrect json value, must be number.`,
      "2: Invalid NDJSON row: trailing comma at line 1, position 7 of size 8 for File 'data', next byte is '}'",
      "3: Invalid NDJSON row: EOF while parsing a value at line 1, position 5 of size 5 for File 'data', next byte is ''",
    ]);
  });

  test.each([
    '{"a":01}',
    '{"a":1 "b":2}',
    "{'a':1}",
    '{"a":tru}',
    '{"a":"\\x"}',
    '{"a":"\t"}',
    '{"a":1}}',
    '[1,]',
    '{"a":.5}',
    '{"a":1e}',
    'nul',
    '{"a"}',
    '"\\u12g4"',
  ])('%s is not JSON', async (line) => {
    const { rows, errors } = await read(line, { kind: 'Record' });
    expect(rows).toEqual([]);
    expect(errors).toHaveLength(1);
  });

  test('of equal keys the last wins, at any depth', async () => {
    const { rows } = await read('{"a":1,"b":[{"c":1,"c":1.50}],"a":2}\n', { kind: 'Record' });
    expect(rows).toEqual([['{"a":2,"b":[{"c":1.50}]}']]);
  });

  test('bytes that are not UTF-8 spoil their line only', async () => {
    const bytes = new Uint8Array([0x22, 0xff, 0x22, 0x0a, 0x22, 0x61, 0x22]);
    const { rows, errors } = await read(bytes, { kind: 'Record' });
    expect(rows).toEqual([['"a"']]);
    expect(errors).toHaveLength(1);
  });

  test('lines may be longer than a window', async () => {
    const text = 'x\\n'.repeat(300_000);
    const { rows } = await read(`{"b":"${text}","a":1}\n`.repeat(12), AB);
    expect(rows).toHaveLength(12);
    for (const row of rows) expect(row).toEqual([1, 'x\n'.repeat(300_000)]);
  });
});

describe('columns', () => {
  test('keys name columns in any case and order, and the last of equal keys wins', async () => {
    const { rows } = await read('{"B":"x","c":[1,{"a":2}],"A":1}\n{"a":1,"a":2,"\\u0062":"y"}\n', AB);
    expect(rows).toEqual([
      [1, 'x'],
      [2, 'y'],
    ]);
  });

  test('a missing key is an error, NULL or the default', async () => {
    const line = '{"a":1}\n';
    expect((await read(line, AB)).errors).toEqual([
      '0: Missing value for column 1 (b String NULL). current FILE_FORMAT option: MISSING_FIELD_AS=ERROR',
    ]);
    expect((await read(line, AB, { MISSING_FIELD_AS: 'NULL' })).rows).toEqual([[1, null]]);
    expect((await read(line, AB, { MISSING_FIELD_AS: 'FIELD_DEFAULT' })).rows).toEqual([[1, 'DEFAULT']]);
    const notNull = columns(columnOf('a', INT), columnOf('b', TEXT, false));
    expect((await read(line, notNull, { MISSING_FIELD_AS: 'NULL' })).errors).toEqual([
      '0: Missing value for column 1 (b String). current FILE_FORMAT option: MISSING_FIELD_AS=NULL. the column is not nullable',
    ]);
    const single = await read(line, columns(columnOf('raw', plain('Variant'))));
    expect(single.errors[0]).toContain('the target table has a single VARIANT column');
    expect((await read('[1]\n', AB, { MISSING_FIELD_AS: 'NULL' })).rows).toEqual([[null, null]]);
  });

  test('null is NULL or the default, and an error where it may not be', async () => {
    const line = '{"a":null,"b":null}\n';
    expect((await read(line, AB)).rows).toEqual([[null, null]]);
    expect((await read(line, AB, { NULL_FIELD_AS: 'FIELD_DEFAULT' })).rows).toEqual([['DEFAULT', 'DEFAULT']]);
    const notNull = columns(columnOf('a', INT, false), columnOf('b', TEXT));
    expect((await read(line, notNull)).errors).toEqual([
      "0: Invalid value 'null' for column 0 (a Int32): null value is not allowed for non-nullable field, when NULL_FIELDS_AS=NULL",
    ]);
  });

  test('NULL_IF goes before the type', async () => {
    const { rows } = await read('{"a":"n/a","b":"-"}\n{"a":1,"b":"x"}\n', AB, { NULL_IF: ['n/a', '-'] });
    expect(rows).toEqual([
      [null, null],
      [1, 'x'],
    ]);
  });

  test.each([
    [plain('Boolean'), 'true', true],
    [plain('Int8'), '1.5', 2],
    [plain('Int64'), '-9007199254740993', -9007199254740993n],
    [plain('UInt64'), '18446744073709551615', 18446744073709551615n],
    [plain('Float64'), '1e-3', 0.001],
    [decimal(10, 2), '"12.345"', 1235n],
    [decimal(10, 2), '12.345', 1235n],
    [TEXT, '10', '10'],
    [TEXT, 'true', 'true'],
    [TEXT, '"\\ud83d\\ude00\\"\\/"', '😀"/'],
    [plain('Date'), '"2024-02-29"', 19782],
    [plain('Date'), '19782', 19782],
    [plain('Timestamp'), '1736305864', 1736305864000000n],
    [plain('Timestamp'), '1736305865000', 1736305865000000n],
    [plain('Timestamp'), '-1', -1000000n],
    [plain('Timestamp'), '"2024-02-29T12:00:00+01:00"', 1709204400000000n],
    [plain('Variant'), '{"b":[1.50], "a":"x"}', '{"a":"x","b":[1.50]}'],
    [arrayOf(plain('Int64')), '[1, null, 9007199254740993]', [1n, null, 9007199254740993n]],
    [
      { kind: 'Map', key: TEXT, value: INT },
      '{"x": 1, "y": null}',
      [
        ['x', 1],
        ['y', null],
      ],
    ],
    [{ kind: 'Vector', dimension: 2 }, '[1, 2.5]', [1, 2.5]],
    [
      {
        kind: 'Tuple',
        fields: [
          { name: 'x', type: INT },
          { name: 'y', type: TEXT },
        ],
      },
      '{"Y":"b","X":1}',
      [1, 'b'],
    ],
    [
      {
        kind: 'Tuple',
        fields: [
          { name: '1', type: INT },
          { name: '2', type: plain('Variant') },
        ],
      },
      '[1,{"b": 2}]',
      [1, '{"b":2}'],
    ],
    [plain('Bitmap'), '"2,1"', [1n, 2n]],
  ] as const)('%o takes %s', async (type, json, expected) => {
    const { rows, errors } = await read(`{"a":${json}}\n`, columns(columnOf('a', type)));
    expect(errors).toEqual([]);
    expect(rows).toEqual([[expected]]);
  });

  test.each([
    [plain('Boolean'), '1', 'Incorrect json value, must be boolean'],
    [plain('Int8'), '128', 'Incorrect json number 128'],
    [TEXT, '[1]', 'Incorrect json value, must be string'],
    [plain('Binary'), '"00"', 'Unsupported json value for type Binary'],
    [arrayOf(INT), '["x"]', 'Incorrect json value, must be number'],
    [
      { kind: 'Tuple', fields: [{ name: 'x', type: INT }] },
      '{"y":1}',
      'Incorrect json value for tuple, missing field x',
    ],
    [{ kind: 'Vector', dimension: 2 }, '[1]', 'Incorrect vector value, expect 2 values, but got 1'],
  ] as const)('%o refuses %s', async (type, json, cause) => {
    const { rows, errors } = await read(`{"a":${json}}\n`, columns(columnOf('a', type)));
    expect(rows).toEqual([]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(`: BadBytes. Code: 1046, Text = ${cause}.`);
  });
});

test('a text of 16 MB in an array is read', async () => {
  const text = 'a'.repeat(1 << 24);
  const { rows } = await read(`{"a":["${text}",1]}`, columns(columnOf('a', arrayOf(TEXT))));
  expect(rows.map(([cell]) => (cell as string[]).map((item) => item.length))).toEqual([[text.length, 1]]);
});
