import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { keys } from './keys.ts';
import { askRecords, type TextRecord } from './rows.ts';
import { quoted } from './uploads.ts';

export type PastState = 'Running' | 'Finished' | 'Failed' | 'Aborted';

/** A statement of the history; its secrets are masked. */
export interface PastStatement {
  readonly id: string;
  readonly state: PastState;
  readonly text: string;
  readonly database: string;
  readonly startedAt: Date;
  /** Milliseconds; undefined while it runs, and where its tab was closed before it ended. */
  readonly duration: number | undefined;
  readonly rows: number;
  readonly written: number;
  readonly scanned: { readonly rows: number; readonly bytes: number };
  readonly startedBy: 'User' | 'Task';
  readonly error: { readonly code: number; readonly text: string } | undefined;
}

export interface HistoryFilter {
  /** Stands in the statement, in its error, or is its id. */
  readonly text: string;
  readonly state: PastState | 'all';
  readonly kind: 'query' | 'change' | 'load' | 'other' | 'all';
  readonly time: 'hour' | 'day' | 'week' | 'all';
  /** Milliseconds that it took at least. */
  readonly took: '100' | '1000' | '10000' | 'all';
}

export const NO_FILTER: HistoryFilter = { text: '', state: 'all', kind: 'all', time: 'all', took: 'all' };

export interface History {
  /** The newest first, at most a thousand. */
  readonly statements: readonly PastStatement[];
  /** Of those that fit the filter. */
  readonly count: number;
}

const MOST = 1000;
const REFRESH_MILLISECONDS = 1000;

export function history(filter: HistoryFilter) {
  return queryOptions({
    queryKey: [...keys.history(), filter],
    queryFn: async ({ signal }): Promise<History> => {
      const records = await askRecords(historySql(filter), signal);
      return { statements: records.map(pastStatement), count: Number(records[0]?.['count'] ?? 0) };
    },
    placeholderData: keepPreviousData,
    // Other tabs run statements, too.
    refetchOnMount: 'always',
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state: { data } }) =>
      data?.statements.some(({ state }) => state === 'Running') ? REFRESH_MILLISECONDS : false,
  });
}

const LOG_TYPES: { readonly [K in PastState]: number } = { Running: 1, Finished: 2, Failed: 3, Aborted: 4 };

const KINDS: { readonly [K in Exclude<HistoryFilter['kind'], 'all'>]: readonly string[] } = {
  query: ['Query', 'Explain'],
  change: ['Insert', 'Update'],
  load: ['CopyIntoTable', 'CopyIntoLocation'],
  other: ['Other'],
};

const HOURS: { readonly [K in Exclude<HistoryFilter['time'], 'all'>]: number } = { hour: 1, day: 24, week: 168 };

/** The statement that gives what fits a filter. */
export function historySql({ text, state, kind, time, took }: HistoryFilter): string {
  const wanted = quoted(text.trim().toLowerCase());
  const conditions = [
    text.trim() !== '' && `instr(lower(concat_ws(' ', query_text, exception_text, query_id)), ${wanted}) > 0`,
    state !== 'all' && `log_type = ${LOG_TYPES[state]}`,
    kind !== 'all' && `query_kind IN (${KINDS[kind].map(quoted).join(', ')})`,
    time !== 'all' && `query_start_time > date_add(hour, -${HOURS[time]}, now())`,
    took !== 'all' && `query_duration_ms >= ${took}`,
  ].filter((condition) => condition !== false);
  return pastSql(conditions);
}

function pastSql(conditions: readonly string[]): string {
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `SELECT query_id, log_type, query_text, current_database, query_start_time, query_duration_ms, result_rows,
  written_rows, scan_rows, scan_bytes, handler_type, exception_code, exception_text, count(*) OVER () AS count
  FROM system_history.query_history${where} ORDER BY query_start_time DESC LIMIT ${MOST}`;
}

/** One statement, however old; null where it is not in the history. */
export function pastStatementOf(id: string) {
  return queryOptions({
    queryKey: [...keys.history(), 'one', id],
    queryFn: async ({ signal }): Promise<PastStatement | null> => {
      const [record] = await askRecords(pastSql([`query_id = ${quoted(id)}`]), signal);
      return record ? pastStatement(record) : null;
    },
  });
}

/** Statements whose text holds a word, the newest first. */
export async function pastStatementsWith(word: string, signal: AbortSignal): Promise<readonly PastStatement[]> {
  const condition = `instr(lower(query_text), ${quoted(word.toLowerCase())}) > 0`;
  return (await askRecords(pastSql([condition]), signal)).map(pastStatement);
}

function pastStatement(record: TextRecord): PastStatement {
  const { query_id: id, query_text: text, current_database: database, query_start_time: start } = record;
  const { log_type: type, query_duration_ms: duration, handler_type: by, exception_text: error } = record;
  const count = (column: string) => Number(record[column] ?? 0);
  const states = Object.keys(LOG_TYPES).filter((name): name is PastState => name in LOG_TYPES);
  return {
    ...{ id: id ?? '', text: text ?? '', database: database ?? '' },
    state: states.find((state) => LOG_TYPES[state] === Number(type)) ?? 'Finished',
    startedAt: new Date(`${(start ?? '').replace(' ', 'T')}Z`),
    duration: duration === null || duration === undefined ? undefined : Number(duration),
    rows: count('result_rows'),
    written: count('written_rows'),
    scanned: { rows: count('scan_rows'), bytes: count('scan_bytes') },
    startedBy: by === 'Task' ? 'Task' : 'User',
    error: error ? { code: count('exception_code'), text: error } : undefined,
  };
}

/** One JSON object a line. */
export function historyLines(statements: readonly PastStatement[]): string {
  return statements.map((statement) => `${JSON.stringify(statement)}\n`).join('');
}
