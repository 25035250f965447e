import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SqlError } from '../../base/errors.ts';
import { lex } from '../../sql/lexer.ts';
import { splitStatements } from '../../sql/split.ts';
import { isLong, tries } from '../../test/long.ts';
import { formatSql } from './format.ts';
import { parseStatement, parseStatements, printStatement } from './index.ts';

/** A tree without its spans. */
function shape(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value) => {
      if (/[sS]pan$/.test(key)) return undefined;
      return value instanceof Map ? [...value] : value;
    }),
  );
}

function cases(lines: string): [input: string, output: string][] {
  return lines
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [input = '', output = input] = line.split(' → ');
      return [input, output];
    });
}

/** What is typed, and what is printed where that differs. */
const STATEMENTS = String.raw`
create database d → CREATE DATABASE d
CREATE SCHEMA IF NOT EXISTS c.d → CREATE DATABASE IF NOT EXISTS c.d
CREATE DATABASE d ENGINE = DEFAULT OPTIONS (DEFAULT_STORAGE_CONNECTION = 'c', DEFAULT_STORAGE_PATH = 's3://x/')
DROP SCHEMA IF EXISTS "D" → DROP DATABASE IF EXISTS "D"
UNDROP DATABASE d
ALTER DATABASE IF EXISTS d RENAME TO e
ALTER DATABASE d REFRESH CACHE
USE d
USE CATALOG c
use catalog → USE catalog

CREATE TABLE t (a INT)
create or replace transient table db.t (a int not null default 1 + 2 comment 'x', "B" string default 'b' null) → CREATE OR REPLACE TRANSIENT TABLE db.t (a INT NOT NULL DEFAULT 1 + 2 COMMENT 'x', "B" VARCHAR NULL DEFAULT 'b')
CREATE TEMP TABLE IF NOT EXISTS t (a INT) → CREATE TEMPORARY TABLE IF NOT EXISTS t (a INT)
CREATE TABLE t (a INT, b INT AS (a + 1) STORED, c INT generated always as (a) virtual) → CREATE TABLE t (a INT, b INT AS (a + 1) STORED, c INT AS (a) VIRTUAL)
CREATE TABLE t (a INT autoincrement, b INT IDENTITY START 5 INCREMENT 2 NOORDER) → CREATE TABLE t (a INT AUTOINCREMENT (0, 1) ORDER, b INT AUTOINCREMENT (5, 2) NOORDER)
CREATE TABLE t (a INT CHECK (a > 0), CONSTRAINT k CHECK (a < 9), check (a <> 5)) → CREATE TABLE t (a INT CHECK (a > 0), CONSTRAINT k CHECK (a < 9), CHECK (a <> 5))
CREATE TABLE t (j VARIANT, INVERTED INDEX i (j), ASYNC VECTOR INDEX v (e) DISTANCE = 'cosine')
CREATE TABLE t LIKE db.u
CREATE TABLE t (a INT) ENGINE = FUSE CLUSTER BY (a % 16) CHANGE_TRACKING = TRUE ROW_PER_BLOCK = 1000 COMMENT = 'one'
create table t (a int) comment = 'c' compression = 'zstd' engine = memory cluster by linear (a) → CREATE TABLE t (a INT) ENGINE = MEMORY CLUSTER BY (a) COMPRESSION = 'zstd' COMMENT = 'c'
CREATE TABLE t 's3://b/p/' CONNECTION = (REGION = 'x') AS SELECT 1 AS a
CREATE TABLE t AS SELECT a FROM u WHERE b
create table t as (select 1) union select 2 → CREATE TABLE t AS (SELECT 1) UNION SELECT 2
create table t (date date, key int, comment string, at tuple(a int, b array(string))) → CREATE TABLE t (date DATE, key INT, comment VARCHAR, at TUPLE(a INT, b ARRAY(VARCHAR)))
DROP TABLE IF EXISTS t ALL
UNDROP TABLE t
TRUNCATE TABLE db.t
RENAME TABLE t TO u
EXISTS TABLE t

ALTER TABLE t RENAME TO u
ALTER TABLE IF EXISTS t SWAP WITH u
ALTER TABLE t COMMENT = 'x'
alter table t add a int not null → ALTER TABLE t ADD COLUMN a INT NOT NULL
ALTER TABLE t ADD COLUMN IF NOT EXISTS a INT DEFAULT 1 AFTER b
ALTER TABLE t ADD COLUMN a INT FIRST
ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)
ALTER TABLE t DROP CONSTRAINT k
alter table t drop a → ALTER TABLE t DROP COLUMN a
alter table t rename a to b → ALTER TABLE t RENAME COLUMN a TO b
alter table t rename column column to b → ALTER TABLE t RENAME COLUMN column TO b
alter table t modify a bigint default 1, column b string comment 'x' → ALTER TABLE t MODIFY COLUMN a BIGINT DEFAULT 1, COLUMN b VARCHAR COMMENT 'x'
ALTER TABLE t MODIFY COLUMN a COMMENT 'x'
ALTER TABLE t CLUSTER BY HILBERT (a, b)
ALTER TABLE t DROP CLUSTER KEY
ALTER TABLE t RECLUSTER FINAL WHERE a > 1 LIMIT 5
ALTER TABLE t FLASHBACK TO (TIMESTAMP => '2024-01-01'::TIMESTAMP)
ALTER TABLE t SET OPTIONS (ENABLE_SCHEMA_EVOLUTION = TRUE)
ALTER TABLE t UNSET OPTIONS (bloom_index_columns, change_tracking)
OPTIMIZE TABLE t COMPACT SEGMENT LIMIT 5
OPTIMIZE TABLE t PURGE BEFORE (SNAPSHOT => 'x')
ANALYZE TABLE t NOSCAN
VACUUM TABLE t DRY RUN SUMMARY
VACUUM DROP TABLE FROM d DRY RUN LIMIT 1

CREATE OR REPLACE VIEW db.v (a, "B") AS SELECT 1, 2
CREATE VIEW IF NOT EXISTS v AS SELECT 1
ALTER VIEW v (a) AS SELECT 2
DROP VIEW IF EXISTS v

CREATE STAGE s
create or replace stage s url='s3://b/x/' connection=(connection_name='c') file_format=(type='PARQUET') → CREATE OR REPLACE STAGE s URL = 's3://b/x/' CONNECTION = (CONNECTION_NAME = 'c') FILE_FORMAT = (TYPE = 'PARQUET')
create stage if not exists s 's3://b/x/' connection = (region = 'r' enable_virtual_host_style = true) comments = 'x' → CREATE STAGE IF NOT EXISTS s URL = 's3://b/x/' CONNECTION = (REGION = 'r', ENABLE_VIRTUAL_HOST_STYLE = TRUE) COMMENT = 'x'
create stage s file_format = (type = csv field_delimiter = '\t', skip_header = 1 null_if = ('', 'x')) → CREATE STAGE s FILE_FORMAT = (TYPE = csv, FIELD_DELIMITER = '\t', SKIP_HEADER = 1, NULL_IF = ('', 'x'))
ALTER STAGE IF EXISTS s SET URL = 's3://b/' FILE_FORMAT = (TYPE = CSV) COMMENT = 'x'
ALTER STAGE s UNSET FILE_FORMAT, COMMENT
DROP STAGE IF EXISTS ~
list @s/a\ b/ pattern='.*' → LIST @s/a\ b/ PATTERN = '.*'
REMOVE @~/x
put fs:///data/*.csv @s/dir/ → PUT 'fs:///data/*.csv' @s/dir/
PUT 'browser:///a b.csv' @s
get @s/x fs:///out/ → GET @s/x 'fs:///out/'
presign @s/f expire=60 → PRESIGN DOWNLOAD @s/f EXPIRE = 60
PRESIGN UPLOAD '@s/a,b' CONTENT_TYPE = 'text/csv'
CREATE OR REPLACE FILE FORMAT f TYPE = CSV, ESCAPE = '\\'
create file format if not exists f type = 'ndjson' null_field_as = null → CREATE FILE FORMAT IF NOT EXISTS f TYPE = 'ndjson', NULL_FIELD_AS = NULL
DROP FILE FORMAT IF EXISTS f
CREATE CONNECTION c STORAGE_TYPE = 's3' ACCESS_KEY_ID = 'a' SECRET_ACCESS_KEY = 'b'
DROP CONNECTION IF EXISTS c

CREATE OR REPLACE STREAM s ON TABLE t
CREATE STREAM IF NOT EXISTS db.s ON TABLE db.t AT (STREAM => u) APPEND_ONLY = FALSE COMMENT = 'x'
DROP STREAM IF EXISTS s
CREATE TASK t AS SELECT 1
create or replace task t schedule = 10 minute warehouse = 'default' after 'a', 'b' when a > 1 timezone = 'UTC' as delete from x → CREATE OR REPLACE TASK t WAREHOUSE = 'default' SCHEDULE = 10 MINUTE AFTER 'a', 'b' WHEN a > 1 TIMEZONE = 'UTC' AS DELETE FROM x
CREATE TASK t SCHEDULE = USING CRON '0 0 9 * * *' 'Asia/Tokyo' AS SELECT 1
ALTER TASK IF EXISTS t RESUME
ALTER TASK t SUSPEND
ALTER TASK t SET SCHEDULE = 5 SECOND SUSPEND_TASK_AFTER_NUM_FAILURES = 3
ALTER TASK t MODIFY AS INSERT INTO x VALUES (1)
ALTER TASK t MODIFY WHEN a
ALTER TASK t ADD AFTER 'x', 'y'
CREATE OR REPLACE PROCEDURE p(a INT, b VARCHAR) RETURNS INT LANGUAGE SQL COMMENT = 'c' AS $$BEGIN RETURN a; END$$
CREATE PROCEDURE p() RETURNS TABLE (v INT) LANGUAGE SQL AS $$BEGIN RETURN TABLE(SELECT 1); END$$
DROP PROCEDURE IF EXISTS p(INT, VARCHAR)
DESC PROCEDURE p(INT)
CALL PROCEDURE p(1, a)
ALTER TABLE t CREATE TAG n AT (TAG => m) RETAIN 3 DAYS
ALTER TABLE t DROP TAG n
CREATE TAG IF NOT EXISTS n ALLOWED_VALUES = ('a', 'b') COMMENT = 'c'
DROP TAG IF EXISTS n
ALTER STREAM IF EXISTS d.s SET TAG a = 'x', b = 'y'
ALTER PROCEDURE p(INT) UNSET TAG a, b
alter schema d set tag a = 'x' → ALTER DATABASE d SET TAG a = 'x'
ALTER TABLE t MODIFY COLUMN a DROP STORED
CREATE NOTIFICATION INTEGRATION IF NOT EXISTS n TYPE = WEBHOOK ENABLED = TRUE WEBHOOK = (URL = 'https://h/x', METHOD = 'POST') COMMENT = 'c'
ALTER NOTIFICATION INTEGRATION IF EXISTS n SET ENABLED = FALSE
DROP NOTIFICATION INTEGRATION IF EXISTS n
describe notification integration n → DESC NOTIFICATION INTEGRATION n
CREATE OR REPLACE FUNCTION f AS (x, y INT) -> x + y DESC = 'd'
CREATE FUNCTION IF NOT EXISTS f(a INT) RETURNS TABLE (v VECTOR(3)) AS $$SELECT a$$
ALTER FUNCTION IF EXISTS f AS (x) -> x
DROP FUNCTION IF EXISTS f
EXECUTE IMMEDIATE $script
DROP TASK IF EXISTS t
EXECUTE TASK t

show schemas → SHOW DATABASES
SHOW FULL TABLES HISTORY FROM db LIKE 't%' LIMIT 5
show tables in db where name = 't' → SHOW TABLES FROM db WHERE name = 't'
SHOW VIEWS
SHOW COLUMNS FROM t FROM db
SHOW FULL COLUMNS FROM db.t LIKE 'a%'
SHOW STAGES LIKE 's%'
SHOW FILE FORMATS
SHOW CONNECTIONS
SHOW FUNCTIONS LIKE '%day%' LIMIT 3
SHOW SETTINGS WHERE name = 'timezone'
SHOW TABLE STATUS FROM d
SHOW CREATE TABLE t WITH QUOTED_IDENTIFIERS
SHOW CREATE VIEW v
show create schema d → SHOW CREATE DATABASE d
desc t → DESC TABLE t
describe stage → DESC TABLE stage
DESC STAGE ~
DESC FILE FORMAT f
DESC VIEW db.v
DESC CONNECTION c

INSERT INTO t VALUES (1, 'a', DEFAULT), (2 + 3, NULL, now())
insert overwrite into table db.t (a, "B") select 1, 2 → INSERT OVERWRITE db.t (a, "B") SELECT 1, 2
insert into t (select 1) → INSERT INTO t (SELECT 1)
INSERT INTO t (a) (SELECT 1) UNION SELECT 2
insert into table values (1) → INSERT INTO table VALUES (1)
with a as (select 1) insert /*+ set_var(deduplicate_label='x') */ into t select * from a → WITH a AS (SELECT 1) INSERT /*+ SET_VAR(deduplicate_label = 'x') */ INTO t SELECT * FROM a
insert into t with a as (select 1) select * from a → INSERT INTO t WITH a AS (SELECT 1) SELECT * FROM a
INSERT ALL INTO t INTO u (a, b) VALUES (x, DEFAULT) SELECT x, y FROM s
with w as (select 1) insert overwrite first when a > 1 and b then into t when c then into db.u (a) into v values (1) else into w (select 1) → WITH w AS (SELECT 1) INSERT OVERWRITE FIRST WHEN a > 1 AND b THEN INTO t WHEN c THEN INTO db.u (a) INTO v VALUES (1) ELSE INTO w (SELECT 1)
INSERT INTO t (a) VALUES (3, ?) FROM @s/x FILE_FORMAT = (TYPE = CSV)
insert into t values from @s file_format = (type = csv) → INSERT INTO t FROM @s FILE_FORMAT = (TYPE = csv)
REPLACE INTO t (a, b) ON (a) VALUES (1, 2)
replace into t on conflict (a, b) delete when c select 1 → REPLACE INTO t ON (a, b) DELETE WHEN c SELECT 1
DELETE FROM t
delete from db.t x where x.a in (select 1) → DELETE FROM db.t AS x WHERE x.a IN (SELECT 1)
UPDATE t SET a = 1, b = DEFAULT WHERE c
update t as x set x.a = y.b from u as y, v where x.i = y.i → UPDATE t AS x SET x.a = y.b FROM u AS y, v WHERE x.i = y.i
MERGE INTO t AS a USING (SELECT 1) AS b ON a.x = b.x WHEN MATCHED AND b.d THEN DELETE WHEN MATCHED THEN UPDATE SET a.y = b.y WHEN NOT MATCHED THEN INSERT (x, y) VALUES (b.x, DEFAULT)
MERGE INTO t USING u WITH CONSUME ON t.x = u.x WHEN MATCHED THEN UPDATE * WHEN NOT MATCHED AND u.y THEN INSERT *

copy into t from @s → COPY INTO t FROM @s
copy into db.t (a, b) from @s/dir/ files=('x.csv','y.csv') pattern='.*[.]csv' file_format=(type=csv, skip_header=1 compression=auto) purge=true force=false on_error=abort_5 → COPY INTO db.t (a, b) FROM @s/dir/ FILES = ('x.csv', 'y.csv') PATTERN = '.*[.]csv' FILE_FORMAT = (TYPE = csv, SKIP_HEADER = 1, COMPRESSION = auto) PURGE = TRUE FORCE = FALSE ON_ERROR = ABORT_5
COPY INTO t FROM 's3://b/x' CONNECTION = (ACCESS_KEY_ID = 'a', SECRET_ACCESS_KEY = 'b') FILE_FORMAT = (FORMAT_NAME = 'f') SIZE_LIMIT = 10 MAX_FILES = 3
COPY INTO t FROM @s PATTERN = $p DISABLE_VARIANT_CHECK = TRUE RETURN_FAILED_ONLY = TRUE
copy into t from @s column_match_mode = case-insensitive → COPY INTO t FROM @s COLUMN_MATCH_MODE = CASE_INSENSITIVE
copy into t from @s column_match_mode = position on_error = continue → COPY INTO t FROM @s ON_ERROR = CONTINUE COLUMN_MATCH_MODE = POSITION
COPY INTO t FROM @s SCHEMA_EVOLUTION = (SAMPLE_FILES = AUTO, SAMPLE_TOTAL_RECORDS = 100)
copy into t (a) from (select v.id::string, $2, * exclude x from @s/videos/ v) file_format=(type='PARQUET') → COPY INTO t (a) FROM (SELECT v.id::VARCHAR, $2, * EXCLUDE (x) FROM @s/videos/ AS v) FILE_FORMAT = (TYPE = 'PARQUET')
COPY INTO t FROM (SELECT $1 FROM 'https://h/x{1,2}.csv' CONNECTION = (REGION = 'x'))
COPY INTO @s/out/ FROM t
copy into 's3://b/x/' connection=(connection_name='c') from (select a from t order by a) partition by (a) single=true max_file_size=100 → COPY INTO 's3://b/x/' CONNECTION = (CONNECTION_NAME = 'c') FROM (SELECT a FROM t ORDER BY a) PARTITION BY (a) SINGLE = TRUE MAX_FILE_SIZE = 100
COPY INTO '@s/a b' FROM s WITH CONSUME FILE_FORMAT = (TYPE = CSV OUTPUT_HEADER = TRUE) OVERWRITE = TRUE INCLUDE_QUERY_ID = FALSE USE_RAW_PATH = TRUE DETAILED_OUTPUT = TRUE → COPY INTO @s/a\ b FROM s WITH CONSUME FILE_FORMAT = (TYPE = CSV, OUTPUT_HEADER = TRUE) OVERWRITE = TRUE INCLUDE_QUERY_ID = FALSE USE_RAW_PATH = TRUE DETAILED_OUTPUT = TRUE

set timezone = 'UTC' → SET timezone = 'UTC'
set session max_threads = 1 + 1 → SET max_threads = 1 + 1
SET GLOBAL (a, b) = (1, 'x')
set (a, b) = select 1, 2 → SET (a, b) = (SELECT 1, 2)
SET VARIABLE v = (SELECT 1)
set variable (a, b) = (1, 'x') → SET VARIABLE (a, b) = (1, 'x')
SET VARIABLE (a, b) = (SELECT 1, 2)
unset session timezone → UNSET timezone
UNSET GLOBAL (a, b)
UNSET VARIABLE v
UNSET variable → UNSET variable
SETTINGS (max_threads = 1) SELECT 1
explain select 1 → EXPLAIN SELECT 1
EXPLAIN ANALYZE COPY INTO t FROM @s
explain verbose raw select 1 → EXPLAIN (VERBOSE) RAW SELECT 1
EXPLAIN AST INSERT INTO t VALUES (1)
explain (select 1) → EXPLAIN (SELECT 1)
begin transaction → BEGIN
START TRANSACTION → BEGIN
COMMIT
abort → ROLLBACK
KILL QUERY 'x'
with a as (select 1) select * from a → WITH a AS (SELECT 1) SELECT * FROM a
(select 1) union select 2; → (SELECT 1) UNION SELECT 2
values (1) → VALUES (1)
`;

