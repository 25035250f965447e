import { describe, expect, test } from 'vitest';
import { memoryStore } from '../stores/memory.ts';
import type { WritableStore } from '../stores/store.ts';
import { commitPath } from '../table/layout.ts';
import { readSnapshot } from '../table/log.ts';
import { type Fault, type FaultStore, faultStore } from '../test/fault-store.ts';
import { tries } from '../test/long.ts';
import {
  append,
  createTable,
  fileOf,
  insert,
  loaded,
  pathsIn,
  rowsOf,
  signal,
  tableDefinition,
  tableNamed,
} from '../test/warehouse.ts';
import { catalogCommitPath } from './catalog-file.ts';
import type { Transaction, Warehouse } from './contract.ts';
import { findDatabase, findTable, tablesOf } from './find.ts';
import { openWarehouse } from './index.ts';
import { type MemoryHost, memoryHost } from './memory-host.ts';
import type { TableRecord } from './object.ts';
import { tableFolder } from './paths.ts';

/** A warehouse with two tables, opened by an engine whose store can go wrong. */
interface Scene {
  readonly store: WritableStore;
  readonly faulty: FaultStore;
  readonly host: MemoryHost;
  readonly warehouse: Warehouse;
}

async function scene(): Promise<Scene> {
  const store = memoryStore();
  const faulty = faultStore(store);
  const host = memoryHost();
  const warehouse = await openWarehouse(faulty, host);
  await insert(warehouse, await createTable(warehouse, 't'), [1, 2]);
  await insert(warehouse, await createTable(warehouse, 'u'), [3]);
  await warehouse.idle();
  return { store, faulty, host, warehouse };
}

type Work = (transaction: Transaction) => Promise<void>;

const WORKS: { readonly [name: string]: Work } = {
  'an insert of two files with load history': async (transaction) => {
    const table = tableIn(transaction, 't');
    await append(transaction, table, [4, 5]);
    transaction.recordLoads(table, [loaded('x.csv'), loaded('y.csv')], { force: false });
  },
  'an update of two tables': async (transaction) => {
    for (const name of ['t', 'u']) {
      const table = tableIn(transaction, name);
      const { files } = await transaction.snapshot(table, signal);
      const added = [await transaction.writeFile(table, fileOf(7), signal)];
      transaction.write(table, { added, removed: [...files.values()].slice(0, 1), operation: 'UPDATE' });
    }
  },
  'a table that replaces another': async (transaction) => {
    const table = transaction.create<'Table'>(tableDefinition(transaction.state(), 't', ['z']), { orReplace: true });
    await append(transaction, table, [9]);
  },
};

function tableIn(transaction: Transaction, name: string): TableRecord {
  return findTable(transaction.state(), findDatabase(transaction.state(), 'default'), name);
}

/** As a statement does it. */
async function run(warehouse: Warehouse, work: Work): Promise<void> {
  const transaction = warehouse.begin();
  try {
    await work(transaction);
    await transaction.commit(signal);
  } catch (error) {
    await transaction.rollback(signal);
    throw error;
  }
}

/** All that can be seen of a warehouse. */
async function stateOf(store: WritableStore, host: MemoryHost): Promise<unknown> {
  const warehouse = await openWarehouse(store, host.sibling());
  const state = warehouse.state();
  const tables = tablesOf(state, findDatabase(state, 'default'));
  return Promise.all(
    tables.map(async (table) => ({
      name: table.name,
      columns: table.columns,
      files: await rowsOf(warehouse, table.name),
      version: { ...state.tableVersions.get(table.id), updatedOn: 0 },
      loads: [...(state.loads.get(table.id)?.keys() ?? [])],
    })),
  );
}

/** After recovery, a table's folder holds the files of its log and no log file beyond its version. */
async function checkTidy(store: WritableStore, host: MemoryHost): Promise<void> {
  const warehouse = await openWarehouse(store, host.sibling());
  await warehouse.recover(signal);
  const state = warehouse.state();
  expect(await pathsIn(store, '_transactions/')).toEqual([]);
  const expected: string[] = [];
  for (const { object } of [...state.objects.values()]
    .map((live) => ({ object: live }))
    .concat([...state.dropped.values()])) {
    if (object.kind !== 'Table') continue;
    const newest = await readSnapshot({ store, folder: tableFolder(object) }, signal);
    expect(newest.version).toBe(state.tableVersions.get(object.id)?.version);
    for (let version = 0; version <= newest.version; version++) expected.push(commitPath(tableFolder(object), version));
    const known = [...newest.files.values(), ...newest.tombstones.values()];
    expected.push(...known.map(({ path }) => `${tableFolder(object)}/${path}`));
  }
  expect(await pathsIn(store, 'tables/')).toEqual(expected.sort());
}

async function callsOf(work: Work): Promise<number> {
  const { faulty, warehouse } = await scene();
  faulty.arm();
  await run(warehouse, work);
  await warehouse.idle();
  return faulty.calls();
}

async function afterFault(work: Work, fault: Fault): Promise<Scene & { readonly isDone: boolean }> {
  const stage = await scene();
  stage.faulty.arm(fault);
  const isDone = await run(stage.warehouse, work).then(
    () => true,
    () => false,
  );
  await stage.warehouse.idle();
  if (fault.mode !== 'fails' && fault.mode !== 'stumbles') stage.host.end();
  stage.faulty.arm();
  return { ...stage, isDone };
}

const MODES: readonly Fault['mode'][] = ['fails', 'stumbles', 'dies', 'dies after'];

