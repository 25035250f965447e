import { expect, test } from 'vitest';
import { mayWrite } from './may-write.ts';

test('only what is known to read is run unasked', () => {
  const reading = [
    ['SELECT', 'SELECT 1'],
    ['SHOW TABLES', 'SHOW TABLES'],
    ['WITH', 'WITH x AS (SELECT 1) SELECT * FROM x'],
    ['EXPLAIN', 'EXPLAIN SELECT 1'],
    ['LIST', 'LIST @~'],
  ] as const;
  const writing = [
    ['CREATE TABLE', 'CREATE TABLE t (a INT)'],
    ['DROP DATABASE', 'DROP DATABASE d'],
    ['SELECT', 'SELECT * FROM s WITH CONSUME'],
    ['SELECT', 'SELECT * FROM s WITH (MAX_BATCH_SIZE = 1, CONSUME = TRUE)'],
    ['SELECT', 'SELECT * FROM s WITH /* all */ CONSUME'],
    ['EXPLAIN', 'EXPLAIN ANALYZE INSERT INTO t SELECT 1'],
    ['WITH', 'WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x'],
    ['CALL', 'CALL p()'],
    ['BEGIN', 'BEGIN'],
    ['', 'whatever'],
  ] as const;
  expect(reading.filter(([head, sql]) => mayWrite(head, sql))).toEqual([]);
  expect(writing.filter(([head, sql]) => !mayWrite(head, sql))).toEqual([]);
});
