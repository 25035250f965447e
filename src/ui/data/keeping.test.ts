import { expect, test } from 'vitest';
import { readKept, showKept } from './keeping.ts';

test('worksheets come back from the file as they were', () => {
  const sheets = [
    { name: 'A "b"', sql: 'SELECT 1;\n-- ä' },
    { name: '', sql: '' },
  ];
  expect(readKept(showKept(sheets))).toEqual(sheets);
});

test('what is no such file is refused, and entries that are none are left out', () => {
  expect(readKept('SELECT 1')).toBeUndefined();
  expect(readKept('{"worksheets": []}')).toBeUndefined();
  expect(
    readKept('{"format": "boathouse.worksheets", "worksheets": [1, {"name": "a"}, {"name": "b", "sql": "c"}]}'),
  ).toEqual([{ name: 'b', sql: 'c' }]);
});
