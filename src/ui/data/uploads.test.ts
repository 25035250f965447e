import { expect, test } from 'vitest';
import { fileKind, quoted, selectText, stagePath } from './uploads.ts';

test('a stage path is quoted when it must be', () => {
  expect(stagePath('@~/a_1.parquet')).toBe('@~/a_1.parquet');
  expect(stagePath('@s/capture_date=2025-01-01/')).toBe('@s/capture_date=2025-01-01/');
  expect(stagePath("@~/it's here.csv")).toBe("'@~/it''s here.csv'");
});

test('what a file holds is seen from its name, a compressed one included', () => {
  expect(fileKind('@~/a.parquet')?.format).toBe('PARQUET');
  expect(fileKind('@~/A.CSV.gz')?.format).toBe('CSV');
  expect(fileKind('@~/a.jsonl.zst')?.format).toBe('NDJSON');
  expect(fileKind('@~/a.png')).toBeUndefined();
  expect(fileKind('@~/a.constructor')).toBeUndefined();
  expect(fileKind('@~/csv')).toBeUndefined();
});

test('columns are selected by name, by position, or as one document', () => {
  const select = (path: string, columns: number) => {
    const kind = fileKind(path);
    return kind && selectText(path, kind, columns);
  };
  expect(select('@~/a.parquet', 0)).toBe("SELECT * FROM @~/a.parquet (FILE_FORMAT => 'PARQUET') LIMIT 1000;");
  expect(select('@~/a b.csv', 3)).toBe("SELECT $1, $2, $3 FROM '@~/a b.csv' (FILE_FORMAT => 'CSV') LIMIT 1000;");
  expect(select('@~/a.ndjson', 0)).toBe("SELECT $1 FROM @~/a.ndjson (FILE_FORMAT => 'NDJSON') LIMIT 1000;");
});

test('quotes and backslashes are doubled in a text', () => {
  expect(quoted("a'b\\c")).toBe("'a''b\\\\c'");
});
