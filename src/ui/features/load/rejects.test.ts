import { expect, test } from 'vitest';
import { badColumn, badValue, caretIndent, valuePlace } from './rejects.ts';

const row = (raw: string, value: string, column: number) => ({
  ...{ file: 'a.csv', line: 3, raw },
  error: `Invalid value '${value}' for column ${column} (qty Int32 NULL): invalid text for number`,
});

test('the bad value of a line is found in its own field', () => {
  const found = row('x,"a,x",x', 'x', 2);
  expect(badValue(found)).toBe('x');
  expect(badColumn(found)).toEqual({ name: 'qty', type: 'Int32 NULL' });
  expect(valuePlace(found, ',')).toEqual({ start: 8, end: 9 });
  expect(valuePlace(row('1\tnone', 'none', 1), '\t')).toEqual({ start: 2, end: 6 });
});

test('a column may have any name and a type with parameters', () => {
  const error = "Invalid value 'a' for column 0 (my (own) Price Decimal(10, 2)): invalid digit";
  expect(badColumn({ file: 'a', line: 1, raw: 'a', error })).toEqual({
    name: 'my (own) Price',
    type: 'Decimal(10, 2)',
  });
});

test('an error that names no value has no place', () => {
  const found = { file: 'a', line: 1, raw: 'a,b', error: 'the line has 2 fields' };
  expect(badValue(found)).toBe(undefined);
  expect(badColumn(found)).toBe(undefined);
  expect(valuePlace(found, ',')).toBe(undefined);
});

test('the caret stands below the value after tabs, wide characters and marks that take no place', () => {
  expect(caretIndent('7 a,')).toBe('    ');
  expect(caretIndent('7 a\t')).toBe('   \t');
  expect(caretIndent('7 東京、')).toBe(' '.repeat(8));
  expect(caretIndent('7 ｶﾅé🚲')).toBe(' '.repeat(7));
  expect(caretIndent('7 e\u0301')).toBe('   ');
});
