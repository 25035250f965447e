import { collect } from '../base/async.ts';
import { type TableMoment, tableHistory } from '../warehouse/history.ts';
import type { TableRecord } from '../warehouse/object.ts';
import type { StatementContext } from './context.ts';

const HOUR = 3_600_000;

/** How long former versions of a table, or tables that were dropped, are kept: milliseconds. */
export function retention(table: Pick<TableRecord, 'options'> | undefined, { session }: StatementContext): number {
  const hours = table?.options['data_retention_period_in_hours'];
  return (
    HOUR * (hours === undefined ? 24 * Number(session.settings.get('data_retention_time_in_days')) : Number(hours))
  );
}

/** The oldest version of a table that has to stay: the one that stood when the retention began. */
export async function oldestKept(table: TableRecord, ctx: StatementContext): Promise<number> {
  const history = await collect(tableHistory(ctx.services.warehouse, table, ctx.signal));
  const most = Number(table.options['data_retention_num_snapshots_to_keep'] ?? 0);
  if (most > 0) return history[Math.min(most, history.length) - 1]?.version ?? 0;
  return versionAt(history, ctx.now - retention(table, ctx));
}

/** The newest version not later than a time, or the oldest of all. */
export function versionAt(history: readonly TableMoment[], time: number): number {
  return (history.find(({ timestamp }) => timestamp <= time) ?? history.at(-1))?.version ?? 0;
}
