import { SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';
import { EMPTY_SCOPE } from '../../bind/binder.ts';
import { constantOf } from '../../bind/build.ts';
import { binderFor } from '../../bind/index.ts';
import type { RowsSource } from '../../bind/relation.ts';
import type { Call } from '../../sql/ast.ts';
import { bindSession } from '../bind-session.ts';
import type { StatementContext } from '../context.ts';
import { NO_RELATIONS } from '../target.ts';

const SETTING = 'enable_query_result_cache';

/** result_scan({'<query id>' | last_query_id([<n>])}): what a query of this session gave, as it was kept. */
export function resultScan(call: Call, ctx: StatementContext): RowsSource {
  const { span } = call;
  const id = queryIdOf(call, ctx);
  const found = ctx.session.results.get(id);
  if (!found) {
    const message = `\`RESULT_SCAN\` failed: No cache key found in current session for query ID '${id}'.`;
    const isOff = ctx.session.settings.get(SETTING) !== '1';
    throw new SqlError('EmptyData', message, { span, hint: isOff ? hint('switchOn', SETTING) : undefined });
  }
  if (found.expiresOn <= ctx.now) {
    const message = `\`RESULT_SCAN\` failed: Unable to fetch cached data for query ID '${id}'. The data may have exceeded its TTL or been cleaned up.`;
    throw new SqlError('EmptyData', message, { span });
  }
  const { columns, batches } = found;
  return {
    kind: 'Rows',
    name: call.name,
    columns,
    rows: async function* () {
      yield* batches;
    },
  };
}

/** The newest query is the one before this. */
function queryIdOf({ name, args, span }: Call, ctx: StatementContext): string {
  const [arg, ...more] = args;
  if (!arg || more.length > 0)
    throw new SqlError('BadArguments', `${name} takes one argument, the id of a query`, { span });
  const session = bindSession(NO_RELATIONS, ctx);
  const queryIds = session.queryIds.filter((id) => id !== ctx.queryId);
  const id = constantOf(binderFor({ ...session, queryIds }).expr(arg, EMPTY_SCOPE));
  if (typeof id !== 'string') throw new SqlError('BadArguments', 'the id of a query is a text', { span: arg.span });
  if (id !== '') return id;
  const message = "The `RESULT_SCAN` function requires a 'query_id' parameter. Please specify a valid query ID.";
  throw new SqlError('InvalidArgument', message, { span: arg.span });
}
