import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tries } from '../../test/long.ts';
import type { Cell } from '../cell.ts';
import { showCell } from '../show.ts';
import { arrayOf, decimal, plain, type SqlType } from '../type.ts';
import { parseCell } from './cell.ts';
import { ParseFailure } from './failure.ts';

const UTC = { timezone: 'UTC', numericCast: 'rounding' } as const;

const read = (text: string, type: SqlType, settings = UTC) => {
  const cell = parseCell(text, type, settings);
  return cell instanceof ParseFailure ? cell.message : cell;
};

describe('numbers', () => {
  test.each([
    ['12', 'Int32', 12],
    ['+12', 'Int32', 12],
    ['12.5', 'Int32', 13],
    ['-12.5', 'Int32', -13],
    ['1.2e2', 'Int8', 120],
    ['1e3', 'Int64', 1000n],
    ['9223372036854775807', 'Int64', 9223372036854775807n],
    ['18446744073709551615', 'UInt64', 18446744073709551615n],
    ['9223372036854775808', 'Int64', 'number 9223372036854775808 is overflowed'],
    ['-1', 'UInt8', 'number -1 is overflowed'],
    ['300', 'UInt8', 'number 300 is overflowed'],
    ['b0', 'Int32', 'invalid text for number'],
    [' 123', 'Int32', 'invalid text for number'],
    ['', 'Int32', 'invalid text for number'],
    ['1.5', 'Float64', 1.5],
    ['-.5e-3', 'Float64', -0.0005],
    ['NAN', 'Float64', Number.NaN],
    ['-Inf', 'Float64', -Infinity],
    ['infinity', 'Float32', Infinity],
    ['0.1', 'Float32', Math.fround(0.1)],
    ['1x', 'Float64', 'Cannot parse value:"1x" to number type, cause: InvalidDigit(1)'],
    ['', 'Float64', 'Cannot parse value:"" to number type, cause: Empty'],
  ] as const)("'%s' as %s is %s", (text, kind, expected) => {
    expect(read(text, plain(kind))).toEqual(expected);
  });

  test('a fraction is cut off when the session says truncating', () => {
    const truncating = { ...UTC, numericCast: 'truncating' } as const;
    const cut = (text: string) => parseCell(text, plain('Int32'), truncating);
    expect(['12.9', '-12.9', '1.29e1', '129e-1', '0.9999999999999999999999'].map(cut)).toEqual([12, -12, 12, 12, 0]);
  });

  test('decimals round to their scale and may not overflow', () => {
    expect(read('1.005', decimal(5, 2))).toBe(101n);
    expect(read('-1e2', decimal(5, 2))).toBe(-10000n);
    expect(read('1000', decimal(5, 2))).toBe('Decimal overflow');
    expect(read('12x', decimal(5, 2))).toBe('unexpected remaining bytes');
    expect(read('x', decimal(5, 2))).toBe('invalid text for number');
  });
});

describe('other scalars', () => {
  test('a boolean is 0, 1, true or false in lower case', () => {
    expect(['0', '1', 'true', 'false'].map((text) => read(text, plain('Boolean')))).toEqual([false, true, true, false]);
    expect(read('True', plain('Boolean'))).toBe('Incorrect boolean value(True), expect one of 0/1/true/false');
  });

  test('a timestamp without a dash is an epoch whose size tells its unit', () => {
    const expected = 1_736_305_864_000_000n;
    expect(['1736305864', '1736305864000', '1736305864000000'].map((text) => read(text, plain('Timestamp')))).toEqual([
      expected,
      expected,
      expected,
    ]);
    expect(read('20250101', plain('Timestamp'))).toBe(20_250_101_000_000n);
  });

  test('a timestamp without an offset is in the zone of the session', () => {
    const shanghai = { ...UTC, timezone: 'Asia/Shanghai' };
    expect(parseCell('2024-01-01 08:00:00', plain('Timestamp'), shanghai)).toBe(1_704_067_200_000_000n);
    expect(parseCell('2024-01-01 08:00:00Z', plain('Timestamp'), shanghai)).toBe(1_704_096_000_000_000n);
    expect(parseCell('2024-01-01 08:00:00', plain('TimestampTz'), shanghai)).toEqual({
      micros: 1_704_067_200_000_000n,
      offsetSeconds: 28_800,
    });
  });

  test('what is no time says how far it could be read', () => {
    expect(read('2024-01-01 08:00:00 x', plain('Timestamp'))).toBe(
      'fail to deserialize timestamp, unexpected end at pos 20 of 2024-01-01 08:00:00 x',
    );
    expect(read('2024-13-01', plain('Date'))).toBe('fail to deserialize date, unexpected end at pos 0 of 2024-13-01');
  });

  test('VARIANT is canonical JSON', () => {
    expect(read('{"b": 1.10, "a": [true]}', plain('Variant'))).toBe('{"a":[true],"b":1.10}');
    expect(read('faz', plain('Variant'))).toBe('expected ident, pos 3');
  });

  test('BINARY is hex, BITMAP a list, GEOMETRY any of its texts', () => {
    expect(read('00fF', plain('Binary'))).toEqual(Uint8Array.of(0, 255));
    expect(read('0', plain('Binary'))).toBe('Odd number of digits');
    expect(read('3,1,2,3', plain('Bitmap'))).toEqual([1n, 2n, 3n]);
    expect(read('1,x', plain('Bitmap'))).toMatch(/^Invalid Bitmap format/);
    expect(read('POINT(1 2)', plain('Geometry'))).toHaveLength(21);
    expect(read('POINT(1', plain('Geometry'))).toBeTypeOf('string');
  });
});

