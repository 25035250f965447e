import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedMap } from '../base/shared-map.ts';
import { memoryStore } from '../stores/memory.ts';
import { faultStore } from '../test/fault-store.ts';
import { tries } from '../test/long.ts';
import { encodeSimply } from '../test/table-encoder.ts';
import { append, createTable, insert, loaded, rowsOf, signal, tableDefinition } from '../test/warehouse.ts';
import { type CatalogCommit, fold, parseCheckpoint, printCheckpoint, wantsCheckpoint } from './catalog-file.ts';
import { readCatalogCommit } from './catalog-log.ts';
import { EMPTY_STATE } from './change.ts';
import type { Transaction, Warehouse } from './contract.ts';
import { findDatabase, tablesOf } from './find.ts';
import { openWarehouse } from './index.ts';
import { memoryHost } from './memory-host.ts';
import type { TableRecord } from './object.ts';

type Step = (transaction: Transaction, table: TableRecord | undefined, number: number) => Promise<void> | void;

/** Each does something to some table, if there is one. */
const STEPS: readonly Step[] = [
  (transaction, _, number) => {
    const definition = tableDefinition(transaction.state(), `t${number % 4}`);
    transaction.create<'Table'>(definition, { orReplace: true });
  },
  (transaction, table, number) => table && append(transaction, table, [number]),
  (transaction, table) => table && transaction.drop(table),
  (transaction, table, number) => {
    if (table) transaction.alter<'Table'>({ ...table, comment: `${number}` });
  },
  (transaction, table, number) => {
    if (table) transaction.recordLoads(table, [loaded(`${number % 3}.csv`)], { force: true });
  },
  (transaction, table) => table && transaction.forgetLoads(table),
  (transaction) => {
    const [dropped] = transaction.state().dropped.values();
    if (dropped) transaction.purge(dropped);
  },
];

async function play(warehouse: Warehouse, numbers: readonly number[]): Promise<void> {
  for (const number of numbers) {
    const transaction = warehouse.begin();
    const state = transaction.state();
    const tables = tablesOf(state, findDatabase(state, 'default'));
    await STEPS[number % STEPS.length]?.(transaction, tables[number % Math.max(tables.length, 1)], number);
    await transaction.commit(signal);
  }
}

async function commitsOf({ store, state }: Warehouse): Promise<CatalogCommit[]> {
  const commits: CatalogCommit[] = [];
  for (let version = 1; version <= state().version; version++) {
    const commit = await readCatalogCommit(store, version, signal);
    if (commit) commits.push(commit);
  }
  return commits;
}

test('a catalog folded at once or from a checkpoint is the one that its writer had', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1000), { maxLength: 25 }), fc.nat(), async (numbers, at) => {
      const warehouse = await openWarehouse(memoryStore(), memoryHost());
      await play(warehouse, numbers);
      const commits = await commitsOf(warehouse);
      expect(commits.length).toBe(warehouse.state().version);
      const cut = at % (commits.length + 1);
      const checkpoint = parseCheckpoint(printCheckpoint(fold(EMPTY_STATE, commits.slice(0, cut))));
      expect(fold(EMPTY_STATE, commits)).toEqual(warehouse.state());
      expect(fold(checkpoint, commits.slice(cut))).toEqual(warehouse.state());
    }),
    { numRuns: tries(25), seed: 1 },
  );
});

test('names say what objects say, however they were changed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1000), { maxLength: 25 }), async (numbers) => {
      const warehouse = await openWarehouse(memoryStore(), memoryHost());
      await play(warehouse, numbers);
      const { objects, names } = warehouse.state();
      const named = [...names.values()].flatMap((space) => [...space.values()]);
      expect(new Set(named)).toEqual(new Set(objects.values()));
    }),
    { numRuns: tries(15), seed: 2 },
  );
});

test('there are the more commits between checkpoints the more loads are remembered', () => {
  const file = { path: '', size: 1, etag: undefined, lastModified: undefined, loadedOn: 0, expiresOn: 1 };
  const intervals = [0, 10_000, 10_001, 40_000].map((files) => {
    const loads = sharedMap(Array.from({ length: files }, (_, index) => [String(index), file] as const));
    const versions = Array.from({ length: 400 }, (_, version) => version + 1);
    return versions.find((version) => wantsCheckpoint({ version, loads: new Map([[1, loads]]) }));
  });
  expect(intervals).toEqual([50, 50, 100, 200]);
});

/** A warehouse that has ended, with a table `t` of 110 commits of one row. */
async function closedAfterManyInserts() {
  const store = memoryStore();
  const host = memoryHost();
  const warehouse = await openWarehouse(store, host, { encode: encodeSimply });
  const table = await createTable(warehouse, 't');
  for (let count = 0; count < 110; count++) await insert(warehouse, table, [1]);
  await warehouse.close(signal);
  return { store, host, warehouse };
}

test('what a crash tore of a checkpoint, or of what points to it, is made up for by older ones and by the commits', async () => {
  const { store, host, warehouse } = await closedAfterManyInserts();
  const paths: string[] = [];
  for await (const { path } of store.list('', signal)) if (/checkpoint/.test(path)) paths.push(path);
  expect(paths.filter((path) => path.startsWith('_catalog/'))).toHaveLength(3);
  expect(paths.filter((path) => path.startsWith('tables/'))).toHaveLength(2);
  for (const torn of paths.reverse()) {
    const bytes = await store.read(torn, signal);
    await store.write(torn, bytes.slice(0, bytes.length / 2), { ifAbsent: false, signal });
    const reopened = await openWarehouse(store, host.sibling());
    expect(reopened.state()).toEqual(warehouse.state());
    expect((await rowsOf(reopened, 't')).length).toBe(110);
  }
});

test('an engine that opens a long catalog starts from its checkpoint', async () => {
  const { store, host, warehouse } = await closedAfterManyInserts();
  const counted = faultStore(store);
  const reopened = await openWarehouse(counted, host.sibling());
  expect(reopened.state()).toEqual(warehouse.state());
  await reopened.idle();
  // The pointer, the checkpoint of version 100, twelve commits after it, the probe for one more and the list of markers.
  expect(counted.calls()).toBe(16);
  const before = counted.calls();
  expect((await rowsOf(reopened, 't')).length).toBe(110);
  // The table's own pointer and checkpoint, and the log files after it.
  expect(counted.calls() - before).toBe(12);
});
