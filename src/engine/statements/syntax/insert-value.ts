import type { Span } from '../../base/errors.ts';
import type { Expr } from '../../sql/ast.ts';
import type { Parser } from '../../sql/parser.ts';
import { printExpr } from '../../sql/print.ts';

export type InsertValue = Expr | DefaultValue;

/** DEFAULT in the place of a value. */
export interface DefaultValue {
  readonly kind: 'DefaultValue';
  readonly span: Span;
}

/** Whether the parenthesis that comes next is a query and no list of columns. */
export function startsQueryInParentheses(p: Parser): boolean {
  let at = 0;
  while (p.ahead(at).word === '(') at++;
  return at > 0 && /^(SELECT|WITH|FROM|VALUES)$/.test(p.ahead(at).word);
}

/** An expression, or DEFAULT where nothing more follows. */
export function insertValue(p: Parser): InsertValue {
  const { start, end, word } = p.token;
  const isDefault = word === 'DEFAULT' && !/^[.(]$/.test(p.ahead(1).word);
  if (isDefault && p.accept('DEFAULT')) return { kind: 'DefaultValue', span: { start, end } };
  return p.expr();
}

export function printInsertValue(value: InsertValue): string {
  return value.kind === 'DefaultValue' ? 'DEFAULT' : printExpr(value);
}
