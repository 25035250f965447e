import type { Span } from '../base/errors.ts';
import type { Expr } from '../sql/ast.ts';
import type { Query, SelectItem, TableRef, With } from '../sql/ast-query.ts';

interface SelectParts {
  readonly with?: With | undefined;
  readonly items: readonly SelectItem[];
  readonly from?: TableRef | readonly TableRef[];
  readonly where?: Expr | undefined;
  readonly span: Span;
}

/** The tree of `SELECT <items> [FROM <from>] [WHERE <where>]`, for statements that are queries inside. */
export function selectQuery({ items, from, where, span, ...parts }: SelectParts): Query {
  return {
    kind: 'Query',
    with: parts.with,
    body: {
      kind: 'Select',
      hints: [],
      distinct: false,
      top: undefined,
      items,
      from: from === undefined ? [] : [from].flat(),
      where,
      groupBy: undefined,
      having: undefined,
      windows: [],
      qualify: undefined,
      span,
    },
    orderBy: [],
    limit: undefined,
    offset: undefined,
    ignoreResult: false,
    span,
  };
}

/** An item without an alias. */
export function selectItem(expr: Expr): SelectItem {
  return { kind: 'ExprItem', expr, alias: undefined, span: expr.span };
}
