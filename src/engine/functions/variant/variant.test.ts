import { expect, test } from 'vitest';
import { testEngine } from '../../test/engine.ts';

const engine = await testEngine();

/** The first column of all rows, as a result prints it. */
async function run(sql: string): Promise<string[]> {
  const rows = await engine.rows(sql);
  return rows.map(([cell]) => String(cell ?? 'NULL'));
}

const DETECTIONS = `SELECT parse_json('{"d":{"objects":[{"type":"car","score":0.5},{"type":"dog","score":1}]}}') AS v`;

test.each([
  ["SELECT v['d']['objects'][1]['type']::STRING FROM t", ['dog']],
  ["SELECT v['d']['objects'][0]['score']::DOUBLE FROM t", ['0.5']],
  ['SELECT v:d.objects[0].score::DECIMAL(5, 2) FROM t', ['0.50']],
  ["SELECT v['d']['objects'][0]['score']::INT FROM t", ['1']],
  ["SELECT o.value['type']::STRING FROM t, LATERAL FLATTEN(input => t.v['d']['objects']) AS o", ['car', 'dog']],
  [
    "SELECT o.path FROM t, LATERAL FLATTEN(input => v, path => 'd.objects', recursive => true) AS o",
    [
      'd.objects[0]',
      'd.objects[0].score',
      'd.objects[0].type',
      'd.objects[1]',
      'd.objects[1].score',
      'd.objects[1].type',
    ],
  ],
  ["SELECT o.key FROM t, LATERAL FLATTEN(input => v['nope'], outer => true) AS o", ['NULL']],
  ["SELECT o.key FROM t, LATERAL FLATTEN(input => v['nope']) AS o", []],
  [
    "SELECT o.this FROM t, LATERAL FLATTEN(input => v, path => 'd.objects[0]') AS o",
    ['{"score":0.5,"type":"car"}', '{"score":0.5,"type":"car"}'],
  ],
  [
    "SELECT o.this FROM t, LATERAL FLATTEN(input => v:d.objects, recursive => true) AS o WHERE o.key = 'type'",
    ['{"score":0.5,"type":"car"}', '{"score":1,"type":"dog"}'],
  ],
  ["SELECT o.this FROM t LEFT JOIN LATERAL FLATTEN(input => v['nope'], outer => true) AS o ON true", ['NULL']],
  [
    'SELECT p.value FROM t, LATERAL FLATTEN(input => v:d.objects) AS o, LATERAL FLATTEN(input => o.value) AS p',
    ['0.5', '"car"', '1', '"dog"'],
  ],
  ["SELECT v['d']['objects']::ARRAY(VARIANT) FROM t", ['[{"score":0.5,"type":"car"},{"score":1,"type":"dog"}]']],
  ["SELECT v['d']['objects'][0]::MAP(STRING, STRING) FROM t", ['{"score":"0.5","type":"car"}']],
  ["SELECT v['d']['objects'][1]['score'] = 1.0 FROM t", ['true']],
  ["SELECT v['d']['objects'][1]['type'] = 'dog' FROM t", ['true']],
  ["SELECT json_array_elements(v['d']['objects']):type FROM t", ['"car"', '"dog"']],
])('%s gives %j', async (sql, rows) => {
  const result = await run(`WITH t AS (${DETECTIONS}) ${sql}`);
  expect(result.sort()).toEqual([...rows].sort());
});

test.each([
  [`to_variant(DATE '2024-01-05')`, '"2024-01-05"'],
  [`json_typeof(array_construct(now())[0])`, 'TIMESTAMP'],
  [`to_variant(DATE '2024-01-05')::DATE + 1`, '2024-01-06'],
  [`object_construct('d', DATE '2024-01-05')`, '{"d":"2024-01-05"}'],
  [`json_typeof(object_insert(object_construct('d', DATE '2024-01-05'), 'a', 1):d)`, 'DATE'],
  [`parse_json('18446744073709551615')::UINT64`, '18446744073709551615'],
  [`TRY_CAST(parse_json('-1') AS UINT64)`, 'NULL'],
  [`is_string(to_variant(DATE '2024-01-05'))`, 'false'],
  [`to_variant(DATE '2024-01-05')::STRING`, '2024-01-05'],
])('%s is %s: VARIANT keeps types and digits', async (expr, result) => {
  expect(await run(`SELECT ${expr}`)).toEqual([result]);
});

test('JSON sorts by kind, then by value', async () => {
  const values = `VALUES ('null'), ('[1]'), ('{}'), ('"a"'), ('10'), ('9.5'), ('true'), ('false')`;
  expect(await run(`SELECT parse_json(x) AS v FROM (${values}) t(x) ORDER BY v`)).toEqual([
    ...['false', 'true', '9.5', '10', '"a"', '{}', '[1]', 'null'],
  ]);
});

test('an object of odd arguments fails', async () => {
  await expect(run(`SELECT object_construct('a')`)).rejects.toThrow('The number of keys and values must be equal');
});
