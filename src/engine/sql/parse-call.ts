import type { Call, Expr, FrameBound, Identifier, OrderItem, WindowFrame, WindowRef, WindowSpec } from './ast.ts';
import { expectedKind } from './expected.ts';
import { LAMBDA_FUNCTIONS, WORD_ARGUMENTS } from './keywords.ts';
import { PRECEDENCE, parseOperand } from './parse-expr.ts';
import { plainCall } from './parse-primary.ts';
import type { Parser } from './parser.ts';
import { identifierName, type Token } from './token.ts';

/** A call whose name is the current token; `receiver` is the `a` of `a.f(b)`. */
export function parseCall(p: Parser, receiver?: Expr): Call {
  const nameToken = p.advance();
  p.expect('(');
  const special = receiver ? undefined : SPECIAL_FORMS.get(nameToken.word)?.(p);
  const plain = { ...plainCall(nameToken, special?.args ?? []), form: special?.form ?? 'plain' };
  // Only what a user made can have a name that takes quotes.
  const head = nameToken.kind === 'Quoted' ? { ...plain, name: identifierName(nameToken) } : plain;
  const listed = head.form === 'plain' ? argumentsOf(p, head) : head;
  p.expect(')');
  const call = p.token.word === '(' && head.form === 'plain' ? parametrised(p, listed) : listed;
  return withSuffixes(p, receiver ? chained(call, receiver) : call, receiver?.span.start ?? nameToken.start);
}

function chained(call: Call, receiver: Expr): Call {
  const argNames = call.argNames.length > 0 ? [undefined, ...call.argNames] : [];
  return { ...call, args: [receiver, ...call.args], argNames, form: 'chained' };
}

type Form = Pick<Call, 'args' | 'form'>;

/** What stands behind the opening parenthesis of a special call; undefined if it is an ordinary list after all. */
const SPECIAL_FORMS = new Map<string, (p: Parser) => Form | undefined>([
  ['EXTRACT', extract],
  ['TRIM', trim],
  ['POSITION', position],
  ['SUBSTRING', substring],
  ['SUBSTR', substring],
]);

/** `EXTRACT(unit FROM e)` */
function extract(p: Parser): Form {
  p.note(expectedKind('unit'));
  const unit: Expr = p.token.kind === 'Word' ? keyword(p.advance()) : p.expr();
  p.expect('FROM');
  return { args: [unit, p.expr()], form: 'extract' };
}

/** `TRIM({BOTH | LEADING | TRAILING} x FROM s)` */
function trim(p: Parser): Form | undefined {
  const token = p.token;
  if (!p.acceptAny('BOTH', 'LEADING', 'TRAILING')) return undefined;
  const what = p.expr();
  p.expect('FROM');
  return { args: [keyword(token), what, p.expr()], form: 'trim' };
}

/** `POSITION(a IN s)`; with a comma it is an ordinary call. */
function position(p: Parser): Form {
  const needle = parseOperand(p, PRECEDENCE.comparison + 1);
  return p.accept('IN') ? { args: [needle, p.expr()], form: 'position' } : { args: [needle], form: 'plain' };
}

/** `SUBSTRING(s FROM p [FOR l])`; with commas it is an ordinary call. */
function substring(p: Parser): Form {
  const subject = p.expr();
  if (!p.accept('FROM')) return { args: [subject], form: 'plain' };
  const args = [subject, p.expr()];
  if (p.accept('FOR')) args.push(p.expr());
  return { args, form: 'substring' };
}

function keyword({ word, start, end }: Token): Expr {
  return { kind: 'Keyword', word, span: { start, end } };
}

/** `*`, or the rest of `[DISTINCT] a, name => b [ORDER BY …]`, up to the closing parenthesis. */
function argumentsOf(p: Parser, call: Call): Call {
  const isNew = call.args.length === 0;
  if (isNew && p.accept('*')) return { ...call, star: true };
  const distinct = isNew && p.accept('DISTINCT');
  const args = [...call.args];
  const argNames: (string | undefined)[] = args.map(() => undefined);
  let more = isNew ? !p.peek(')') : p.accept(',');
  while (more) {
    argNames.push(argumentName(p));
    args.push(argument(p, call.name, args.length));
    more = p.accept(',');
  }
  const orderBy = p.accept('ORDER BY') ? p.list(() => p.orderItem()) : [];
  return { ...call, args, argNames: argNames.some((name) => name) ? argNames : [], distinct, orderBy };
}

