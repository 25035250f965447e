import type { Query } from '../sql/ast-query.ts';
import type { Binder, BindSession } from './binder.ts';
import { bindExpr } from './expr.ts';
import { bindFrom } from './from.ts';
import type { BoundQuery } from './plan.ts';
import { bindQuery } from './query.ts';
import { checkRowsOrColumns } from './staged.ts';

/** A binder for one statement. Relations get numbers above `lastNumber`. */
export function binderFor(session: BindSession, lastNumber = 0): Binder {
  let lastId = lastNumber;
  const binder: Binder = {
    session,
    expr: (expr, scope) => bindExpr(binder, expr, scope),
    query: (query, outer) => bindQuery(binder, query, outer),
    from: (ref, scope) => bindFrom(binder, ref, scope),
    nextId: () => ++lastId,
    openViews: new Set(),
  };
  return binder;
}

/** Names, types, casts and functions of a query. Throws SqlError with the place of what is wrong. */
export function bind(query: Query, session: BindSession): BoundQuery {
  const bound = binderFor(session).query(query, undefined);
  checkRowsOrColumns(bound);
  return bound;
}
