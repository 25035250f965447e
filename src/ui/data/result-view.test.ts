import { expect, test } from 'vitest';
import { isQuery, isWhole, nearestSql, viewSql, WHOLE } from './result-view.ts';

const number = (text: string) => ({ text, isNumber: true });
const word = (text: string) => ({ text, isNumber: false });

test('a view is one statement around the query', () => {
  const view = {
    sorts: [
      { column: 'risk', isDown: true },
      { column: 'Tag', isDown: false },
    ],
    filters: [
      { kind: 'Between', column: 'risk', low: number('0.5'), high: number('1') },
      { kind: 'OneOf', column: 'Tag', values: [word("it's"), word('b')] },
    ] as const,
    find: '50%',
  };
  expect(viewSql('SELECT * FROM t ;\n', view, { all: ['risk', 'Tag'] })).toBe(`SELECT * FROM (
SELECT * FROM t
) AS result
WHERE risk BETWEEN 0.5 AND 1
  AND \`Tag\` IN ('it''s', 'b')
  AND (risk::VARCHAR ILIKE '%50\\\\%%' OR \`Tag\`::VARCHAR ILIKE '%50\\\\%%')
ORDER BY risk DESC NULLS LAST, \`Tag\` ASC NULLS LAST`);
});

test('a number that is none is compared as a text, and columns that are all hidden are all selected', () => {
  const filters = [{ kind: 'Compare', column: 'a', sign: '=', value: number('NaN') }] as const;
  expect(viewSql('FROM t', { ...WHOLE, filters }, { all: ['a'] })).toContain("a = 'NaN'");
  expect(viewSql('FROM t', WHOLE, { all: ['a'], shown: [] })).toBe('SELECT * FROM (\nFROM t\n) AS result');
  expect(isWhole(WHOLE)).toBe(true);
});

test('only queries can be asked again inside another statement', () => {
  expect(isQuery('-- first\nSELECT 1')).toBe(true);
  expect(isQuery('(SELECT 1) UNION SELECT 2')).toBe(true);
  expect(isQuery('WITH a AS (SELECT 1) SELECT * FROM a')).toBe(true);
  expect(isQuery('SHOW TABLES')).toBe(false);
  expect(isQuery('EXPLAIN SELECT 1')).toBe(false);
  expect(isQuery('SELECT * FROM s WITH CONSUME')).toBe(false);
  expect(isQuery('select * from s with (max_batch_size = 10, consume = true) as x')).toBe(false);
  expect(isQuery('SELECT * FROM s WITH -- now\n CONSUME')).toBe(false);
  expect(isQuery('WITH a AS (SELECT 1) SELECT consume FROM a')).toBe(true);
});

test('the nearest rows are those at the least cosine distance, floats written short', () => {
  expect(
    nearestSql('SELECT * FROM t;', 'Vec', [Math.fround(0.1), -2]),
  ).toBe(`SELECT *, cosine_distance(\`Vec\`, [0.1, -2]::VECTOR(2)) AS distance
FROM (
SELECT * FROM t
) AS result
ORDER BY distance
LIMIT 20;`);
});

test('a view names the columns that are shown, and puts NULL where it is wanted', () => {
  const sorts = [
    { column: 'b', isDown: true, isNullsFirst: true },
    { column: 'A', isDown: false },
  ];
  expect(viewSql('FROM t', { ...WHOLE, sorts }, { all: ['A', 'b', 'c'], shown: ['b', 'A'] })).toBe(
    'SELECT b, `A` FROM (\nFROM t\n) AS result\nORDER BY b DESC NULLS FIRST, `A` ASC NULLS LAST',
  );
});
