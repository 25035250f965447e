import { expect, test } from 'vitest';
import { rowGroups } from './row-groups.ts';

const FLAGS = { logicalType: undefined, hasBloomFilter: false, hasPageIndex: false };

test('chunks are gathered by row group, their sizes added', () => {
  const chunk = { groupRows: 5, type: 'INT', physicalType: '', codec: '', encodings: '', nulls: 0, ...FLAGS };
  const groups = rowGroups([
    { ...chunk, group: 0, column: 'a', compressed: 10, uncompressed: 20, min: '1', max: '2' },
    { ...chunk, group: 0, column: 'b', compressed: 5, uncompressed: 10, min: '1', max: '2' },
    { ...chunk, group: 1, column: 'a', compressed: 7, uncompressed: 7, min: '3', max: '4' },
  ]);
  expect(groups.map(({ index, compressed, uncompressed }) => [index, compressed, uncompressed])).toEqual([
    [0, 15, 30],
    [1, 7, 7],
  ]);
});
