import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SqlError } from '../base/errors.ts';
import { memoryStore } from '../stores/memory.ts';
import type { WritableStore } from '../stores/store.ts';
import { readSnapshot } from '../table/log.ts';
import { tries } from '../test/long.ts';
import { createTable, fileOf, insert, rowsOf, signal } from '../test/warehouse.ts';
import type { Warehouse } from './contract.ts';
import { openWarehouse } from './index.ts';
import { memoryHost } from './memory-host.ts';
import type { TableRecord } from './object.ts';
import { tableFolder } from './paths.ts';

/** A store whose answers take their time, by turns as the numbers say. */
function slowStore(store: WritableStore, delays: readonly number[]): WritableStore {
  let calls = 0;
  const wait = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    const delay = delays[calls++ % delays.length] ?? 0;
    for (let turn = 0; turn < delay; turn++) await new Promise(setImmediate);
    return call();
  };
  return {
    list: store.list,
    head: (path, wanted) => wait(() => store.head(path, wanted)),
    read: (path, wanted, range) => wait(() => store.read(path, wanted, range)),
    write: (path, bytes, options) => wait(() => store.write(path, bytes, options)),
    remove: (path, wanted) => wait(() => store.remove(path, wanted)),
  };
}

/** Replaces a file by one of as many rows; gives up when another engine was first. */
async function rewrite(warehouse: Warehouse, table: TableRecord, pick: number): Promise<void> {
  const transaction = warehouse.begin();
  const files = [...(await transaction.snapshot(table, signal)).files.values()];
  const file = files[pick % Math.max(files.length, 1)];
  if (!file) return;
  const added = [await transaction.writeFile(table, fileOf(file.rows ?? 0), signal)];
  transaction.write(table, { added, removed: [file], operation: 'UPDATE' });
  await transaction.commit(signal).catch((error: unknown) => {
    if (!(error instanceof SqlError) || error.kind !== 'UnresolvableConflict') throw error;
  });
}

/** Even numbers insert so many rows, odd ones rewrite a file. Gives the rows inserted. */
async function play(warehouse: Warehouse, table: TableRecord, numbers: readonly number[]): Promise<number[]> {
  const inserted: number[] = [];
  for (const number of numbers) {
    await warehouse.refresh(signal);
    if (number % 2 === 1) await rewrite(warehouse, table, number);
    else {
      await insert(warehouse, table, [number]);
      inserted.push(number);
    }
  }
  return inserted;
}

const numbers = fc.array(fc.nat(40), { minLength: 1, maxLength: 10 });
const delays = fc.array(fc.nat(3), { minLength: 1, maxLength: 12 });
const ascending = (list: readonly (number | undefined)[]) => list.toSorted((a, b) => Number(a) - Number(b));

test('of what two engines do at the same time nothing is lost and nothing is done twice', async () => {
  await fc.assert(
    fc.asyncProperty(numbers, numbers, delays, delays, async (first, second, fast, slow) => {
      const store = memoryStore();
      const host = memoryHost();
      const one = await openWarehouse(slowStore(store, fast), host);
      const two = await openWarehouse(slowStore(store, slow), host.sibling());
      const table = await createTable(one, 't');
      const inserted = await Promise.all([play(one, table, first), play(two, table, second)]);
      for (const warehouse of [one, two]) {
        await warehouse.refresh(signal);
        expect(ascending(await rowsOf(warehouse, 't'))).toEqual(ascending(inserted.flat()));
      }
      expect(one.state()).toEqual(two.state());
      const { files, version } = await readSnapshot({ store, folder: tableFolder(table) }, signal);
      expect(version).toBe(one.state().tableVersions.get(table.id)?.version);
      const ids = [...files.values()].flatMap(({ baseRowId = 0, rows = 0 }) =>
        Array.from({ length: rows }, (_, row) => baseRowId + row),
      );
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: tries(30), seed: 1 },
  );
});
