import { SqlError } from '../base/errors.ts';
import type { Call, Case, Expr, Identifier } from './ast.ts';
import { expectedKind } from './expected.ts';
import { INTERVAL_UNITS, RESERVED } from './keywords.ts';
import type { Parser } from './parser.ts';
import { stringValue, type Token } from './token.ts';

/** A literal, a name, a call or anything in brackets: what operators stand between. */
export function parsePrimary(p: Parser): Expr {
  p.note(expectedKind('expression'));
  const { kind, word } = p.token;
  const read = kind === 'Word' ? (WORDS.get(word) ?? nameOrCall) : (SYMBOLS.get(word) ?? KINDS.get(kind));
  return read ? (read(p) ?? nameOrCall(p)) : p.fail();
}

/** Reads what a word begins, or gives undefined if the word is an ordinary name here. */
type Reader = (p: Parser) => Expr | undefined;

const WORDS = new Map<string, Reader>([
  ['TRUE', (p) => ({ kind: 'BooleanLiteral', value: true, span: spanOf(p.advance()) })],
  ['FALSE', (p) => ({ kind: 'BooleanLiteral', value: false, span: spanOf(p.advance()) })],
  ['NULL', (p) => ({ kind: 'NullLiteral', span: spanOf(p.advance()) })],
  ['DATE', typedLiteral],
  ['TIMESTAMP', typedLiteral],
  ['INTERVAL', interval],
  ['CASE', caseExpr],
  ['NOT', exists],
  ['EXISTS', exists],
  ['CAST', castCall],
  ['TRY_CAST', castCall],
  ['CURRENT_TIMESTAMP', bareCall],
  ['CURRENT_DATE', bareCall],
  ['CURRENT_TIME', bareCall],
]);

/** The words that begin an expression, for completion. */
export const EXPRESSION_WORDS: readonly string[] = [...WORDS.keys()];

const SYMBOLS = new Map<string, Reader>([
  ['(', parenthesis],
  ['[', array],
  ['{', map],
  [':', placeholder],
  ['?', (p) => ({ kind: 'Placeholder', name: undefined, span: spanOf(p.advance()) })],
]);

const KINDS = new Map<string, Reader>([
  ['Number', number],
  ['String', text],
  ['Code', text],
  [
    'Binary',
    (p) => ({ kind: 'BinaryLiteral', hex: p.token.text.slice(2, -1).toUpperCase(), span: spanOf(p.advance()) }),
  ],
  ['Quoted', (p) => (p.ahead(1).word === '(' ? p.call() : columnOrPosition(p))],
  ['Position', (p) => position(p, undefined)],
  ['Variable', (p) => ({ kind: 'VariableRef', name: p.token.text.slice(1).toLowerCase(), span: spanOf(p.advance()) })],
]);

function spanOf({ start, end }: Token) {
  return { start, end };
}

function number(p: Parser): Expr {
  return { kind: 'NumberLiteral', text: p.token.text.replaceAll('_', ''), span: spanOf(p.advance()) };
}

function text(p: Parser): Expr {
  return { kind: 'StringLiteral', value: stringValue(p.token), span: spanOf(p.advance()) };
}

function position(p: Parser, table: Identifier | undefined): Expr {
  const token = p.advance();
  const column = Number(token.text.slice(1));
  if (column === 0) {
    throw new SqlError('SyntaxException', 'column position must be greater than 0', { span: spanOf(token) });
  }
  return { kind: 'PositionRef', table, position: column, span: p.spanFrom(table?.span.start ?? token.start) };
}

function placeholder(p: Parser): Expr {
  const { start } = p.advance();
  const { name } = p.member('variable');
  return { kind: 'Placeholder', name, span: p.spanFrom(start) };
}

function nameOrCall(p: Parser): Expr {
  const { word } = p.token;
  if (p.ahead(1).word === '(' && (!RESERVED.has(word) || word === 'DIV')) return p.call();
  return columnOrPosition(p);
}

/** `a`, `t.a`, `db.t.a`, `t.$1`; a star or a tuple position behind a dot is left to others. */
function columnOrPosition(p: Parser): Expr {
  const { start } = p.token;
  const parts = [p.name('column')];
  while (p.token.word === '.') {
    const { kind } = p.ahead(1);
    if (kind === 'Position') {
      p.advance();
      return position(p, parts[0]);
    }
    if ((kind !== 'Word' && kind !== 'Quoted') || p.ahead(2).word === '(') break;
    p.advance();
    parts.push(p.member());
  }
  if (p.token.word === '.') p.noteAhead(expectedKind('column'), 1);
  return { kind: 'ColumnRef', parts, span: p.spanFrom(start) };
}

/** `DATE '2024-01-05'` */
function typedLiteral(p: Parser): Expr | undefined {
  if (p.ahead(1).kind !== 'String') return undefined;
  const token = p.advance();
  const type = token.word === 'DATE' ? 'DATE' : 'TIMESTAMP';
  return { kind: 'TypedLiteral', type, value: p.string(), span: p.spanFrom(token.start) };
}

/** `INTERVAL '1 day'`, `INTERVAL expr unit`; a column of that name where neither can be meant. */
function interval(p: Parser): Expr | undefined {
  if (!startsIntervalValue(p)) return undefined;
  const { start } = p.advance();
  const isText = p.token.kind === 'String' && !INTERVAL_UNITS.has(p.ahead(1).word);
  const value = isText ? text(p) : p.expr();
  const unit = isText ? undefined : intervalUnit(p);
  return { kind: 'IntervalLiteral', value, unit, span: p.spanFrom(start) };
}