/** The `input` of `input => v`. */
function argumentName(p: Parser): string | undefined {
  if (p.ahead(1).word !== '=>') return undefined;
  const { name } = p.member('name');
  p.expect('=>');
  return name;
}

function argument(p: Parser, name: string, index: number): Expr {
  const words = WORD_ARGUMENTS.get(name)?.get(index);
  if (words) p.note(expectedKind('unit'));
  if (words?.has(p.token.word) && /^[,)]$/.test(p.ahead(1).word)) return keyword(p.advance());
  return lambda(p, LAMBDA_FUNCTIONS.has(name)) ?? p.expr();
}

/** `(k, v) -> e`, and `x -> e` where a lambda is taken: elsewhere that arrow is an operator on JSON. */
export function lambda(p: Parser, bare: boolean): Expr | undefined {
  const { start } = p.token;
  const isBare = bare && p.atName() && p.ahead(1).word === '->';
  if (!isBare && !startsLambdaList(p)) return undefined;
  const params: Identifier[] = isBare ? [p.name()] : p.parenthesized(() => p.list(() => p.name()));
  p.expect('->');
  const body = p.expr();
  return { kind: 'Lambda', params, body, span: p.spanFrom(start) };
}

/** Names between parentheses, then an arrow. */
function startsLambdaList(p: Parser): boolean {
  if (p.token.word !== '(') return false;
  let at = 1;
  while (/^(Word|Quoted)$/.test(p.ahead(at).kind) && p.ahead(at + 1).word === ',') at += 2;
  return /^(Word|Quoted)$/.test(p.ahead(at).kind) && p.ahead(at + 1).word === ')' && p.ahead(at + 2).word === '->';
}

/** The second parentheses of `quantile_cont(0.5)(x)`: what came first were parameters. */
function parametrised(p: Parser, first: Call): Call {
  p.expect('(');
  const call = argumentsOf(p, { ...first, args: [], argNames: [] });
  p.expect(')');
  return { ...call, params: first.args };
}

/** `[WITHIN GROUP (ORDER BY …)] [FILTER (WHERE e)] [{IGNORE | RESPECT} NULLS] [OVER …]` */
function withSuffixes(p: Parser, call: Call, start: number): Call {
  const withinGroup = p.accept('WITHIN GROUP')
    ? p.parenthesized(() => {
        p.expect('ORDER BY');
        return p.list(() => p.orderItem());
      })
    : undefined;
  const filter = p.accept('FILTER ( WHERE') ? p.expr() : undefined;
  if (filter) p.expect(')');
  const nulls = p.accept('IGNORE NULLS') ? 'IGNORE' : p.accept('RESPECT NULLS') ? 'RESPECT' : undefined;
  const over = p.accept('OVER') ? windowRef(p) : undefined;
  return { ...call, orderBy: withinGroup ?? call.orderBy, filter, nulls, over, span: p.spanFrom(start) };
}

function windowRef(p: Parser): WindowRef {
  if (p.token.word !== '(') return { kind: 'WindowName', name: p.name() };
  return { kind: 'WindowSpec', ...parseWindowSpec(p) };
}

/** `( [w] [PARTITION BY …] [ORDER BY …] [frame] )` */
export function parseWindowSpec(p: Parser): WindowSpec {
  const { start } = p.token;
  p.expect('(');
  const isClause = /^(PARTITION|ORDER|ROWS|RANGE)$/.test(p.token.word);
  const base = !isClause && p.atName() ? p.name() : undefined;
  const partitionBy = p.accept('PARTITION BY') ? p.list(() => p.expr()) : [];
  const orderBy: OrderItem[] = p.accept('ORDER BY') ? p.list(() => p.orderItem()) : [];
  const unit = p.acceptAny('ROWS', 'RANGE');
  const frame = unit ? windowFrame(p, unit) : undefined;
  p.expect(')');
  return { base, partitionBy, orderBy, frame, span: p.spanFrom(start) };
}

function windowFrame(p: Parser, unit: 'ROWS' | 'RANGE'): WindowFrame {
  if (!p.accept('BETWEEN')) return { unit, start: frameBound(p), end: undefined };
  const start = frameBound(p);
  p.expect('AND');
  return { unit, start, end: frameBound(p) };
}

function frameBound(p: Parser): FrameBound {
  if (p.accept('CURRENT ROW')) return { kind: 'CurrentRow' };
  const offset = p.accept('UNBOUNDED') ? undefined : parseOperand(p, PRECEDENCE.comparison + 1);
  return { kind: p.expectAny('PRECEDING', 'FOLLOWING') === 'PRECEDING' ? 'Preceding' : 'Following', offset };
}