test.each(cases(STATEMENTS))('%s is printed as %s, which parses back', (input, printed) => {
  const statement = parseStatement(input);
  expect(printStatement(statement)).toBe(printed);
  expect(shape(parseStatement(printed))).toEqual(shape(statement));
  expect(statement.span).toEqual({ start: 0, end: input.replace(/;$/, '').length });
});

const INPUTS = cases(STATEMENTS).map(([input]) => input);

test('formatting keeps the tree and the comments of any layout, and twice changes nothing', () => {
  const breaks = fc.constantFrom(' ', ' ', ' ', '\n', ' -- one\n', '\n-- two\n', ' /* three */ ', '\n\n\n');
  fc.assert(
    fc.property(fc.constantFrom(...INPUTS), fc.array(breaks, { minLength: 1, maxLength: 7 }), (input, gaps) => {
      const words = lex(input).tokens.map(({ text }) => text);
      const text = words.map((word, index) => word + gaps[index % gaps.length]).join('');
      const formatted = formatSql(text);
      expect(shape(parseStatement(formatted))).toEqual(shape(parseStatement(text)));
      expect(lex(formatted).comments.length).toBe(lex(text).comments.length);
      expect(formatSql(formatted)).toBe(formatted);
    }),
    { numRuns: tries(200) },
  );
});

