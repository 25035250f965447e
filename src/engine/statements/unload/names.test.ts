import { expect, test } from 'vitest';
import { partitionFolder, unloadedName } from './names.ts';

const nameIn = (path: string, folder = '', index = 0) =>
  unloadedName({ path, queryId: 'ID', suffix: '.csv' }, folder, index);

test('a path is a folder, unless it ends in data_', () => {
  expect(['', 'a', 'a/', 'a/bc', 'a.csv', 'a/data_', 'a/mydata_', 'data_'].map((path) => nameIn(path))).toEqual([
    'data_ID_0000_00000000.csv',
    'a/data_ID_0000_00000000.csv',
    'a/data_ID_0000_00000000.csv',
    'a/bc/data_ID_0000_00000000.csv',
    'a.csv/data_ID_0000_00000000.csv',
    'a/data_ID_0000_00000000.csv',
    'a/mydata_ID_0000_00000000.csv',
    'data_ID_0000_00000000.csv',
  ]);
  expect(nameIn('a/mydata_', 'd=1/h=2', 12)).toBe('a/d=1/h=2/mydata_ID_0000_00000012.csv');
});

test('a partition is a folder inside the location', () => {
  expect([null, '', 'd=1/h=2', String.raw`a\b`, '/./a//b/'].map(partitionFolder)).toEqual([
    '_NULL_',
    '',
    'd=1/h=2',
    'a/b',
    'a/b',
  ]);
  expect(() => partitionFolder('a/../b')).toThrow('PARTITION BY path cannot reference parent directory');
});
