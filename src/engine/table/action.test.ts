import { expect, test } from 'vitest';
import { actionOf } from './action.ts';

const rowsOf = (stats: string) => {
  const action = actionOf({ add: { path: 'a.parquet', stats } });
  return action?.kind === 'Add' ? action.rows : action;
};

test.each([
  ['{"numRecords":7,"minValues":{"numRecords":1}}', 7],
  [' { "numRecords" : 7 }', 7],
  ['{"minValues":{"numRecords":1},"maxValues":{"numRecords":2},"numRecords":7}', 7],
  ['{"nullCount":{"a":{"numRecords":3}},"tightBounds":true}', undefined],
  ['{"maxValues":{"a":"\\"numRecords\\":3"},"numRecords":7}', 7],
  ['{"numRecords":7.0}', 7],
  ['{"numRecords":-7}', undefined],
  ['{"numRecords":7.5}', undefined],
  ['{"numRecords":"7"}', undefined],
  ['{"maxValues":{"numRecords":3', undefined],
  ['[]', undefined],
])('the statistics %s tell of %s rows', (stats, rows) => {
  expect(rowsOf(stats)).toBe(rows);
});
