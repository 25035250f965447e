import type { BoundQuery } from '../bind/plan.ts';
import type { TableSource } from '../bind/relation.ts';
import { type QueryRequest, type QueryRows, runQuery } from '../execute/executor.ts';
import { type HeldRows, holdRows, type RowsRelation } from '../execute/held.ts';
import type { LowerSettings } from '../lower/context.ts';
import type { OpenTable } from '../scan/table.ts';
import { numericCast } from './bind-session.ts';
import type { StatementContext } from './context.ts';
import { numberedBySequences, sequencesIn } from './sequence-numbers.ts';
import { afterSleep, sleepsIn } from './sleep.ts';

export interface ExecuteOptions {
  readonly drive?: QueryRequest['drive'];
  readonly load?: QueryRequest['load'];
  readonly disableVariantCheck?: boolean;
}

/** Runs a bound query; rows come while it runs. */
export async function execute(
  query: BoundQuery,
  ctx: StatementContext,
  options: ExecuteOptions = {},
): Promise<QueryRows> {
  const executor = await ctx.services.executor();
  const sequences = sequencesIn(query);
  const sleeps = sleepsIn(query);
  const { columns, batches } = runQuery(executor, query, {
    ...requestOf(ctx, options),
    ...{ drive: options.drive, load: options.load },
  });
  const awake = sleeps.length === 0 ? batches : afterSleep(batches, sleeps, ctx.signal);
  return { columns, batches: sequences.length === 0 ? awake : numberedBySequences(awake, sequences, ctx) };
}

/** Reads rows that are made only once, so that the statement can look at them several times; to be released. */
export async function hold(relation: RowsRelation, ctx: StatementContext): Promise<HeldRows> {
  return holdRows(await ctx.services.executor(), relation, requestOf(ctx, {}));
}

function requestOf(ctx: StatementContext, options: ExecuteOptions): Omit<QueryRequest, 'drive' | 'load'> {
  return {
    settings: lowerSettings(ctx, options),
    signal: ctx.signal,
    progress: ctx.progress,
    openTable: (source, signal) => openSource(source, ctx, signal),
  };
}

/** A table as the statement sees it, or at the point that FROM names. */
export async function openSource(
  { table, at }: TableSource,
  ctx: StatementContext,
  signal: AbortSignal,
): Promise<OpenTable> {
  const opened = await ctx.openTable(table, signal);
  return at ? { ...opened, snapshot: at.snapshot } : opened;
}

export function lowerSettings(ctx: StatementContext, { disableVariantCheck = false }: ExecuteOptions): LowerSettings {
  return { timezone: ctx.session.settings.get('timezone'), numericCast: numericCast(ctx), disableVariantCheck };
}
