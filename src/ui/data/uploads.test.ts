import { expect, test } from 'vitest';
import { quoted, selectOfFile, stagePath } from './uploads.ts';

test('a stage path is quoted when it must be', () => {
  expect(stagePath('@~/a_1.parquet')).toBe('@~/a_1.parquet');
  expect(stagePath("@~/it's here.csv")).toBe("'@~/it''s here.csv'");
});

test('a file that holds rows can be queried, any other cannot', () => {
  expect(selectOfFile('@~/a.parquet')).toBe('SELECT * FROM @~/a.parquet LIMIT 1000;');
  expect(selectOfFile('@~/a.csv.gz')).toBe('SELECT * FROM @~/a.csv.gz LIMIT 1000;');
  expect(selectOfFile('@~/a.png')).toBeUndefined();
});

test('quotes and backslashes are doubled in a text', () => {
  expect(quoted("a'b\\c")).toBe("'a''b\\\\c'");
});
