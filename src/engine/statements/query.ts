import { bind } from '../bind/index.ts';
import type { BoundQuery } from '../bind/plan.ts';
import type { Query } from '../sql/ast-query.ts';
import { bindSession } from './bind-session.ts';
import type { Outcome, StatementContext } from './context.ts';
import { execute, hold, lowerSettings, openSource } from './execute.ts';
import { prepareRelations } from './relations.ts';
import { drawnAtOnce, sequencesIn } from './sequence-numbers.ts';
import { consumeAfter } from './stream-reads.ts';

/** SELECT and everything else that is a query. */
export async function runSelect(query: Query, ctx: StatementContext): Promise<Outcome> {
  const bound = await bindQuery(query, ctx);
  const { columns, batches } = await execute(bound, ctx);
  const rows = sequencesIn(bound).length > 0 ? drawnAtOnce(batches) : batches;
  return { columns, batches: consumeAfter(rows, ctx), affected: 0 };
}

export async function bindQuery(query: Query, ctx: StatementContext): Promise<BoundQuery> {
  ctx.progress.phase('planning');
  return bind(query, bindSession(await prepareRelations(query, ctx), ctx));
}

export { execute, hold, lowerSettings, openSource };
