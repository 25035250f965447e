import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoryStore } from '../src/engine/stores/directory.ts';
import { memoryStore } from '../src/engine/stores/memory.ts';
import type { Transaction, Warehouse } from '../src/engine/warehouse/contract.ts';
import { openWarehouse } from '../src/engine/warehouse/index.ts';
import { memoryHost } from '../src/engine/warehouse/memory-host.ts';
import type { DatabaseRecord, LoadedFile, TableRecord } from '../src/engine/warehouse/object.ts';
import { fastest, type Report, round } from './figure.ts';
import { initParquetHere } from './parquet-node.ts';
import { openShell, type ShellProcess } from './shell.ts';

const { signal } = new AbortController();

/** What a commit costs in a warehouse that has seen many, and what opening one costs that has many tables. */
export async function benchWarehouse(program: string, report: Report): Promise<void> {
  initParquetHere();
  await loadHistory(report);
  const folder = mkdtempSync(join(tmpdir(), 'boathouse-bench-'));
  try {
    await openMany(join(folder, 'tables'), report);
    const shell = openShell(program, join(folder, 'commits'));
    await shell.run('SELECT 1'); // DuckDB starts with the first query.
    await shell.run('CREATE TABLE t (a INT, b VARCHAR)');
    let commits = 0;
    for (const until of [10, 1_000, Number(process.env['COMMITS'] ?? 10_000)]) {
      for (; commits < until; commits++) await insertOne(shell, commits);
      await commitsAfter(commits, shell, report);
    }
    await shell.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function insertOne(shell: ShellProcess, value: number) {
  return shell.run(`INSERT INTO t VALUES (${value}, 'row')`);
}

const MEASURED = 100;

/** Between two checkpoints, and with one: the middle of all says what a person feels. */
async function commitsAfter(commits: number, shell: ShellProcess, report: Report): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < MEASURED; run++) times.push((await insertOne(shell, run)).seconds * 1000);
  times.sort((a, b) => a - b);
  const [median = 0, longest = 0] = [times[MEASURED / 2], times.at(-1)];
  const mean = times.reduce((sum, time) => sum + time, 0) / MEASURED;
  const details = { mean: round(mean), longest: round(longest), commits };
  report({ name: `warehouse.insert.after_${commits}`, value: round(median), unit: 'ms', ...details });
}

const TABLES = 1_000;

async function openMany(folder: string, report: Report): Promise<void> {
  const store = directoryStore(folder, { ownsFolders: true });
  const made = await openWarehouse(store, memoryHost());
  for (let first = 0; first < TABLES; first += 100) {
    await commit(made, (transaction) => {
      for (let table = first; table < first + 100; table++) createTable(transaction, `t${table}`);
    });
  }
  await made.close(signal);
  const seconds = await fastest(5, async () => {
    const opened = await openWarehouse(store, memoryHost());
    await opened.close(signal);
  });
  report({ name: 'warehouse.open', value: round(seconds * 1000), unit: 'ms', tables: TABLES });
}

const FILES = 100_000;

/** One more loaded file where many are known. */
async function loadHistory(report: Report): Promise<void> {
  const warehouse = await openWarehouse(memoryStore(), memoryHost());
  await commit(warehouse, (transaction) => createTable(transaction, 't'));
  const table = [...warehouse.state().objects.values()].find(
    (object): object is TableRecord => object.kind === 'Table',
  );
  if (!table) throw new Error('the table is there');
  const record = (first: number, count: number) => {
    const files = Array.from({ length: count }, (_, index) => loadedFile(first + index));
    return commit(warehouse, (transaction) => transaction.recordLoads(table, files, { force: false }));
  };
  for (let first = 0; first < FILES; first += 10_000) await record(first, 10_000);
  let next = FILES;
  const seconds = await fastest(20, () => record(next++, 1));
  report({ name: 'warehouse.load_history', value: round(seconds * 1000), unit: 'ms', files: FILES });
}

function loadedFile(index: number): LoadedFile {
  const now = Date.now();
  const path = `2025/file-${index}.csv`;
  return { path, size: 1000, etag: '"abcdef', lastModified: now, loadedOn: now, expiresOn: now + 86_400_000 };
}

function createTable(transaction: Transaction, name: string): void {
  const database = [...transaction.state().objects.values()].find(
    (object): object is DatabaseRecord => object.kind === 'Database',
  );
  const columns = [{ name: 'a', type: { kind: 'Int32' }, nullable: true }] as const;
  const given = { comment: '', options: {}, transient: false, clusterKey: [] };
  transaction.create<'Table'>({ kind: 'Table', name, databaseId: database?.id ?? 0, columns, ...given });
}

async function commit(warehouse: Warehouse, work: (transaction: Transaction) => void): Promise<void> {
  const transaction = warehouse.begin();
  work(transaction);
  await transaction.commit(signal);
}
