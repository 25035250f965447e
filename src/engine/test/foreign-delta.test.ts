import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { variantNames, variantText } from '../formats/parquet/variant.ts';
import { type Cell, cellReader } from '../types/cell.ts';
import { showDate } from '../types/datetime.ts';
import { showDecimal } from '../types/decimal.ts';
import { showHex } from '../types/hex.ts';
import { canonicalJson } from '../types/json/canonical.ts';
import type { Schema, SqlType } from '../types/type.ts';
import { runWith, type TestEngine, testEngine } from './engine.ts';
import { sharedData } from './parquet.ts';

/** Delta tables written by Spark, Databricks and delta-rs, with the rows that an independent reader gives. */

const shared = sharedData('delta');
const expectedFolder = join(shared.path, 'expected');
let engine: TestEngine;

beforeAll(async () => {
  engine = await testEngine();
}, 120_000);

interface Expected {
  readonly rows: number;
  readonly schema: readonly (readonly [string, string])[];
  /** At most 200. */
  readonly sorted: readonly (readonly unknown[])[];
}

const index: Readonly<Record<string, string>> = shared.present
  ? JSON.parse(readFileSync(join(expectedFolder, 'index.json'), 'utf8'))
  : {};
const readable = Object.keys(index).filter((name) => index[name]?.startsWith('version'));

function expectedOf(name: string): Expected {
  return JSON.parse(readFileSync(join(expectedFolder, `${name.replaceAll('/', '__')}.json`), 'utf8'));
}

function createSql(name: string): string {
  return `CREATE OR REPLACE TABLE t ENGINE = DELTA 'fs://${join(shared.path, name)}/'`;
}

async function cellsOf(sql: string): Promise<{ readonly columns: Schema; readonly rows: Cell[][] }> {
  const found: { columns: Schema; rows: Cell[][] } = { columns: [], rows: [] };
  await runWith(engine, sql, {
    columns: (_, columns) => {
      found.columns = columns;
    },
    batch: async (_, batch) => {
      const readers = found.columns.map(({ type }, at) => {
        const data = batch.data.children[at];
        return data ? cellReader(data, type) : () => null;
      });
      for (let row = 0; row < batch.numRows; row++) found.rows.push(readers.map((read) => read(row)));
    },
  });
  return found;
}

/** A cell as the expectations have it. */
function plainValue(cell: Cell, type: SqlType): unknown {
  if (cell === null) return null;
  switch (type.kind) {
    case 'Timestamp':
      return { $us: String(cell) };
    case 'Date':
      return { $time: showDate(Number(cell)) };
    case 'Decimal':
      return { $decimal: showDecimal(cell as bigint, type.scale) };
    case 'Binary':
      return { $hex: showHex(cell as Uint8Array).toLowerCase() };
    case 'Variant':
      return { $variant: String(cell) };
    case 'Array':
      return (cell as readonly Cell[]).map((item) => plainValue(item, type.element));
    case 'Map':
      return (cell as readonly Cell[][]).map(([key = null, value = null]) => [
        plainValue(key, type.key),
        plainValue(value, type.value),
      ]);
    case 'Tuple':
      return Object.fromEntries(
        type.fields.map((field, at) => [field.name, plainValue((cell as Cell[])[at] ?? null, field.type)]),
      );
    default:
      return typeof cell === 'bigint' ? wholeNumber(cell) : cell;
  }
}

function wholeNumber(value: bigint): unknown {
  return Number.isSafeInteger(Number(value)) ? Number(value) : { $int: String(value) };
}

/** VARIANT stands as its two binaries there. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== 'object' || value === null) return value;
  const parts = value as Readonly<Record<string, { readonly $hex: string }>>;
  const { metadata, value: binary } = parts;
  if (metadata && binary && Object.keys(parts).length === 2) {
    const [names, bytes] = [metadata, binary].map(({ $hex }) => new Uint8Array(Buffer.from($hex, 'hex')));
    return { $variant: canonicalJson(variantText(bytes ?? new Uint8Array(), variantNames(names ?? new Uint8Array()))) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, normal(part)]));
}

/** The other reader counts nanoseconds, which the years about 9999 do not fit in: they went round 14 times. */
const NANOSECONDS = [
  /-4852\d{12}/,
  (wrong: string) => String((BigInt(wrong) * 1000n + 14n * 2n ** 64n) / 1000n),
] as const;

const sorted = (rows: readonly unknown[], mend = (row: string) => row) =>
  rows.map((row) => mend(JSON.stringify(row))).sort();

describe.skipIf(!shared.present)('tables of others (skipped without the shared Delta tables)', () => {
  test.each(readable)('%s gives the rows that it has', async (name) => {
    const expected = expectedOf(name);
    await engine.rows(createSql(name));
    const { columns, rows } = await cellsOf('SELECT * FROM t');
    expect(columns.map((column) => column.name)).toEqual(expected.schema.map(([column]) => column));
    expect(rows.length).toBe(expected.rows);
    const found = sorted(
      rows.map((row) => row.map((cell, at) => plainValue(cell, columns[at]?.type ?? { kind: 'Null' }))),
    );
    const wanted = sorted(expected.sorted.map(normal), (row) => row.replace(...NANOSECONDS));
    if (expected.rows === wanted.length) expect(found).toEqual(wanted);
    else expect(wanted.filter((row) => !found.includes(row))).toEqual([]);
    expect(await engine.rows('SELECT count(*) FROM t')).toEqual([[String(expected.rows)]]);
  });

  test('partitions that cannot match are not read', async () => {
    await engine.rows(createSql('delta-0.8.0-partitioned'));
    const sql = "SELECT value FROM t WHERE year = '2021' AND month = '4'";
    expect(await engine.rows(sql)).toEqual([['4']]);
    const plan = (await engine.rows(`EXPLAIN ${sql}`)).flat();
    expect(plan.filter((line) => String(line).includes('files'))).toEqual([
      expect.stringContaining('files total: 6'),
      expect.stringContaining('files scanned: 1'),
    ]);
  });

  const others = Object.keys(index).filter((name) => !readable.includes(name));
  test.each(others)('%s is read whole, or says what is missing', async (name) => {
    const [result] = await engine.run(createSql(name));
    const [rows] = result?.ok ? await engine.run('SELECT * FROM t') : [result];
    if (rows?.ok) expect(rows.rows.length).toBeGreaterThan(0);
    else expect([1002, 2004, 3001]).toContain(rows?.error.code);
  });
});
