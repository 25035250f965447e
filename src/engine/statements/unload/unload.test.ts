import { beforeAll, describe, expect, test } from 'vitest';
import { collectScript } from '../../cli/collect.ts';
import { nodeHost } from '../../cli/host.ts';
import { openEngine } from '../../session/engine.ts';
import { memoryStore } from '../../stores/memory.ts';
import { engineOver, type TestEngine, testEngine } from '../../test/engine.ts';
import { faultStore } from '../../test/fault-store.ts';
import { pathsIn } from '../../test/warehouse.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await testEngine();
}, 120_000);

const TYPES: Readonly<Record<string, readonly string[]>> = {
  BOOLEAN: ['true', 'false'],
  TINYINT: ['-128', '127'],
  SMALLINT: ['-32768'],
  INT: ['-2147483648'],
  BIGINT: ['-9223372036854775808', '9223372036854775807'],
  'TINYINT UNSIGNED': ['255'],
  'SMALLINT UNSIGNED': ['65535'],
  'INT UNSIGNED': ['4294967295'],
  'BIGINT UNSIGNED': ['18446744073709551615'],
  FLOAT: ['1.5', '-0.1'],
  DOUBLE: ['0.1', '1e300'],
  'DECIMAL(10, 2)': ['1.20', '-99999999.99'],
  'DECIMAL(76, 10)': ['123456789012345678901234567890.0123456789'],
  VARCHAR: [`'a"b,\\\\ \\n\\t''é'`, "'x'"],
  BINARY: ["unhex('00ff10')"],
  DATE: ["'2024-02-29'", "'0001-01-01'"],
  TIMESTAMP: ["'2024-02-29 12:34:56.123456'", "'1900-01-01 00:00:00'"],
  TIMESTAMP_TZ: ["'2024-02-29 12:34:56.5 +0530'"],
  INTERVAL: ["INTERVAL '1 year 2 months 3 days 4 hours'"],
  'ARRAY(INT)': ['[1, NULL, 3]', '[]'],
  'ARRAY(VARCHAR)': [`['a"b', 'c,d']`],
  'MAP(VARCHAR, INT)': ["{'k': 1, 'l': NULL}", '{}'],
  'TUPLE(a INT, b VARCHAR)': ["(1, 'x')"],
  VARIANT: [`parse_json('{"a":[1,"x",null,1.5]}')`, `parse_json('"text"')`],
  BITMAP: ['build_bitmap([1, 5, 70000])'],
  'VECTOR(2)': ['[1.5, -2]'],
  GEOMETRY: ["ST_GEOMETRYFROMTEXT('POINT(1 2)', 4326)"],
  GEOGRAPHY: ["ST_GEOGRAPHYFROMWKT('POINT(1 2)')"],
};

describe.each([
  ['PARQUET', ''],
  ['PARQUET', 'COMPRESSION = SNAPPY'],
  ['CSV', ''],
  ['CSV', 'COMPRESSION = GZIP'],
  ['TEXT', ''],
  ['NDJSON', ''],
])('%s %s', (format, option) => {
  // NDJSON has no form for BINARY that can be loaded.
  const types = Object.entries(TYPES).filter(([type]) => format !== 'NDJSON' || type !== 'BINARY');
  test.each(types)('%s comes back as it was', async (type, values) => {
    const rows = values.map((value, index) => `(${index}, ${value})`).join(', ');
    const options = `FILE_FORMAT = (TYPE = ${format} ${option})`;
    await engine.rows(`CREATE OR REPLACE STAGE s; CREATE OR REPLACE TABLE a (i INT, v ${type} NULL);
      INSERT INTO a VALUES ${rows}, (99, NULL); CREATE OR REPLACE TABLE b LIKE a;
      COPY INTO @s FROM a ${options}; COPY INTO b FROM @s ${options}`);
    const [first, second] = [
      await engine.rows('SELECT * FROM a ORDER BY i'),
      await engine.rows('SELECT * FROM b ORDER BY i'),
    ];
    expect(first.length).toBe(values.length + 1);
    expect(second).toEqual(first);
  });
});

test('one Parquet file holds more than is encoded at a time', async () => {
  await engine.rows(`CREATE OR REPLACE STAGE s; COPY INTO @s/one.parquet FROM
    (SELECT number AS n, repeat('x', 60) AS pad FROM numbers(1500000)) SINGLE = TRUE USE_RAW_PATH = TRUE`);
  expect(await engine.rows("SELECT num_rows, num_row_groups > 1 FROM inspect_parquet('@s/one.parquet')")).toEqual([
    ['1500000', true],
  ]);
  expect(await engine.rows('SELECT count(*), sum(n), max(length(pad)) FROM @s/one.parquet')).toEqual([
    ['1500000', '1124999250000', '60'],
  ]);
});

test('a statement that fails or is cancelled leaves no file', async () => {
  await engine.rows('CREATE OR REPLACE STAGE s');
  const sql = `COPY INTO @s FROM (SELECT number, (5000 - number)::TINYINT UNSIGNED FROM numbers(10000))
    FILE_FORMAT = (TYPE = CSV) MAX_FILE_SIZE = 1`;
  await expect(engine.rows(sql)).rejects.toMatchObject({ code: 1006 });
  expect(await engine.rows('LIST @s')).toEqual([]);
  const abort = new AbortController();
  const { core, session } = engine;
  const large = `COPY INTO @s FROM (SELECT number FROM numbers(20000000)) FILE_FORMAT = (TYPE = CSV) MAX_FILE_SIZE = 1`;
  setTimeout(() => abort.abort(), 150);
  const results: boolean[] = [];
  await collectScript(large, { core, session, signal: abort.signal, onResult: ({ ok }) => results.push(ok) });
  expect(results.filter(Boolean)).toEqual([]);
  expect(await engine.rows('LIST @s')).toEqual([]);
});

test('a store that fails at any call leaves whole files, and none where it can still remove them', async () => {
  const host = nodeHost({ data: undefined, version: '0.0.0' });
  const sql = 'COPY INTO @~/o FROM (SELECT number FROM numbers(5000)) FILE_FORMAT = (TYPE = CSV) MAX_FILE_SIZE = 1';
  const run = async (fault?: Parameters<ReturnType<typeof faultStore>['arm']>[0]) => {
    const store = memoryStore();
    const faulty = faultStore(store);
    const core = await openEngine({ ...host, store: faulty });
    const other = engineOver({ ...core, services: { ...core.services, executor: engine.core.services.executor } });
    faulty.arm(fault);
    const [result] = await other.run(sql);
    const calls = faulty.calls();
    faulty.arm();
    const files = (await pathsIn(store)).filter((path) => path.startsWith('stages/')).length;
    const rows = files === 0 ? 0 : (await other.rows("SELECT count(*) FROM @~/o (FILE_FORMAT => 'csv')"))[0]?.[0];
    return { calls, ok: result?.ok, files, rows: Number(rows) };
  };
  const whole = await run();
  expect([whole.ok, whole.files, whole.rows]).toEqual([true, 5, 5000]);
  for (const mode of ['fails', 'dies', 'dies after'] as const) {
    for (let at = 1; at <= whole.calls; at++) {
      const { ok, files, rows } = await run({ at, mode });
      expect({ mode, at, rows }).toEqual({ mode, at, rows: Math.min(files * 1024, 5000) });
      if (mode === 'fails') expect({ at, ok, files }).toEqual({ at, ok, files: ok ? 5 : 0 });
    }
  }
}, 60_000);
