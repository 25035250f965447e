import { describe, expect, test } from 'vitest';
import { memoryStore } from '../stores/memory.ts';
import {
  append,
  createTable,
  fileOf,
  insert,
  loaded,
  open,
  pathsIn,
  rowsOf,
  signal,
  tableDefinition,
  tableNamed,
  twoEngines,
} from '../test/warehouse.ts';
import type { Warehouse } from './contract.ts';
import {
  databasesOf,
  findDatabase,
  findDroppedDatabase,
  findDroppedTable,
  findStage,
  findTable,
  tablesOf,
} from './find.ts';
import { openWarehouse } from './index.ts';
import { memoryHost } from './memory-host.ts';

function names(warehouse: Warehouse): string[] {
  const state = warehouse.state();
  return tablesOf(state, findDatabase(state, 'default')).map(({ name }) => name);
}

describe('a warehouse', () => {
  test('is founded with the database default', async () => {
    const warehouse = await open();
    expect(databasesOf(warehouse.state()).map(({ name }) => name)).toEqual(['default']);
    expect(warehouse.state().version).toBe(1);
  });

  test('is founded once when two engines open it at the same time', async () => {
    const store = memoryStore();
    const host = memoryHost();
    const both = await Promise.all([openWarehouse(store, host), openWarehouse(store, host.sibling())]);
    for (const warehouse of both) {
      await warehouse.refresh(signal);
      expect(databasesOf(warehouse.state()).length).toBe(1);
    }
  });

  test('keeps tables, their rows and what was loaded', async () => {
    const store = memoryStore();
    const host = memoryHost();
    const warehouse = await openWarehouse(store, host);
    const table = await createTable(warehouse, 't');
    const transaction = warehouse.begin();
    await append(transaction, table, [3, 4]);
    transaction.recordLoads(table, [loaded('a.csv')], { force: false });
    expect(await rowsOf(warehouse, 't')).toEqual([]);
    expect(transaction.state().tableVersions.get(table.id)?.rows).toBe(7);
    await transaction.commit(signal);

    const reopened = await openWarehouse(store, host.sibling());
    expect(await rowsOf(reopened, 't')).toEqual([3, 4]);
    expect(reopened.state()).toEqual(warehouse.state());
    const version = reopened.state().tableVersions.get(table.id);
    expect(version).toMatchObject({ version: 1, rows: 7, bytes: 7, files: 2 });
    expect([...(reopened.state().loads.get(table.id)?.keys() ?? [])]).toEqual(['a.csv']);
  });

  test('shows an older version of a table', async () => {
    const warehouse = await open();
    const table = await createTable(warehouse, 't');
    await insert(warehouse, table, [1]);
    await insert(warehouse, table, [2]);
    const { rows, files } = await warehouse.snapshot(table, signal, 1);
    expect([rows, files.size]).toEqual([1, 1]);
  });

  test('leaves nothing behind but its tables and its catalog', async () => {
    const store = memoryStore();
    const warehouse = await openWarehouse(store, memoryHost());
    const table = await createTable(warehouse, 't');
    await insert(warehouse, table, [1]);
    const lost = warehouse.begin();
    await append(lost, table, [2]);
    await lost.rollback(signal);
    await warehouse.close(signal);
    const paths = await pathsIn(store);
    expect(paths.map((path) => path.replace(/[0-9a-f]{32}/g, '*')).sort()).toEqual([
      '_catalog/00000000000000000001.json',
      '_catalog/00000000000000000002.json',
      '_catalog/00000000000000000003.json',
      'tables/*/*-0.parquet',
      'tables/*/_delta_log/00000000000000000000.json',
      'tables/*/_delta_log/00000000000000000001.json',
    ]);
  });
});

