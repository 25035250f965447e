import { SqlError, unreachable } from '../base/errors.ts';
import type { Expr } from '../sql/ast.ts';
import type { Cte, Query, QueryBody, SetOperation, Values } from '../sql/ast-query.ts';
import { commonSuperType } from '../types/cast.ts';
import { type Column, engineTypeName, plain, type SqlType } from '../types/type.ts';
import { type Binder, EMPTY_SCOPE, type Scope } from './binder.ts';
import { castTo, constantOf, unify } from './build.ts';
import { superTypeOf } from './condition.ts';
import { type BoundPart, byOutput } from './output.ts';
import type { BoundBody, BoundCte, BoundExpr, BoundQuery, BoundValues } from './plan.ts';
import { bindSelect } from './select.ts';

export function bindQuery(binder: Binder, query: Query, outer: Scope | undefined): BoundQuery {
  const { ctes, scope } = bindCtes(binder, query, outer ?? EMPTY_SCOPE);
  const part = bindBody(binder, query.body, scope);
  if (part.limit && query.limit) {
    throw new SqlError('SemanticError', 'Duplicate LIMIT: TopN and Limit cannot be used together', {
      span: part.limit.span,
    });
  }
  const limit = part.limit ?? query.limit;
  return {
    ctes,
    recursive: query.with?.recursive ?? false,
    body: part.body,
    orderBy: query.orderBy.map(part.order),
    limit: limit && bindCount(binder, limit, scope),
    offset: query.offset && bindCount(binder, query.offset, scope),
    columns: part.columns,
  };
}

function bindCount(binder: Binder, expr: Expr, scope: Scope): BoundExpr {
  const bound = castTo(binder, binder.expr(expr, { ...EMPTY_SCOPE, outer: scope.outer }), plain('UInt64'));
  if (constantOf(bound) === undefined)
    throw new SqlError('SemanticError', 'LIMIT and OFFSET must be constants', { span: expr.span });
  return bound;
}

interface WithScope {
  readonly ctes: readonly BoundCte[];
  readonly scope: Scope;
}

function bindCtes(binder: Binder, query: Query, outer: Scope): WithScope {
  const base: Scope = { ...EMPTY_SCOPE, outer, ctes: outer.ctes };
  const recursive = query.with?.recursive ?? false;
  return (query.with?.ctes ?? []).reduce<WithScope>(
    ({ ctes, scope }, cte) => {
      const bound = recursive ? bindRecursive(binder, cte, scope) : bindCte(binder, cte, scope);
      return { ctes: [...ctes, bound], scope: { ...scope, ctes: new Map(scope.ctes).set(cte.name.name, bound) } };
    },
    { ctes: [], scope: base },
  );
}

function bindCte(binder: Binder, cte: Cte, scope: Scope): BoundCte {
  const query = binder.query(cte.query, { ...EMPTY_SCOPE, outer: scope.outer, ctes: scope.ctes });
  return { id: binder.nextId(), name: cte.name.name, materialized: cte.materialized, query: withNames(query, cte) };
}

function withNames(query: BoundQuery, { columns, span }: Cte): BoundQuery {
  if (columns.length === 0) return query;
  if (columns.length !== query.columns.length) {
    throw new SqlError(
      'SemanticError',
      `The CTE has ${query.columns.length} columns but ${columns.length} aliases are provided`,
      { span },
    );
  }
  return {
    ...query,
    columns: query.columns.map((column, index) => ({ ...column, name: columns[index]?.name ?? column.name })),
  };
}

