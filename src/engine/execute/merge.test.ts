import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tries } from '../test/long.ts';
import { batchOf } from '../types/build/batch.ts';
import { type Cell, cellReader } from '../types/cell.ts';
import { arrayOf, decimal, plain, type SqlType } from '../types/type.ts';
import { mergedColumn, mergedNested } from './merge.ts';

const column = (type: SqlType, cells: readonly Cell[]) => {
  const [data] = batchOf(
    [{ name: 'c', type, nullable: true }],
    cells.map((cell) => [cell]),
  ).data.children;
  if (!data) throw new Error('the batch has its column');
  return data;
};

const CELLS: readonly (readonly [SqlType, fc.Arbitrary<Cell>])[] = [
  [plain('Boolean'), fc.boolean()],
  [plain('Int16'), fc.integer({ min: -32_768, max: 32_767 })],
  [plain('Int64'), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  [plain('Float64'), fc.double()],
  [plain('Timestamp'), fc.bigInt({ min: 0n, max: 10n ** 15n })],
  [decimal(38, 2), fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })],
  [plain('String'), fc.string({ unit: 'grapheme' })],
];

const PAIR: SqlType = {
  kind: 'Tuple',
  fields: [
    { name: '1', type: plain('Int64') },
    { name: '2', type: arrayOf(plain('Boolean')) },
  ],
};
const NESTED: typeof CELLS = [
  [arrayOf(plain('String')), fc.array(fc.option(fc.string()), { maxLength: 5 })],
  [arrayOf(arrayOf(plain('Int32'))), fc.array(fc.array(fc.integer()), { maxLength: 3 })],
  [PAIR, fc.tuple<Cell[]>(fc.option(fc.bigInt({ min: 0n, max: 99n })), fc.option(fc.array(fc.boolean())))],
];

test.each([...CELLS, ...NESTED])(
  'parts of %o, some of them slices, become one column of the same values',
  (type, cell) => {
    const part = fc.tuple(fc.array(fc.option(cell), { minLength: 1 }), fc.nat());
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const sliced = parts.map(([cells, start]) => {
          const from = start % cells.length;
          return column(type, cells).slice(from, cells.length - from);
        });
        const merged = mergedNested(sliced);
        const read = merged && cellReader(merged, type);
        const expected = parts.flatMap(([cells, start]) => cells.slice(start % cells.length));
        expect(expected.map((_, row) => read?.(row))).toEqual(expected);
      }),
      { numRuns: tries(50) },
    );
  },
);

test('a column with parts of its own is left to others', () => {
  const list = column(arrayOf(plain('Int32')), [[1]]);
  expect(mergedColumn([list, list])).toBeUndefined();
});
