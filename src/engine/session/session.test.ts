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

test('row ids that a transaction could not know yet are known when it has committed', async () => {
  await engine.rows('CREATE TABLE fresh_ids (a INT)');
  const ids = 'SELECT a, _row_id FROM fresh_ids ORDER BY a';
  expect(await engine.rows(`BEGIN; INSERT INTO fresh_ids VALUES (1), (2); ${ids}`)).toEqual([
    ['1', null],
    ['2', null],
  ]);
  expect(await engine.rows(`COMMIT; ${ids}`)).toEqual([
    ['1', '0'],
    ['2', '1'],
  ]);
});

test('a query that fails while its rows come ends the transaction, too', async () => {
  await engine.rows('CREATE TABLE tx (a INT); INSERT INTO tx VALUES (1), (0)');
  const codes = async (sql: string) => (await engine.run(sql)).map((result) => (result.ok ? 0 : result.error.code));
  expect(await codes('BEGIN; SELECT 1 / a FROM tx')).toEqual([0, 1006]);
  expect(await codes('INSERT INTO tx VALUES (2)')).toEqual([4002]);
  expect(await codes('ROLLBACK; INSERT INTO tx VALUES (3)')).toEqual([0, 0]);
});

test('an error names its place and ends the script', async () => {
  const results = await engine.run('SELECT 1; SELECT nosuch FROM t; SELECT 2');
  expect(results.map((result) => (result.ok ? result.rows : [result.error.code, result.error.span]))).toEqual([
    [['1']],
    [1065, { start: 17, end: 23 }],
  ]);
});

test('a statement that takes longer than the session allows fails, and the next one runs', async () => {
  const slow = 'SELECT count(DISTINCT a.number * b.number) FROM numbers(100000) a CROSS JOIN numbers(100000) b';
  const results = await engine.run(`SET max_execute_time_in_seconds = 1; ${slow}`);
  expect(results.map((result) => (result.ok ? 'ok' : [result.error.code, result.error.message]))).toEqual([
    'ok',
    [1043, 'Aborted query, because the execution time exceeds the maximum execution time limit'],
  ]);
  expect(await engine.rows('UNSET max_execute_time_in_seconds; SELECT 1')).toEqual([['1']]);
});
