import { expect, test } from 'vitest';
import { readFilters } from './kept-view.ts';

test('of what was kept only whole filters are read', () => {
  const day = (text: string) => ({ text, isNumber: false });
  const kept = [
    { kind: 'Between', column: 'at', low: day('2024-01-01'), high: day('2024-01-02') },
    { kind: 'OneOf', column: 'line', values: [day('tram'), 'bus'] },
    { kind: 'Between', column: 'at', low: 3, high: 4 },
    { kind: 'Contains', column: 'at', text: 'x' },
  ];
  expect(readFilters(kept)).toEqual([kept[0], { kind: 'OneOf', column: 'line', values: [day('tram')] }]);
  expect(readFilters('x')).toEqual([]);
});