/** The anchor gives the columns that the recursive part sees; both parts are brought to its types. */
function bindRecursive(binder: Binder, cte: Cte, scope: Scope): BoundCte {
  const { body } = cte.query;
  if (body.kind !== 'SetOperation' || body.operator !== 'UNION') return bindCte(binder, cte, scope);
  const id = binder.nextId();
  const inner: Scope = { ...EMPTY_SCOPE, outer: scope.outer, ctes: scope.ctes };
  const anchor = withNames(asQuery(bindBody(binder, body.left, inner)), cte);
  const columns = anchor.columns.map((column) => ({ ...column, type: widest(column.type), nullable: true }));
  const own: BoundCte = { id, name: cte.name.name, materialized: false, query: { ...anchor, columns } };
  const step = asQuery(bindBody(binder, body.right, { ...inner, ctes: new Map(scope.ctes).set(cte.name.name, own) }));
  if (step.columns.length !== columns.length) throw columnCountError(columns.length, step.columns.length, body);
  const union: BoundBody = {
    kind: 'SetOperation',
    operator: 'UNION',
    all: body.all,
    left: anchor,
    right: step,
    types: columns.map((column) => column.type),
  };
  return { ...own, query: { ...asQuery({ body: union, columns }), recursive: true } };
}

/** An anchor's literal 1 is an 8-bit number; what is added to it needs more room. */
function widest(type: SqlType): SqlType {
  if (/^U?Int(8|16|32)$/.test(type.kind)) return plain('Int64');
  return type;
}

function asQuery({ body, columns }: Pick<BoundPart, 'body' | 'columns'>): BoundQuery {
  return { ctes: [], recursive: false, body, orderBy: [], limit: undefined, offset: undefined, columns };
}

function bindBody(binder: Binder, body: QueryBody, scope: Scope): BoundPart {
  switch (body.kind) {
    case 'Select':
      return bindSelect(binder, body, scope);
    case 'SetOperation':
      return bindSetOperation(binder, body, scope);
    case 'Values':
      return bindValues(binder, body, scope);
    case 'Query': {
      const query = binder.query(body, scope);
      return {
        body: { kind: 'Nested', query },
        columns: query.columns,
        order: byOutput(binder, query.columns, 'a parenthesised query'),
      };
    }
    default:
      return unreachable(body);
  }
}

function bindSetOperation(binder: Binder, node: SetOperation, scope: Scope): BoundPart {
  const left = asQuery(bindBody(binder, node.left, scope));
  const right = asQuery(bindBody(binder, node.right, scope));
  if (left.columns.length !== right.columns.length)
    throw columnCountError(left.columns.length, right.columns.length, node);
  const columns = left.columns.map((column, index): Column => {
    const other = right.columns[index] ?? column;
    const type = commonSuperType(column.type, other.type);
    if (!type) {
      throw new SqlError(
        'SemanticError',
        `SetOperation's types cannot be matched, left column ${column.name} type: ${engineTypeName(column.type)}, right column ${other.name} type: ${engineTypeName(other.type)}`,
        { span: node.span },
      );
    }
    return { name: column.name, type, nullable: column.nullable || other.nullable };
  });
  const types = columns.map((column) => column.type);
  const body: BoundBody = { kind: 'SetOperation', operator: node.operator, all: node.all, left, right, types };
  return { body, columns, order: byOutput(binder, columns, 'a set operation') };
}

function columnCountError(left: number, right: number, { span }: SetOperation): SqlError {
  return new SqlError(
    'SemanticError',
    `SetOperation must have the same number of columns, left has ${left}, right has ${right}`,
    { span },
  );
}

function bindValues(binder: Binder, { rows, span }: Values, scope: Scope): BoundPart {
  const width = rows[0]?.length ?? 0;
  const bound = rows.map((row) => {
    if (row.length !== width) {
      throw new SqlError(
        'SemanticError',
        `Values lists must all be the same length, want ${width}, got ${row.length}`,
        { span: row[0]?.span ?? span },
      );
    }
    return row.map((expr) => binder.expr(expr, { ...scope, without: { aggregates: 'VALUES', windows: 'VALUES' } }));
  });
  const columns = Array.from({ length: width }, (_, index): Column => {
    const cells = bound.flatMap((row) => row[index] ?? []);
    return { name: `col${index}`, type: superTypeOf(cells, span), nullable: cells.some((cell) => cell.nullable) };
  });
  const body: BoundValues = {
    kind: 'Values',
    rows: bound.map((row) => row.map((expr, index) => unify(binder, expr, columns[index]?.type ?? expr.type))),
  };
  return { body, columns, order: byOutput(binder, columns, 'VALUES') };
}
