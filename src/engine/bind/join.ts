import { SqlError } from '../base/errors.ts';
import { didYouMean } from '../base/text.ts';
import type { Identifier } from '../sql/ast.ts';
import type { Join, JoinType } from '../sql/ast-query.ts';
import { plain } from '../types/type.ts';
import { type Binder, type BoundSource, nameMatches, type Scope, type VisibleColumn } from './binder.ts';
import { coerce } from './build.ts';
import { superTypeOf } from './condition.ts';
import { bindComparison } from './operator.ts';
import type { BoundExpr, BoundJoinType } from './plan.ts';
import { bothOf } from './special.ts';

interface Side {
  /** The sides are exchanged: DuckDB has these joins for the left side only. */
  readonly swap: boolean;
  readonly type: BoundJoinType;
}

const JOINS: { readonly [K in JoinType]: Side } = {
  INNER: { swap: false, type: 'INNER' },
  LEFT: { swap: false, type: 'LEFT' },
  RIGHT: { swap: false, type: 'RIGHT' },
  FULL: { swap: false, type: 'FULL' },
  CROSS: { swap: false, type: 'CROSS' },
  'LEFT SEMI': { swap: false, type: 'SEMI' },
  'RIGHT SEMI': { swap: true, type: 'SEMI' },
  'LEFT ANTI': { swap: false, type: 'ANTI' },
  'RIGHT ANTI': { swap: true, type: 'ANTI' },
  'INNER ANY': { swap: false, type: 'ANY INNER' },
  'LEFT ANY': { swap: false, type: 'ANY LEFT' },
  'RIGHT ANY': { swap: true, type: 'ANY LEFT' },
  ASOF: { swap: false, type: 'ASOF' },
  'LEFT ASOF': { swap: false, type: 'ASOF LEFT' },
  'RIGHT ASOF': { swap: false, type: 'ASOF RIGHT' },
  'FULL ASOF': { swap: false, type: 'ASOF FULL' },
};

export function bindJoin(binder: Binder, join: Join, scope: Scope): BoundSource {
  const left = binder.from(join.left, scope);
  // A lateral right side sees the columns of the left one.
  const right = binder.from(join.right, {
    ...scope,
    relations: [...scope.relations, ...left.relations],
    visible: [...scope.visible, ...left.visible],
  });
  checkNames(join, left, right);
  const { type, swap } = JOINS[join.type];
  const shared = sharedColumns(join, left, right);
  const on = shared ? usingCondition(binder, join, shared) : onCondition(binder, join, { left, right, scope });
  checkCondition(join, on);
  const [first, second] = swap ? [right, left] : [left, right];
  const joined = type === 'INNER' && !on ? 'CROSS' : type;
  return {
    from: { kind: 'Join', type: joined, left: first.from, right: second.from, on },
    relations: keepsOneSide(type)
      ? first.relations
      : [...left.relations, ...right.relations].map(nullableBy(type, left, right)),
    visible: keepsOneSide(type) ? first.visible : visibleColumns(binder, join, { left, right, shared }),
  };
}

const keepsOneSide = (type: BoundJoinType) => type === 'SEMI' || type === 'ANTI';

/** Columns of a side that an outer join may fill with NULL are nullable from here on. */
function nullableBy(type: BoundJoinType, left: BoundSource, right: BoundSource) {
  const fillsLeft = type === 'RIGHT' || type === 'FULL' || type === 'ASOF RIGHT' || type === 'ASOF FULL';
  const fillsRight =
    type === 'LEFT' || type === 'FULL' || type === 'ANY LEFT' || type === 'ASOF LEFT' || type === 'ASOF FULL';
  return (relation: BoundSource['relations'][number]) => {
    const fills =
      (fillsLeft && left.relations.includes(relation)) || (fillsRight && right.relations.includes(relation));
    if (!fills) return relation;
    return {
      ...relation,
      columns: relation.columns.map((column) => ({
        ...column,
        nullable: true,
        expr: { ...column.expr, nullable: true },
      })),
    };
  };
}

function checkNames(join: Join, left: BoundSource, right: BoundSource): void {
  const names = new Set(left.relations.flatMap(({ name }) => name ?? []));
  const twice = right.relations.find(({ name }) => name !== undefined && names.has(name));
  if (twice) {
    throw new SqlError(
      'SemanticError',
      `Duplicated table name '${twice.name}' in the same FROM clause. Please use alias to distinguish`,
      { span: join.right.span },
    );
  }
}

interface Shared {
  readonly name: Identifier;
  readonly left: VisibleColumn;
  readonly right: VisibleColumn;
}