function startsIntervalValue(p: Parser): boolean {
  const { kind, word } = p.ahead(1);
  if (kind === 'Word') return INTERVAL_UNITS.has(p.ahead(2).word);
  if (word === '-' || word === '+') return p.ahead(2).kind === 'Number' && INTERVAL_UNITS.has(p.ahead(3).word);
  return ['String', 'Number', 'Position', 'Variable', 'Quoted'].includes(kind) || word === '(' || word === ':';
}

function intervalUnit(p: Parser): string {
  p.note(expectedKind('unit'));
  return INTERVAL_UNITS.has(p.token.word) ? p.advance().word : p.fail();
}

/** `CASE [operand] WHEN … THEN … [ELSE …] END` */
function caseExpr(p: Parser): Expr {
  const { start } = p.advance();
  const operand = p.peek('WHEN') ? undefined : p.expr();
  const branches: { when: Expr; result: Expr }[] = [];
  while (p.accept('WHEN')) {
    const when = p.expr();
    p.expect('THEN');
    branches.push({ when, result: p.expr() });
  }
  if (branches.length === 0) p.fail();
  const otherwise = p.accept('ELSE') ? p.expr() : undefined;
  p.expect('END');
  const span = p.spanFrom(start);
  return { kind: 'Case', operand, branches, otherwise, span } satisfies Case;
}

/** `[NOT] EXISTS (query)` */
function exists(p: Parser): Expr {
  const { start } = p.token;
  const negated = p.accept('NOT');
  p.expect('EXISTS');
  const query = p.parenthesized(() => p.query());
  return { kind: 'Exists', query, negated, span: p.spanFrom(start) };
}

/** `CAST(e AS t)`, `CAST(e, t)` and the same of TRY_CAST. */
function castCall(p: Parser): Expr | undefined {
  if (p.ahead(1).word !== '(') return undefined;
  const { start, word } = p.advance();
  p.expect('(');
  const operand = p.expr();
  p.expectAny('AS', ',');
  const type = p.type();
  p.expect(')');
  return { kind: 'Cast', operand, type, lenient: word === 'TRY_CAST', postfix: false, span: p.spanFrom(start) };
}

/** `CURRENT_DATE` without parentheses is a call. */
function bareCall(p: Parser): Expr | undefined {
  if (p.ahead(1).word === '(' || p.ahead(1).word === '.') return undefined;
  return plainCall(p.advance(), []);
}

/** A call `f(a, b)` with nothing more to it, at the place of its name. */
export function plainCall(
  { text: written, start, end }: Pick<Token, 'text' | 'start' | 'end'>,
  args: readonly Expr[],
): Call {
  const span = { start, end };
  return {
    kind: 'Call',
    name: written.toLowerCase(),
    written,
    nameSpan: span,
    params: [],
    args,
    argNames: [],
    star: false,
    distinct: false,
    orderBy: [],
    filter: undefined,
    nulls: undefined,
    over: undefined,
    form: 'plain',
    span,
  };
}

/** `(query)`, `(e)`, `(e,)` or `(e, …)`. */
function parenthesis(p: Parser): Expr {
  const { start } = p.token;
  p.expect('(');
  const content = p.queryOrExprs(true);
  p.expect(')');
  const span = p.spanFrom(start);
  if (content.kind === 'Query') return { kind: 'ScalarQuery', query: content, span };
  const [first] = content.items;
  return first && !content.isTuple ? { ...first, span } : { kind: 'TupleLiteral', items: content.items, span };
}

/** `[a, b]`, or `[e FOR x IN a [IF c]]`, which is a call of array_transform and array_filter. */
function array(p: Parser): Expr {
  const { start } = p.token;
  p.expect('[');
  if (p.accept(']')) return { kind: 'ArrayLiteral', items: [], span: p.spanFrom(start) };
  const first = p.expr();
  if (p.accept('FOR')) return comprehension(p, first, start);
  const items = [first];
  while (p.accept(',')) items.push(p.expr());
  p.expect(']');
  return { kind: 'ArrayLiteral', items, span: p.spanFrom(start) };
}

function comprehension(p: Parser, result: Expr, start: number): Expr {
  const param = p.name('name');
  p.expect('IN');
  const source = p.expr();
  const condition = p.accept('IF') ? p.expr() : undefined;
  p.expect(']');
  const span = p.spanFrom(start);
  const apply = (written: string, operand: Expr, body: Expr): Expr =>
    plainCall({ text: written, ...span }, [operand, { kind: 'Lambda', params: [param], body, span: body.span }]);
  return apply('array_transform', condition ? apply('array_filter', source, condition) : source, result);
}

/** `{'k': v, …}`; keys are literals. */
function map(p: Parser): Expr {
  const { start } = p.token;
  p.expect('{');
  const entries: { key: Expr; value: Expr }[] = [];
  while (!p.peek('}')) {
    if (entries.length > 0) p.expect(',');
    const key = literal(p);
    p.expect(':');
    entries.push({ key, value: p.expr() });
  }
  p.expect('}');
  return { kind: 'MapLiteral', entries, span: p.spanFrom(start) };
}

function literal(p: Parser): Expr {
  const { start, kind, word } = p.token;
  if (p.accept('-')) {
    if (p.token.kind !== 'Number') p.fail();
    return { kind: 'Unary', operator: '-', operand: number(p), span: p.spanFrom(start) };
  }
  const isLiteral = ['Number', 'String', 'Code', 'Binary', 'Variable'].includes(kind);
  const isTyped = /^(DATE|TIMESTAMP)$/.test(word) && p.ahead(1).kind === 'String';
  return isLiteral || isTyped || /^(TRUE|FALSE|NULL)$/.test(word) ? parsePrimary(p) : p.fail();
}
