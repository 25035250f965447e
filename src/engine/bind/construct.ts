import { SqlError } from '../base/errors.ts';
import type { ArrayLiteral, Expr, MapLiteral, TupleLiteral } from '../sql/ast.ts';
import type { Binder, Scope } from './binder.ts';
import { unify } from './build.ts';
import { superTypeOf } from './condition.ts';
import type { BoundExpr } from './plan.ts';

/** `[a, b]`: items of one type. */
export function bindArray(binder: Binder, { items, span }: ArrayLiteral, scope: Scope): BoundExpr {
  const bound = items.map((item) => binder.expr(item, scope));
  const element = superTypeOf(bound, span);
  return {
    kind: 'Construct',
    items: bound.map((item) => unify(binder, item, element)),
    type: { kind: 'Array', element },
    nullable: false,
    span,
  };
}

/** `{'k': v}`: keys of one type, values of one type. */
export function bindMap(binder: Binder, { entries, span }: MapLiteral, scope: Scope): BoundExpr {
  const bindAll = (exprs: readonly Expr[]) => exprs.map((expr) => binder.expr(expr, scope));
  const keys = bindAll(entries.map((entry) => entry.key));
  const values = bindAll(entries.map((entry) => entry.value));
  const nullKey = keys.find((key) => key.type.kind === 'Null');
  if (nullKey) throw new SqlError('SemanticError', 'map keys can not be NULL', { span: nullKey.span });
  const [key, value] = [superTypeOf(keys, span), superTypeOf(values, span)];
  const items = keys.flatMap((item, index) => {
    const paired = values[index];
    return paired ? [unify(binder, item, key), unify(binder, paired, value)] : [];
  });
  return { kind: 'Construct', items, type: { kind: 'Map', key, value }, nullable: false, span };
}

/** `(1, 'a')`: fields are named by position. */
export function bindTuple(binder: Binder, { items, span }: TupleLiteral, scope: Scope): BoundExpr {
  const bound = items.map((item) => binder.expr(item, scope));
  const fields = bound.map((item, index) => ({ name: String(index + 1), type: item.type }));
  return { kind: 'Construct', items: bound, type: { kind: 'Tuple', fields }, nullable: false, span };
}
