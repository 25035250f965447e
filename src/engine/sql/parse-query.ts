import type { Expr, OrderItem } from './ast.ts';
import type { Cte, Query, QueryBody, SetOperation, Values, With } from './ast-query.ts';
import { parseSelect } from './parse-select.ts';
import type { Parser } from './parser.ts';

/** `[WITH …] body [ORDER BY …] [LIMIT …] [OFFSET …] [IGNORE_RESULT]` */
export function parseQuery(p: Parser): Query {
  const { start } = p.token;
  const with_ = parseWith(p);
  return queryTail(p, start, with_, setOperations(p));
}

/** The rest of a query whose first operand, a parenthesised query, was read from `start` on. */
export function parseQueryFrom(p: Parser, first: Query, start: number): Query {
  return queryTail(p, start, undefined, setOperations(p, first));
}

/** Whether a query begins here, unless it stands in parentheses of its own. */
export function startsQuery(p: Parser): boolean {
  return p.peek('SELECT') || p.peek('WITH') || p.peek('FROM') || p.peek('VALUES (');
}

/** Whether what follows a parenthesised query goes on with it. */
export function continuesQuery(p: Parser): boolean {
  return /^(UNION|EXCEPT|INTERSECT|LIMIT|OFFSET|IGNORE_RESULT)$/.test(p.token.word) || p.peek('ORDER BY');
}

function queryTail(p: Parser, start: number, with_: With | undefined, body: QueryBody): Query {
  const orderBy = p.accept('ORDER BY') ? p.part(() => p.list(() => parseOrderItem(p)), []) : [];
  const { limit, offset } = p.part(() => limits(p), { limit: undefined, offset: undefined });
  const ignoreResult = p.accept('IGNORE_RESULT');
  return { kind: 'Query', with: with_, body, orderBy, limit, offset, ignoreResult, span: p.spanFrom(start) };
}

/** `[LIMIT n | LIMIT offset, n] [OFFSET n]` */
function limits(p: Parser): { limit: Expr | undefined; offset: Expr | undefined } {
  const first = p.accept('LIMIT') ? p.expr() : undefined;
  if (first && p.accept(',')) return { limit: p.expr(), offset: first };
  return { limit: first, offset: p.accept('OFFSET') ? p.expr() : undefined };
}

/** `expr [ASC | DESC] [NULLS {FIRST | LAST}]` */
export function parseOrderItem(p: Parser): OrderItem {
  const { start } = p.token;
  const expr = p.expr();
  const descending = p.acceptAny('ASC', 'DESC') === 'DESC';
  const nulls = p.accept('NULLS') ? p.expectAny('FIRST', 'LAST') : undefined;
  return { expr, descending, nulls, span: p.spanFrom(start) };
}

/** `WITH [RECURSIVE] name [(columns)] AS [MATERIALIZED] (query), …`; it may precede DML too. */
export function parseWith(p: Parser): With | undefined {
  if (!p.accept('WITH')) return undefined;
  const recursive = p.accept('RECURSIVE');
  return { recursive, ctes: p.list(() => cte(p)) };
}

function cte(p: Parser): Cte {
  const { start } = p.token;
  const name = p.name();
  const columns = p.peek('(') ? p.parenthesized(() => p.list(() => p.name())) : [];
  p.expect('AS');
  const materialized = p.accept('MATERIALIZED');
  const query = p.parenthesized(() => p.query());
  return { name, columns, materialized, query, span: p.spanFrom(start) };
}

/** UNION and EXCEPT from left to right; INTERSECT binds tighter. */
function setOperations(p: Parser, first?: Query): QueryBody {
  const { start } = first?.span ?? p.token;
  let left = intersections(p, first);
  for (let operator = setOperator(p); operator; operator = setOperator(p)) {
    const all = p.accept('ALL');
    const right = intersections(p);
    left = { kind: 'SetOperation', operator, all, left, right, span: p.spanFrom(start) } satisfies SetOperation;
  }
  return left;
}

function setOperator(p: Parser): 'UNION' | 'EXCEPT' | undefined {
  return p.acceptAny('UNION', 'EXCEPT');
}

function intersections(p: Parser, first?: Query): QueryBody {
  const { start } = first?.span ?? p.token;
  let left: QueryBody = first ?? operand(p);
  while (p.accept('INTERSECT')) {
    const all = p.accept('ALL');
    const right = operand(p);
    left = { kind: 'SetOperation', operator: 'INTERSECT', all, left, right, span: p.spanFrom(start) };
  }
  return left;
}

/** A SELECT, VALUES or a parenthesised query, whose span takes in its parentheses. */
function operand(p: Parser): QueryBody {
  const { start } = p.token;
  if (p.accept('VALUES'))
    return { kind: 'Values', rows: p.list(() => valuesRow(p)), span: p.spanFrom(start) } satisfies Values;
  if (!p.peek('(')) return parseSelect(p);
  const query = p.parenthesized(() => p.query());
  return { ...query, span: p.spanFrom(start) };
}

function valuesRow(p: Parser): Expr[] {
  return p.parenthesized(() => p.list(() => p.expr()));
}

/** What may stand between parentheses: a query, or expressions between commas. */
export type QueryOrExprs =
  | Query
  | {
      readonly kind: 'Exprs';
      readonly items: readonly Expr[] /** Whether there was a comma. */;
      readonly isTuple: boolean;
    };

/** The inside of parentheses; a tuple may end with a comma. */
export function parseQueryOrExprs(p: Parser, isTuple = false): QueryOrExprs {
  if (startsQuery(p)) return p.query();
  const { start } = p.token;
  const first = p.expr();
  if (first.kind === 'ScalarQuery' && continuesQuery(p)) {
    return parseQueryFrom(p, { ...first.query, span: first.span }, start);
  }
  const items = [first];
  let commas = 0;
  while (p.accept(',')) {
    commas++;
    if (isTuple && p.peek(')')) break;
    items.push(p.expr());
  }
  return { kind: 'Exprs', items, isTuple: commas > 0 };
}
