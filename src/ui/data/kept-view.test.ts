import { expect, test } from 'vitest';
import { plain } from '../../engine/types/type.ts';
import { markOf, readFilters, type Viewed } from './kept-view.ts';

const TRIPS: Viewed = {
  query: 'SELECT * FROM trips',
  columns: ['at', 'line'].map((name) => ({ name, type: plain('String'), nullable: true })),
};

test('of what was kept only whole filters are read', () => {
  const day = (text: string) => ({ text, isNumber: false });
  const filters = [
    { kind: 'Between', column: 'at', low: day('2024-01-01'), high: day('2024-01-02') },
    { kind: 'OneOf', column: 'line', values: [day('tram'), 'bus'] },
    { kind: 'Between', column: 'at', low: 3, high: 4 },
    { kind: 'Contains', column: 'at', text: 'x' },
  ];
  const kept = { of: markOf(TRIPS), filters };
  expect(readFilters(kept, TRIPS)).toEqual([filters[0], { kind: 'OneOf', column: 'line', values: [day('tram')] }]);
  for (const other of ['x', filters, { ...kept, filters: {} }]) expect(readFilters(other, TRIPS)).toEqual([]);
});

test('filters that were kept of another statement, or of columns of other types, are not taken', () => {
  const at = (text: string) => ({ text, isNumber: false });
  const kept = { of: markOf(TRIPS), filters: [{ kind: 'Between', column: 'at', low: at('a'), high: at('b') }] };
  const typed = TRIPS.columns.map((column) => ({ ...column, type: plain('Date') }));
  for (const changed of [
    { query: `${TRIPS.query} LIMIT 9` },
    { columns: typed },
    { columns: TRIPS.columns.slice(0, 1) },
  ])
    expect(readFilters(kept, { ...TRIPS, ...changed })).toEqual([]);
  expect(readFilters(kept, TRIPS)).toHaveLength(1);
});
