import { SqlError } from '../base/errors.ts';
import type { Expr, Identifier } from './ast.ts';
import type { GroupBy, GroupItem, Hint, Select, SelectItem, StarItem, TableRef } from './ast-query.ts';
import { isBareAlias } from './keywords.ts';
import { lambda, parseWindowSpec } from './parse-call.ts';
import { parseFromList } from './parse-from.ts';
import type { Parser } from './parser.ts';

type Source = Pick<Select, 'hints' | 'distinct' | 'top' | 'items' | 'from'>;

/** `SELECT …` or `FROM … [SELECT …]`, up to QUALIFY. */
export function parseSelect(p: Parser): Select {
  const { start } = p.token;
  const source = p.peek('FROM') ? fromFirst(p) : selectFirst(p);
  return { kind: 'Select', ...source, ...clauses(p), span: p.spanFrom(start) };
}

function selectFirst(p: Parser): Source {
  p.expect('SELECT');
  const head = selectHead(p);
  const from = p.accept('FROM') ? parseFromList(p) : [];
  return { ...head, from };
}

/** `FROM a, b SELECT …`; `FROM t` alone selects everything, and takes one item only. */
function fromFirst(p: Parser): Source {
  const { start } = p.token;
  p.expect('FROM');
  const from = parseFromList(p);
  if (p.accept('SELECT')) return { ...selectHead(p), from };
  if (from.length > 1) throw severalWithoutSelect(from);
  const star: StarItem = { kind: 'StarItem', qualifier: [], exclude: [], span: { start, end: start } };
  return { hints: [], distinct: false, top: undefined, items: [star], from };
}

function severalWithoutSelect(from: readonly TableRef[]): SqlError {
  const span = { start: from[0]?.span.start ?? 0, end: from.at(-1)?.span.end ?? 0 };
  return new SqlError('SyntaxException', 'FROM query only support query one table', { span });
}

/** `[hint] [ALL | DISTINCT] [TOP n] target, …` */
function selectHead(p: Parser): Omit<Source, 'from'> {
  const hints = parseHints(p);
  const distinct = p.acceptAny('DISTINCT', 'ALL') === 'DISTINCT';
  const hasTop = p.peek('TOP') && p.ahead(1).kind === 'Number';
  const top = hasTop && p.accept('TOP') ? topCount(p) : undefined;
  return { hints, distinct, top, items: selectItems(p) };
}

function topCount(p: Parser): Expr {
  const { start, text } = p.token;
  p.integer();
  return { kind: 'NumberLiteral', text: text.replaceAll('_', ''), span: p.spanFrom(start) };
}

/** Items between commas; one comma too many before FROM is forgiven. */
export function selectItems(p: Parser): SelectItem[] {
  const items: SelectItem[] = [];
  do {
    if (items.length > 0 && p.peek('FROM')) break;
    p.part(() => items.push(parseSelectItem(p)), 0, ',');
  } while (p.accept(','));
  return items;
}

/** `*`, `t.*`, `COLUMNS(…)` or `expr [[AS] alias]` */
export function parseSelectItem(p: Parser): SelectItem {
  if (p.peek('*') || isQualifiedStar(p)) return star(p);
  if (p.token.word === 'COLUMNS' && p.ahead(1).word === '(') return columns(p);
  const { start } = p.token;
  const expr = p.expr();
  return { kind: 'ExprItem', expr, alias: parseAlias(p), span: p.spanFrom(start) };
}

/** `[AS] name`: a bare name must not be a word that goes on with the statement. */
export function parseAlias(p: Parser): Identifier | undefined {
  if (p.accept('AS')) return p.name();
  const { kind, word } = p.token;
  return kind === 'Quoted' || (kind === 'Word' && isBareAlias(word)) ? p.name() : undefined;
}

function isQualifiedStar(p: Parser): boolean {
  if (p.ahead(1).word !== '.') return false;
  let at = 0;
  while (/^(Word|Quoted)$/.test(p.ahead(at).kind) && p.ahead(at + 1).word === '.') at += 2;
  return at > 0 && p.ahead(at).word === '*';
}

