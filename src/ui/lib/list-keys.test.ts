import { expect, test } from 'vitest';
import { listMove, typeAhead } from './list-keys.ts';

test('keys move within the list and stop at its ends', () => {
  expect(listMove('ArrowDown', -1, 3)).toBe(0);
  expect(listMove('ArrowDown', 2, 3)).toBe(2);
  expect(listMove('ArrowUp', 0, 3)).toBe(0);
  expect(listMove('PageDown', 0, 30)).toBe(10);
  expect(listMove('End', 0, 30)).toBe(29);
  expect(listMove('End', 0, 0)).toBeUndefined();
  expect(listMove('a', 0, 3)).toBeUndefined();
});

test('a letter goes to the next row that starts with it, around the end', () => {
  const labels = ['apple', 'Bear', 'avocado'];
  expect(typeAhead('a', 0, labels)).toBe(2);
  expect(typeAhead('a', 2, labels)).toBe(0);
  expect(typeAhead('b', 1, labels)).toBe(1);
  expect(typeAhead('x', 0, labels)).toBeUndefined();
});

test('a word that is typed keeps the row it has led to while that fits', () => {
  const labels = ['apple', 'avocado', 'Apricot'];
  expect(typeAhead('av', 1, labels)).toBe(1);
  expect(typeAhead('apr', 1, labels)).toBe(2);
  expect(typeAhead('aa', 1, labels)).toBe(2);
});