/** Scripts of the corpora and of the worksheets that the console starts with; what is to fail does not parse. */
function* corpus(): Generator<string> {
  const engine = resolve(import.meta.dirname, '../..');
  for (const path of readdirSync(engine, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.slt')) continue;
    for (const block of readFileSync(join(engine, path), 'utf8').split(/\n\n+/)) {
      const [sql = ''] = block.replace(/^#.*\n/gm, '').split(/^----$/m);
      if (!sql.startsWith('file ')) yield sql;
    }
  }
  const worksheets = resolve(engine, '../../public/worksheets');
  for (const name of readdirSync(worksheets))
    if (name.endsWith('.sql')) yield readFileSync(join(worksheets, name), 'utf8');
}

const parsed = (text: string) => {
  try {
    return parseStatements(text);
  } catch {
    return undefined; // A corpus also says what does not parse.
  }
};

/** One script in so many; all of them in `npm run test:long`. */
const STEP = isLong ? 1 : 10;

test('of the scripts of the corpora, formatting and printing keep the trees', () => {
  let count = 0;
  for (const [index, text] of [...corpus()].entries()) {
    const statements = index % STEP === 0 ? parsed(text) : undefined;
    if (!statements) continue;
    count += statements.length;
    expect(shape(parseStatements(formatSql(text)))).toEqual(shape(statements));
    expect(shape(parseStatements(statements.map(printStatement).join(';\n')))).toEqual(shape(statements));
  }
  expect(count).toBeGreaterThan(1000 / STEP);
});

test('the block of a task prints a statement a line', () => {
  const statement = parseStatement('create task t as begin begin; delete from a; commit; end;');
  const printed = 'CREATE TASK t AS BEGIN\nBEGIN;\nDELETE FROM a;\nCOMMIT;\nEND;';
  expect(printStatement(statement)).toBe(printed);
  expect(shape(parseStatement(printed))).toEqual(shape(statement));
});

test('a script prints each statement on a line of its own', () => {
  const script = `CREATE TASK t AS BEGIN
LET x INT := 1;
LET r RESULTSET := SELECT 1;
LET c CURSOR FOR r;
OPEN c;
FETCH c INTO a, b;
CLOSE c;
IF x > 1 THEN
x := 2;
ELSEIF x = 0 THEN
THROW 'zero';
ELSE
DELETE FROM s;
END IF;
CASE x
WHEN 1 THEN
RETURN;
ELSE
RETURN TABLE(r);
END CASE;
FOR i IN REVERSE 1 TO x DO
CONTINUE;
END FOR;
FOR row IN SELECT 1 DO
BREAK outer_loop;
END FOR;
WHILE TRUE DO
REPEAT
LOOP
RETURN x + 1;
END LOOP outer_loop;
UNTIL FALSE
END REPEAT;
END WHILE;
END;`;
  const statement = parseStatement(script);
  expect(printStatement(statement)).toBe(script);
  expect(parseStatements(`${script} SELECT 1`)).toHaveLength(2);
});

test('spans count from the start of the script', () => {
  const [, insert] = parseStatements('SELECT 1;\n INSERT INTO t VALUES (1) ;');
  expect(insert).toMatchObject({
    kind: 'Insert',
    span: { start: 11, end: 35 },
    table: { span: { start: 23, end: 24 } },
  });
});

const ERRORS = `
CREAT TABLE t (a INT) → ^CREAT ~ unexpected ¬CREAT¬, expecting ¬CREATE¬
CREATE TABEL t → ^TABEL ~ unexpected ¬TABEL¬, expecting ¬TABLE¬
CREATE TRANSIENT VIEW v AS SELECT 1 → ^VIEW ~ unexpected ¬VIEW¬
CREATE OR REPLACE TABLE IF NOT EXISTS t (a INT) → ^IF NOT EXISTS ~ option IF NOT EXISTS and OR REPLACE are incompatible.
CREATE TABLE t (a INTT) → ^INTT ~ unexpected ¬INTT¬, expecting a type
CREATE STAGE s FILE_FORMAT = (TYPE = CSV SKIP_HEADR = 1) → ^SKIP_HEADR ~ unexpected ¬SKIP_HEADR¬, expecting ¬SKIP_HEADER¬
CREATE STAGE s COPY_OPTIONS = (PURGE = TRUE) → ^COPY_OPTIONS ~ unexpected ¬COPY_OPTIONS¬
CREATE STAGE s URL = '/data' → ^'/data' ~ local filesystem paths must use fs:///path/ instead of /path/
CREATE CONNECTION c → ^ ~ unexpected end of input, expecting ¬STORAGE_TYPE =¬
COPY INTO t FROM @s PURG = TRUE → ^PURG ~ unexpected ¬PURG¬, expecting ¬PURGE¬
COPY INTO t FROM @s PURGE = 1 → ^1 ~ unexpected ¬1¬, expecting ¬TRUE¬ or ¬FALSE¬
COPY INTO t FROM @s ON_ERROR = ABORT_0 → ^ABORT_0 ~ OnError must one of { CONTINUE | SKIP_FILE | SKIP_FILE_<num> | ABORT | ABORT_<num> }
COPY INTO t FROM (SELECT a FROM @s WHERE a > 1) → ^WHERE ~ unexpected ¬WHERE¬
COPY INTO t FROM @s WHERE a → ^WHERE ~ unexpected ¬WHERE¬
PRESIGN 's3://b/x' → ^'s3://b/x' ~ expect stage location, got uri location
INSERT t VALUES (1) → ^t ~ unexpected ¬t¬, expecting ¬INTO¬ or ¬OVERWRITE¬
DELETE FROM t WHERE → ^ ~ unexpected end of input, expecting an expression
SHOW TABELS → ^TABELS ~ unexpected ¬TABELS¬, expecting ¬TABLES¬
UPDATE t SET a 1 → ^1 ~ unexpected ¬1¬, expecting
ALTER TASK t SET → ^ ~ alter task must set at least one option
`;

test.each(cases(ERRORS))('%s fails at its place', (input, expected) => {
  const [place = '', message = ''] = expected.replaceAll('¬', '`').split(' ~ ');
  try {
    parseStatement(input);
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const { start = 0, end = 0 } = error.span ?? {};
    expect([error.code, `^${input.slice(start, end)}`]).toEqual([1005, place]);
    expect(error.message.slice(0, message.length)).toBe(message);
  }
});

test('any text parses or throws SqlError', () => {
  const words =
    'CREATE TABLE COPY INTO t FROM @s ( ) , = SELECT 1 $1 $v WITH AS VALUES \'x\' "y" :: . * BEGIN INSERT SHOW FULL'.split(
      ' ',
    );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })), { maxLength: 12 }),
      (parts) => {
        const text = parts.join(' ');
        expect(lex(text).tokens.at(-1)?.kind).toBe('End');
        try {
          const statement = parseStatement(text);
          expect(shape(parseStatement(printStatement(statement)))).toEqual(shape(statement));
        } catch (error) {
          if (!(error instanceof SqlError)) throw error;
        }
      },
    ),
    { numRuns: tries(300) },
  );
});