describe('a transaction', () => {
  test('sees what it writes, and others do not', async () => {
    const [mine, other] = await twoEngines();
    const transaction = mine.begin();
    const table = transaction.create<'Table'>(tableDefinition(mine.state(), 't'));
    await append(transaction, table, [5]);
    const { rows, fields } = await transaction.snapshot(table, signal);
    expect([rows, fields.map(({ name }) => name)]).toEqual([5, ['a']]);
    await other.refresh(signal);
    expect(names(other)).toEqual([]);
    await transaction.commit(signal);
    await other.refresh(signal);
    expect(names(other)).toEqual(['t']);
    expect(await rowsOf(other, 't')).toEqual([5]);
  });

  test('that rewrites a file of its own leaves only the new one', async () => {
    const store = memoryStore();
    const warehouse = await openWarehouse(store, memoryHost());
    const table = await createTable(warehouse, 't');
    const transaction = warehouse.begin();
    await append(transaction, table, [5]);
    const { files } = await transaction.snapshot(table, signal);
    const added = [await transaction.writeFile(table, fileOf(4), signal)];
    transaction.write(table, { added, removed: [...files.values()], operation: 'DELETE' });
    await transaction.commit(signal);
    await warehouse.idle();
    expect(await rowsOf(warehouse, 't')).toEqual([4]);
    expect((await pathsIn(store, `tables/${table.folder}/`)).filter((path) => path.endsWith('.parquet')).length).toBe(
      1,
    );
  });

  test('that changes nothing commits nothing', async () => {
    const warehouse = await open();
    expect(await warehouse.begin().commit(signal)).toEqual({ version: 1, changes: [] });
  });

  test('writes several tables at once', async () => {
    const warehouse = await open();
    const a = await createTable(warehouse, 'a');
    const b = await createTable(warehouse, 'b');
    const transaction = warehouse.begin();
    await append(transaction, a, [1]);
    await append(transaction, b, [2]);
    const { version, changes } = await transaction.commit(signal);
    expect(version).toBe(4);
    expect(changes).toEqual([
      { kind: 'Table', database: 'default', name: 'a' },
      { kind: 'Table', database: 'default', name: 'b' },
    ]);
  });

  test('creates a table and drops it again', async () => {
    const warehouse = await open();
    const transaction = warehouse.begin();
    const table = transaction.create<'Table'>(tableDefinition(warehouse.state(), 't'));
    transaction.drop(table);
    await transaction.commit(signal);
    expect(names(warehouse)).toEqual([]);
    expect(warehouse.state().dropped.size).toBe(0);
  });
});

describe('names', () => {
  test('that are taken are refused', async () => {
    const warehouse = await open();
    await createTable(warehouse, 't');
    const transaction = warehouse.begin();
    const again = tableDefinition(warehouse.state(), 't');
    expect(() => transaction.create<'Table'>(again)).toThrow("Table 't' already exists");
    const { databaseId } = again;
    const view = { kind: 'View', name: 't', databaseId, comment: '', query: 'SELECT 1', columns: undefined } as const;
    expect(() => transaction.create<'View'>(view)).toThrow("Table 't' already exists");
    expect(() => transaction.create<'View'>(view, { orReplace: true })).toThrow("'t' is a Table, not a View");
  });

  test('that are unknown are reported with what was probably meant', async () => {
    const warehouse = await open();
    await createTable(warehouse, 'trips');
    const state = warehouse.state();
    const database = findDatabase(state, 'default');
    expect(() => findTable(state, database, 'tripz')).toThrow(
      expect.objectContaining({ code: 1025, message: "Unknown table 'default.tripz'", suggestions: ['trips'] }),
    );
    expect(() => findDatabase(state, 'defualt')).toThrow(
      expect.objectContaining({ code: 1003, message: "Unknown database 'defualt'", suggestions: ['default'] }),
    );
    expect(() => findStage(state, 's')).toThrow(
      expect.objectContaining({ code: 2501, message: "Stage 's' does not exist." }),
    );
  });

  test('of two tables can be swapped', async () => {
    const warehouse = await open();
    const a = await createTable(warehouse, 'a');
    const b = await createTable(warehouse, 'b');
    const transaction = warehouse.begin();
    const away = transaction.alter<'Table'>({ ...a, name: 'a~' });
    transaction.alter<'Table'>({ ...b, name: 'a' });
    transaction.alter<'Table'>({ ...away, name: 'b' });
    await transaction.commit(signal);
    expect([tableNamed(warehouse, 'a').id, tableNamed(warehouse, 'b').id]).toEqual([b.id, a.id]);
    const { metadata } = await warehouse.snapshot(a, signal);
    expect(metadata.name).toBe('b');
  });
});

