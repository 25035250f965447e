import { SqlError } from '../base/errors.ts';
import type { BoundExpr } from './plan.ts';
import { childrenOf } from './walk.ts';

/** Throws where the expression is more than one value of one row; `place` says whose expression it is. */
export function requireRowValue(expr: BoundExpr, place: string): void {
  const kind = manyRowsKind(expr);
  if (kind) throw new SqlError('SemanticError', `${place} can't contain ${kind}`, { span: expr.span });
  for (const child of childrenOf(expr)) requireRowValue(child, place);
}

function manyRowsKind(expr: BoundExpr): string | undefined {
  if (expr.kind === 'Aggregate') return 'aggregate functions';
  if (expr.kind === 'Window') return 'window functions';
  return expr.kind === 'Call' && expr.spreads ? 'set-returning functions' : undefined;
}
