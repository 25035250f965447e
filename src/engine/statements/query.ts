import { bind } from '../bind/index.ts';
import type { BoundQuery } from '../bind/plan.ts';
import { type QueryRequest, type QueryRows, runQuery } from '../execute/executor.ts';
import type { LowerSettings } from '../lower/context.ts';
import type { Query } from '../sql/ast-query.ts';
import { bindSession, numericCast } from './bind-session.ts';
import type { Outcome, StatementContext } from './context.ts';
import { prepareRelations } from './relations.ts';

/** SELECT and everything else that is a query. */
export async function runSelect(query: Query, ctx: StatementContext): Promise<Outcome> {
  const bound = await bindQuery(query, ctx);
  const { columns, batches } = await execute(bound, ctx);
  return { columns, batches, affected: 0 };
}

export async function bindQuery(query: Query, ctx: StatementContext): Promise<BoundQuery> {
  ctx.progress.phase('planning');
  return bind(query, bindSession(await prepareRelations(query, ctx), ctx));
}

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
  return runQuery(executor, query, {
    settings: lowerSettings(ctx, options),
    signal: ctx.signal,
    progress: ctx.progress,
    openTable: ({ table }, signal) => ctx.openTable(table, signal),
    drive: options.drive,
    load: options.load,
  });
}

export function lowerSettings(ctx: StatementContext, { disableVariantCheck = false }: ExecuteOptions): LowerSettings {
  return { timezone: ctx.session.settings.get('timezone'), numericCast: numericCast(ctx), disableVariantCheck };
}
