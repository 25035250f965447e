import { expect, test } from 'vitest';
import { movedSpan } from './moved-span.ts';

const TEXT = 'SELECT 1;\nSELECT nope;\nSELECT 3;';
const NOPE = { start: TEXT.indexOf('nope'), end: TEXT.indexOf('nope') + 4 };

const found = (after: string) => {
  const span = movedSpan(TEXT, after, NOPE);
  return span && after.slice(span.start, span.end);
};

test('a span follows its token through changes above, below and on both sides', () => {
  expect(found(TEXT)).toBe('nope');
  expect(found(`-- new\n${TEXT}`)).toBe('nope');
  expect(found(`${TEXT}\n-- new`)).toBe('nope');
  expect(found(TEXT.replace('SELECT 1;', 'SELECT 1,\n 2;').replace('3', '33'))).toBe('nope');
  expect(found(TEXT.replace('SELECT 1;\n', ''))).toBe('nope');
});

test('a span whose line was changed on both sides of it or within is gone', () => {
  expect(found(TEXT.replace('SELECT nope;', 'SELECT DISTINCT nope FROM t;'))).toBeUndefined();
  expect(found(TEXT.replace('nope', 'none'))).toBeUndefined();
});
