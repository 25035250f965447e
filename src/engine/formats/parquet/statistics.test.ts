import { Dictionary, Int32, type RecordBatch, Table, tableFromArrays, Utf8, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchOf } from '../../types/build/batch.ts';
import type { Cell } from '../../types/cell.ts';
import { arrayOf, decimal, plain, type SqlType } from '../../types/type.ts';
import { columnStatistics } from './statistics.ts';

const batch = (type: SqlType, cells: readonly Cell[]): RecordBatch =>
  batchOf(
    [{ name: 'c', type, nullable: true }],
    cells.map((cell) => [cell]),
  );
const statistics = (type: SqlType, ...batches: readonly (readonly Cell[])[]) =>
  columnStatistics(
    batches.map((cells) => batch(type, cells)),
    [{ name: 'c', type, nullable: true }],
  )[0];
const exact = <Value>(value: Value) => ({ value, exact: true });

const WIDE: readonly (readonly [SqlType, bigint])[] = [
  [plain('Int64'), 63n],
  [plain('Timestamp'), 63n],
  [decimal(18, 2), 59n],
  [decimal(38, 10), 126n],
];

test.each(WIDE)('the bounds of %j are those that comparing values gives', (type, bits) => {
  const values = fc.bigInt({ min: -(2n ** bits), max: 2n ** bits - 1n });
  fc.assert(
    fc.property(fc.array(fc.array(fc.option(values), { minLength: 1 }), { minLength: 1, maxLength: 4 }), (batches) => {
      const all = batches.flat();
      const sorted = all.filter((value) => value !== null).toSorted((a, b) => (a < b ? -1 : 1));
      expect(statistics(type, ...batches)).toEqual({
        rows: all.length,
        nullCount: all.length - sorted.length,
        nanCount: 0,
        min: sorted.length === 0 ? undefined : exact(sorted[0]),
        max: sorted.length === 0 ? undefined : exact(sorted.at(-1)),
      });
    }),
  );
});

test('unsigned integers of 64 bits have no sign', () => {
  const found = statistics(plain('UInt64'), [2n ** 63n, 1n, 2n ** 64n - 1n]);
  expect(found).toMatchObject({ min: exact(1n), max: exact(2n ** 64n - 1n) });
});

test('texts are compared by code point, and a prefix comes first', () => {
  const found = statistics(plain('String'), ['\u{1F6A6}', 'ab', '\uFF5E'], ['abc', null]);
  expect(found).toMatchObject({ rows: 5, nullCount: 1, min: exact('ab'), max: exact('\u{1F6A6}') });
});

test('NaN is counted and is no bound, infinities are', () => {
  expect(statistics(plain('Float64'), [Number.NaN, 1.5, null, Number.NEGATIVE_INFINITY])).toEqual({
    rows: 4,
    nullCount: 1,
    nanCount: 1,
    min: exact(Number.NEGATIVE_INFINITY),
    max: exact(1.5),
  });
  expect(statistics(plain('Float32'), [Number.POSITIVE_INFINITY])).toMatchObject({ min: exact(Infinity) });
});

test('booleans and dates have bounds, VARIANT and nested types have not', () => {
  expect(statistics(plain('Boolean'), [true, null], [false])).toMatchObject({ min: exact(false), max: exact(true) });
  expect(statistics(plain('Date'), [20_089, -3])).toMatchObject({ min: exact(-3), max: exact(20_089) });
  expect(statistics(plain('Variant'), ['1', null])).toMatchObject({ nullCount: 1, min: undefined, max: undefined });
  expect(statistics(arrayOf(plain('Int32')), [[1], null])).toMatchObject({ nullCount: 1, min: undefined });
});

test('of a dictionary only the values in use count', () => {
  const column = vectorFromArray(['b', null, 'd', 'b'], new Dictionary(new Utf8(), new Int32()));
  const [whole] = new Table({ c: column }).batches;
  const part = whole?.slice(0, 2);
  expect(part && columnStatistics([part], [{ name: 'c', type: plain('String'), nullable: true }])).toEqual([
    { rows: 2, nullCount: 1, nanCount: 0, min: exact('b'), max: exact('b') },
  ]);
});

test('a slice of a batch has the statistics of its own rows', () => {
  const [whole] = tableFromArrays({ c: BigInt64Array.of(5n, -7n, 3n, 9n) }).batches;
  const part = whole?.slice(2, 3);
  expect(part && columnStatistics([part], [{ name: 'c', type: plain('Int64'), nullable: false }])).toEqual([
    { rows: 1, nullCount: 0, nanCount: 0, min: exact(3n), max: exact(3n) },
  ]);
});
