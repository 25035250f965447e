import { expect, test } from 'vitest';
import { FUNCTIONS } from '../../../../engine/functions/index.ts';
import { functionDocs } from './functions.ts';

test('what each function does is said in English by its row, and in Chinese', () => {
  expect(FUNCTIONS.filter(({ doc }) => !/[a-z].*\.$/s.test(doc)).map(({ name }) => name)).toEqual([]);
  expect(Object.keys(functionDocs).sort()).toEqual(FUNCTIONS.map(({ name }) => name).sort());
  expect(Object.entries(functionDocs).filter(([, doc]) => !/[一-鿿].*[。)]$/s.test(doc))).toEqual([]);
});

test('no text on a function mixes in half-width punctuation', () => {
  const wrong = Object.values(functionDocs).filter((doc) => /[一-鿿][,;:?!]|[,;:?!][一-鿿]/.test(doc));
  expect(wrong).toEqual([]);
});