const REFERENCE = join(resolve(process.env['BOATHOUSE_SHARED'] ?? '../shared'), 'reference');
const GUIDES = ['etl-guide.md', 'etl-guide-zh.md', 'copy-into-table.md'];
const present = existsSync(REFERENCE);

test.skipIf(!present).each(GUIDES)('every statement of %s parses and prints (wants ../shared/reference)', (guide) => {
  const statements = guideStatements(readFileSync(join(REFERENCE, guide), 'utf8'));
  expect(statements.length).toBeGreaterThan(15);
  for (const text of statements) {
    const statement = parseStatement(text);
    expect(shape(parseStatement(printStatement(statement)))).toEqual(shape(statement));
  }
});

const UNFENCED =
  /^(?:COPY INTO \w+(?: \(.*\)| FROM @.*)?|CREATE (?:TABLE|FILE FORMAT) \w+|SELECT \*)\n[^;]*;|^DESC \w+;/gm;

/** The statements in the fences of a guide; a page without fences has them between its paragraphs. */
function guideStatements(markdown: string): string[] {
  const fences = [...markdown.matchAll(/```sql\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  const blocks = fences.length > 0 ? fences : (markdown.match(UNFENCED) ?? []);
  return blocks.flatMap((block) => splitStatements(block).map(({ span }) => block.slice(span.start, span.end)));
}
