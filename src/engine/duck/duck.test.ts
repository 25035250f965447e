import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tableFromIPC } from 'apache-arrow';
import { beforeAll, expect, test } from 'vitest';
import { collect } from '../base/async.ts';
import { type Kernel, KernelError } from '../kernels/kernel.ts';
import type { DuckConnection } from './connection.ts';
import { type Duck, openDuck } from './database.ts';

const wasm = createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
const signal = new AbortController().signal;
let duck: Duck;
let connection: DuckConnection;

beforeAll(async () => {
  duck = await openDuck({ compiled: readFile(wasm).then((bytes) => WebAssembly.compile(bytes)) });
  connection = duck.connect();
});

async function rows(sql: string): Promise<unknown[][]> {
  const { schema, batches } = await connection.stream(sql, signal);
  const messages = await collect(batches);
  const stream = new Uint8Array([schema, ...messages.map(({ bytes }) => bytes)].flatMap((bytes) => [...bytes]));
  return tableFromIPC(stream)
    .toArray()
    .map((row) => Object.values(row.toJSON()));
}

const kernels: readonly Kernel[] = [
  {
    kind: 'row',
    name: 'test_reverse',
    args: ['text'],
    returns: 'text',
    row: (text: string) => [...text].reverse().join(''),
  },
  {
    kind: 'row',
    name: 'test_bytes',
    args: ['blob'],
    returns: 'blob',
    row: (bytes: Uint8Array) => new Uint8Array([...bytes, 0, 255]),
  },
  { kind: 'row', name: 'test_half', args: ['double'], returns: 'double', row: (value: number) => value / 2 },
  { kind: 'row', name: 'test_wide', args: ['text'], returns: 'ubigint', row: (text: string) => BigInt(text) },
  { kind: 'row', name: 'test_even', args: ['int'], returns: 'boolean', row: (value: number) => value % 2 === 0 },
  {
    kind: 'row',
    name: 'test_null',
    args: ['int'],
    returns: 'int',
    seesNulls: true,
    row: (value: number | null) => value ?? -1,
  },
  {
    kind: 'row',
    name: 'test_fail',
    args: ['text'],
    returns: 'text',
    row: (text: string) => {
      throw new KernelError(`no good: ${text}`);
    },
  },
  {
    kind: 'vector',
    name: 'test_head',
    args: ['text'],
    returns: 'text',
    run: ([vector], out, count) => {
      if (vector?.kind !== 'bytes') return;
      for (let row = 0; row < count; row++) {
        if (vector.validity && !vector.validity[row]) out.null(row);
        else out.bytes(row, vector.bytes, vector.starts[row] ?? 0, Math.min(3, vector.lengths[row] ?? 0));
      }
    },
  },
];

test('kernels take and give every kind of value', async () => {
  for (const kernel of kernels) duck.register(kernel);
  expect(
    await rows(
      "SELECT test_reverse('häl'), hex(test_bytes('\\xFE'::BLOB)), test_half(0.1::DOUBLE), test_wide('18446744073709551615'), test_even(4), test_null(NULL::INTEGER), test_reverse(NULL::VARCHAR)",
    ),
  ).toEqual([['läh', 'FE00FF', 0.05, 18446744073709551615n, true, -1, null]]);
});

test('nested calls over many vectors give the right texts and take no memory for good', async () => {
  connection.run("CREATE OR REPLACE TABLE many AS SELECT 'value number ' || a AS s FROM range(200000) r(a)");
  const count = () =>
    rows(
      'SELECT count(*) FILTER (WHERE test_reverse(test_reverse(s)) = s)::INTEGER, count(DISTINCT test_reverse(s))::INTEGER FROM many',
    );
  expect(await count()).toEqual([[200000, 200000]]);
  const before = duck.memoryBytes();
  for (let i = 0; i < 4; i++) await count();
  expect(duck.memoryBytes()).toBeLessThanOrEqual(before * 1.5);
  expect(await rows('SELECT DISTINCT test_head(s) FROM many')).toEqual([['val']]);
});

test('what a kernel throws arrives as an error of its kind', async () => {
  await expect(rows("SELECT test_fail('x')")).rejects.toMatchObject({ kind: 'BadArguments', message: 'no good: x' });
});

test('a cancelled sort stops and leaves the connection usable', async () => {
  const controller = new AbortController();
  const running = connection.stream('SELECT * FROM range(20000000) r(a) ORDER BY hash(a)', controller.signal);
  setTimeout(() => controller.abort(), 50);
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  expect(await rows('SELECT 1')).toEqual([[1]]);
});

test('a reader that stops early frees the connection', async () => {
  const { batches } = await connection.stream('SELECT * FROM range(10000000) r(a)', signal);
  for await (const { rows: count } of batches) {
    expect(count).toBe(2048);
    break;
  }
  expect(await rows('SELECT 2')).toEqual([[2]]);
});

test('a list unnested in a lateral join keeps the columns beside it', async () => {
  const sql = `SELECT r.w, r.f FROM (VALUES ('v1', ['a', 'b']), ('v2', ['c'])) t(v, l)
    CROSS JOIN LATERAL (SELECT t.v AS w, f FROM (SELECT unnest(t.l) AS f)) AS r ORDER BY ALL`;
  expect(await rows(sql)).toEqual([
    ['v1', 'a'],
    ['v1', 'b'],
    ['v2', 'c'],
  ]);
});

test("DuckDB's own words are not shown", async () => {
  await expect(rows("SELECT CAST('x' AS INTEGER)")).rejects.toMatchObject({
    kind: 'BadArguments',
    message: "invalid digit found in string while evaluating function `to_int('x')`",
  });
  await expect(rows('SELECT 300::UTINYINT')).rejects.toMatchObject({ message: 'number overflowed' });
});
