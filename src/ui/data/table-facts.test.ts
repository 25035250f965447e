import { expect, test } from 'vitest';
import { binsText, factsText, measureOf, topText } from './column-stats.ts';
import { namesTable } from './names-table.ts';
import { compareStatement, restoreStatement } from './table-facts.ts';

const TABLE = { database: 'default', name: 'drives' };
const snapshot = (id: string) => ({ id, time: '', rows: 0, blocks: 0, bytes: 0, uncompressed: 0, change: undefined });

test('a text names a table when its name stands there as a word', () => {
  const names = namesTable(TABLE);
  expect(names('SELECT * FROM drives')).toBe(true);
  expect(names('INSERT INTO default.drives SELECT 1')).toBe(true);
  expect(names('SELECT a FROM `drives` d')).toBe(true);
  expect(names('SELECT * FROM drives_old')).toBe(false);
  expect(names('SELECT * FROM other.drives')).toBe(false);
  expect(namesTable({ database: 'city', name: 'drives' })('SELECT * FROM drives')).toBe(false);
  expect(namesTable({ database: 'city', name: 'drives' })('SELECT * FROM city.drives')).toBe(true);
});

test('snapshots are restored by a statement, and compared by one', () => {
  expect(restoreStatement(TABLE, snapshot('ab'))).toBe("ALTER TABLE drives FLASHBACK TO (SNAPSHOT => 'ab')");
  expect(compareStatement(TABLE, snapshot('new'), snapshot('old'))).toBe(`SELECT 'added' AS change, * FROM (
  SELECT * FROM drives AT (SNAPSHOT => 'new')
  EXCEPT
  SELECT * FROM drives AT (SNAPSHOT => 'old')
)
UNION ALL
SELECT 'removed' AS change, * FROM (
  SELECT * FROM drives AT (SNAPSHOT => 'old')
  EXCEPT
  SELECT * FROM drives AT (SNAPSHOT => 'new')
);`);
});

test('a column is measured by what its type allows', () => {
  expect(['Int32', 'Date', 'String', 'Variant'].map((kind) => measureOf(kind as 'Int32'))).toEqual([
    'number',
    'time',
    'word',
    'none',
  ]);
  const request = { from: 't', column: 'Speed', measure: 'number' } as const;
  expect(factsText(request)).toBe(
    'SELECT count(*) AS total, count(`Speed`) AS present, approx_count_distinct(`Speed`) AS kinds, min(`Speed`)::VARCHAR AS low, max(`Speed`)::VARCHAR AS high, avg(`Speed`) AS mean FROM t',
  );
  expect(factsText({ ...request, measure: 'none' })).toContain('NULL AS kinds, NULL AS low, NULL AS high');
  expect(binsText({ ...request, measure: 'time' })).toContain('to_int64(`Speed`)::DOUBLE');
  expect(topText(request)).toContain('ORDER BY n DESC, value LIMIT 5');
});
