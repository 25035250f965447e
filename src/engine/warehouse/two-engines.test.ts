import { describe, expect, test } from 'vitest';
import {
  append,
  createTable,
  fileOf,
  insert,
  loaded,
  pathsIn,
  rowsOf,
  signal,
  tableNamed,
  twoEngines,
} from '../test/warehouse.ts';
import type { ObjectChange, Warehouse } from './contract.ts';

describe('two engines', () => {
  test('append to one table at the same time', async () => {
    const [one, two] = await twoEngines();
    const table = await createTable(one, 't');
    await two.refresh(signal);
    const first = one.begin();
    const second = two.begin();
    await append(first, table, [1]);
    await append(second, table, [2]);
    await Promise.all([first.commit(signal), second.commit(signal)]);
    await one.refresh(signal);
    await two.refresh(signal);
    expect((await rowsOf(one, 't')).sort()).toEqual([1, 2]);
    expect(await rowsOf(two, 't')).toEqual(await rowsOf(one, 't'));
    const { files } = await one.snapshot(table, signal);
    expect([...files.values()].map(({ baseRowId }) => baseRowId)).toEqual([0, (await rowsOf(one, 't'))[0]]);
  });

  test('cannot both rewrite a file', async () => {
    const [one, two] = await twoEngines();
    const table = await createTable(one, 't');
    await insert(one, table, [3]);
    await two.refresh(signal);
    const rewrite = async (warehouse: Warehouse) => {
      const transaction = warehouse.begin();
      const { files } = await transaction.snapshot(table, signal);
      const added = [await transaction.writeFile(table, fileOf(2), signal)];
      transaction.write(table, { added, removed: [...files.values()], operation: 'DELETE' });
      return transaction;
    };
    const first = await rewrite(one);
    const second = await rewrite(two);
    await first.commit(signal);
    await expect(second.commit(signal)).rejects.toMatchObject({
      code: 4001,
      message: "Unresolvable conflict: rows of table 't' were changed by another transaction",
    });
    await two.refresh(signal);
    expect(await rowsOf(two, 't')).toEqual([2]);
    await two.idle();
    expect(await pathsIn(two.store, '_transactions/')).toEqual([]);
  });

  test('cannot both load a file unless forced', async () => {
    const [one, two] = await twoEngines();
    const table = await createTable(one, 't');
    await two.refresh(signal);
    const load = (warehouse: Warehouse, force: boolean) => {
      const transaction = warehouse.begin();
      transaction.recordLoads(table, [loaded('a.csv')], { force });
      return transaction;
    };
    const [first, second, third] = [load(one, false), load(two, false), load(two, true)];
    await first.commit(signal);
    await expect(second.commit(signal)).rejects.toMatchObject({ code: 2014 });
    await third.commit(signal);
  });

  test.each([
    [
      'altered',
      4001,
      (warehouse: Warehouse) => {
        const table = tableNamed(warehouse, 't');
        const columns = [...table.columns, { ...table.columns[0], name: 'z' } as (typeof table.columns)[number]];
        const transaction = warehouse.begin();
        transaction.alter<'Table'>({ ...table, columns });
        return transaction.commit(signal);
      },
    ],
    [
      'dropped',
      4001,
      (warehouse: Warehouse) => {
        const transaction = warehouse.begin();
        transaction.drop(tableNamed(warehouse, 't'));
        return transaction.commit(signal);
      },
    ],
  ])('cannot write a table that the other has %s', async (_, code, change) => {
    const [one, two] = await twoEngines();
    const table = await createTable(one, 't');
    await two.refresh(signal);
    const writing = two.begin();
    await append(writing, table, [1]);
    await change(one);
    await expect(writing.commit(signal)).rejects.toMatchObject({ code });
  });

  test('cannot both alter an object', async () => {
    const [one, two] = await twoEngines();
    const table = await createTable(one, 't');
    await two.refresh(signal);
    const alter = (warehouse: Warehouse, name: string) => {
      const transaction = warehouse.begin();
      transaction.alter<'Table'>({ ...table, name });
      return transaction;
    };
    const [first, second] = [alter(one, 'a'), alter(two, 'b')];
    await first.commit(signal);
    await expect(second.commit(signal)).rejects.toMatchObject({ code: 4001 });
  });

  test('a merge does not add what the other has added', async () => {
    const [one, two] = await twoEngines();
    const table = await createTable(one, 't');
    await two.refresh(signal);
    const merge = two.begin();
    const added = [await merge.writeFile(table, fileOf(1), signal)];
    merge.write(table, { added, removed: [], operation: 'MERGE', restsOn: [] });
    await insert(one, table, [1]);
    await expect(merge.commit(signal)).rejects.toMatchObject({ code: 4001 });
  });

  test('tell each other what they changed', async () => {
    const [one, two] = await twoEngines();
    const heard: (readonly ObjectChange[])[] = [];
    two.onChange((changes) => heard.push(changes));
    await createTable(one, 't');
    await new Promise((resolve) => setTimeout(resolve));
    expect(heard).toEqual([[{ kind: 'Table', database: 'default', name: 't' }]]);
  });
});
