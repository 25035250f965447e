import { queryOptions } from '@tanstack/react-query';
import type { RecordBatch } from 'apache-arrow';
import type { ResultInfo, Schema } from '../../engine/index.ts';
import { readRows } from './kept-rows.ts';
import { keys } from './keys.ts';
import { cellRows } from './rows.ts';
import { sessionOf } from './runs.ts';

/** A result as the grid reads it. */
export interface ResultRows {
  readonly id: string;
  readonly columns: Schema;
  readonly rows: number;
  page(start: number, count: number, signal: AbortSignal): Promise<RecordBatch>;
}

export function resultRows({ id, columns, rows }: ResultInfo): ResultRows {
  return { id, columns, rows, page: (start, count, signal) => readRows(id, start, count, signal) };
}

/** The time zone in which a worksheet's timestamps are shown: a setting of its session. */
export function sessionTimezone(worksheet: string) {
  return queryOptions({
    queryKey: keys.timezone(worksheet),
    queryFn: async ({ signal }) => {
      const rows = cellRows(await sessionOf(worksheet).query('SELECT timezone()', signal));
      return String(rows[0]?.[0] ?? 'UTC');
    },
  });
}
