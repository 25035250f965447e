import { type Span, SqlError } from '../base/errors.ts';
import type { Case, InList, IsDistinct, IsNull } from '../sql/ast.ts';
import { commonSuperTypeOf, comparisonType } from '../types/cast.ts';
import { engineTypeName, plain, type SqlType } from '../types/type.ts';
import type { Binder, Scope } from './binder.ts';
import { booleanLiteral, call, coerce, unify } from './build.ts';
import { bindComparison, comparable } from './operator.ts';
import type { BoundBranch, BoundExpr } from './plan.ts';

const BOOLEAN = plain('Boolean');

export function bindCase(binder: Binder, { operand, branches, otherwise, span }: Case, scope: Scope): BoundExpr {
  const subject = operand && binder.expr(operand, scope);
  const bound = branches.map(({ when, result }) => {
    const condition = binder.expr(when, scope);
    return {
      when: subject ? bindComparison(binder, '=', [subject, condition], when.span) : coerce(binder, condition, BOOLEAN),
      result: binder.expr(result, scope),
    };
  });
  return caseOf(binder, bound, otherwise && binder.expr(otherwise, scope), span);
}

/** A CASE over bound branches, its results brought to one type. */
export function caseOf(
  binder: Binder,
  branches: readonly BoundBranch[],
  otherwise: BoundExpr | undefined,
  span: Span,
): BoundExpr {
  const results = [...branches.map(({ result }) => result), ...(otherwise ? [otherwise] : [])];
  const type = superTypeOf(results, span);
  return {
    kind: 'Case',
    branches: branches.map(({ when, result }) => ({ when, result: unify(binder, result, type) })),
    otherwise: otherwise && unify(binder, otherwise, type),
    type,
    nullable: !otherwise || results.some((result) => result.nullable),
    span,
  };
}

/** The common super type of expressions; throws with the first pair that has none. */
export function superTypeOf(exprs: readonly BoundExpr[], span: Span): SqlType {
  const type = commonSuperTypeOf(exprs.map((expr) => expr.type));
  if (type) return type;
  const kinds = [...new Set(exprs.map((expr) => engineTypeName(expr.type)))];
  throw new SqlError('SemanticError', `unable to unify \`${kinds[0]}\` with \`${kinds[1]}\``, { span });
}

/** Databend turns lists of more than so many items into an array look-up, where a NULL item makes no result NULL. */
const MAX_INLIST_TO_OR = 3;

export function bindIn(binder: Binder, { operand, items, negated, span }: InList, scope: Scope): BoundExpr {
  const subject = binder.expr(operand, scope);
  const all = items.map((item) => binder.expr(item, scope));
  const isNull = (item: BoundExpr) => item.kind === 'Literal' && item.value === null;
  const dropsNulls = all.length > MAX_INLIST_TO_OR;
  const kept = dropsNulls ? all.filter((item) => !isNull(item)) : all;
  if (kept.length === 0) return booleanLiteral(negated, span);
  if (subject.type.kind === 'Variant') return inByComparison(binder, subject, { items: kept, negated, span });
  const type = [subject, ...kept]
    .map((expr) => expr.type)
    .reduce<SqlType | undefined>((a, b) => a && comparisonType(a, b), plain('Null'));
  if (!type) return inByComparison(binder, subject, { items: kept, negated, span });
  return {
    kind: 'In',
    operand: coerce(binder, subject, type),
    items: kept.map((item) => coerce(binder, item, type)),
    negated,
    type: BOOLEAN,
    nullable: subject.nullable || kept.some((item) => item.nullable),
    span,
  };
}

interface InItems {
  readonly items: readonly BoundExpr[];
  readonly negated: boolean;
  readonly span: Span;
}

function inByComparison(binder: Binder, subject: BoundExpr, { items, negated, span }: InItems): BoundExpr {
  const tests = items.map((item) => bindComparison(binder, '=', [subject, item], item.span));
  const any = tests.reduce((all, test) => call(binder, 'or', [all, test], { span }));
  return negated ? call(binder, 'not', [any], { span }) : any;
}

export function bindIsNull(binder: Binder, { operand, negated, span }: IsNull, scope: Scope): BoundExpr {
  return { kind: 'NullTest', operand: binder.expr(operand, scope), negated, type: BOOLEAN, nullable: false, span };
}

export function bindIsDistinct(binder: Binder, { left, right, negated, span }: IsDistinct, scope: Scope): BoundExpr {
  const [a, b] = comparable(binder, [binder.expr(left, scope), binder.expr(right, scope)], span);
  return { kind: 'DistinctTest', left: a, right: b, negated, type: BOOLEAN, nullable: false, span };
}
