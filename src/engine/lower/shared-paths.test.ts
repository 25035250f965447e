import { expect, test } from 'vitest';
import { testEngine } from '../test/engine.ts';

const engine = await testEngine();
await engine.run(`
  CREATE TABLE docs (id INT, v VARIANT, j STRING, m MAP(STRING, INT), list ARRAY(INT));
  INSERT INTO docs VALUES
    (1, parse_json('{"a":{"b":"x","c":[1,2]},"n":7}'), '{"k":1,"l":"q"}', {'a': 1, 'b': 2}, [3, 4]),
    (2, parse_json('{"a":{"b":null},"n":"8"}'), '{"l":"r"}', {'b': 5}, [6]),
    (3, NULL, NULL, NULL, NULL);
`);

test.each([
  [
    "id, v:a.b, v['a']['b']::STRING, get_path(v, 'a.c[1]')::INT, v:n::INT + 1, json_extract_path_text(v, 'a.c')",
    [
      ['1', '"x"', 'x', '2', '8', '[1,2]'],
      ['2', 'null', null, null, '9', null],
      ['3', null, null, null, null, null],
    ],
  ],
  [
    "CASE WHEN v:n::INT = 7 AND v:a.b::STRING = 'x' THEN v:a.c[0]::STRING ELSE v:n::STRING END, v:a.b, v:n",
    [
      ['1', '"x"', '7'],
      ['8', 'null', '"8"'],
      [null, null, null],
    ],
  ],
  [
    'parse_json(j):k::INT, parse_json(j):l::STRING, v:a.c[0], v:a.c[1]',
    [
      ['1', 'q', '1', '2'],
      [null, 'r', null, null],
      [null, null, null, null],
    ],
  ],
  // What is no VARIANT has no paths to share.
  [
    "m['a'], m['b'], list[1], list[2], v:n",
    [
      ['1', '2', '3', '4', '7'],
      [null, '5', '6', null, '"8"'],
      [null, null, null, null, null],
    ],
  ],
])('SELECT %s', async (items, rows) => {
  expect(await engine.rows(`SELECT ${items} FROM docs ORDER BY id`)).toEqual(rows);
});

test('groups are found by their paths, and HAVING and ORDER BY see them', async () => {
  const sql = `
    SELECT v:n::INT, v:a.b::STRING, COUNT(v:a.c[0]) FROM docs WHERE v:n::INT > 0 AND v:a IS NOT NULL
    GROUP BY v:n::INT, v:a.b::STRING HAVING v:n::INT > 1 AND (v:a.b::STRING = 'x' OR v:a.b::STRING IS NULL) ORDER BY 1`;
  expect(await engine.rows(sql)).toEqual([
    ['7', 'x', '1'],
    ['8', null, '0'],
  ]);
});
