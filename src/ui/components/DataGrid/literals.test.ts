import { expect, test } from 'vitest';
import type { Column, SqlType } from '../../../engine/index.ts';
import { jsonRows, valuesRows } from './literals.ts';

const column = (name: string, type: SqlType): Column => ({ name, type, nullable: true });

const COLUMNS = [
  column('id', { kind: 'Int64' }),
  column('Note', { kind: 'String' }),
  column('at', { kind: 'Date' }),
  column('doc', { kind: 'Variant' }),
  column('share', { kind: 'Float64' }),
];
const ROWS = [
  [9223372036854775807n, "it's \\ a\ttab", 20089, '{"a":1}', Number.NaN],
  [null, '', null, null, 0.5],
];
const SETTINGS = { timezone: 'UTC' };

test('JSON keeps every digit, and NULL apart from the empty text', () => {
  expect(jsonRows(COLUMNS, ROWS, SETTINGS)).toBe(`[
  {"id":9223372036854775807,"Note":"it's \\\\ a\\ttab","at":"2025-01-01","doc":{"a":1},"share":"NaN"},
  {"id":null,"Note":"","at":null,"doc":null,"share":0.5}
]`);
});

test('VALUES give the same rows back', () => {
  expect(valuesRows(COLUMNS, ROWS, SETTINGS)).toBe(`SELECT * FROM (VALUES
  (9223372036854775807, 'it''s \\\\ a\ttab', '2025-01-01'::DATE, parse_json('{"a":1}'), 'NaN'::DOUBLE),
  (NULL, '', NULL, NULL, 0.5)
) AS t (id, "Note", at, doc, share);`);
});
