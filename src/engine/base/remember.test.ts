import { expect, test } from 'vitest';
import { remember } from './remember.ts';

test('what was read is not read again, and many keys do not stay', () => {
  const read: string[] = [];
  const answer = remember((key) => {
    read.push(key);
    return { key };
  });
  expect(answer('a')).toBe(answer('a'));
  expect(read).toEqual(['a']);
  for (let count = 0; count < 200; count++) answer(String(count));
  expect(answer('a')).toEqual({ key: 'a' });
  expect(read.filter((key) => key === 'a')).toHaveLength(2);
});
