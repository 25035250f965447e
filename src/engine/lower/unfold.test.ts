import { expect, test } from 'vitest';
import { testEngine } from '../test/engine.ts';

const engine = await testEngine();

test('rows unfold in their order, numbered by their input', async () => {
  await engine.rows('CREATE TABLE docs (id INT, v VARIANT)');
  await engine.rows(`INSERT INTO docs VALUES (1, parse_json('["a","b","c"]')), (2, parse_json('["d"]')), (3, NULL)`);
  expect(
    await engine.rows('SELECT id, f.seq, f.index, f.value::STRING FROM docs, LATERAL FLATTEN(input => v) f'),
  ).toEqual([
    ['1', '1', '0', 'a'],
    ['1', '1', '1', 'b'],
    ['1', '1', '2', 'c'],
    ['2', '2', '0', 'd'],
  ]);
});

test('what was unfolded unfolds again, and joins with tables around it', async () => {
  const sql = `
    SELECT t.n, g.value
    FROM (SELECT parse_json('{"a":[[1,2],[3]]}') AS d) s,
         LATERAL FLATTEN(input => s.d:a) f, LATERAL FLATTEN(input => f.value) g
    JOIN (SELECT 3 AS n) t ON t.n >= g.value::INT
    WHERE g.value <> 2`;
  expect(await engine.rows(sql)).toEqual([
    ['3', '1'],
    ['3', '3'],
  ]);
});

test('with OUTER a row without items stays', async () => {
  expect(
    await engine.rows('SELECT id, f.value FROM docs, LATERAL FLATTEN(input => v, outer => true) f WHERE id > 1'),
  ).toEqual([
    ['2', '"d"'],
    ['3', null],
  ]);
});
