import { expect, onTestFinished, test } from 'vitest';
import { faultStore } from '../test/fault-store.ts';
import { tries } from '../test/long.ts';
import { createTable, insert, rowsOf, signal, tableNamed } from '../test/warehouse.ts';
import { type WorkerStore, workerStore } from '../test/worker-store.ts';
import { openWarehouse } from './index.ts';
import { memoryHost } from './memory-host.ts';

/** The same faults as over a memory store, around OPFS; a killed worker is what a crash of a tab is. */

const KILLS = tries(5, 200);
/** Of every so many calls one goes wrong. */
const EVERY = tries(5, 1);

function freshFolder(): string {
  const name = crypto.randomUUID();
  onTestFinished(async () => {
    const root = await navigator.storage.getDirectory();
    await (await root.getDirectoryHandle('test')).removeEntry(name, { recursive: true });
  });
  return `test/${name}`;
}

function openStore(folder: string): WorkerStore {
  const store = workerStore(folder);
  onTestFinished(() => store.kill());
  return store;
}

async function wait(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Commits one row, two rows and so on until its store is gone; says how many commits it was told of. */
function committing(folder: string) {
  const store = openStore(folder);
  const host = memoryHost();
  const told = { commits: 0 };
  const work = async () => {
    const warehouse = await openWarehouse(store, host);
    const table = await createTable(warehouse, 't');
    for (let rows = 1; ; rows++) {
      await insert(warehouse, table, [rows]);
      told.commits = rows;
    }
  };
  // It never ends by itself: calls of a worker that was killed get no answer.
  void work().catch(() => {});
  return { store, host, told };
}

test(`what a killed worker has committed is there, and nothing half done (${KILLS} kills)`, async () => {
  for (let kill = 0; kill < KILLS; kill++) {
    const folder = freshFolder();
    const { store, host, told } = committing(folder);
    while (told.commits < 2) await wait(5);
    await wait((kill * 37) % 100);
    store.kill();
    const { commits } = told;
    const next = host.sibling();
    host.end();
    const warehouse = await openWarehouse(openStore(folder), next);
    await warehouse.recover(signal);
    const rows = await rowsOf(warehouse, 't');
    expect(rows).toEqual(rows.map((_, index) => index + 1));
    // The last one may have been done without a word of it.
    expect([commits, commits + 1]).toContain(rows.length);
    await insert(warehouse, tableNamed(warehouse, 't'), [rows.length + 1]);
    expect(await rowsOf(warehouse, 't')).toHaveLength(rows.length + 1);
  }
}, 1_800_000);

const MODES = ['fails', 'stumbles', 'dies', 'dies after'] as const;

test.each(MODES)('a commit is done or not done, whatever call of the store %s', async (mode) => {
  const scene = async () => {
    const store = openStore(freshFolder());
    const faulty = faultStore(store);
    const host = memoryHost();
    const warehouse = await openWarehouse(faulty, host);
    const table = await createTable(warehouse, 't');
    await insert(warehouse, table, [1]);
    await warehouse.idle();
    faulty.arm();
    return { store, faulty, host, warehouse, table };
  };
  const whole = await scene();
  await insert(whole.warehouse, whole.table, [2, 3]);
  const calls = whole.faulty.calls();
  expect(calls).toBeGreaterThan(3);
  for (let at = 1; at <= calls; at += EVERY) {
    const { store, faulty, host, warehouse, table } = await scene();
    faulty.arm({ at, mode });
    const isDone = await insert(warehouse, table, [2, 3]).then(
      () => true,
      () => false,
    );
    await warehouse.idle();
    const next = host.sibling();
    host.end();
    const rows = await rowsOf(await openWarehouse(store, next), 't');
    const [before, after] = [[1], [1, 2, 3]];
    expect({ at, rows: rows.length === 1 ? before : after }).toEqual({ at, rows });
    if (isDone) expect({ at, rows }).toEqual({ at, rows: after });
  }
});
