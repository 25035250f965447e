import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDatabase, findTable } from '../warehouse/find.ts';
import { tableFolder } from '../warehouse/paths.ts';
import { readDeltaTable } from './delta-reader.ts';
import { type TestEngine, testEngine } from './engine.ts';
import { sharedData } from './parquet.ts';

/** Whatever was done to a table, and whatever was cleaned up behind it, other readers see the rows that SELECT gives. */

const data = mkdtempSync(join(tmpdir(), 'boathouse-workload-'));
const tool = sharedData('../tools/check-delta');
let engine: TestEngine;
let reader: TestEngine;

beforeAll(async () => {
  [engine, reader] = [await testEngine({ data }), await testEngine()];
  await engine.rows('SET data_retention_time_in_days = 0');
}, 120_000);

afterAll(() => rmSync(data, { recursive: true }));

const small = fc.integer({ min: 0, max: 9 });
const change = fc.oneof(
  fc
    .array(small, { minLength: 1, maxLength: 3 })
    .map((ids) => `INSERT INTO t (id) VALUES ${ids.map((id) => `(${id})`).join(', ')}`),
  small.map((id) => `UPDATE t SET s = concat(s, 'u') WHERE id >= ${id}`),
  small.map((id) => `DELETE FROM t WHERE id = ${id}`),
  fc.constant('OPTIMIZE TABLE t COMPACT'),
  fc.constant('OPTIMIZE TABLE t COMPACT SEGMENT'),
);
const cleaning = fc.constantFrom(
  'OPTIMIZE TABLE t PURGE',
  'OPTIMIZE TABLE t ALL',
  'VACUUM TABLE t',
  'ALTER TABLE t RENAME COLUMN s TO x; ALTER TABLE t RENAME COLUMN x TO s',
);

function workload(steps: fc.Arbitrary<string>, seed: number): readonly string[] {
  return fc.sample(fc.array(steps, { minLength: 16, maxLength: 16 }), { seed, numRuns: 1 })[0] ?? [];
}

async function folderOfTable(): Promise<string> {
  const state = engine.core.services.warehouse.state();
  return join(data, tableFolder(findTable(state, findDatabase(state, 'default'), 't')));
}

async function newTable(): Promise<string> {
  await engine.rows("CREATE OR REPLACE TABLE t (id INT, s VARCHAR DEFAULT 'new')");
  return folderOfTable();
}

const selected = (from: TestEngine, table: string) => from.rows(`SELECT id, s FROM ${table} ORDER BY id, s`);

function filesIn(folder: string): Map<string, Uint8Array> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path.slice(folder.length + 1), new Uint8Array(readFileSync(path))]));
}

test.each([1, 2])(
  'a strict reader agrees after each step of workload %s',
  async (seed) => {
    const folder = await newTable();
    for (const step of workload(change, seed)) {
      await engine.rows(step);
      const { rows, problems } = await readDeltaTable(filesIn(folder));
      const found = rows.map(({ id, s }) => [String(id), s]).sort((a, b) => (String(a) < String(b) ? -1 : 1));
      expect({ step, problems, found }).toEqual({ step, problems: [], found: await selected(engine, 't') });
    }
  },
  60_000,
);

/** delta-rs, where it is installed. */
const toolRuns =
  tool.present && spawnSync(tool.path, [join(data, 'nothing')], { encoding: 'utf8' }).stderr.includes('no Delta table');

test.each([4, 6])(
  'what is cleaned up in workload %s is not missed',
  async (seed) => {
    const folder = await newTable();
    const steps = workload(fc.oneof({ weight: 3, arbitrary: change }, { weight: 1, arbitrary: cleaning }), seed);
    await reader.rows(`CREATE OR REPLACE TABLE f ENGINE = DELTA 'fs://${folder}/'`);
    for (const step of [...steps, 'INSERT INTO t (id) VALUES (99)']) {
      await engine.rows(step);
      expect({ step, rows: await selected(reader, 'f') }).toEqual({ step, rows: await selected(engine, 't') });
    }
    const afresh = await testEngine({ data });
    expect(await selected(afresh, 't')).toEqual(await selected(engine, 't'));
    await engine.core.services.warehouse.idle();
    await engine.rows('OPTIMIZE TABLE t ALL; VACUUM TABLE t');
    expect(readdirSync(folder).filter((name) => name.endsWith('.parquet')).length).toBe(1);
    if (!toolRuns) return;
    const { stdout } = spawnSync(tool.path, ['--rows', folder], { encoding: 'utf8' });
    const { error, sorted } = JSON.parse(stdout);
    const rows = (await selected(engine, 't')).map(([id, s]) =>
      JSON.stringify({ id: Number(id), s })
        .replace(',', ', ')
        .replaceAll(':', ': '),
    );
    expect([error, sorted]).toEqual([undefined, rows.sort()]);
  },
  120_000,
);
