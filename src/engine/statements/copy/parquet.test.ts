import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SqlError } from '../../base/errors.ts';
import { encodeParquet } from '../../formats/parquet/encode.ts';
import { type TestEngine, testEngine } from '../../test/engine.ts';
import { initParquetInNode } from '../../test/parquet.ts';
import { batchOf } from '../../types/build/batch.ts';
import type { Cell } from '../../types/cell.ts';
import { type Column, decimal, plain, type SqlType } from '../../types/type.ts';

const folder = mkdtempSync(join(tmpdir(), 'boathouse-copy-'));
let engine: TestEngine;

beforeAll(async () => {
  initParquetInNode();
  engine = await testEngine();
  await engine.rows(`CREATE STAGE s URL = 'fs://${folder}/' FILE_FORMAT = (TYPE = PARQUET)`);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

type Columns = Readonly<Record<string, SqlType>>;

async function parquet(columns: Columns, ...rows: readonly (readonly Cell[])[]): Promise<Uint8Array> {
  const schema = Object.entries(columns).map(([name, type]): Column => ({ name, type, nullable: true }));
  return (await encodeParquet([batchOf(schema, rows)])).bytes;
}

function put(path: string, bytes: Uint8Array | string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

/** Code and message of the error, or the rows if there is none. */
async function failure(sql: string): Promise<unknown> {
  return engine.rows(sql).catch(({ code, message }: SqlError) => `${code} ${message}`);
}

const INT = plain('Int32');
const TEXT = plain('String');

describe('files whose schemas drift', () => {
  beforeAll(async () => {
    put('drift/1.parquet', await parquet({ id: plain('Int64'), name: TEXT, d: plain('Date') }, [1n, 'a', 20_000]));
    put('drift/2.parquet', await parquet({ D: TEXT, extra: INT, NAME: TEXT, id: INT }, ['2025-01-02', 9, 'b', 2]));
    put('drift/3.parquet', await parquet({ id: TEXT, name: INT, d: plain('Timestamp') }, ['3', 7, 86_400_000_001n]));
    put('drift/4.parquet', await parquet({ id: decimal(9, 2), name: plain('Boolean'), d: TEXT }, [449n, true, null]));
    await engine.rows('CREATE TABLE drift (id INT, name VARCHAR, d DATE)');
  });

  test('each is cast on its own', async () => {
    expect(await engine.rows('COPY INTO drift FROM @s/drift/')).toEqual(
      [1, 2, 3, 4].map((file) => [`drift/${file}.parquet`, '1', '0', null, null]),
    );
    expect(await engine.rows('SELECT * FROM drift ORDER BY id, name')).toEqual([
      ['1', 'a', '2024-10-04'],
      ['2', 'b', '2025-01-02'],
      ['3', '7', '1970-01-02'],
      ['4', 'true', null],
    ]);
  });

  test('each is cast on its own through a query too', async () => {
    const query = 'SELECT id::INT + 10, upper(name::STRING), metadata$filename FROM @s/drift/';
    await engine.rows(`CREATE TABLE queried (id INT, name VARCHAR, file VARCHAR); COPY INTO queried FROM (${query})`);
    expect(await engine.rows('SELECT * FROM queried ORDER BY id')).toEqual([
      ['11', 'A', 'drift/1.parquet'],
      ['12', 'B', 'drift/2.parquet'],
      ['13', '7', 'drift/3.parquet'],
      ['14', 'TRUE', 'drift/4.parquet'],
    ]);
  });

  test('SELECT * refuses them, and $1 takes each as it is', async () => {
    expect(await failure('SELECT * FROM @s/drift/')).toMatch(/^1303 .*drift\/1.parquet.*drift\/2.parquet/);
    expect(await engine.rows("SELECT $1:id::STRING, $1:extra FROM @s/drift/ (PATTERN => '[12].*') ORDER BY 1")).toEqual(
      [
        ['1', null],
        ['2', '9'],
      ],
    );
  });

  test('a column that the first lacks is unknown, one that a later file lacks is a mismatch', async () => {
    put('lack/1.parquet', await parquet({ a: INT, b: INT }, [1, 2]));
    put('lack/2.parquet', await parquet({ a: INT }, [3]));
    await engine.rows('CREATE TABLE lack (a INT, b INT DEFAULT 5, c INT)');
    expect(await failure('COPY INTO lack (a, b) FROM @s/lack/')).toMatch(/^1303 .*lack\/2.parquet/);
    expect(await failure('COPY INTO lack FROM @s/lack/')).toMatch(/^1065 column c doesn't exist/);
    expect(await engine.rows('SELECT COUNT(*) FROM lack')).toEqual([['0']]);
  });

  test('MISSING_FIELD_AS gives NULL or the default', async () => {
    const copy = (missing: string) =>
      `TRUNCATE TABLE lack; COPY INTO lack FROM @s/lack/ FILE_FORMAT = (TYPE = PARQUET MISSING_FIELD_AS = ${missing})`;
    await engine.rows(copy('FIELD_DEFAULT'));
    expect(await engine.rows('SELECT * FROM lack ORDER BY a')).toEqual([
      ['1', '2', null],
      ['3', '5', null],
    ]);
    await engine.rows(copy('NULL'));
    expect(await engine.rows('SELECT * FROM lack ORDER BY a')).toEqual([
      ['1', '2', null],
      ['3', null, null],
    ]);
  });
});

describe('columns by name', () => {
  test('match in either case, exactly, or not at all', async () => {
    put('case/1.parquet', await parquet({ A: INT, b: INT }, [1, 2]));
    await engine.rows('CREATE TABLE cases (a INT, b INT)');
    const copy = (mode: string) => `COPY INTO cases FROM @s/case/ FORCE = TRUE COLUMN_MATCH_MODE = ${mode}`;
    expect(await failure(copy('CASE_SENSITIVE'))).toMatch(/^1065 column a doesn't exist/);
    expect(await failure(copy('case-sensitive'))).toMatch(/^1065 column a doesn't exist/);
    expect(await failure(copy('POSITION'))).toBe('1006 COLUMN_MATCH_MODE=POSITION not supported yet.');
    expect(await failure(copy('NEAREST'))).toMatch(/^1005 .*NEAREST/);
    expect(await engine.rows(copy('CASE_INSENSITIVE'))).toEqual([['case/1.parquet', '1', '0', null, null]]);
  });

  test('are ambiguous when only their case differs', async () => {
    put('twice/1.parquet', await parquet({ A: INT, a: INT }, [1, 2]));
    await engine.rows('CREATE TABLE twice (a INT)');
    expect(await failure('COPY INTO twice FROM @s/twice/')).toMatch(/^1065 column a reference or alias is ambiguous/);
  });
});

describe('values that do not fit', () => {
  test('end the statement, whatever ON_ERROR says', async () => {
    put('bad/1.parquet', await parquet({ a: TEXT }, ['1'], ['x']));
    await engine.rows('CREATE TABLE bad (a INT)');
    expect(await failure('COPY INTO bad FROM @s/bad/ ON_ERROR = CONTINUE')).toMatch(
      /^1006 fail to auto cast column a .String NULL. to column a .Int32 NULL.\n.*'x'/,
    );
    expect(await engine.rows("SELECT COUNT(*) FROM bad UNION ALL SELECT COUNT(*) FROM copy_history('bad')")).toEqual([
      ['0'],
      ['0'],
    ]);
  });

  test('text that is not JSON becomes null with DISABLE_VARIANT_CHECK', async () => {
    put('json/1.parquet', await parquet({ id: INT, j: TEXT }, [1, '{"k": 1}'], [2, '[1,']));
    await engine.rows('CREATE TABLE js (id INT, j VARIANT)');
    expect(await failure('COPY INTO js FROM @s/json/ ON_ERROR = CONTINUE')).toMatch(
      /^1006 .*EOF while parsing a value, pos 3 while evaluating function `parse_json\('\[1,'\)`$/s,
    );
    const copy = 'COPY INTO js FROM @s/json/ ON_ERROR = CONTINUE DISABLE_VARIANT_CHECK = TRUE';
    expect(await engine.rows(copy)).toEqual([['json/1.parquet', '2', '0', null, null]]);
    expect(await engine.rows('SELECT id, j, j IS NULL FROM js ORDER BY id')).toEqual([
      ['1', '{"k":1}', false],
      ['2', 'null', false],
    ]);
  });

  test('a file that is not Parquet is named', async () => {
    put('text/1.parquet', 'id,name\n1,a\n');
    await engine.rows('CREATE TABLE text_ (id INT)');
    expect(await failure('COPY INTO text_ FROM @s/text/')).toMatch(/^1201 .*text\/1.parquet/);
    expect(await failure('SELECT * FROM @s/text/')).toMatch(/^1201 .*text\/1.parquet/);
  });
});

test('NULL_IF makes NULLs of texts, where the column may have them', async () => {
  put('nulls/1.parquet', await parquet({ a: TEXT, b: TEXT, n: INT }, ['-', '-', 1], ['x', 'n/a', 2], [null, 'y', 3]));
  await engine.rows('CREATE TABLE nulls (a VARCHAR, b VARCHAR NOT NULL, n INT)');
  await engine.rows("COPY INTO nulls FROM @s/nulls/ FILE_FORMAT = (TYPE = PARQUET NULL_IF = ('-', 'n/a'))");
  expect(await engine.rows('SELECT * FROM nulls ORDER BY n')).toEqual([
    [null, '-', '1'],
    ['x', 'n/a', '2'],
    [null, 'y', '3'],
  ]);
});

test('infer_schema tells the columns of Parquet and CSV', async () => {
  put('infer/1.parquet', await parquet({ id: plain('Int64'), d: decimal(9, 2), s: TEXT }, [1n, 2n, 'x']));
  put('infer/1.csv', 'a,b,c\n1,x,2025-01-02\n2,,2025-01-03\n');
  const infer = (options: string) =>
    `SELECT column_name, type, nullable, filenames, order_id FROM infer_schema(location => '@s/infer/1.', ${options})`;
  expect(await engine.rows(infer("pattern => 'parquet'"))).toEqual([
    ['id', 'BIGINT', true, 'infer/1.parquet', '0'],
    ['d', 'DECIMAL(9, 2)', true, 'infer/1.parquet', '1'],
    ['s', 'VARCHAR', true, 'infer/1.parquet', '2'],
  ]);
  await engine.rows('CREATE FILE FORMAT headed TYPE = CSV SKIP_HEADER = 1');
  expect(await engine.rows(infer("pattern => 'csv', file_format => 'headed'"))).toEqual([
    ['a', 'BIGINT', true, 'infer/1.csv', '0'],
    ['b', 'VARCHAR', true, 'infer/1.csv', '1'],
    ['c', 'DATE', true, 'infer/1.csv', '2'],
  ]);
});

describe('files of a web server', () => {
  const served = new Map<string, Uint8Array>();
  const ranges: string[] = [];
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    served.set('/part_1.csv', Buffer.from('1,a\n2,b\n'));
    served.set('/part_2.csv', Buffer.from('3,c\nx,d\n'));
    const rows = Array.from({ length: 2000 }, (_, row) => [row, `value ${row}`]);
    served.set('/data/some file.parquet', await parquet({ id: INT, text: TEXT }, ...rows));
    server = createServer((request, response) => {
      const bytes = served.get(decodeURIComponent(request.url ?? ''));
      if (!bytes) return response.writeHead(404).end();
      const [, first, last] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
      if (first === undefined) return response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes);
      const part = bytes.subarray(Number(first), Number(last) + 1);
      ranges.push(`${first}-${last}`);
      const end = Number(first) + part.length - 1;
      const headers = { 'Content-Range': `bytes ${first}-${end}/${bytes.length}`, 'Content-Length': part.length };
      return response.writeHead(206, headers).end(part);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await engine.rows('CREATE TABLE web (id INT, name VARCHAR)');
  });

  afterAll(() => server.close());

  test('are listed by braces and brackets', async () => {
    const copy = (parts: string) =>
      `COPY INTO web FROM '${origin}/part_${parts}.csv' FILE_FORMAT = (TYPE = CSV) ON_ERROR = CONTINUE FORCE = TRUE`;
    const report = [
      ['part_1.csv', '2', '0', null, null],
      ['part_2.csv', '1', '1', "Invalid value 'x' for column 0 (id Int32 NULL): invalid text for number", '2'],
    ];
    expect(await engine.rows(copy('{1,2}'))).toEqual(report);
    expect(await engine.rows(copy('[1-2]'))).toEqual(report);
    expect(await failure(copy('{2,3}'))).toMatch(/^3001 .*part_3.csv/);
    expect(await engine.rows('SELECT COUNT(*) FROM web')).toEqual([['6']]);
  });

  test('are loaded once', async () => {
    const copy = `COPY INTO web FROM '${origin}/part_1.csv' FILE_FORMAT = (TYPE = CSV)`;
    expect(await engine.rows(copy)).toEqual([]);
  });

  test('are read by ranges where the format can', async () => {
    const sql = `SELECT COUNT(*), MAX(text) FROM '${origin}/data/some%20file.parquet'`;
    expect(await engine.rows(sql)).toEqual([['2000', 'value 999']]);
    expect(ranges.length).toBeGreaterThan(0);
  });
});
