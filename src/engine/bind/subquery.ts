import { type Span, SqlError } from '../base/errors.ts';
import type { Exists, InQuery, Quantified, ScalarQuery } from '../sql/ast.ts';
import type { Query } from '../sql/ast-query.ts';
import { comparisonType } from '../types/cast.ts';
import { engineTypeName, plain, type SqlType } from '../types/type.ts';
import type { Binder, Scope } from './binder.ts';
import { coerce } from './build.ts';
import type { BoundExpr, BoundQuery, BoundQueryExpr } from './plan.ts';

const BOOLEAN = plain('Boolean');

export function bindScalarQuery(binder: Binder, { query, span }: ScalarQuery, scope: Scope): BoundExpr {
  const bound = oneColumn(binder, query, scope, span);
  return queryExpr({ use: { kind: 'Scalar' }, query: bound, type: bound.columns[0]?.type ?? plain('Null'), span });
}

export function bindExists(binder: Binder, { query, negated, span }: Exists, scope: Scope): BoundExpr {
  return {
    ...queryExpr({ use: { kind: 'Exists', negated }, query: binder.query(query, scope), type: BOOLEAN, span }),
    nullable: false,
  };
}

export function bindInQuery(binder: Binder, { operand, query, negated, span }: InQuery, scope: Scope): BoundExpr {
  const left = binder.expr(operand, scope);
  const bound = asOperand(binder.query(query, scope), left, span);
  const compared = compareTo(binder, left, bound, span);
  return queryExpr({
    use: { kind: 'In', operand: compared.operand, negated },
    query: compared.query,
    type: BOOLEAN,
    span,
  });
}

export function bindQuantified(
  binder: Binder,
  { operand, operator, quantifier, query, span }: Quantified,
  scope: Scope,
): BoundExpr {
  const left = binder.expr(operand, scope);
  const compared = compareTo(binder, left, oneColumn(binder, query, scope, span), span);
  return queryExpr({
    use: { kind: 'Quantified', operand: compared.operand, operator, quantifier },
    query: compared.query,
    type: BOOLEAN,
    span,
  });
}

function queryExpr(parts: Pick<BoundQueryExpr, 'use' | 'query' | 'type' | 'span'>): BoundQueryExpr {
  return { kind: 'QueryExpr', nullable: true, ...parts };
}

function oneColumn(binder: Binder, query: Query, scope: Scope, span: Span): BoundQuery {
  const bound = binder.query(query, scope);
  if (bound.columns.length === 1) return bound;
  throw new SqlError(
    'SemanticError',
    `Scalar subquery must return only one column, but got ${bound.columns.length} columns`,
    { span },
  );
}

/** `(a, b) IN (SELECT x, y …)`: the columns become one tuple. */
function asOperand(query: BoundQuery, left: BoundExpr, span: Span): BoundQuery {
  const wanted = left.type.kind === 'Tuple' ? left.type.fields.length : 1;
  if (query.columns.length === wanted) return query;
  throw new SqlError('SemanticError', `subquery has ${query.columns.length} columns, expected ${wanted}`, { span });
}

function compareTo(
  binder: Binder,
  left: BoundExpr,
  query: BoundQuery,
  span: Span,
): { operand: BoundExpr; query: BoundQuery } {
  const right: SqlType = query.columns.length === 1 ? (query.columns[0]?.type ?? plain('Null')) : tupleOf(query);
  const type = comparisonType(left.type, right);
  if (!type) {
    throw new SqlError(
      'SemanticError',
      `unable to unify \`${engineTypeName(left.type)}\` with \`${engineTypeName(right)}\``,
      { span },
    );
  }
  const columns = query.columns.length === 1 ? query.columns.map((column) => ({ ...column, type })) : query.columns;
  return { operand: coerce(binder, left, type), query: { ...query, columns } };
}

function tupleOf(query: BoundQuery): SqlType {
  return { kind: 'Tuple', fields: query.columns.map(({ type }, index) => ({ name: String(index + 1), type })) };
}
