import { SqlError } from '../../base/errors.ts';
import type { BoundExpr } from '../../bind/plan.ts';
import type { Expr, Identifier } from '../../sql/ast.ts';
import type { SelectItem } from '../../sql/ast-query.ts';
import type { TableColumn } from '../../warehouse/object.ts';
import type { StatementContext } from '../context.ts';
import { selectItem } from '../select.ts';
import type { Assignment } from '../syntax/dml.ts';
import type { InsertValue } from '../syntax/insert-value.ts';
import { columnValue, defaultValue, type Target, targetColumns } from '../target.ts';

/** What a clause gives a column of the target. */
export interface ColumnValue {
  readonly column: TableColumn;
  readonly value: InsertValue;
}

/** The columns that SET names, each once. `owner` is how the statement calls its target. */
export function assignedColumns(
  target: Target,
  assignments: readonly Assignment[],
  owner: Identifier,
): readonly ColumnValue[] {
  const seen = new Set<string>();
  const columns = targetColumns(
    target,
    assignments.map(({ column }) => column),
  );
  return assignments.map(({ qualifier, column, value }, index) => {
    checkQualifier(qualifier, owner);
    if (seen.has(column.name)) {
      throw new SqlError('BadArguments', `Multiple assignments in the single statement to column \`${column.name}\``, {
        span: column.span,
      });
    }
    seen.add(column.name);
    const found = columns[index];
    if (!found) throw new SqlError('Internal', 'an assignment has no column');
    return { column: found, value };
  });
}

function checkQualifier(qualifier: readonly Identifier[], owner: Identifier): void {
  const name = qualifier.at(-1);
  if (!name || name.name === owner.name) return;
  throw new SqlError('SemanticError', `unknown table \`${name.name}\` in SET, expect \`${owner.name}\``, {
    span: name.span,
  });
}

/** The values that are expressions, as items of a query. */
export function valueItems(values: readonly ColumnValue[]): readonly SelectItem[] {
  return values.flatMap(({ value }) => (isExpr(value) ? [selectItem(value)] : []));
}

const isExpr = (value: InsertValue): value is Expr => value.kind !== 'DefaultValue';

/** Each value in its column's type; `items` are the bound ones of `valueItems`, which this takes from the front. */
export function boundValues(
  values: readonly ColumnValue[],
  items: Iterator<BoundExpr>,
  ctx: StatementContext,
): readonly BoundExpr[] {
  return values.map(({ column, value }) => {
    if (!isExpr(value)) return defaultValue(column, ctx);
    const item = items.next();
    if (item.done) throw new SqlError('Internal', 'a value was not bound');
    return columnValue(item.value, column, ctx);
  });
}
