import { createRequire } from 'node:module';
import { createDuckDB, DEFAULT_RUNTIME, type DuckDBBindingsBase, VoidLogger } from '@duckdb/duckdb-wasm/blocking';
import { Table, tableToIPC } from 'apache-arrow';
import { eventBatch } from './events.ts';

/** DuckDB-WASM as it comes, one thread, with the events as a table: what our queries are measured against. */
export async function openPlainDuck(rows: number, batchRows: number): Promise<(sql: string) => void> {
  const wasm = createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
  const bundle = { mainModule: wasm, mainWorker: '' };
  const made = await createDuckDB({ mvp: bundle, eh: bundle }, new VoidLogger(), DEFAULT_RUNTIME);
  const bindings = made as DuckDBBindingsBase;
  await bindings.instantiate();
  bindings.open({ path: ':memory:' });
  const connection = bindings.connect();
  for (let first = 0; first < rows; first += batchRows) {
    const stream = tableToIPC(new Table([eventBatch(first, Math.min(batchRows, rows - first))]), 'stream');
    connection.insertArrowFromIPCStream(stream, { name: 'frame_events', schema: 'main', create: first === 0 });
  }
  return (sql) => void connection.query(sql);
}