describe('dropped', () => {
  test('tables come back with their rows', async () => {
    const warehouse = await open();
    const table = await createTable(warehouse, 't');
    await insert(warehouse, table, [3]);
    const dropping = warehouse.begin();
    dropping.drop(table);
    await dropping.commit(signal);
    expect(names(warehouse)).toEqual([]);
    const state = warehouse.state();
    const back = warehouse.begin();
    back.undrop(findDroppedTable(state, findDatabase(state, 'default'), 't'));
    await back.commit(signal);
    expect(await rowsOf(warehouse, 't')).toEqual([3]);
    expect(warehouse.state().dropped.size).toBe(0);
  });

  test('databases come back with the tables that went with them', async () => {
    const warehouse = await open();
    const making = warehouse.begin();
    const database = making.create<'Database'>({ kind: 'Database', name: 'd', comment: '', options: {} });
    const kept = { ...tableDefinition(warehouse.state(), 'kept'), databaseId: database.id };
    const early = making.create<'Table'>({ ...kept, name: 'early' });
    making.create<'Table'>(kept);
    await making.commit(signal);
    const first = warehouse.begin();
    first.drop(early);
    await first.commit(signal);
    const second = warehouse.begin();
    second.drop(database);
    await second.commit(signal);
    expect(() => findDatabase(warehouse.state(), 'd')).toThrow("Unknown database 'd'");
    const back = warehouse.begin();
    back.undrop(findDroppedDatabase(warehouse.state(), 'd'));
    await back.commit(signal);
    const state = warehouse.state();
    expect(tablesOf(state, findDatabase(state, 'd')).map(({ name }) => name)).toEqual(['kept']);
    expect(findDroppedTable(state, findDatabase(state, 'd'), 'early').object.id).toBe(early.id);
  });

  test('tables that were replaced are in the history', async () => {
    const warehouse = await open();
    const old = await createTable(warehouse, 't');
    const transaction = warehouse.begin();
    transaction.create<'Table'>(tableDefinition(warehouse.state(), 't', ['b']), { orReplace: true });
    await transaction.commit(signal);
    expect(tableNamed(warehouse, 't').id).not.toBe(old.id);
    expect([...warehouse.state().dropped.keys()]).toEqual([old.id]);
  });

  test('tables do not come back over a live one of their name', async () => {
    const warehouse = await open();
    const old = await createTable(warehouse, 't');
    const replacing = warehouse.begin();
    replacing.create<'Table'>(tableDefinition(warehouse.state(), 't'), { orReplace: true });
    await replacing.commit(signal);
    const dropped = warehouse.state().dropped.get(old.id);
    expect(() => dropped && warehouse.begin().undrop(dropped)).toThrow("Undrop table 't' already exists");
  });
});

describe('columns', () => {
  test('that are renamed keep their names in data files', async () => {
    const warehouse = await open();
    const table = await createTable(warehouse, 't');
    const transaction = warehouse.begin();
    const columns = table.columns.map((column) => ({ ...column, name: 'b' }));
    transaction.alter<'Table'>({ ...table, columns }, { renames: new Map([['b', 'a']]) });
    await transaction.commit(signal);
    const { fields } = await warehouse.snapshot(table, signal);
    expect(fields.map(({ name, delta }) => [name, delta.metadata['delta.columnMapping.physicalName']])).toEqual([
      ['b', 'a'],
    ]);
    expect(tableNamed(warehouse, 't').version).toBe(2);
  });
});

test('what was loaded is forgotten once it has expired', async () => {
  const warehouse = await open();
  const table = await createTable(warehouse, 't');
  const load = async (path: string, time: number) => {
    const transaction = warehouse.begin();
    transaction.recordLoads(table, [loaded(path, time)], { force: false });
    await transaction.commit(signal);
    return [...(warehouse.state().loads.get(table.id)?.keys() ?? [])];
  };
  expect(await load('a', 0)).toEqual(['a']);
  await expect(load('a', 999)).rejects.toMatchObject({ code: 2014 });
  expect(await load('b', 999)).toEqual(['a', 'b']);
  expect(await load('a', 1000)).toEqual(['b', 'a']);
});
