import { type Span, SqlError } from '../base/errors.ts';
import type { Between, BinaryOperator, ComparisonOperator, Like } from '../sql/ast.ts';
import { comparisonType } from '../types/cast.ts';
import { duckString } from '../types/duck.ts';
import { engineTypeName, plain } from '../types/type.ts';
import type { Binder, Scope } from './binder.ts';
import { call, castTo, coerce } from './build.ts';
import type { BoundExpr } from './plan.ts';

const COMPARISONS: { readonly [K in ComparisonOperator]: string } = {
  '=': 'eq',
  '<>': 'noteq',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
};

export function isComparison(operator: BinaryOperator): operator is ComparisonOperator {
  return operator in COMPARISONS;
}

export function bindComparison(
  binder: Binder,
  operator: ComparisonOperator,
  operands: readonly [BoundExpr, BoundExpr],
  span: Span,
): BoundExpr {
  return call(binder, COMPARISONS[operator], comparable(binder, operands, span), { span });
}

/** Both sides as the type they are compared in. */
export function comparable(
  binder: Binder,
  [left, right]: readonly [BoundExpr, BoundExpr],
  span: Span,
): [BoundExpr, BoundExpr] {
  if (left.type.kind === 'Variant' && isText(right)) return [left, asJsonText(binder, right)];
  if (right.type.kind === 'Variant' && isText(left)) return [asJsonText(binder, left), right];
  const type = comparisonType(left.type, right.type);
  if (!type) {
    throw new SqlError(
      'SemanticError',
      `unable to unify \`${engineTypeName(left.type)}\` with \`${engineTypeName(right.type)}\``,
      { span },
    );
  }
  return [coerce(binder, left, type), coerce(binder, right, type)];
}

const isText = (expr: BoundExpr) => expr.kind === 'Literal' && expr.type.kind === 'String';

/** A text constant beside JSON is a JSON string, not JSON to parse. */
function asJsonText(binder: Binder, text: BoundExpr): BoundExpr {
  return call(binder, 'to_variant', [text], { span: text.span });
}

export function bindBetween(binder: Binder, { operand, low, high, negated, span }: Between, scope: Scope): BoundExpr {
  const bound = binder.expr(operand, scope);
  const from = bindComparison(binder, negated ? '<' : '>=', [bound, binder.expr(low, scope)], span);
  const to = bindComparison(binder, negated ? '>' : '<=', [bound, binder.expr(high, scope)], span);
  return call(binder, negated ? 'or' : 'and', [from, to], { span });
}

export function bindLike(binder: Binder, like: Like, scope: Scope): BoundExpr {
  const { span } = like;
  const operand = binder.expr(like.operand, scope);
  const matches = like.patterns.map((pattern) => likeOne(binder, operand, binder.expr(pattern, scope), like));
  const any = matches.reduce((all, match) => call(binder, 'or', [all, match], { span }));
  return like.negated ? call(binder, 'not', [any], { span }) : any;
}

function likeOne(
  binder: Binder,
  operand: BoundExpr,
  pattern: BoundExpr,
  { caseInsensitive, escape: escapeCharacter, span }: Like,
): BoundExpr {
  if (operand.type.kind === 'Variant')
    return call(binder, 'json_like', [operand, castTo(binder, pattern, plain('String'))], { span });
  const operator = caseInsensitive ? 'ILIKE' : 'LIKE';
  const args = [coerce(binder, operand, plain('String')), coerce(binder, pattern, plain('String'))];
  return {
    kind: 'Call',
    name: operator.toLowerCase(),
    lower: ({ args: [text, pattern], constants }) => {
      const escapeBy = escapeCharacter ?? '\\';
      // Without ESCAPE DuckDB looks for the text itself, several times faster.
      const isPlain = typeof constants[1] === 'string' && !constants[1].includes(escapeBy);
      return `(${text} ${operator} ${pattern}${isPlain ? '' : ` ESCAPE ${duckString(escapeBy)}`})`;
    },
    args,
    type: plain('Boolean'),
    nullable: args.some((arg) => arg.nullable),
    volatile: false,
    span,
  };
}