describe('containers', () => {
  const strings = arrayOf(plain('String'));
  const map: SqlType = { kind: 'Map', key: plain('String'), value: plain('Int32') };
  const tuple: SqlType = {
    kind: 'Tuple',
    fields: [
      { name: '1', type: plain('Int32') },
      { name: '2', type: plain('String') },
    ],
  };

  test.each([
    ['[]', strings, []],
    [`["a", 'b\\'c', NULL, null]`, strings, ['a', "b'c", null, null]],
    ['[1,2.6]', arrayOf(plain('Int32')), [1, 3]],
    ['[[1],NULL,[]]', arrayOf(arrayOf(plain('UInt8'))), [[1], null, []]],
    ['["2024-01-01"]', arrayOf(plain('Date')), [19723]],
    ['[{"b":1,"a":","},"x",null]', arrayOf(plain('Variant')), ['{"a":",","b":1}', '"x"', 'null']],
    [
      `{k:1, 'l' : 2,"m":NULL}`,
      map,
      [
        ['k', 1],
        ['l', 2],
        ['m', null],
      ],
    ],
    ["(1,'a')", tuple, [1, 'a']],
    ["[1,'a']", tuple, [1, 'a']],
    ['(7,)', { kind: 'Tuple', fields: [{ name: '1', type: plain('Int32') }] } as const, [7]],
    ['[1, 2.5]', { kind: 'Vector', dimension: 2 } as const, [1, 2.5]],
  ])('%s', (text, type, expected) => {
    expect(read(text, type)).toEqual(expected);
  });

  test.each([
    ['[a]', strings, 'expected a quoted text'],
    ['["a"', strings, "expected ',' at pos 4"],
    ['["a"] x', strings, 'unexpected remaining bytes'],
    ['', strings, "expected '[' at pos 0"],
    ['[x]', arrayOf(plain('Int32')), 'invalid text for number'],
    ["{'k':1,'k':2}", map, 'Keys have to be unique'],
    ['(1)', tuple, 'expect a tuple of 2 fields, but got 1'],
    ["(1,'a',3)", tuple, 'expect a tuple of 2 fields, but got more'],
    ['[1]', { kind: 'Vector', dimension: 2 } as const, 'expect a vector of 2 dimensions, but got 1'],
  ])('%s is refused', (text, type, message) => {
    expect(read(text, type)).toBe(message);
  });
});

describe('what is printed reads back the same', () => {
  const micros = fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n });
  const scalars: readonly (readonly [SqlType, fc.Arbitrary<Cell>])[] = [
    [plain('Int16'), fc.integer({ min: -32_768, max: 32_767 })],
    [plain('UInt64'), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })],
    [plain('Float64'), fc.double()],
    [plain('Float32'), fc.float()],
    [decimal(40, 7), fc.bigInt({ min: -(10n ** 39n), max: 10n ** 39n })],
    [plain('Boolean'), fc.boolean()],
    [plain('Date'), fc.integer({ min: -719_162, max: 2_932_896 })],
    [plain('Timestamp'), micros],
    [plain('TimestampTz'), fc.record({ micros: fc.constant(0n), offsetSeconds: fc.constantFrom(0, 28_800, -12_600) })],
    [plain('String'), fc.string({ unit: 'grapheme' })],
    [plain('Binary'), fc.uint8Array()],
  ];
  const typed = fc.constantFrom(...scalars).chain(([type, cell]) =>
    fc.oneof(
      fc.tuple(fc.constant(type), cell),
      fc.tuple(fc.constant(arrayOf(type)), fc.array(fc.option(cell))),
      fc.tuple(
        fc.constant<SqlType>({ kind: 'Map', key: plain('String'), value: arrayOf(type) }),
        fc.uniqueArray(fc.tuple(fc.string(), fc.option(fc.array(cell))), { selector: ([key]) => key }),
      ),
      fc.tuple(
        fc.constant<SqlType>({
          kind: 'Tuple',
          fields: [
            { name: 'a', type },
            { name: 'b', type: arrayOf(type) },
          ],
        }),
        fc.tuple(fc.option(cell), fc.array(cell)),
      ),
    ),
  );

  test('whatever the type, and whatever it holds', () => {
    fc.assert(
      fc.property(typed, ([type, cell]) => {
        expect(parseCell(showCell(cell as Exclude<Cell, null>, type, UTC), type, UTC)).toEqual(cell);
      }),
      { numRuns: tries(2000) },
    );
  });
});
