import { defineTable } from './table.ts';

export type QueryState = 'Running' | 'Finished' | 'Failed' | 'Aborted';

/** Who began a statement: a person, a task, or the console for a list of its own. */
export type StartedBy = 'User' | 'Task' | 'Console';

/** One statement of the history, its secrets masked. */
export interface QueryRecord {
  readonly id: string;
  readonly session: string;
  readonly startedBy: StartedBy;
  readonly state: QueryState;
  /** The leading words, upper case: `COPY INTO`. */
  readonly head: string;
  readonly text: string;
  /** Of the session at the start. */
  readonly database: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds; undefined while it runs, and where nobody saw its end. */
  readonly duration: number | undefined;
  /** Inserted, updated, deleted or loaded. */
  readonly writtenRows: number;
  readonly scanRows: number;
  readonly scanBytes: number;
  readonly resultRows: number;
  readonly resultBytes: number;
  /** The message, and its place with a caret. */
  readonly error: { readonly code: number; readonly text: string } | undefined;
}

const LOG_TYPES: { readonly [K in QueryState]: readonly [type: number, name: string] } = {
  Running: [1, 'Start'],
  Finished: [2, 'Finish'],
  Failed: [3, 'Error'],
  Aborted: [4, 'Aborted'],
};

const DAY = 86_400_000;

/** One row a statement, as it stands now; Databend has a second row for the start. */
export const queryHistoryTable = defineTable({
  database: 'system_history',
  name: 'query_history',
  columns: {
    log_type: 'Int8',
    log_type_name: 'String',
    handler_type: 'String',
    tenant_id: 'String',
    cluster_id: 'String',
    node_id: 'String',
    sql_user: 'String',
    query_id: 'String',
    query_kind: 'String',
    query_text: 'String',
    event_date: 'Date',
    event_time: 'Timestamp',
    query_start_time: 'Timestamp',
    query_duration_ms: 'Int64?',
    current_database: 'String',
    written_rows: 'UInt64',
    scan_rows: 'UInt64',
    scan_bytes: 'UInt64',
    result_rows: 'UInt64',
    result_bytes: 'UInt64',
    exception_code: 'Int32',
    exception_text: 'String',
    server_version: 'String',
    query_tag: 'String',
    session_id: 'String',
  },
  rows: async ({ queries, version }) =>
    (await queries()).map((query) => ({ ...rowOf(query), server_version: version })),
});

function rowOf(query: QueryRecord) {
  const [log_type, log_type_name] = LOG_TYPES[query.state];
  const endedAt = query.startedAt + (query.duration ?? 0);
  return {
    log_type,
    log_type_name,
    handler_type: query.startedBy,
    tenant_id: '',
    cluster_id: '',
    node_id: '',
    sql_user: 'root',
    query_id: query.id,
    query_kind: queryKind(query),
    query_text: query.text,
    event_date: Math.floor(endedAt / DAY),
    event_time: microsOf(endedAt),
    query_start_time: microsOf(query.startedAt),
    query_duration_ms: query.duration === undefined ? null : BigInt(Math.round(query.duration)),
    current_database: query.database,
    ...countsOf(query),
    exception_code: query.error?.code ?? 0,
    exception_text: query.error?.text ?? '',
    query_tag: '',
    session_id: query.session,
  };
}

/** Times have fractions of a millisecond. */
function microsOf(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * 1000));
}

function countsOf({ writtenRows, scanRows, scanBytes, resultRows, resultBytes }: QueryRecord) {
  return {
    written_rows: BigInt(writtenRows),
    scan_rows: BigInt(scanRows),
    scan_bytes: BigInt(scanBytes),
    result_rows: BigInt(resultRows),
    result_bytes: BigInt(resultBytes),
  };
}

/** Databend's words for what a statement does; those it has none for are `Other`. */
function queryKind({ head, text }: QueryRecord): string {
  if (/^(SELECT|VALUES|FROM)\b/.test(head)) return 'Query';
  if (/^(UPDATE|DELETE|MERGE|REPLACE|TRUNCATE)\b/.test(head)) return 'Update';
  if (head.startsWith('INSERT')) return 'Insert';
  if (head.startsWith('EXPLAIN')) return 'Explain';
  if (head !== 'COPY INTO') return 'Other';
  return /^\s*COPY\s+INTO\s+[@']/i.test(text) ? 'CopyIntoLocation' : 'CopyIntoTable';
}
