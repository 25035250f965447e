import { expect, test } from 'vitest';
import { namePattern } from './name-pattern.ts';

test.each([
  ['id', 'frame_ID', true],
  ['id', 'frame', false],
  ['frame_*', 'frame_id', true],
  ['frame_*', 'my_frame_id', false],
  ['c19?7', 'c1987', true],
  ['c1?', 'c1987', false],
  ['a.b*', 'aXb', false],
  ['', 'any', true],
])('the pattern %s and the name %s: %s', (pattern, name, isFound) => {
  expect(namePattern(pattern)(name)).toBe(isFound);
});
