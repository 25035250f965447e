import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryStore } from '../stores/memory.ts';
import type { WritableStore } from '../stores/store.ts';
import { writeCheckpoint } from '../table/checkpoint.ts';
import { encodeTableFile, parquetEncoder } from '../table/encode-table-file.ts';
import { commitPath } from '../table/layout.ts';
import { rowTrackingColumns } from '../table/metadata.ts';
import { readDeltaTable, type TableFiles } from '../test/delta-reader.ts';
import { initParquetInNode, sharedData } from '../test/parquet.ts';
import { signal } from '../test/warehouse.ts';
import { batchOf } from '../types/build/batch.ts';
import type { Cell } from '../types/cell.ts';
import { arrayOf, type Column, decimal, plain, type SqlType } from '../types/type.ts';
import type { Warehouse } from './contract.ts';
import { findDatabase } from './find.ts';
import { openWarehouse } from './index.ts';
import { memoryHost } from './memory-host.ts';
import type { TableRecord } from './object.ts';
import { tableFolder } from './paths.ts';

beforeAll(initParquetInNode);

/** A table with a column of every type. */
const SAMPLES: readonly (readonly [string, SqlType, Cell, Cell])[] = [
  ['id', plain('Int64'), 1n, -5n],
  ['b', plain('Boolean'), true, false],
  ['i8', plain('Int8'), -128, 127],
  ['i16', plain('Int16'), -32768, 32767],
  ['i32', plain('Int32'), -7, 7],
  ['u8', plain('UInt8'), 255, 0],
  ['u16', plain('UInt16'), 65535, 0],
  ['u32', plain('UInt32'), 4294967295, 0],
  ['u64', plain('UInt64'), 2n ** 64n - 1n, 0n],
  ['f32', plain('Float32'), 0.5, -0.25],
  ['f64', plain('Float64'), Number.NaN, 1e300],
  ['d', plain('Date'), 19000, -1],
  ['ts', plain('Timestamp'), 1_600_000_000_123_456n, -1n],
  ['tz', plain('TimestampTz'), { micros: 1n, offsetSeconds: 3600 }, { micros: 0n, offsetSeconds: -60 }],
  ['iv', plain('Interval'), { months: 1, days: 2, micros: 3n }, { months: -1, days: 0, micros: 0n }],
  ['s', plain('String'), 'größe 😀', ''],
  ['bin', plain('Binary'), Uint8Array.of(0, 255), new Uint8Array(0)],
  ['v', plain('Variant'), '{"a":[1,2]}', 'null'],
  ['geo', plain('Geometry'), Uint8Array.of(1, 2, 3), Uint8Array.of(9)],
  ['bm', plain('Bitmap'), [1n, 2n ** 63n], []],
  ['dec9', decimal(9, 2), 12345n, -1n],
  ['dec18', decimal(18, 0), 10n ** 17n, -1n],
  ['dec38', decimal(38, 10), 10n ** 37n, -1n],
  ['dec76', decimal(76, 1), 10n ** 75n, -1n],
  ['arr', arrayOf(plain('UInt8')), [1, null, 255], []],
  [
    'm',
    { kind: 'Map', key: plain('String'), value: plain('UInt64') },
    [
      ['k', 1n],
      ['l', null],
    ],
    [],
  ],
  [
    't',
    {
      kind: 'Tuple',
      fields: [
        { name: '1', type: plain('Int8') },
        { name: 'x', type: arrayOf(plain('Date')) },
      ],
    },
    [1, [2]],
    [null, null],
  ],
  ['vec', { kind: 'Vector', dimension: 3 }, [1, 2, 3], [0, 0, 0]],
];

const COLUMNS: readonly Column[] = SAMPLES.map(([name, type], index) => ({ name, type, nullable: index > 0 }));
const FIRST = SAMPLES.map((sample) => sample[2]);
const SECOND = SAMPLES.map((sample) => sample[3]);
const EMPTY = SAMPLES.map(([name]) => (name === 'id' ? 9n : null));

interface Scene {
  readonly store: WritableStore;
  readonly warehouse: Warehouse;
  readonly table: TableRecord;
}

