import { expect, onTestFinished, test } from 'vitest';
import { createTable, insert, rowsOf, signal } from '../test/warehouse.ts';
import { workerStore } from '../test/worker-store.ts';
import { browserHost } from './browser-host.ts';
import { openWarehouse } from './index.ts';

const NAME = 'warehouse-of-tests';

test('a lock is held by one host at a time', async () => {
  const [one, two] = [browserHost(NAME), browserHost(NAME)];
  const release = await one.locks.hold('a', signal);
  expect([await two.locks.isHeld('a'), await two.locks.isHeld('b')]).toEqual([true, false]);
  const order: string[] = [];
  const waiting = two.locks.withLock('a', signal, async () => order.push('two'));
  order.push('one');
  release();
  await waiting;
  expect(order).toEqual(['one', 'two']);
  expect(await one.locks.isHeld('a')).toBe(false);
});

test('waiting for a lock ends with an abort', async () => {
  const [one, two] = [browserHost(NAME), browserHost(NAME)];
  const release = await one.locks.hold('a', signal);
  const controller = new AbortController();
  const waiting = two.locks.withLock('a', controller.signal, async () => 'never');
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  release();
});

test('locks of different warehouses have nothing to do with each other', async () => {
  const release = await browserHost(NAME).locks.hold('a', signal);
  expect(await browserHost('another').locks.isHeld('a')).toBe(false);
  release();
});

test('two engines write one warehouse in OPFS, and hear of each other', async () => {
  const folder = `test/${crypto.randomUUID()}`;
  const engines = await Promise.all(
    [0, 1].map(() => {
      const store = workerStore(folder);
      onTestFinished(() => store.kill());
      return openWarehouse(store, browserHost(folder));
    }),
  );
  const [one, two] = engines;
  if (!one || !two) throw new Error('two engines');
  const heard = new Promise((resolve) => two.onChange(resolve));
  const table = await createTable(one, 't');
  expect(await heard).toEqual([{ kind: 'Table', database: 'default', name: 't' }]);
  await two.refresh(signal);
  await Promise.all(
    [one, two].map(async (warehouse, index) => {
      for (let count = 0; count < 5; count++) await insert(warehouse, table, [index + 1]);
    }),
  );
  for (const engine of engines) {
    await engine.refresh(signal);
    expect((await rowsOf(engine, 't')).sort()).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
    await engine.close(signal);
  }
});
