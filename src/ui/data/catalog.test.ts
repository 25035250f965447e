import { expect, test } from 'vitest';
import { RESERVED } from '../../engine/sql/keywords.ts';
import { dropStatement, nameText, selectTable, type Table, tableText } from './catalog.ts';

const table: Table = {
  ...{ database: 'default', name: 'order', kind: 'Table', engine: 'FUSE' },
  ...{ rows: 1, size: 2, createdOn: undefined },
};

test('a name is quoted when it would not be read as one', () => {
  expect(nameText('frame_events')).toBe('frame_events');
  expect(nameText('Frame')).toBe('`Frame`');
  expect(nameText('a b')).toBe('`a b`');
  expect(nameText('group')).toBe('`group`');
  expect(nameText('a`b')).toBe('`a``b`');
});

test('every word that the parser reserves is quoted', () => {
  const bare = [...RESERVED].filter((word) => nameText(word.toLowerCase()) === word.toLowerCase());
  expect(bare).toEqual([]);
});

test('a table outside the default database carries its database', () => {
  expect(tableText({ database: 'default', name: 't' })).toBe('t');
  expect(tableText({ database: 'lake', name: 't' })).toBe('lake.t');
  expect(dropStatement(table)).toBe('DROP TABLE `order`');
  expect(dropStatement({ ...table, database: 'lake', name: 'v', kind: 'View' })).toBe('DROP VIEW lake.v');
});

test('a SELECT names the columns in table order', () => {
  const column = { database: 'default', table: 'order', type: 'INT', isNullable: true, defaultExpr: '', comment: '' };
  const columns = [
    { ...column, name: 'id' },
    { ...column, name: 'from' },
  ];
  expect(selectTable(table, columns)).toBe('SELECT id,\n       `from`\nFROM `order`\nLIMIT 100;');
  expect(selectTable(table, [])).toBe('SELECT *\nFROM `order`\nLIMIT 100;');
});
