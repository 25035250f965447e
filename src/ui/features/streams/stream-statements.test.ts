import { expect, test } from 'vitest';
import type { Stream } from '../../data/streams.ts';
import { againStatement, consumeStatement, createStatement } from './stream-statements.ts';

const stream: Stream = {
  ...{ database: 'default', name: 's', table: 'city.t', isAppendOnly: true, comment: '', invalidReason: '' },
  ...{ hasData: true, since: undefined },
};

test('a stream is made beside its table, with only the options that say something', () => {
  const table = { database: 'city', name: 'Frame Events' };
  expect(createStatement({ name: 's', table, isAppendOnly: true, comment: '' })).toBe(
    'CREATE STREAM city.s\n  ON TABLE city.`Frame Events`',
  );
  expect(createStatement({ name: 's', table, isAppendOnly: false, comment: "it's" })).toContain(
    "\n  APPEND_ONLY = FALSE\n  COMMENT = 'it''s'",
  );
});

test('consuming writes the columns that stream and target share', () => {
  const target = { database: 'default', name: 'sink', columns: ['b', 'a', 'z'] };
  expect(consumeStatement(stream, ['a', 'b', 'c'], target)).toBe('INSERT INTO sink (a, b)\nSELECT a, b\nFROM s;');
  expect(consumeStatement({ ...stream, isAppendOnly: false }, ['a'], target)).toBe(
    "INSERT INTO sink (a)\nSELECT a\nFROM s\nWHERE change$action = 'INSERT';",
  );
  expect(consumeStatement(stream, ['a'], undefined)).toBe(
    'CREATE TABLE s_copy AS\nSELECT * EXCLUDE (change$action, change$is_update, change$row_id)\nFROM s;',
  );
});

test('a stream that lost its table is made again on the table of that name', () => {
  expect(againStatement({ ...stream, isAppendOnly: false })).toBe(
    'CREATE OR REPLACE STREAM s\n  ON TABLE city.t\n  APPEND_ONLY = FALSE;',
  );
});
