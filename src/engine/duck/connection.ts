import type { DuckDBBindingsBase } from '@duckdb/duckdb-wasm/blocking';
import { MessageReader } from 'apache-arrow';
import { giveWay } from '../base/turns.ts';
import { sqlErrorFromDuck } from './errors.ts';

/** One message of an Arrow IPC stream that holds a record batch. */
export interface IpcBatch {
  readonly rows: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The result of a statement while it runs: the message with the schema, then the batches of about 2,048 rows. */
export interface IpcResult {
  readonly schema: Uint8Array<ArrayBuffer>;
  readonly batches: AsyncGenerator<IpcBatch, void, undefined>;
}

/** A connection runs one statement at a time. */
export interface DuckConnection {
  readonly id: number;
  /** Runs a short statement to its end without looking up; for our own DDL, never for a user's query. */
  run(sql: string): void;
  /** Runs a query in steps, hearing messages in between, so that it can be cancelled within a step (about 0.1 s). */
  stream(sql: string, signal: AbortSignal): Promise<IpcResult>;
  /** Makes a table of an IPC stream with its end marker, or appends to one. */
  insert(table: string, stream: Uint8Array, mode: 'create' | 'append'): void;
  close(): void;
}

export function connection(bindings: DuckDBBindingsBase): DuckConnection {
  const id: number = bindings.connect()['_conn'];
  return {
    id,
    run: (sql) => {
      guarded(sql, () => bindings.runQuery(id, sql));
    },
    stream: (sql, signal) => startQuery(bindings, id, sql, signal),
    insert: (table, stream, mode) => {
      guarded(`insert into ${table}`, () =>
        bindings.insertArrowFromIPCStream(id, stream, { name: table, schema: 'main', create: mode === 'create' }),
      );
    },
    close: () => bindings.disconnect(id),
  };
}

/** The only place where DuckDB's own errors are caught. */
function guarded<Result>(sql: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw sqlErrorFromDuck(error, sql);
  }
}

async function startQuery(
  bindings: DuckDBBindingsBase,
  id: number,
  sql: string,
  signal: AbortSignal,
): Promise<IpcResult> {
  signal.throwIfAborted();
  const since = performance.now();
  let schema = guarded(sql, () => bindings.startPendingQuery(id, sql, true));
  while (schema === null) {
    await giveWay(since, signal);
    if (signal.aborted) {
      bindings.cancelPendingQuery(id);
      signal.throwIfAborted();
    }
    schema = guarded(sql, () => bindings.pollPendingQuery(id));
  }
  return { schema: schema as Uint8Array<ArrayBuffer>, batches: fetchBatches(bindings, id, sql, signal) };
}

const MILLISECONDS_BETWEEN_YIELDS = 20;

async function* fetchBatches(
  bindings: DuckDBBindingsBase,
  id: number,
  sql: string,
  signal: AbortSignal,
): AsyncGenerator<IpcBatch, void, undefined> {
  let ended = false;
  const since = performance.now();
  let yielded = since;
  try {
    while (true) {
      const bytes = guarded(sql, () => bindings.fetchQueryResults(id));
      if (bytes?.length === 0) break;
      if (bytes) yield { rows: rowsOf(bytes), bytes: bytes as Uint8Array<ArrayBuffer> };
      if (performance.now() - yielded > MILLISECONDS_BETWEEN_YIELDS) {
        await giveWay(since, signal);
        yielded = performance.now();
      }
      signal.throwIfAborted();
    }
    ended = true;
  } finally {
    // Whoever stops reading early (LIMIT, a cancel, an error) frees the connection for its next statement.
    if (!ended) bindings.cancelPendingQuery(id);
  }
}

/** The number of rows that a record batch message announces. */
function rowsOf(message: Uint8Array): number {
  const header = new MessageReader(message).readMessage()?.header();
  return header && 'length' in header ? Number(header.length) : 0;
}
