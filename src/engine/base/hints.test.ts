import { expect, test } from 'vitest';
import { HINTS, hint, hintText, knownHint } from './hints.ts';

test('a hint is worded where it is shown, in the words that are given', () => {
  const found = hint('inScope', 'a, b');
  expect(hintText(found)).toBe('In scope: a, b');
  expect(hintText(structuredClone(found), { ...HINTS, inScope: (names) => `可用的列：${names}` })).toBe(
    '可用的列：a, b',
  );
  expect(hintText(hint('tryLater'))).toBe('Try again later.');
});

test('what another version has kept is no hint unless its name is known', () => {
  expect(knownHint(hint('tryLater'))).toEqual({ name: 'tryLater', values: [] });
  expect(knownHint(JSON.parse('"In scope: a"'))).toBeUndefined();
  expect(knownHint({ name: JSON.parse('"toString"'), values: [] })).toBeUndefined();
  expect(knownHint(undefined)).toBeUndefined();
});
