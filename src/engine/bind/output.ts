import { SqlError } from '../base/errors.ts';
import type { Expr, OrderItem } from '../sql/ast.ts';
import type { Schema } from '../types/type.ts';
import { nullsFirst } from './aggregate.ts';
import type { Binder } from './binder.ts';
import type { BoundBody, BoundQueryOrder } from './plan.ts';

/** What a body gives: its columns, and how its ORDER BY items are found. */
export interface BoundPart {
  readonly body: BoundBody;
  readonly columns: Schema;
  /** Names that ORDER BY may use besides positions; undefined binds nothing else. */
  readonly order: (item: OrderItem) => BoundQueryOrder;
  readonly limit?: Expr | undefined;
}

/** ORDER BY over what has no relations of its own: positions and names of columns. */
export function byOutput(binder: Binder, columns: Schema, what: string): (item: OrderItem) => BoundQueryOrder {
  return (item) => {
    const by = outputPosition(item.expr, columns);
    if (by === undefined)
      throw new SqlError('SemanticError', `ORDER BY of ${what} takes names and positions of its columns`, {
        span: item.expr.span,
      });
    return { by, descending: item.descending, nullsFirst: nullsFirst(binder, item) };
  };
}

/** The position (from 0) of an output column that a number or a bare name means. */
export function outputPosition(expr: Expr, columns: Schema): number | undefined {
  if (expr.kind === 'NumberLiteral' && /^\d+$/.test(expr.text)) {
    const position = Number(expr.text);
    if (position >= 1 && position <= columns.length) return position - 1;
    throw new SqlError('SemanticError', `ORDER BY position ${position} is not in select list`, { span: expr.span });
  }
  if (expr.kind !== 'ColumnRef' || expr.parts.length !== 1) return undefined;
  const name = expr.parts[0]?.name;
  const matches = columns.flatMap((column, index) => (column.name === name ? [index] : []));
  return matches.length === 1 ? matches[0] : undefined;
}
