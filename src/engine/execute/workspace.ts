import type { RecordBatch } from 'apache-arrow';
import type { DuckConnection } from '../duck/connection.ts';
import type { Duck } from '../duck/database.ts';
import { macroStatement, macrosIn } from '../functions/macros.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { ipcStream } from '../types/ipc.ts';
import { readBatches } from './batches.ts';

/** DuckDB as the engine uses it: kernels and macros are there when a text mentions them, tables have names of ours. */
export interface Workspace {
  readonly duckdbVersion: string;
  /** For a statement's own work; to be closed. */
  connect(): DuckConnection;
  /** A name that no table has. */
  tableName(): string;
  insert(connection: DuckConnection, table: string, batch: RecordBatch, mode: 'create' | 'append'): void;
  query(connection: DuckConnection, sql: string, signal: AbortSignal): AsyncGenerator<RecordBatch>;
  /** Makes what a text of SQL calls. */
  prepare(connection: DuckConnection, sql: string): Promise<void>;
  memoryBytes(): number;
}

export function openWorkspace(duck: Duck, kernels: readonly Kernel[]): Workspace {
  const byName = new Map(kernels.map((kernel) => [kernel.name, kernel]));
  const made = new Set<string>();
  let tables = 0;
  const prepare = async (connection: DuckConnection, sql: string) => {
    const macros = macrosIn(sql).filter((name) => !made.has(name));
    const statements = macros.map(macroStatement);
    for (const name of namesIn([sql, ...statements].join('\n'))) {
      const kernel = byName.get(name);
      if (!kernel || made.has(name)) continue;
      await kernel.load?.();
      if (made.has(name)) continue;
      made.add(name);
      duck.register(kernel);
    }
    for (const [index, name] of macros.entries()) {
      connection.run(statements[index] ?? '');
      made.add(name);
    }
  };
  return {
    duckdbVersion: duck.version,
    connect: () => duck.connect(),
    tableName: () => `b${++tables}`,
    insert: (connection, table, batch, mode) => connection.insert(table, ipcStream([batch]), mode),
    query: async function* (connection, sql, signal) {
      await prepare(connection, sql);
      yield* readBatches(await connection.stream(sql, signal));
    },
    prepare,
    memoryBytes: duck.memoryBytes,
  };
}

function namesIn(sql: string): ReadonlySet<string> {
  return new Set([...sql.matchAll(/\b([a-z]\w*)(?=\()/g)].map(([, name = '']) => name));
}
