import { SqlError } from '../base/errors.ts';
import type { Call, Expr } from './ast.ts';
import type { Pivot, Unpivot } from './ast-query.ts';
import { parseTableAlias } from './parse-alias.ts';
import type { Parser } from './parser.ts';

/** `PIVOT (…) [alias]` or `UNPIVOT (…) [alias]`, if one of them comes next. */
export function parsePivot(p: Parser): Pivot | Unpivot | undefined {
  if (p.accept('PIVOT')) return { ...p.parenthesized(() => pivot(p)), alias: parseTableAlias(p) };
  if (p.accept('UNPIVOT')) return { ...p.parenthesized(() => unpivot(p)), alias: parseTableAlias(p) };
  return undefined;
}

/** `agg(column) FOR column IN (…)` */
function pivot(p: Parser): Omit<Pivot, 'alias'> {
  const aggregate = pivotAggregate(p);
  p.expect('FOR');
  const column = p.name('column');
  p.expect('IN');
  return { kind: 'Pivot', aggregate, column, values: p.parenthesized(() => pivotValues(p)) };
}

function pivotAggregate(p: Parser): Call {
  if (p.ahead(1).word !== '(') p.name('function');
  const call = p.call();
  const [argument] = call.args;
  if (call.args.length !== 1 || argument?.kind !== 'ColumnRef' || call.filter) {
    throw new SqlError('SyntaxException', 'The aggregate function of the pivot only support column name', {
      span: argument?.span ?? call.span,
    });
  }
  return call;
}

/** Literals, `ANY [ORDER BY …]` or a query. */
function pivotValues(p: Parser): Pivot['values'] {
  if (p.startsQuery()) return p.query();
  if (p.accept('ANY')) return { any: p.accept('ORDER BY') ? p.list(() => p.orderItem()) : [] };
  return p.list(() => literal(p));
}

function literal(p: Parser): Expr {
  const expr = p.expr();
  if (!isLiteral(expr)) throw new SqlError('SyntaxException', 'Pivot value should be literal', { span: expr.span });
  return expr;
}

function isLiteral(expr: Expr): boolean {
  if (expr.kind === 'Unary') return expr.operator === '-' && expr.operand.kind === 'NumberLiteral';
  return expr.kind.endsWith('Literal') && !/^(Array|Map|Tuple)/.test(expr.kind);
}

/** `value FOR name IN (column [[AS] 'label'], …)` */
function unpivot(p: Parser): Omit<Unpivot, 'alias'> {
  const valueColumn = p.name();
  p.expect('FOR');
  const nameColumn = p.name();
  p.expect('IN');
  const columns = p.parenthesized(() =>
    p.list(() => {
      const column = p.name('column');
      const hasLabel = p.accept('AS') || p.token.kind === 'String';
      return { column, label: hasLabel ? p.string() : undefined };
    }),
  );
  return { kind: 'Unpivot', valueColumn, nameColumn, columns };
}
