import { expect, test } from 'vitest';
import { givenWidth } from './columns.ts';

test('a width is one that a person gave, whatever the name of the column', () => {
  expect(givenWidth({ a: 90 }, 'a')).toBe(90);
  expect(['b', 'constructor', '__proto__'].map((name) => givenWidth({ a: 90 }, name))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
