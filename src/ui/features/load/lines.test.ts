import { expect, test } from 'vitest';
import { fileKind } from '../../data/uploads.ts';
import { columnsOfLines, loadStatements, looksLikeHeader } from './load-statements.ts';
import { tableName } from './name.ts';
import { rowGroups } from './row-groups.ts';

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

test('loading is a table and a COPY of the files that were chosen', () => {
  const kind = fileKind('a.csv');
  if (!kind) throw new Error('a CSV file is a table');
  const columns = columnsOfLines(LINES, true).slice(0, 1);
  const plan = { table: 'my table', stage: 's', folder: 'in/', names: ["a'b.csv"], kind, columns, hasHeader: true };
  expect(loadStatements(plan)).toBe(`CREATE TABLE IF NOT EXISTS "my table" (
  id BIGINT
);

COPY INTO "my table"
FROM @s/in/
FILES = ('a''b.csv')
FILE_FORMAT = (TYPE = 'CSV' SKIP_HEADER = 1);
`);
});

test('a table is named after its file', () => {
  expect(tableName('Batch 2025-01.csv.gz')).toBe('batch_2025_01');
  expect(tableName('2025.parquet')).toBe('t_2025');
});

test('chunks are gathered by row group, their sizes added', () => {
  const chunk = { groupRows: 5, type: 'INT', physicalType: '', codec: '', encodings: '', nulls: 0 };
  const groups = rowGroups([
    { ...chunk, group: 0, column: 'a', compressed: 10, uncompressed: 20, min: '1', max: '2' },
    { ...chunk, group: 0, column: 'b', compressed: 5, uncompressed: 10, min: '1', max: '2' },
    { ...chunk, group: 1, column: 'a', compressed: 7, uncompressed: 7, min: '3', max: '4' },
  ]);
  expect(groups.map(({ index, compressed, uncompressed }) => [index, compressed, uncompressed])).toEqual([
    [0, 15, 30],
    [1, 7, 7],
  ]);
});
