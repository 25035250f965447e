import { expect, test } from 'vitest';
import { commonType, differences, mergeColumns } from './columns.ts';

const column = (name: string, type: string) => ({ name, type, isNullable: false });

const FILES = [
  { path: 'a', columns: [column('id', 'INT'), column('risk', 'DOUBLE'), column('at', 'TIMESTAMP')] },
  { path: 'b', columns: [column('id', 'BIGINT'), column('at', 'VARCHAR')] },
  { path: 'c', columns: [column('id', 'INT'), column('risk', 'FLOAT'), column('at', 'TIMESTAMP')] },
];

test('columns are merged by name, and each says which file has which type', () => {
  expect(mergeColumns(FILES, 'name')).toEqual([
    {
      ...{ name: 'id', type: 'BIGINT', isNullable: false, missing: [] },
      found: [
        { type: 'INT', files: ['a', 'c'] },
        { type: 'BIGINT', files: ['b'] },
      ],
    },
    {
      ...{ name: 'risk', type: 'DOUBLE', isNullable: true, missing: ['b'] },
      found: [
        { type: 'DOUBLE', files: ['a'] },
        { type: 'FLOAT', files: ['c'] },
      ],
    },
    {
      ...{ name: 'at', type: 'TIMESTAMP', isNullable: false, missing: [] },
      found: [
        { type: 'TIMESTAMP', files: ['a', 'c'] },
        { type: 'VARCHAR', files: ['b'] },
      ],
    },
  ]);
});

test('a file says in which columns it differs from the rest', () => {
  const merged = mergeColumns(FILES, 'name');
  expect(differences('b', merged)).toEqual(['risk −', 'at VARCHAR']);
  expect(differences('c', merged)).toEqual(['id INT', 'risk FLOAT']);
});

test('files without names are merged by position and keep the first names', () => {
  const files = [
    { path: 'a', columns: [column('id', 'BIGINT')] },
    { path: 'b', columns: [column('nr', 'BIGINT'), column('more', 'VARCHAR')] },
  ];
  const merged = mergeColumns(files, 'position');
  expect(merged.map(({ name, missing }) => [name, missing])).toEqual([
    ['id', []],
    ['more', ['a']],
  ]);
});

test.each([
  [['INT', 'SMALLINT UNSIGNED'], 'INT'],
  [['INT', 'INT UNSIGNED'], 'BIGINT'],
  [['BIGINT', 'BIGINT UNSIGNED'], 'BIGINT'],
  [['DECIMAL(9, 2)', 'DOUBLE'], 'DOUBLE'],
  [['DATE', 'VARCHAR'], 'DATE'],
])('%s have the common type %s', (types, expected) => {
  expect(commonType(types.map((type) => ({ type, files: [type] })))).toBe(expected);
});
