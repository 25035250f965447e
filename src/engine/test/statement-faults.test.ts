import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeHost } from '../cli/host.ts';
import { type EngineCore, openEngine } from '../session/engine.ts';
import { memoryStore } from '../stores/memory.ts';
import type { WritableStore } from '../stores/store.ts';
import { type MemoryHost, memoryHost } from '../warehouse/memory-host.ts';
import { engineOver, type TestEngine } from './engine.ts';
import { type Fault, faultStore } from './fault-store.ts';
import { pathsIn, signal } from './warehouse.ts';

/** Statements whose store goes wrong at its n-th call, for every n: the table is as before or as after, never between. */

const host = nodeHost({ data: undefined, version: '0.0.0' });
const folder = mkdtempSync(join(tmpdir(), 'boathouse-faults-'));
const base = memoryStore();
let first: EngineCore;

/** An engine over a store; all share one DuckDB, whose start would cost more than the rest of this file. */
async function engineOn(store: WritableStore, warehouse: MemoryHost): Promise<TestEngine> {
  const core = await openEngine({ ...host, store, warehouse });
  const executor = first ? first.services.executor : core.services.executor;
  return engineOver({ ...core, services: { ...core.services, executor } });
}

beforeAll(async () => {
  const engine = await engineOn(base, memoryHost());
  first = engine.core;
  writeFileSync(join(folder, '1.csv'), '10,ten\n11,eleven\n');
  writeFileSync(join(folder, '2.csv'), '12,twelve\n');
  await engine.rows(`CREATE STAGE s FILE_FORMAT = (TYPE = CSV); PUT fs://${folder}/*.csv @s;
    CREATE TABLE t (id INT, name VARCHAR); INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, NULL);
    INSERT INTO t VALUES (4, 'four'); CREATE TABLE other (id INT, name VARCHAR);
    CREATE TABLE source (id INT, name VARCHAR); INSERT INTO source VALUES (20, 'a'), (21, 'b');
    CREATE STREAM pending ON TABLE source APPEND_ONLY = FALSE; INSERT INTO source VALUES (22, 'c');
    UPDATE source SET name = 'z' WHERE id = 20`);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

async function copyOf(store: WritableStore): Promise<WritableStore> {
  const copy = memoryStore();
  for (const path of await pathsIn(store)) {
    await copy.write(path, await store.read(path, signal), { ifAbsent: true, signal });
  }
  return copy;
}

/** What can be seen of the tables and the stream. */
async function stateOf(engine: TestEngine): Promise<string> {
  const rows = await engine.rows('SELECT id, name, _row_id FROM t ORDER BY id, name, _row_id');
  const others = await engine.rows('SELECT * FROM other ORDER BY id');
  const history = await engine.rows("SELECT file_name FROM copy_history('t') ORDER BY 1");
  const pending = await engine.rows('SELECT id, name, change$action FROM pending ORDER BY id, change$action');
  return JSON.stringify([rows, others, history, pending]);
}

interface Ending {
  readonly succeeded: boolean;
  readonly state: string;
  readonly calls: number;
}

/** Runs a text over a copy of the store that goes wrong, and looks at what another engine finds then. */
async function runWith(sql: string, fault: Fault | undefined): Promise<Ending> {
  const store = await copyOf(base);
  const faulty = faultStore(store);
  const owner = memoryHost();
  const engine = await engineOn(faulty, owner);
  faulty.arm(fault);
  const results = await engine.run(sql);
  const calls = faulty.calls();
  if (fault?.mode === 'fails') {
    faulty.arm();
    await engine.rows('ROLLBACK');
    expect(await stateOf(engine)).toBe(await stateOf(await engineOn(store, owner.sibling())));
  }
  const next = owner.sibling();
  owner.end();
  const state = await stateOf(await engineOn(store, next));
  return { succeeded: results.every(({ ok }) => ok), state, calls };
}

const STATEMENTS: Readonly<Record<string, string>> = {
  COPY: 'COPY INTO t FROM @s',
  'COPY with PURGE': 'COPY INTO t FROM @s PURGE = TRUE',
  UPDATE: 'UPDATE t SET name = upper(name), id = id + 100 WHERE id <> 2',
  DELETE: 'DELETE FROM t WHERE id IN (1, 4)',
  MERGE: `MERGE INTO t USING (SELECT number + 2 AS id, 'merged' AS name FROM numbers(4)) AS s ON t.id = s.id
    WHEN MATCHED AND t.id = 3 THEN DELETE WHEN MATCHED THEN UPDATE SET name = s.name WHEN NOT MATCHED THEN INSERT *`,
  'INSERT … SELECT from a stream': 'INSERT INTO t SELECT id, change$action FROM pending',
  'SELECT WITH CONSUME': 'SELECT id FROM pending WITH CONSUME',
  'a transaction that reads what it writes': `BEGIN; INSERT INTO source VALUES (23, 'd');
    INSERT INTO t SELECT id, name FROM pending; INSERT INTO source VALUES (24, 'e'); COMMIT`,
  REPLACE: "REPLACE INTO t ON (id) DELETE WHEN id = 4 VALUES (1, 'eins'), (4, NULL), (6, 'sechs')",
  'INSERT OVERWRITE': 'INSERT OVERWRITE t SELECT id + 1, name FROM t',
  'INSERT FIRST': 'INSERT FIRST WHEN id > 2 THEN INTO other ELSE INTO t VALUES (id + 10, name) SELECT id, name FROM t',
  'a transaction': "BEGIN; INSERT INTO t VALUES (5, 'five'); COPY INTO t FROM @s; DELETE FROM t WHERE id = 1; COMMIT",
};

const MODES = ['fails', 'dies', 'dies after', 'stumbles'] as const;

test.each(Object.entries(STATEMENTS))(
  '%s leaves the old state or the new one',
  async (_, sql) => {
    const before = (await runWith('SELECT 1', undefined)).state;
    const whole = await runWith(sql, undefined);
    expect([whole.succeeded, whole.state === before, whole.calls > 2]).toEqual([true, false, true]);
    for (const mode of MODES) {
      for (let at = 1; at <= whole.calls; at++) {
        const { succeeded, state } = await runWith(sql, { at, mode });
        const seen = { mode, at, state: [before, whole.state].includes(state) };
        expect(seen).toEqual({ mode, at, state: true });
        if (succeeded) expect({ mode, at, state }).toEqual({ mode, at, state: whole.state });
        else if (mode === 'fails') expect({ mode, at, state }).toEqual({ mode, at, state: before });
      }
    }
  },
  120_000,
);

const MAINTENANCE: readonly string[] = [
  'OPTIMIZE TABLE t COMPACT',
  'OPTIMIZE TABLE t COMPACT SEGMENT',
  'OPTIMIZE TABLE t PURGE',
  'OPTIMIZE TABLE t ALL',
  'SET data_retention_time_in_days = 0; VACUUM TABLE t',
];

test.each(MAINTENANCE)(
  '%s changes no row, wherever it ends',
  async (sql) => {
    const before = (await runWith('SELECT 1', undefined)).state;
    const whole = await runWith(sql, undefined);
    expect([whole.succeeded, whole.state, whole.calls > 1]).toEqual([true, before, true]);
    for (const mode of MODES) {
      for (let at = 1; at <= whole.calls; at++) {
        const { state } = await runWith(sql, { at, mode });
        expect({ mode, at, state }).toEqual({ mode, at, state: before });
      }
    }
  },
  120_000,
);
