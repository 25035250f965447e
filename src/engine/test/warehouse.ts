import { memoryStore } from '../stores/memory.ts';
import type { WritableStore } from '../stores/store.ts';
import type { EncodedFile } from '../table/data-file.ts';
import { plain } from '../types/type.ts';
import type { Transaction, Warehouse } from '../warehouse/contract.ts';
import { findDatabase, findTable } from '../warehouse/find.ts';
import { openWarehouse } from '../warehouse/index.ts';
import { memoryHost } from '../warehouse/memory-host.ts';
import type { Definition, LoadedFile, TableRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';

/** What tests of the warehouse say over and over. */

export const { signal } = new AbortController();

/** A new warehouse in memory. */
export async function open(): Promise<Warehouse> {
  return openWarehouse(memoryStore(), memoryHost());
}

/** Two engines on one warehouse in memory. */
export async function twoEngines(): Promise<readonly [Warehouse, Warehouse]> {
  const store = memoryStore();
  const host = memoryHost();
  const first = await openWarehouse(store, host);
  return [first, await openWarehouse(store, host.sibling())];
}

/** Not a Parquet file: the warehouse never looks inside. */
export function fileOf(rows: number): EncodedFile {
  return { bytes: new Uint8Array(rows), rows, stats: `{"numRecords":${rows}}` };
}

export function tableDefinition(state: CatalogState, name: string, columns = ['a']): Definition<'Table'> {
  return {
    kind: 'Table',
    name,
    databaseId: findDatabase(state, 'default').id,
    columns: columns.map((column) => ({ name: column, type: plain('Int64'), nullable: true })),
    comment: '',
    options: {},
    transient: false,
    clusterKey: [],
  };
}

export async function createTable(warehouse: Warehouse, name: string): Promise<TableRecord> {
  const transaction = warehouse.begin();
  const table = transaction.create<'Table'>(tableDefinition(warehouse.state(), name));
  await transaction.commit(signal);
  return table;
}

/** Adds a file for each number of rows. */
export async function append(transaction: Transaction, table: TableRecord, rows: readonly number[]): Promise<void> {
  const added = [];
  for (const count of rows) added.push(await transaction.writeFile(table, fileOf(count), signal));
  transaction.write(table, { added, removed: [], operation: 'WRITE' });
}

export async function insert(warehouse: Warehouse, table: TableRecord, rows: readonly number[]): Promise<void> {
  const transaction = warehouse.begin();
  await append(transaction, table, rows);
  await transaction.commit(signal);
}

export function tableNamed(warehouse: Warehouse, name: string): TableRecord {
  const state = warehouse.state();
  return findTable(state, findDatabase(state, 'default'), name);
}

/** Rows of each file of the table, in the order of the files. */
export async function rowsOf(warehouse: Warehouse, name: string): Promise<(number | undefined)[]> {
  const { files } = await warehouse.snapshot(tableNamed(warehouse, name), signal);
  return [...files.values()].map(({ rows }) => rows);
}

export function loaded(path: string, loadedOn = 0): LoadedFile {
  return { path, size: 1, etag: undefined, lastModified: undefined, loadedOn, expiresOn: loadedOn + 1000 };
}

export async function pathsIn(store: WritableStore, prefix = ''): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of store.list(prefix, signal)) paths.push(path);
  return paths;
}
