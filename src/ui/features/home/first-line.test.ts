import { expect, test } from 'vitest';
import { firstComment, firstStatementLine } from './first-line.ts';
import { sampleTables } from './sample-tables.ts';

test('the line that stands for a worksheet is its first SQL, its comment if there is none', () => {
  expect(firstStatementLine('-- a\n\n  SELECT 1;\nSELECT 2')).toBe('SELECT 1;');
  expect(firstStatementLine('\n-- only this')).toBe('-- only this');
  expect(firstStatementLine('')).toBe('');
});

test('a starter is described by its first comment, without its title', () => {
  expect(firstComment('-- CityDrive: from files to tables.\nSELECT 1')).toBe('from files to tables.');
  expect(firstComment('SELECT 1')).toBe('SELECT 1');
});

test('the tables of the sample add up the rows of their files', () => {
  const files = [
    { path: 'a/x_2025_01_01.parquet', table: 'a', rows: 3, size: 10 },
    { path: 'a/x_2025_01_02.parquet', table: 'a', rows: 4, size: 20 },
    { path: 'b/capture_date=2025-01-01/v.parquet', table: 'b', rows: 1, size: 5 },
  ];
  expect(sampleTables({ folder: 'raw/', files })).toEqual({
    tables: [
      { name: 'a', rows: 7 },
      { name: 'b', rows: 1 },
    ],
    days: 2,
    size: 35,
  });
});