async function insertRows({ warehouse, table }: Scene, rows: readonly (readonly Cell[])[]): Promise<void> {
  const transaction = warehouse.begin();
  const { fields } = await transaction.snapshot(table, signal);
  const file = await encodeTableFile([batchOf(fields, rows)], fields);
  const added = [await transaction.writeFile(table, file, signal)];
  transaction.write(table, { added, removed: [], operation: 'WRITE' });
  await transaction.commit(signal);
}

async function everyType(): Promise<Scene> {
  const store = memoryStore();
  const warehouse = await openWarehouse(store, memoryHost());
  const transaction = warehouse.begin();
  const databaseId = findDatabase(warehouse.state(), 'default').id;
  const table = transaction.create<'Table'>({
    kind: 'Table',
    name: 'every type',
    databaseId,
    columns: COLUMNS.map((column) => ({ ...column, comment: `the ${column.name}` })),
    comment: 'one column a type',
    options: {},
    transient: false,
    clusterKey: [],
  });
  await transaction.commit(signal);
  const scene = { store, warehouse, table };
  await insertRows(scene, [FIRST, SECOND]);
  await insertRows(scene, [EMPTY]);
  return scene;
}

async function filesOf({ store, table }: Scene): Promise<TableFiles> {
  const prefix = `${tableFolder(table)}/`;
  const files = new Map<string, Uint8Array>();
  for await (const { path } of store.list(prefix, signal)) {
    files.set(path.slice(prefix.length), await store.read(path, signal));
  }
  return files;
}

/** Rewrites the first file as an UPDATE does that leaves its rows in reverse order: their ids go with them. */
async function reverseFirstFile({ warehouse, table }: Scene): Promise<void> {
  const transaction = warehouse.begin();
  const { files, fields, metadata } = await transaction.snapshot(table, signal);
  const [first] = files.values();
  const tracking = rowTrackingColumns(metadata);
  if (!first || !tracking) throw new Error('no file or no row tracking');
  const long = plain('Int64');
  const columns = [
    ...fields,
    { name: 'id', type: long, nullable: true },
    { name: 'version', type: long, nullable: true },
  ];
  const version = BigInt(first.defaultRowCommitVersion ?? 0);
  const batch: RecordBatch = batchOf(columns, [
    [...SECOND, 1n, null],
    [...FIRST, 0n, version],
  ]);
  const added = [await transaction.writeFile(table, await encodeTableFile([batch], fields, tracking), signal)];
  transaction.write(table, { added, removed: [first], operation: 'UPDATE' });
  await transaction.commit(signal);
}

/** `b` becomes `flag`, `i8` goes, `new` comes, and a row is written in the new form. */
async function alterColumns(scene: Scene): Promise<void> {
  const { warehouse, table } = scene;
  const transaction = warehouse.begin();
  const columns = [
    ...table.columns
      .filter(({ name }) => name !== 'i8')
      .map((column) => (column.name === 'b' ? { ...column, name: 'flag' } : column)),
    { name: 'new, odd (name)', type: plain('UInt64'), nullable: false },
  ];
  transaction.alter<'Table'>({ ...table, columns }, { renames: new Map([['flag', 'b']]) });
  await transaction.commit(signal);
  await insertRows(scene, [[...FIRST.filter((_, index) => COLUMNS[index]?.name !== 'i8'), 77n]]);
}

