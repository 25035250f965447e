import type { BindSession } from '../bind/binder.ts';
import type { Relations } from '../bind/relation.ts';
import type { LowerSettings } from '../lower/context.ts';
import type { StatementContext } from './context.ts';
import { sequenceInDuck } from './sequence-numbers.ts';

/** What binding may know of the session that asks. */
export function bindSession(relations: Relations, ctx: StatementContext): BindSession {
  const { services, session } = ctx;
  return {
    now: BigInt(Math.round(ctx.now)) * 1000n,
    timezone: session.settings.get('timezone'),
    database: session.database,
    version: services.version,
    sessionId: session.id,
    queryIds: session.queryIds,
    functions: services.functions,
    relations,
    sequence: (name) => sequenceInDuck(name, ctx),
    numericCast: numericCast(ctx),
    nullsFirst: nullOrder(session.settings.get('default_order_by_null')),
    variables: session.variables,
    placeholders: session.script?.values,
  };
}

export function numericCast({ session }: StatementContext): LowerSettings['numericCast'] {
  return session.settings.get('numeric_cast_option') === 'truncating' ? 'truncating' : 'rounding';
}

function nullOrder(setting: string): BindSession['nullsFirst'] {
  return {
    ascending: setting === 'nulls_first' || setting === 'nulls_first_on_asc_last_on_desc',
    descending: setting === 'nulls_first' || setting === 'nulls_last_on_asc_first_on_desc',
  };
}