/** `[qualifier.]* [EXCLUDE c | EXCLUDE (c, …)]` */
function star(p: Parser): StarItem {
  const { start } = p.token;
  const qualifier: Identifier[] = [];
  while (!p.accept('*')) {
    qualifier.push(p.member('table'));
    p.expect('.');
  }
  const exclude = p.accept('EXCLUDE') ? excluded(p) : [];
  return { kind: 'StarItem', qualifier, exclude, span: p.spanFrom(start) };
}

function excluded(p: Parser): Identifier[] {
  return p.peek('(') ? p.parenthesized(() => p.list(() => p.name('column'))) : [p.name('column')];
}

/** `COLUMNS('regex')`, `COLUMNS(x -> …)`, `COLUMNS(* EXCLUDE c)` */
function columns(p: Parser): SelectItem {
  const { start } = p.token;
  p.expect('COLUMNS');
  const pattern = p.parenthesized(() => {
    if (p.peek('*') || isQualifiedStar(p)) return star(p);
    const over = lambda(p, true);
    return over?.kind === 'Lambda' ? over : p.string();
  });
  return { kind: 'ColumnsItem', pattern, span: p.spanFrom(start) };
}

type Clauses = Pick<Select, 'where' | 'groupBy' | 'having' | 'windows' | 'qualify'>;

function clauses(p: Parser): Clauses {
  const condition = (word: string) => (p.accept(word) ? p.part(() => p.expr(), undefined) : undefined);
  const where = condition('WHERE');
  const groupBy = p.accept('GROUP BY') ? p.part(() => parseGroupBy(p), undefined) : undefined;
  const having = condition('HAVING');
  const windows = p.accept('WINDOW') ? p.part(() => p.list(() => namedWindow(p)), []) : [];
  return { where, groupBy, having, windows, qualify: condition('QUALIFY') };
}

function namedWindow(p: Parser): Select['windows'][number] {
  const name = p.name();
  p.expect('AS');
  return { name, spec: parseWindowSpec(p) };
}

/** `ALL`, or expressions mixed with ROLLUP, CUBE and GROUPING SETS. */
function parseGroupBy(p: Parser): GroupBy {
  const { start } = p.token;
  if (p.peek('ALL') && p.accept('ALL')) return { kind: 'GroupAll', span: p.spanFrom(start) };
  const items = p.list(() => groupItem(p));
  return { kind: 'GroupItems', items, span: p.spanFrom(start) };
}

function groupItem(p: Parser): GroupItem {
  const grouping = p.acceptAny('ROLLUP (', 'CUBE (', 'GROUPING SETS (');
  if (!grouping) return { kind: 'GroupExpr', expr: p.expr() };
  const sets = p.list(() => groupingSet(p));
  p.expect(')');
  if (grouping === 'GROUPING SETS (') return { kind: 'GroupingSets', sets };
  return { kind: grouping === 'ROLLUP (' ? 'Rollup' : 'Cube', items: sets };
}

/** `a`, `(a, b)` or `()`. */
function groupingSet(p: Parser): readonly Expr[] {
  if (p.accept('( )')) return [];
  const expr = p.expr();
  return expr.kind === 'TupleLiteral' ? expr.items : [expr];
}

/** The `SET_VAR(name = value)` of a hint comment; what else a hint says has no effect. */
export function parseHints(p: Parser): Hint[] {
  const hints: Hint[] = [];
  if (p.token.word !== '/*+' || !p.accept('/*+')) return hints;
  while (!p.accept('*/')) {
    if (p.token.kind === 'End') p.fail();
    const hint = settingHint(p);
    if (hint) hints.push(hint);
  }
  return hints;
}

function settingHint(p: Parser): Hint | undefined {
  const isSetting = p.token.word === 'SET_VAR' && p.ahead(1).word === '(' && p.ahead(3).word === '=';
  if (!isSetting) {
    p.advance();
    return undefined;
  }
  p.accept('SET_VAR (');
  const { name } = p.member('setting');
  p.expect('=');
  const value = p.expr();
  p.expect(')');
  return { name, value };
}