/** The pairs of columns of USING or NATURAL; undefined for other joins. */
function sharedColumns({ condition, span }: Join, left: BoundSource, right: BoundSource): Shared[] | undefined {
  if (condition?.kind === 'Using') {
    return condition.columns.map((name) => ({ name, left: columnIn(left, name), right: columnIn(right, name) }));
  }
  if (condition?.kind !== 'Natural') return undefined;
  return left.visible.flatMap((column) => {
    const other = right.visible.find(({ name }) => name === column.name);
    return other ? [{ name: { name: column.name, quoted: true, span }, left: column, right: other }] : [];
  });
}

function columnIn(source: BoundSource, name: Identifier): VisibleColumn {
  const matches = source.visible.filter((column) => nameMatches(column, name));
  if (matches.length > 1)
    throw new SqlError(
      'SemanticError',
      `column ${name.name} reference or alias is ambiguous, please use another alias name`,
      { span: name.span },
    );
  const [column] = matches;
  if (column) return column;
  const suggestions = didYouMean(
    name.name,
    source.visible.map((candidate) => candidate.name),
  );
  throw new SqlError('SemanticError', `column ${name.name} doesn't exist in the join's using clause`, {
    span: name.span,
    suggestions,
  });
}

function usingCondition(binder: Binder, join: Join, shared: readonly Shared[]): BoundExpr | undefined {
  return shared.reduce<BoundExpr | undefined>(
    (all, { left, right }) => bothOf(binder, all, bindComparison(binder, '=', [left.expr, right.expr], join.span)),
    undefined,
  );
}

interface JoinScope {
  readonly left: BoundSource;
  readonly right: BoundSource;
  readonly scope: Scope;
}

function onCondition(binder: Binder, { condition }: Join, { left, right, scope }: JoinScope): BoundExpr | undefined {
  if (condition?.kind !== 'On') return undefined;
  const inner: Scope = {
    ...scope,
    relations: [...scope.relations, ...left.relations, ...right.relations],
    visible: [...scope.visible, ...left.visible, ...right.visible],
    without: { aggregates: 'A join condition', windows: 'A join condition' },
  };
  return coerce(binder, binder.expr(condition.expr, inner), plain('Boolean'));
}

function checkCondition({ type, span, condition }: Join, on: BoundExpr | undefined): void {
  if (type === 'CROSS' && condition)
    throw new SqlError('SemanticError', 'cross join should not contain join conditions', { span });
  if (on || condition?.kind === 'Natural' || type === 'CROSS' || type === 'INNER') return;
  const kind = type.includes('ASOF')
    ? 'asof'
    : type === 'LEFT' || type === 'RIGHT' || type === 'FULL'
      ? 'outer'
      : 'semi';
  throw new SqlError('SemanticError', `${kind} join should contain join conditions`, { span });
}

interface JoinColumns {
  readonly left: BoundSource;
  readonly right: BoundSource;
  readonly shared: readonly Shared[] | undefined;
}

/** Left columns, then right ones; a shared column once, from the side that is never filled with NULL. */
function visibleColumns(binder: Binder, join: Join, { left, right, shared = [] }: JoinColumns): VisibleColumn[] {
  const nullable = nullableBy(JOINS[join.type].type, left, right);
  const exprs = new Map(
    [...left.relations, ...right.relations].flatMap((relation) => {
      const after = nullable(relation);
      return relation.columns.map((column, index) => [column.expr, after.columns[index]?.expr ?? column.expr] as const);
    }),
  );
  const current = (column: VisibleColumn): VisibleColumn => ({
    ...column,
    expr: exprs.get(column.expr) ?? column.expr,
  });
  const leftColumns = left.visible.map((column) => {
    const pair = shared.find((candidate) => candidate.left === column);
    return pair ? { ...column, relation: undefined, expr: sharedExpr(binder, join, pair) } : current(column);
  });
  const rightColumns = right.visible.filter((column) => !shared.some((pair) => pair.right === column)).map(current);
  return [...leftColumns, ...rightColumns];
}

function sharedExpr(binder: Binder, { type, span }: Join, { left, right }: Shared): BoundExpr {
  if (type === 'RIGHT' || type === 'RIGHT ASOF') return right.expr;
  if (type !== 'FULL' && type !== 'FULL ASOF') return left.expr;
  const target = superTypeOf([left.expr, right.expr], span);
  const args = [coerce(binder, left.expr, target), coerce(binder, right.expr, target)];
  return {
    kind: 'Call',
    name: 'coalesce',
    lower: 'coalesce($*)',
    args,
    type: target,
    nullable: true,
    volatile: false,
    span,
  };
}
