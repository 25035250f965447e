import { expect, test } from 'vitest';
import type { TypeKind } from '../../engine/index.ts';
import { binsFilter } from './bins-filter.ts';

const bins = Array.from({ length: 20 }, () => 1);
const FACTS = { rows: 20, nulls: 0, distinct: 20, mean: undefined, top: undefined, bins };

function between(kind: TypeKind, ends: readonly [number, number], [first, last]: readonly [number, number]) {
  const stats = { ...FACTS, ends, min: 'least', max: 'most' };
  const filter = binsFilter({ column: 'c', kind, stats, first, last });
  return filter?.kind === 'Between' ? [filter.low.text, filter.high.text, filter.low.isNumber] : filter;
}

test('a brush keeps the values of its parts, and the outer ends exactly', () => {
  expect(between('Int64', [0, 100], [4, 7])).toEqual(['20', '39', true]);
  expect(between('Int64', [0, 100], [0, 19])).toEqual(['least', 'most', true]);
  expect(between('Float64', [0, 1], [10, 14])).toEqual(['0.5', '0.75', true]);
  expect(between('Date', [20000, 20100], [10, 11])).toEqual(['2024-11-23', '2024-12-02', false]);
  expect(between('String', [0, 1], [0, 1])).toBe(undefined);
});
