import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { bytesSource, initParquetInNode } from '../../test/parquet.ts';
import { type Cell, cellReader } from '../../types/cell.ts';
import { typeName } from '../../types/type.ts';
import { describeParquet } from './describe.ts';
import { parquetFormat } from './format.ts';

beforeAll(initParquetInNode);

const ROOT = resolve(import.meta.dirname, '../../../..');
const SAMPLE = join(ROOT, 'public/sample');
const signal = new AbortController().signal;
const format = { type: 'PARQUET', options: {} } as const;

interface Listed {
  readonly path: string;
  readonly table: string;
  readonly rows: number;
  readonly size: number;
}

const index: { readonly folder: string; readonly files: readonly Listed[] } = JSON.parse(
  readFileSync(join(SAMPLE, 'index.json'), 'utf8'),
);
const sourceOf = (path: string) => bytesSource(path, readFileSync(join(SAMPLE, index.folder, path)));

async function rowsOf(path: string, columns: readonly string[]): Promise<Cell[][]> {
  const file = sourceOf(path);
  const schema = await parquetFormat.readSchema(file, format, signal);
  const types = columns.map((column) => schema.find(({ name }) => name === column)?.type ?? { kind: 'Null' as const });
  const rows: Cell[][] = [];
  const request = { format, columns, predicates: [], limit: undefined };
  for await (const { batch } of parquetFormat.read(file, request, signal)) {
    const readers = batch.data.children.map((data, at) => cellReader(data, types[at] ?? { kind: 'Null' }));
    for (let row = 0; row < batch.numRows; row++) rows.push(readers.map((read) => read(row)));
  }
  return rows;
}

test('the CityDrive sample is what its script makes', () => {
  expect(() => execFileSync(process.execPath, [join(ROOT, 'scripts/make-sample.mjs'), '--check'])).not.toThrow();
});

test('its index lists every file with its size and rows, under 2 MB in all', async () => {
  const folder = join(SAMPLE, index.folder);
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.parquet'));
  expect(index.files.map(({ path }) => path)).toEqual(found.toSorted());
  for (const { path, rows, size } of index.files) {
    expect(await describeParquet(sourceOf(path), signal)).toMatchObject({ rows, size });
  }
  expect(index.files.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(2_000_000);
  expect(new Set(index.files.map(({ table }) => table)).size).toBe(6);
});

test('it holds the rows of the guides', async () => {
  const events = await rowsOf('frame-events/batch_2025_01_01.parquet', ['frame_id', 'collected_at', 'risk_score']);
  expect(events.slice(0, 2)).toEqual([
    ['FRAME-0101', BigInt(Date.UTC(2025, 0, 1, 8, 15, 21)) * 1000n, 0.81],
    ['FRAME-0102', BigInt(Date.UTC(2025, 0, 1, 8, 33, 54)) * 1000n, 0.67],
  ]);
  const contacts = await rowsOf('traffic-lights/contacts_2025_01_03.parquet', ['node_id', 'signal_position']);
  expect(contacts[0]).toEqual(['SIG-0002', 'SRID=4326;POINT(114.118900987654 22.544800123456)']);
  const orphan = await rowsOf('frame-events/batch_2025_01_04.parquet', ['frame_id', 'video_id']);
  expect(orphan).toEqual([['FRAME-0501', 'VID-MISSING-001']]);
});

test('embeddings are lists of 768 floats, frames of one scene near each other', async () => {
  const path = 'frame-embeddings/embeddings_2025_01_01.parquet';
  const schema = await parquetFormat.readSchema(sourceOf(path), format, signal);
  expect(schema.map(({ type }) => typeName(type))).toContain('ARRAY(FLOAT32)');
  const rows = await rowsOf(path, ['embedding']);
  const vectors = rows.map(([vector]) => vector as number[]);
  expect(new Set(vectors.map(({ length }) => length))).toEqual(new Set([768]));
  const [first, second, third, other] = vectors;
  expect(cosine(first, second)).toBeGreaterThan(0.85);
  expect(cosine(first, third)).toBeLessThan(0.75);
  expect(cosine(first, other)).toBeLessThan(0.3);
});

function cosine(a: readonly number[] = [], b: readonly number[] = []): number {
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
