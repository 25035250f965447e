import { queryOptions } from '@tanstack/react-query';
import type { QueryRows } from '../../engine/index.ts';
import { tableText } from './catalog.ts';
import { type PastStatement, pastStatementsWith } from './history.ts';
import { keys } from './keys.ts';
import { namesTable } from './names-table.ts';
import { ask, askRecords, isTrue, type TextRecord } from './rows.ts';
import type { Task } from './tasks.ts';

export interface Stream {
  readonly database: string;
  readonly name: string;
  /** `db.t`; undefined where the table is forgotten. */
  readonly table: string | undefined;
  readonly isAppendOnly: boolean;
  readonly comment: string;
  /** Empty while it can be read. */
  readonly invalidReason: string;
  /** False for sure; true means that something happened, which may have come to nothing. */
  readonly hasData: boolean;
  /** When it was made or last consumed. */
  readonly since: Date | undefined;
}

/** Rows that a read of the stream gives now. */
export interface Pending {
  readonly inserts: number;
  readonly updates: number;
  readonly deletes: number;
}

export function streams() {
  return queryOptions({
    queryKey: keys.streams(),
    queryFn: async ({ signal }): Promise<readonly Stream[]> =>
      (await askRecords('SELECT * FROM system.streams ORDER BY database, name', signal)).map(streamOf),
  });
}

function streamOf(record: TextRecord): Stream {
  const since = record['updated_on'];
  return {
    database: record['database'] ?? '',
    name: record['name'] ?? '',
    table: record['table_name'] ?? undefined,
    isAppendOnly: record['mode'] === 'append_only',
    comment: record['comment'] ?? '',
    invalidReason: record['invalid_reason'] ?? '',
    hasData: isTrue(record['has_data']),
    since: since ? new Date(`${since.replace(' ', 'T').slice(0, 23)}Z`) : undefined,
  };
}

const idOf = ({ database, name }: Stream) => `${database}.${name}`;

/** Reads no values where rows were only added: the engine counts them by statistics. */
export function pendingOf(stream: Stream) {
  const { invalidReason, hasData } = stream;
  return queryOptions({
    queryKey: keys.pending(idOf(stream), `counts ${hasData}`),
    enabled: invalidReason === '',
    queryFn: async ({ signal }): Promise<Pending> => {
      if (!hasData) return { inserts: 0, updates: 0, deletes: 0 };
      const sql = `SELECT change$action AS action, change$is_update AS is_update, count(*) AS n FROM ${tableText(stream)} GROUP BY ALL`;
      return countsOf(await askRecords(sql, signal));
    },
  });
}

/** An update is two rows, and counts once. */
export function countsOf(records: readonly TextRecord[]): Pending {
  const count = (action: string, isUpdate: boolean) => {
    const found = records.find(
      (one) => one['action'] === action && /^(true|1)$/.test(one['is_update'] ?? '') === isUpdate,
    );
    return Number(found?.['n'] ?? 0);
  };
  return { inserts: count('INSERT', false), updates: count('INSERT', true), deletes: count('DELETE', false) };
}

export function pendingTotal({ inserts, updates, deletes }: Pending): number {
  return inserts + updates + deletes;
}

const MOST_ROWS = 200;
/** More than so many are shown as they come: putting the halves of updates together takes all of them. */
const MOST_ORDERED = 10_000;

/** What a read gives; nothing is consumed. */
export function pendingRows(stream: Stream, pending: Pending) {
  return queryOptions({
    queryKey: keys.pending(idOf(stream), `rows ${JSON.stringify(pending)}`),
    queryFn: ({ signal }): Promise<QueryRows> => {
      const isOrdered = !stream.isAppendOnly && pendingTotal(pending) <= MOST_ORDERED;
      const order = isOrdered ? ' ORDER BY change$row_id, change$action' : '';
      const values = '* EXCLUDE (change$action, change$is_update, change$row_id)';
      return ask(
        `SELECT change$action, change$is_update, ${values} FROM ${tableText(stream)}${order} LIMIT ${MOST_ROWS}`,
        signal,
      );
    },
  });
}

/** What only looks at a stream, or is to run later, takes nothing from it. */
const LOOKS = /^\s*(?:SELECT|WITH|EXPLAIN|SHOW|DESC|DESCRIBE|(?:CREATE(?:\s+OR\s+REPLACE)?|ALTER)\s+TASK)\b/i;

/** The statements that named it and changed something: those that made it or took from it. */
export function streamHistory(stream: Stream) {
  const names = namesTable(stream);
  return queryOptions({
    queryKey: [...keys.history(), 'stream', idOf(stream)],
    refetchOnMount: 'always',
    queryFn: async ({ signal }): Promise<readonly PastStatement[]> =>
      (await pastStatementsWith(stream.name, signal)).filter(
        ({ text }) => names(text) && (!LOOKS.test(text) || /\bCONSUME\b/i.test(text)),
      ),
  });
}

/** Whether a task's statement or condition names a stream. */
export function readsStream({ definition, condition }: Task, stream: Stream): boolean {
  const names = namesTable(stream);
  // A condition has the name as text: stream_status('default.s').
  return names(definition) || names(condition.replaceAll("'", ' '));
}

/** The statement that made it, as SHOW CREATE prints it. */
export function streamDefinition(stream: Stream) {
  return queryOptions({
    queryKey: keys.pending(idOf(stream), 'definition'),
    queryFn: async ({ signal }): Promise<string> => {
      const [record = {}] = await askRecords(`SHOW CREATE TABLE ${tableText(stream)}`, signal);
      return Object.values(record).at(-1) ?? '';
    },
  });
}
