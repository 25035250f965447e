import { SqlError } from '../base/errors.ts';
import type { Call, Expr } from '../sql/ast.ts';
import type { Query } from '../sql/ast-query.ts';
import type { Schema, SqlType } from '../types/type.ts';
import { type Binder, EMPTY_SCOPE, type Scope } from './binder.ts';
import { castTo } from './build.ts';
import { selectOf } from './build-query.ts';
import type { BoundExpr, BoundFrom, BoundQuery } from './plan.ts';

/** What CREATE FUNCTION made: a call stands for the body, with the arguments where the parameters are named. */
export type UserFunction = ScalarFunction | TableValuedFunction;

interface ScalarFunction {
  readonly kind: 'ScalarFunction';
  readonly parameters: readonly UserParameter[];
  readonly body: Expr;
  /** Undefined where the body says it. */
  readonly returns: SqlType | undefined;
}

interface TableValuedFunction {
  readonly kind: 'TableValuedFunction';
  readonly parameters: readonly UserParameter[];
  readonly body: Query;
  /** Its columns are cast to these, one by one. */
  readonly returns: Schema;
}

interface UserParameter {
  readonly name: string;
  /** Undefined where any will do. */
  readonly type: SqlType | undefined;
}

export function bindUserFunction(binder: Binder, user: UserFunction, place: CallPlace): BoundExpr {
  if (user.kind === 'TableValuedFunction') {
    const { written, nameSpan } = place.node;
    throw new SqlError('SemanticError', `${written} gives a table, and is called in FROM`, { span: nameSpan });
  }
  const inner: Scope = { ...place.scope, ...NOTHING_ELSE, lambdaParams: argumentsOf(binder, user.parameters, place) };
  const body = binder.expr(user.body, inner);
  return user.returns ? castTo(binder, body, user.returns) : body;
}

/** Of the place of the call only the clause matters: the body sees no names but the parameters. */
const NOTHING_ELSE = (({ outer, relations, visible, ctes, aliases, searches }: Scope) => ({
  ...{ outer, relations, visible, ctes, aliases, searches },
}))(EMPTY_SCOPE);

interface CallPlace {
  readonly node: Call;
  readonly scope: Scope;
}

function argumentsOf(
  binder: Binder,
  parameters: readonly UserParameter[],
  { node, scope }: CallPlace,
): Map<string, BoundExpr> {
  const { args, written, span } = node;
  if (args.length !== parameters.length) {
    throw new SqlError(
      'NumberArgumentsNotMatch',
      `function ${written} takes ${parameters.length} arguments, ${args.length} were given`,
      { span },
    );
  }
  return new Map(
    parameters.map(({ name, type }, index) => {
      const arg = binder.expr(args[index] as Expr, scope);
      return [name, type ? castTo(binder, arg, type) : arg];
    }),
  );
}

/** A function in FROM; arguments may be columns of the items before it. */
export function bindUserTable(
  binder: Binder,
  user: UserFunction,
  place: CallPlace,
): { readonly from: BoundFrom; readonly columns: Schema } {
  const { node } = place;
  if (user.kind === 'ScalarFunction') {
    throw new SqlError('SemanticError', `${node.written} gives one value, and cannot stand in FROM`, {
      span: node.nameSpan,
    });
  }
  const body = binder.query(user.body, {
    ...EMPTY_SCOPE,
    lambdaParams: argumentsOf(binder, user.parameters, place),
  });
  const query = returnedRows(binder, body, user.returns, node);
  const { columns } = query;
  const from: BoundFrom = { kind: 'Derived', id: binder.nextId(), lateral: true, query, columns, span: node.span };
  return { from, columns };
}

/** Throws where the body gives another number of columns than the function was declared with. */
function returnedRows(binder: Binder, body: BoundQuery, returns: Schema, { written, span }: Call): BoundQuery {
  if (body.columns.length !== returns.length) {
    const message = `function ${written} returns a table of ${returns.length} columns, but its body gives ${body.columns.length}`;
    throw new SqlError('SemanticError', message, { span });
  }
  const id = binder.nextId();
  const items = body.columns.map((column, index): BoundExpr => {
    const value: BoundExpr = { kind: 'Column', relation: id, index, ...column, span };
    return castTo(binder, value, returns[index]?.type ?? column.type);
  });
  const columns = items.map(({ type, nullable }, index) => ({ name: returns[index]?.name ?? '', type, nullable }));
  const from: BoundFrom = { kind: 'Derived', id, lateral: true, query: body, columns: body.columns, span };
  return selectOf({ items, from, columns });
}
