import { expect, test } from 'vitest';
import { treePlaces } from './tree-places.ts';

test('rows are counted among those that stand in the same row', () => {
  const text = treePlaces([0, 1, 2, 2, 1, 0, 1]).map(({ position, size }) => `${position}/${size}`);
  expect(text).toEqual(['1/2', '1/2', '1/2', '2/2', '2/2', '2/2', '1/1']);
});
