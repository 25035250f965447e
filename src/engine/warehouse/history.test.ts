import { describe, expect, test } from 'vitest';
import { collect } from '../base/async.ts';
import { memoryStore } from '../stores/memory.ts';
import { encodeSimply } from '../test/table-encoder.ts';
import { append, createTable, fileOf, insert, pathsIn, rowsOf, signal } from '../test/warehouse.ts';
import type { Warehouse } from './contract.ts';
import { firstVersion, tableHistory } from './history.ts';
import { openWarehouse } from './index.ts';
import { memoryHost } from './memory-host.ts';
import type { TableRecord } from './object.ts';
import { expiredTables, purgeTables, runVacuum, vacuumPlan } from './vacuum.ts';

interface Scene {
  readonly warehouse: Warehouse;
  readonly table: TableRecord;
  /** Sets the clock. */
  at(time: number): void;
}

/** A table that was made at 1000 and got a file of one row at 2000 and one of two rows at 3000. */
async function scene(): Promise<Scene> {
  let time = 1000;
  const warehouse = await openWarehouse(memoryStore(), memoryHost({ now: () => time }), {
    encode: encodeSimply,
  });
  const table = await createTable(warehouse, 't');
  for (const rows of [1, 2]) {
    time = (rows + 1) * 1000;
    await insert(warehouse, table, [rows]);
  }
  return {
    warehouse,
    table,
    at: (next) => {
      time = next;
    },
  };
}

/** Replaces the table's first file by one of other rows. */
async function rewrite(warehouse: Warehouse, table: TableRecord, rows: number): Promise<void> {
  const transaction = warehouse.begin();
  const { files } = await transaction.snapshot(table, signal);
  const added = [await transaction.writeFile(table, fileOf(rows), signal)];
  transaction.write(table, { added, removed: [...files.values()].slice(0, 1), operation: 'UPDATE' });
  await transaction.commit(signal);
}

describe('the history of a table', () => {
  test('is listed from its newest version', async () => {
    const { warehouse, table } = await scene();
    const moments = await collect(tableHistory(warehouse, table, signal));
    expect(moments.map(({ version, timestamp, operation }) => [version, timestamp, operation])).toEqual([
      [2, 3000, 'WRITE'],
      [1, 2000, 'WRITE'],
      [0, 1000, 'CREATE TABLE'],
    ]);
    expect(moments.every(({ snapshotId }) => /^[0-9a-f]{32}$/.test(snapshotId))).toBe(true);
  });

  test('is found by time and by snapshot', async () => {
    const { warehouse, table } = await scene();
    const moments = () => tableHistory(warehouse, table, signal);
    const at = (time: number) => firstVersion(moments(), ({ timestamp }) => timestamp <= time);
    expect([await at(3000), await at(2999), await at(1000)]).toEqual([2, 1, 0]);
    await expect(at(999)).rejects.toMatchObject({ code: 2013 });
    const [, second] = await collect(moments());
    expect(await firstVersion(moments(), ({ snapshotId }) => snapshotId === second?.snapshotId)).toBe(1);
    await expect(firstVersion(moments(), () => false)).rejects.toMatchObject({ code: 2013 });
  });

  test('never goes back in time with the clock', async () => {
    const { warehouse, table, at } = await scene();
    at(500);
    await insert(warehouse, table, [3]);
    const moments = await collect(tableHistory(warehouse, table, signal));
    expect(moments.map(({ timestamp }) => timestamp)).toEqual([3000, 3000, 2000, 1000]);
  });
});

describe('a table that goes back to a former version', () => {
  test('has its files and their row ids again, and can go forward again', async () => {
    const { warehouse, table } = await scene();
    await rewrite(warehouse, table, 7);
    const restore = async (version: number) => {
      const transaction = warehouse.begin();
      transaction.restore(table, await warehouse.snapshot(table, signal, version));
      await transaction.commit(signal);
    };
    await restore(1);
    expect(await rowsOf(warehouse, 't')).toEqual([1]);
    await restore(3);
    expect(await rowsOf(warehouse, 't')).toEqual([2, 7]);
    const { files } = await warehouse.snapshot(table, signal);
    expect([...files.values()].map(({ baseRowId }) => baseRowId)).toEqual([1, 3]);
  });

  test('loses no commit of others', async () => {
    const { warehouse, table } = await scene();
    const transaction = warehouse.begin();
    transaction.restore(table, await warehouse.snapshot(table, signal, 1));
    await insert(warehouse, table, [9]);
    await expect(transaction.commit(signal)).rejects.toMatchObject({ code: 4001 });
  });
});

describe('VACUUM', () => {
  test('finds what no version since then has', async () => {
    const { warehouse, table, at } = await scene();
    at(4000);
    await rewrite(warehouse, table, 7);
    at(5000);
    await rewrite(warehouse, table, 8);
    const unused = async (from: number) =>
      (await vacuumPlan(warehouse, table, from, signal)).data.map(({ size }) => size).sort();
    expect([await unused(2), await unused(3), await unused(4)]).toEqual([[], [1], [1, 2]]);
    await warehouse.idle();
    await runVacuum(warehouse, await vacuumPlan(warehouse, table, 4, signal), signal);
    expect(await rowsOf(warehouse, 't')).toEqual([7, 8]);
  });

  test('ends the history', async () => {
    const { warehouse, table, at } = await scene();
    at(4000);
    await insert(warehouse, table, [7]);
    const plan = await vacuumPlan(warehouse, table, 2, signal);
    expect([plan.commits.length, plan.checkpoints.length]).toEqual([2, 0]);
    await runVacuum(warehouse, plan, signal);
    const history = (await collect(tableHistory(warehouse, table, signal))).map(({ version }) => version);
    expect(history).toEqual([3, 2]);
    expect(await rowsOf(warehouse, 't')).toEqual([1, 2, 7]);
    const before = firstVersion(tableHistory(warehouse, table, signal), ({ timestamp }) => timestamp <= 1000);
    await expect(before).rejects.toMatchObject({ code: 2013 });
  });

  test('leaves alone what a transaction is writing', async () => {
    const { warehouse, table } = await scene();
    await warehouse.idle();
    const transaction = warehouse.begin();
    await append(transaction, table, [4]);
    expect((await vacuumPlan(warehouse, table, 2, signal)).data).toEqual([]);
    await transaction.commit(signal);
    expect(await rowsOf(warehouse, 't')).toEqual([1, 2, 4]);
  });

  test('forgets dropped tables and their files', async () => {
    const { warehouse, table, at } = await scene();
    at(4000);
    const transaction = warehouse.begin();
    transaction.drop(table);
    await transaction.commit(signal);
    expect(expiredTables(warehouse, 4000)).toEqual([]);
    await purgeTables(warehouse, expiredTables(warehouse, 4001), signal);
    expect(warehouse.state().dropped.size).toBe(0);
    expect(await pathsIn(warehouse.store, 'tables/')).toEqual([]);
  });
});
