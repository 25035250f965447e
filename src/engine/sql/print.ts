import type { Expr, Identifier, ObjectName } from './ast.ts';
import type { Hint, Query, SelectItem, TableAlias, TableRef, Travel, With } from './ast-query.ts';
import { exprText, objectNameText, type Printer } from './print-expr.ts';
import { quoteName } from './print-name.ts';
import {
  asAlias,
  hintsText,
  itemsText,
  queryText,
  streamOptionsText,
  tableRefText,
  travelText,
  withText,
} from './print-query.ts';

function printer(isHeader: boolean): Printer {
  const self: Printer = {
    isHeader,
    expr: (expr, min = 0) => exprText(self, expr, min),
    query: (query) => queryText(self, query),
    identifier: ({ name, quoted }) => (quoted && !isHeader ? quoteName(name) : name),
  };
  return self;
}

const CANONICAL = printer(false);
const HEADER = printer(true);

/** Canonical SQL on one line: parsing it gives the same tree, spans aside. */
export function printExpr(expr: Expr): string {
  return CANONICAL.expr(expr);
}

/** Canonical SQL on one line: parsing it gives the same tree, spans aside. */
export function printQuery(query: Query): string {
  return CANONICAL.query(query);
}

/** What Databend calls the column of a result that has no alias. Casts are transparent, and a column has its own name. */
export function exprHeader(expr: Expr): string {
  if (expr.kind === 'Cast') return exprHeader(expr.operand);
  if (expr.kind === 'ColumnRef') return expr.parts.at(-1)?.name ?? '';
  return HEADER.expr(expr);
}

export function printIdentifier(identifier: Identifier): string {
  return CANONICAL.identifier(identifier);
}

export function printObjectName(name: ObjectName): string {
  return objectNameText(CANONICAL, name);
}

export function printWith(with_: With): string {
  return withText(CANONICAL, with_);
}

export function printSelectItems(items: readonly SelectItem[]): string {
  return itemsText(CANONICAL, items);
}

export function printTableRef(ref: TableRef): string {
  return tableRefText(CANONICAL, ref);
}

/** `AS name (columns)` */
export function printTableAlias(alias: TableAlias): string {
  return asAlias(CANONICAL, alias) ?? '';
}

/** `(TIMESTAMP => …)`, AT left to those who write it. */
export function printTravelPoint(travel: Travel): string {
  return travelText(CANONICAL, travel);
}

/** `SET_VAR(name = value)`, in the comment that a hint is. */
export function printHints(hints: readonly Hint[]): string | undefined {
  return hintsText(CANONICAL, hints);
}

/** `WITH CONSUME` or `WITH (NAME = value, …)` */
export function printStreamOptions(options: ReadonlyMap<string, string>): string {
  return streamOptionsText(options);
}
