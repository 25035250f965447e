import { expect, test } from 'vitest';
import { finishedWords } from './outcome.ts';

test('a query says its rows, a change what it changed, and a query over no files why it has no column', () => {
  const nothing = { columns: [], rows: 0, affected: 0 };
  expect(finishedWords('SELECT', { ...nothing, columns: ['a'] })).toBe('0 rows');
  expect(finishedWords('SELECT', { ...nothing, columns: ['a'], rows: 1 })).toBe('1 row');
  expect(finishedWords('INSERT INTO', { ...nothing, columns: ['n'], rows: 1, affected: 12 })).toBe('12 rows affected');
  expect(finishedWords('CREATE TABLE', nothing)).toBe('done');
  expect(finishedWords('SELECT', nothing)).toBe('no rows: no file matches, or all that do are empty');
});
