import type { RecordBatch } from 'apache-arrow';
import type { SqlError } from '../base/errors.ts';
import type { ProgressSink } from '../base/progress.ts';
import type { SecretStore } from '../base/secret-store.ts';
import type { TypedValue } from '../bind/binder.ts';
import type { Executor } from '../execute/executor.ts';
import type { FunctionRegistry } from '../functions/resolve.ts';
import type { OpenTable } from '../scan/table.ts';
import type { StageHost } from '../stages/location.ts';
import type { ObjectStore } from '../stores/store.ts';
import type { QueryRecord } from '../system/query-history.ts';
import type { Settings } from '../system/settings.ts';
import type { RejectedRow } from '../system/table.ts';
import type { ForeignTables } from '../table/foreign.ts';
import type { RowsEncoder } from '../table/rows-encoder.ts';
import { batchOf } from '../types/build/batch.ts';
import type { Cell } from '../types/cell.ts';
import type { ShowSettings } from '../types/show.ts';
import type { Column, Schema, SqlType } from '../types/type.ts';
import type { ObjectChange, Transaction, Warehouse } from '../warehouse/contract.ts';
import type { LockManager } from '../warehouse/host.ts';
import type { ObjectId, StreamRecord, TableRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import type { TableRange } from '../warehouse/table-range.ts';
import type { Statement } from './syntax/index.ts';

/** What statements stand on, the same for all sessions of an engine. */
export interface Services {
  readonly version: string;
  readonly warehouse: Warehouse;
  readonly executor: () => Promise<Executor>;
  readonly functions: FunctionRegistry;
  readonly stageHost: StageHost;
  readonly foreignTables: ForeignTables;
  readonly encoder: RowsEncoder;
  /** Files of the person's own machine, for PUT and GET; the reason where there are none. */
  readonly localFiles: LocalFiles;
  readonly secrets: SecretStore;
  /** Asks only where the person allows it. */
  readonly fetch: typeof fetch;
  readonly history: QueryHistory;
  /** Every engine on the warehouse sees them; they end with the engine that holds them. */
  readonly locks: LockManager;
  /** Milliseconds since 1970. */
  now(): number;
  newId(): string;
}

/** Every statement that was run over the warehouse, by this engine and by others. */
export interface QueryHistory {
  /** Keeps a statement that begins; its end is to be told once. Costs no more than the note: writing comes later. */
  begin(query: QueryStart): (end: QueryEnd) => void;
  /** The newest last. */
  read(signal: AbortSignal): Promise<readonly QueryRecord[]>;
  clear(signal: AbortSignal): Promise<void>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

/** As it was typed: the history masks it. */
export type QueryStart = Pick<QueryRecord, 'id' | 'session' | 'startedBy' | 'head' | 'text' | 'database' | 'startedAt'>;

export interface QueryEnd extends Omit<QueryRecord, keyof QueryStart | 'error'> {
  readonly error: SqlError | undefined;
}

/** The two ends of PUT and GET outside the warehouse. */
export interface LocalFiles {
  /** `fs:///dir/*.csv` in the shell, `browser:///name` in a page. */
  sources(url: string, signal: AbortSignal): Promise<readonly LocalFile[]>;
  /** The folder that GET writes to. Throws StorageUnsupported where there is none. */
  target(url: string): Promise<{ readonly store: ObjectStore; readonly path: string }>;
}

export interface LocalFile {
  readonly name: string;
  readonly size: number;
  bytes(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** What one session remembers between statements. */
export interface SessionState {
  readonly id: string;
  database: string;
  readonly settings: Settings;
  readonly variables: Map<string, TypedValue>;
  /** The variables of the script that runs, for `:name` in its statements. */
  script: { readonly values: ReadonlyMap<string, TypedValue>; readonly depth: number } | undefined;
  /** Of BEGIN; statements outside of one commit by themselves. */
  transaction: Transaction | undefined;
  /** A statement of the transaction failed: only its end may follow. */
  transactionFailed: boolean;
  /** What is to be done when the transaction has committed: PURGE. */
  readonly afterCommit: (() => Promise<void>)[];
  /** Rows that the last COPY of this session dropped. */
  rejected: readonly RejectedRow[];
  readonly queryIds: string[];
  /** What RESULT_SCAN may read again, by the query's id. */
  readonly results: Map<string, KeptResult>;
  /** What streams gave so far in the transaction: each gives the same until its end. */
  readonly streams: Map<ObjectId, StreamRead>;
  /** Gives up what says that the session lives; there while it has temporary tables. */
  release: (() => void) | undefined;
}

/** The result of a query that ran with `enable_query_result_cache`, in the engine's own form. */
export interface KeptResult {
  readonly columns: Schema;
  readonly batches: readonly RecordBatch[];
  /** Milliseconds since 1970. */
  readonly expiresOn: number;
}

/** What one running statement may use. */
export interface StatementContext {
  readonly services: Services;
  readonly session: SessionState;
  readonly signal: AbortSignal;
  readonly progress: ProgressSink;
  /** Milliseconds since 1970 at the start of the statement. */
  readonly now: number;
  readonly queryId: string;
  readonly streams: StreamReads;
  /** The catalog with the changes of the session's transaction. */
  catalog(): CatalogState;
  openTable(table: TableRecord, signal: AbortSignal): Promise<OpenTable>;
  /** Runs the work in the session's transaction, or in one of its own that is committed at the end. */
  transact<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** Runs a statement inside of this one, in its session or another. Its rows have to be read. */
  run(statement: Statement, session: SessionState): Promise<Outcome>;
  /** Tells what changed outside of transactions: the files of a stage, a setting. */
  changed(change: SessionChange): void;
}

/** A stream's rows as they were first read. */
export interface StreamRead {
  readonly stream: StreamRecord;
  readonly range: TableRange;
  readonly mostRows: number | undefined;
  /** The offset stands behind the range already, in the transaction. */
  moved: boolean;
}

/** The streams that a statement reads. */
export interface StreamReads {
  /** The statement writes, which moves every stream that it reads; else those that are read WITH CONSUME. */
  readonly consumesAll: boolean;
  /** In this statement, outside of transactions. */
  readonly opened: Map<ObjectId, StreamRead>;
  readonly consumed: Set<StreamRead>;
}

export function streamReads(consumesAll: boolean): StreamReads {
  return { consumesAll, opened: new Map(), consumed: new Set() };
}

export type SessionChange =
  | ObjectChange
  | { readonly kind: 'StageFiles' | 'Setting' | 'Session'; readonly database: undefined; readonly name: string };

/** What a statement gives back. Rows may still be computed while they are read; `affected` is known when they end. */
export interface Outcome {
  readonly columns: Schema;
  readonly batches: AsyncIterable<RecordBatch>;
  /** Rows inserted, updated, deleted or loaded. */
  readonly affected: number;
  /** How the rows are to look, where the statement has settings of its own. */
  readonly show?: ShowSettings | undefined;
}

export const NO_ROWS: Outcome = { columns: [], batches: empty(), affected: 0 };

async function* empty(): AsyncGenerator<RecordBatch> {}

async function* once(batch: RecordBatch): AsyncGenerator<RecordBatch> {
  yield batch;
}

/** A result of a few rows that are there already. */
export function rowsOutcome(columns: Schema, rows: readonly (readonly Cell[])[], affected = 0): Outcome {
  return { columns, batches: once(batchOf(columns, rows)), affected };
}

/** DML answers with one row of counts. */
export function countOutcome(name: string, count: number): Outcome {
  return rowsOutcome([column(name, { kind: 'UInt64' })], [[BigInt(count)]], count);
}

export function column(name: string, type: SqlType, nullable = false): Column {
  return { name, type, nullable };
}

/** Does something once what the statement changed is committed: at once, or with the session's transaction. */
export async function afterCommit(task: () => Promise<void>, { session }: StatementContext): Promise<void> {
  if (session.transaction) session.afterCommit.push(task);
  else await task();
}

/** Files of a stage came or went. */
export function tellFilesChanged(stage: string, ctx: StatementContext): void {
  ctx.changed({ kind: 'StageFiles', database: undefined, name: stage });
}