describe('a table that a strict reader of Delta reads', () => {
  test('holds a column of every type', async () => {
    const { version, rows, rowIds, columns, problems } = await readDeltaTable(await filesOf(await everyType()));
    expect(problems).toEqual([]);
    expect([version, rowIds, columns]).toEqual([2, [0, 1, 2], COLUMNS.map(({ name }) => name)]);
    expect(rows[0]).toMatchObject({
      id: 1n,
      b: true,
      i8: -128,
      u8: 255,
      u32: 4294967295n,
      d: 19000,
      ts: 1_600_000_000_123_456n,
      tz: { ts: 1n, off: 3600 },
      iv: { months: 1, days: 2, micros: 3n },
      s: 'größe 😀',
      v: '{"a":[1,2]}',
      dec9: 123.45,
      dec76: `${10n ** 74n}.0`,
      arr: [1, null, 255],
      m: { k: 1, l: null },
      t: { 1: 1, x: [2] },
      vec: [1, 2, 3],
    });
    const { id, ...others } = rows[2] ?? {};
    expect([id, new Set(Object.values(others))]).toEqual([9n, new Set([null])]);
  });

  test('keeps the ids of rows that were moved', async () => {
    const scene = await everyType();
    await reverseFirstFile(scene);
    const { rows, rowIds, problems } = await readDeltaTable(await filesOf(scene));
    expect(problems).toEqual([]);
    expect(rows.map((row, index) => [rowIds[index], Object.values(row)[0]])).toEqual([
      [2, 9n],
      [1, -5n],
      [0, 1n],
    ]);
  });

  test('follows its columns through other names', async () => {
    const scene = await everyType();
    await alterColumns(scene);
    const { rows, columns, problems, protocol } = await readDeltaTable(await filesOf(scene));
    // A file from before the first rename has no field ids.
    expect(problems.filter((problem) => !problem.includes('has field id undefined'))).toEqual([]);
    expect(columns.slice(0, 3)).toEqual(['id', 'flag', 'i16']);
    expect(rows.map((row) => [Object.values(row)[1], Object.values(row).at(-1)])).toEqual([
      [true, null],
      [false, null],
      [null, null],
      [true, 77],
    ]);
    expect(protocol.minReaderVersion).toBe(2);
  });
});

const tool = sharedData('../tools/check-delta');
const folders: string[] = [];

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'boathouse-delta-'));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Where the tool can run, it says that it finds nothing in an empty folder. */
function toolRuns(): boolean {
  if (!tool.present) return false;
  return spawnSync(tool.path, [temporaryFolder()], { encoding: 'utf8' }).stderr.includes('no Delta table');
}

interface Checked {
  readonly version: number;
  readonly rows: number;
  readonly schema: readonly (readonly [string, string])[];
  readonly sorted: readonly string[];
  readonly error?: string;
}

async function checkDelta(scene: Scene): Promise<Checked> {
  const folder = temporaryFolder();
  for (const [path, bytes] of await filesOf(scene)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const { stdout, stderr } = spawnSync(tool.path, ['--rows', folder], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Checked;
}

describe.skipIf(!toolRuns())(
  'a table that delta-rs reads (skipped without check-delta, python3 or its packages)',
  () => {
    test('holds a column of every type', async () => {
      const { error, version, rows, schema, sorted } = await checkDelta(await everyType());
      expect(error).toBeUndefined();
      expect([version, rows]).toEqual([2, 3]);
      const types = Object.fromEntries(schema);
      expect(types).toMatchObject({
        u64: 'decimal128(20, 0)',
        s: expect.stringMatching(/^string/),
        d: 'date32[day]',
        dec38: 'decimal128(38, 10)',
      });
      const found = sorted.map(
        (row) => JSON.parse(row.replace(/\bNaN\b/g, 'null')) as Readonly<Record<string, unknown>>,
      );
      const first = found.find(({ id }) => id === 1);
      expect(first).toMatchObject({ u64: '18446744073709551615', s: 'größe 😀', arr: [1, null, 255], d: '2022-01-08' });
    });

    test('follows its columns through other names, from a checkpoint too', async () => {
      const scene = await everyType();
      await reverseFirstFile(scene);
      await alterColumns(scene);
      const { store, warehouse, table } = scene;
      const before = await checkDelta(scene);
      expect([before.error, before.rows]).toEqual([undefined, 4]);
      const snapshot = await warehouse.snapshot(table, signal);
      const log = { store, folder: tableFolder(table) };
      await writeCheckpoint(
        log,
        snapshot,
        { encode: async (batches) => (await parquetEncoder.encode(batches)).bytes, now: Date.now() },
        signal,
      );
      for (let version = 0; version < snapshot.version; version++) {
        await store.remove(commitPath(tableFolder(table), version), signal);
      }
      expect(await checkDelta(scene)).toEqual(before);
    });
  },
);
