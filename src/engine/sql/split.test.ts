import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitStatements } from './split.ts';

function shown(text: string): string[] {
  return splitStatements(text).map(({ span, head }) => `${head}: ${text.slice(span.start, span.end)}`);
}

test('a script is split at its semicolons, comments and empty statements left out', () => {
  expect(shown("-- a;\nSELECT ';' ; ; /* ; */ insert into t values (1);\nshow tables")).toEqual([
    "SELECT: SELECT ';'",
    'INSERT INTO: insert into t values (1)',
    'SHOW TABLES: show tables',
  ]);
});

test('a code string and the block of a task hold statements of their own', () => {
  expect(shown('EXECUTE IMMEDIATE $$ BEGIN a; END; $$; SELECT 1')).toEqual([
    'EXECUTE IMMEDIATE: EXECUTE IMMEDIATE $$ BEGIN a; END; $$',
    'SELECT: SELECT 1',
  ]);
  const body = 'BEGIN BEGIN; DELETE FROM a; IF x THEN SELECT CASE WHEN a THEN b END; END IF; COMMIT; END';
  expect(shown(`CREATE TASK t SCHEDULE = 5 MINUTE AS ${body}; SELECT 1`)).toEqual([
    `CREATE TASK: CREATE TASK t SCHEDULE = 5 MINUTE AS ${body}`,
    'SELECT: SELECT 1',
  ]);
});

test('BEGIN at the start of a statement is a transaction', () => {
  expect(shown('BEGIN; SELECT 1; COMMIT')).toEqual(['BEGIN: BEGIN', 'SELECT: SELECT 1', 'COMMIT: COMMIT']);
});

test('a block without its END takes no more than its first statement', () => {
  expect(shown('CREATE TASK t AS BEGIN SELECT 1; SELECT 2')).toEqual([
    'CREATE TASK: CREATE TASK t AS BEGIN SELECT 1',
    'SELECT: SELECT 2',
  ]);
});

test('what does not lex stays in its statement', () => {
  expect(shown("SELECT 1; SELECT ñ; SELECT 'open; SELECT 2")).toEqual([
    'SELECT: SELECT 1',
    'SELECT: SELECT ñ',
    "SELECT: SELECT 'open; SELECT 2",
  ]);
});

test('a bare URL may hold what looks like a comment', () => {
  expect(shown('PUT fs:///data/*.csv @s/dir/; PUT fs:///b/--x @s')).toEqual([
    'PUT: PUT fs:///data/*.csv @s/dir/',
    'PUT: PUT fs:///b/--x @s',
  ]);
});

test.each([
  ['create or replace transient table t(a int)', 'CREATE TABLE'],
  ['CREATE FILE FORMAT f TYPE = CSV', 'CREATE FILE FORMAT'],
  ['with a as (select 1) insert into t select * from a', 'INSERT INTO'],
  ['((select 1))', 'SELECT'],
  ['copy into t from @s', 'COPY INTO'],
  ['copy /*+ set_var(a=1) */ into t from @s', 'COPY'],
  ['show create table t', 'SHOW CREATE TABLE'],
  ['show full tables', 'SHOW TABLES'],
  ['desc t', 'DESC'],
  ['explain select 1', 'EXPLAIN'],
])('the head of %s is %s', (text, head) => {
  expect(splitStatements(text).map((statement) => statement.head)).toEqual([head]);
});

test('statements of any text stand in order and apart', () => {
  const pieces = fc.constantFrom(
    "'",
    '"',
    '`',
    '$$',
    '--',
    '/*',
    '*/',
    ';',
    '\n',
    'BEGIN',
    'AS',
    'END',
    'CREATE TASK',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      let end = 0;
      for (const { span } of splitStatements(text)) {
        expect(span.start).toBeGreaterThanOrEqual(end);
        expect(span.end).toBeGreaterThan(span.start);
        end = span.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
});
