import { expect, test } from 'vitest';
import { columnsOfLines, looksLikeHeader, tableName } from './lines.ts';

const LINES = [
  ['id', 'zip', 'price', 'day', 'ok', 'note'],
  ['1', '01234', '2.50', '2025-01-02', 'true', ''],
  ['2', '99999', '3', '2025-01-03', 'false', 'x'],
];

test('a header names the columns, and the values below it their types', () => {
  expect(looksLikeHeader(LINES)).toBe(true);
  expect(looksLikeHeader(LINES.slice(1))).toBe(false);
  expect(columnsOfLines(LINES, true).map(({ name, type }) => `${name} ${type}`)).toEqual([
    'id BIGINT',
    'zip VARCHAR',
    'price DOUBLE',
    'day DATE',
    'ok BOOLEAN',
    'note VARCHAR',
  ]);
  expect(columnsOfLines([['1', 'a']], false).map(({ name }) => name)).toEqual(['column_1', 'column_2']);
});

test('a table is named after its file', () => {
  expect(tableName('Batch 2025-01.csv.gz')).toBe('batch_2025_01');
  expect(tableName('2025.parquet')).toBe('t_2025');
});
