import { expect, test } from 'vitest';
import { countsOf } from './streams.ts';

test('of what a stream has, an update counts once though it is two rows', () => {
  const records = [
    { action: 'INSERT', is_update: '0', n: '3' },
    { action: 'INSERT', is_update: 'true', n: '2' },
    { action: 'DELETE', is_update: 'true', n: '2' },
    { action: 'DELETE', is_update: 'false', n: '4' },
  ];
  expect(countsOf(records)).toEqual({ inserts: 3, updates: 2, deletes: 4 });
  expect(countsOf(records.slice(1, 3))).toEqual({ inserts: 0, updates: 2, deletes: 0 });
  expect(countsOf([])).toEqual({ inserts: 0, updates: 0, deletes: 0 });
});
