import { Dictionary, Int32, Utf8, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tries } from '../test/long.ts';
import { columnBuilder } from '../types/build/batch.ts';
import { type Cell, cellReader } from '../types/cell.ts';
import { arrayOf, type IntegerKind, integerRange, integerWidth, plain, type SqlType } from '../types/type.ts';
import { vectorCast } from './vector-cast.ts';

function columnOf(type: SqlType, cells: readonly Cell[]) {
  const builder = columnBuilder(type);
  for (const cell of cells) builder.append(cell);
  return builder.finish();
}

function casted(from: SqlType, to: SqlType, cells: readonly Cell[]): Cell[] | undefined {
  const data = vectorCast(from, to)?.(columnOf(from, cells));
  if (!data) return undefined;
  const read = cellReader(data, to);
  return cells.map((_, row) => read(row));
}

const KINDS: readonly IntegerKind[] = ['UInt8', 'UInt16', 'UInt32', 'UInt64', 'Int8', 'Int16', 'Int32', 'Int64'];
const cellOf = (kind: IntegerKind, value: bigint): Cell => (integerWidth(kind) === 8 ? value : Number(value));

/** Mostly near the ends of the ranges of all kinds. */
const edges = KINDS.flatMap((kind) => integerRange(kind)).flatMap((edge) => [edge - 1n, edge, edge + 1n]);
const integers = fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: -300n, max: 300n }));

test.each(KINDS.flatMap((from) => KINDS.map((to) => [from, to] as const)))('%s to %s', (from, to) => {
  const [least, greatest] = integerRange(from);
  const values = integers.filter((value) => value >= least && value <= greatest);
  const [to0, to1] = integerRange(to);
  fc.assert(
    fc.property(fc.array(fc.option(values, { freq: 3 }), { maxLength: 8 }), (given) => {
      const fits = given.every((value) => value === null || (value >= to0 && value <= to1));
      const cells = given.map((value) => (value === null ? null : cellOf(from, value)));
      const expected = given.map((value) => (value === null ? null : cellOf(to, value)));
      expect(casted(plain(from), plain(to), cells)).toEqual(fits ? expected : undefined);
    }),
    { numRuns: tries(60) },
  );
});

test('integers and floats become doubles, the nearest ones', () => {
  const wide = [-(2n ** 63n), 2n ** 63n - 1n, 9_007_199_254_740_993n, -1n, null];
  expect(casted(plain('Int64'), plain('Float64'), wide)).toEqual([
    -(2 ** 63),
    2 ** 63,
    9_007_199_254_740_992,
    -1,
    null,
  ]);
  expect(casted(plain('UInt64'), plain('Float64'), [2n ** 64n - 1n])).toEqual([2 ** 64]);
  expect(casted(plain('Float32'), plain('Float64'), [Math.fround(0.1), Number.NaN, null])).toEqual([
    Math.fround(0.1),
    Number.NaN,
    null,
  ]);
});

test('lists of floats become a vector if all have its dimension', () => {
  const vector: SqlType = { kind: 'Vector', dimension: 2 };
  for (const element of ['Float32', 'Float64'] as const) {
    const from = arrayOf(plain(element));
    expect(casted(from, vector, [[1, 2], null, [0.5, -3]])).toEqual([[1, 2], null, [0.5, -3]]);
    expect(casted(from, vector, [[1, 2], [3]])).toBeUndefined();
    expect(casted(from, vector, [[1, null]])).toBeUndefined();
  }
  expect(casted(arrayOf(plain('String')), vector, [['a', 'b']])).toBeUndefined();
});

test('the same type stays as it is, and other casts are left to DuckDB', () => {
  const { data } = vectorFromArray(['a', 'b'], new Dictionary(new Utf8(), new Int32()));
  const [column] = data;
  expect(column && vectorCast(plain('String'), plain('String'))?.(column)).toBe(column);
  expect(vectorCast(plain('String'), plain('Int32'))).toBeUndefined();
  expect(vectorCast(plain('Float64'), plain('Int32'))).toBeUndefined();
});
