import { expect, test } from 'vitest';
import { testEngine } from '../test/engine.ts';

const engine = await testEngine();

test('rows that were inserted are selected, updated and deleted', async () => {
  await engine.rows("CREATE TABLE t (a INT, b VARCHAR NOT NULL DEFAULT 'x', v VECTOR(3))");
  await engine.rows('INSERT INTO t (a, v) VALUES (1, [1, 2, 3]), (2, [4, 5, 6]), (3, NULL)');
  expect(await engine.rows('SELECT * FROM t ORDER BY a')).toEqual([
    ['1', 'x', '[1,2,3]'],
    ['2', 'x', '[4,5,6]'],
    ['3', 'x', null],
  ]);
  expect(await engine.rows("UPDATE t SET b = 'y', a = a * 10 WHERE a >= 2")).toEqual([['2']]);
  expect(await engine.rows('DELETE FROM t WHERE a = 20')).toEqual([['1']]);
  expect(await engine.rows('SELECT a, b FROM t ORDER BY a')).toEqual([
    ['1', 'x'],
    ['30', 'y'],
  ]);
});

test('a row keeps its id through an update', async () => {
  await engine.rows('CREATE OR REPLACE TABLE ids (a INT)');
  await engine.rows('INSERT INTO ids VALUES (1), (2), (3)');
  const before = await engine.rows('SELECT _row_id FROM ids ORDER BY a');
  await engine.rows('UPDATE ids SET a = a + 10 WHERE a <> 2');
  expect(await engine.rows('SELECT _row_id FROM ids ORDER BY a % 10')).toEqual(before);
});

test('an error names its place and ends the script', async () => {
  const results = await engine.run('SELECT 1; SELECT nosuch FROM t; SELECT 2');
  expect(results.map((result) => (result.ok ? result.rows : [result.error.code, result.error.span]))).toEqual([
    [['1']],
    [1065, { start: 17, end: 23 }],
  ]);
});
