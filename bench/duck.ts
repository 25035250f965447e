import { createRequire } from 'node:module';
import { createDuckDB, DEFAULT_RUNTIME, type DuckDBBindingsBase, VoidLogger } from '@duckdb/duckdb-wasm/blocking';
import { Table, tableToIPC } from 'apache-arrow';
import { eventBatch } from './events.ts';

/** DuckDB-WASM as it comes, in one thread. */
export interface PlainDuck {
  run(sql: string): void;
  /** An Arrow IPC stream as a table, or appended to one. */
  insert(table: string, stream: Uint8Array, create: boolean): void;
}

export async function openEmptyDuck(): Promise<PlainDuck> {
  const wasm = createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
  const bundle = { mainModule: wasm, mainWorker: '' };
  const made = await createDuckDB({ mvp: bundle, eh: bundle }, new VoidLogger(), DEFAULT_RUNTIME);
  const bindings = made as DuckDBBindingsBase;
  await bindings.instantiate();
  bindings.open({ path: ':memory:' });
  const connection = bindings.connect();
  return {
    run: (sql) => void connection.query(sql),
    insert: (name, stream, create) => connection.insertArrowFromIPCStream(stream, { name, schema: 'main', create }),
  };
}

/** With the events as a table: what our queries are measured against. */
export async function openPlainDuck(rows: number, batchRows: number): Promise<(sql: string) => void> {
  const duck = await openEmptyDuck();
  for (let first = 0; first < rows; first += batchRows) {
    const stream = tableToIPC(new Table([eventBatch(first, Math.min(batchRows, rows - first))]), 'stream');
    duck.insert('frame_events', stream, first === 0);
  }
  return duck.run;
}