describe.each(Object.entries(WORKS))('%s', (_, work) => {
  test.each(MODES)('is done or not done, whatever call of the store %s', async (mode) => {
    const before = await scene();
    const old = await stateOf(before.store, before.host);
    await run(before.warehouse, work);
    const done = await stateOf(before.store, before.host);
    expect(done).not.toEqual(old);

    const calls = await callsOf(work);
    expect(calls).toBeGreaterThan(5);
    for (let at = 1; at <= calls; at++) {
      const { store, host, isDone } = await afterFault(work, { at, mode });
      const found = await stateOf(store, host);
      // One that was reported done is; one that was not may be, where only the answer was lost.
      if (isDone || JSON.stringify(found) !== JSON.stringify(old)) expect([at, found]).toEqual([at, done]);
      await checkTidy(store, host);
      expect(JSON.stringify(await stateOf(store, host))).toBe(JSON.stringify(found));
    }
  });

  test('can be done again by the same engine after a call that failed', async () => {
    const calls = await callsOf(work);
    for (let at = 1; at <= calls; at++) {
      const { warehouse, store, host, isDone } = await afterFault(work, { at, mode: 'fails' });
      if (isDone) continue;
      await warehouse.refresh(signal);
      await run(warehouse, work);
      await warehouse.idle();
      await checkTidy(store, host);
    }
  });
});

test.each(MODES)('a checkpoint of the catalog may fail: a call of the store %s', async (mode) => {
  const insertRow: Work = (transaction) => append(transaction, tableIn(transaction, 't'), [4]);
  const beforeCheckpoint = async () => {
    const stage = await scene();
    while (stage.warehouse.state().version < 49) {
      const { version } = stage.warehouse.state();
      await run(stage.warehouse, async (transaction) =>
        transaction.recordLoads(tableIn(transaction, 'u'), [loaded(`${version}`)], FORCED),
      );
    }
    return stage;
  };
  const { faulty, warehouse } = await beforeCheckpoint();
  faulty.arm();
  await run(warehouse, insertRow);
  await warehouse.idle();
  const calls = faulty.calls();
  for (let at = 1; at <= calls; at++) {
    const stage = await beforeCheckpoint();
    stage.faulty.arm({ at, mode });
    const isDone = await run(stage.warehouse, insertRow).then(
      () => true,
      () => false,
    );
    await stage.warehouse.idle();
    const reopened = await openWarehouse(stage.store, stage.host.sibling());
    const rows = await rowsOf(reopened, 't');
    expect([
      [1, 2],
      [1, 2, 4],
    ]).toContainEqual(rows);
    if (isDone) expect(rows).toEqual([1, 2, 4]);
    expect(reopened.state().loads.get(tableNamed(reopened, 'u').id)?.size).toBe(44);
  }
});

const FORCED = { force: true };

describe('what a crashed engine left', () => {
  test('is removed by the next engine that opens the warehouse', async () => {
    const { warehouse, store, host } = await scene();
    const transaction = warehouse.begin();
    await append(transaction, tableNamed(warehouse, 't'), [4]);
    host.end();
    const next = await openWarehouse(store, host.sibling());
    await next.idle();
    expect(await pathsIn(store, '_transactions/')).toEqual([]);
    await checkTidy(store, host);
  });

  test('stays while its transaction may still commit', async () => {
    const { warehouse, store, host } = await scene();
    const table = tableNamed(warehouse, 't');
    const transaction = warehouse.begin();
    await append(transaction, table, [4]);
    const other = await openWarehouse(store, host.sibling());
    await other.recover(signal);
    await transaction.commit(signal);
    expect(await rowsOf(warehouse, 't')).toEqual([1, 2, 4]);
    expect((await pathsIn(store, tableFolder(table))).filter((path) => path.endsWith('.parquet')).length).toBe(3);
  });

  test('is overwritten by the next writer, and a commit that comes late is void', async () => {
    const { store, host, warehouse } = await scene();
    const table = tableNamed(warehouse, 't');
    const orphan = commitPath(tableFolder(table), 2);
    await store.write(orphan, new TextEncoder().encode('{"commitInfo":{}}\n'), { ifAbsent: true, signal });
    const next = warehouse.state().version + 1;
    await insert(warehouse, table, [4]);
    expect(await rowsOf(await openWarehouse(store, host.sibling()), 't')).toEqual([1, 2, 4]);
    await expect(
      store.write(catalogCommitPath(next), new Uint8Array(0), { ifAbsent: true, signal }),
    ).rejects.toMatchObject({ kind: 'InvalidOperation' });
    expect(warehouse.state().version).toBe(next + 1);
  });
});

const ROUNDS = tries(20);

test('engines that share no lock do not lose each other’s commits', async () => {
  const store = memoryStore();
  const one = await openWarehouse(store, memoryHost());
  const two = await openWarehouse(store, memoryHost());
  const tables = [await createTable(one, 'a'), await createTable(one, 'b')];
  await two.refresh(signal);
  for (let round = 1; round <= ROUNDS; round++) {
    await Promise.all(
      [one, two].map((warehouse, index) => insert(warehouse, tables[index] ?? tableNamed(one, 'a'), [round])),
    );
  }
  await one.refresh(signal);
  const rounds = Array.from({ length: ROUNDS }, (_, index) => index + 1);
  expect(await rowsOf(one, 'a')).toEqual(rounds);
  expect(await rowsOf(one, 'b')).toEqual(rounds);
});
