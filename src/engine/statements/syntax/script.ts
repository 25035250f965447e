import { own } from '../../base/own.ts';
import type { Expr, Identifier, TypeName } from '../../sql/ast.ts';
import type { Query } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import type { Head, StatementNode } from './head.ts';
import type { Statement } from './index.ts';

/** [DECLARE <item>; …] BEGIN <statement>; … END */
export interface Block extends StatementNode {
  readonly kind: 'Block';
  readonly declarations: readonly ScriptStatement[];
  readonly body: readonly ScriptStatement[];
}

/** Rows that a statement of a script reads: a query, or the name of a result set or a cursor. */
export type RowSource = Query | Identifier;

export interface Branch {
  readonly when: Expr;
  readonly body: readonly ScriptStatement[];
}

interface Loop extends StatementNode {
  readonly body: readonly ScriptStatement[];
  readonly label: string | undefined;
}

export type ScriptStatement =
  | Block
  | ({ readonly kind: 'RunStatement'; readonly statement: Statement } & StatementNode)
  | ({
      readonly kind: 'Let';
      readonly name: Identifier;
      readonly type: TypeName | undefined;
      readonly value: Expr | undefined;
    } & StatementNode)
  | ({ readonly kind: 'LetRows'; readonly name: Identifier; readonly statement: Statement } & StatementNode)
  | ({ readonly kind: 'LetCursor'; readonly name: Identifier; readonly source: RowSource } & StatementNode)
  | ({ readonly kind: 'Assign'; readonly name: Identifier; readonly value: Expr } & StatementNode)
  | ({ readonly kind: 'OpenCursor' | 'CloseCursor'; readonly cursor: Identifier } & StatementNode)
  | ({ readonly kind: 'Fetch'; readonly cursor: Identifier; readonly into: readonly Identifier[] } & StatementNode)
  | ({
      readonly kind: 'If';
      readonly branches: readonly Branch[];
      readonly otherwise: readonly ScriptStatement[] | undefined;
    } & StatementNode)
  | ({
      readonly kind: 'Switch';
      readonly operand: Expr | undefined;
      readonly branches: readonly Branch[];
      readonly otherwise: readonly ScriptStatement[] | undefined;
    } & StatementNode)
  | ({
      readonly kind: 'ForRange';
      readonly name: Identifier;
      readonly reverse: boolean;
      readonly from: Expr;
      readonly to: Expr;
    } & Loop)
  | ({ readonly kind: 'ForRows'; readonly name: Identifier; readonly source: RowSource } & Loop)
  | ({ readonly kind: 'While'; readonly condition: Expr } & Loop)
  | ({ readonly kind: 'Repeat'; readonly until: Expr } & Loop)
  | ({ readonly kind: 'Loop' } & Loop)
  | ({ readonly kind: 'Break' | 'Continue'; readonly label: string | undefined } & StatementNode)
  | ({ readonly kind: 'Return'; readonly value: Expr | undefined } & StatementNode)
  | ({ readonly kind: 'ReturnTable'; readonly source: RowSource } & StatementNode)
  | ({ readonly kind: 'Throw'; readonly message: Expr | undefined } & StatementNode);

export type ReadStatement = Head['statement'];

/** Whether a block comes next rather than the BEGIN of a transaction. */
export function startsBlock(p: Parser): boolean {
  if (p.peek('DECLARE')) return true;
  const { kind, word } = p.ahead(1);
  return p.peek('BEGIN') && kind !== 'End' && word !== ';' && word !== 'TRANSACTION';
}

export function parseBlock(p: Parser, read: ReadStatement): Block {
  const { start } = p.token;
  const declarations: ScriptStatement[] = [];
  if (p.accept('DECLARE')) {
    while (!p.peek('BEGIN')) {
      declarations.push(letStatement(p, read));
      p.expect(';');
    }
  }
  p.expect('BEGIN');
  const body = statements(p, read);
  p.expect('END');
  return { kind: 'Block', declarations, body, span: p.spanFrom(start) };
}

const ENDS = ['END', 'ELSE', 'ELSEIF', 'WHEN', 'UNTIL'];

function statements(p: Parser, read: ReadStatement): ScriptStatement[] {
  const found: ScriptStatement[] = [];
  while (!ENDS.some((word) => p.peek(word))) {
    found.push(scriptStatement(p, read));
    p.expect(';');
  }
  return found;
}

type ReadScript = (p: Parser, read: ReadStatement) => ScriptStatement;

const STATEMENTS: { readonly [word: string]: ReadScript } = {
  LET: letStatement,
  IF: ifStatement,
  CASE: switchStatement,
  FOR: forStatement,
  WHILE: whileStatement,
  REPEAT: repeatStatement,
  LOOP: loopStatement,
  BREAK: jump,
  CONTINUE: jump,
  RETURN: returnStatement,
  THROW: throwStatement,
  OPEN: cursorStatement,
  CLOSE: cursorStatement,
  FETCH: fetchStatement,
};

function scriptStatement(p: Parser, read: ReadStatement): ScriptStatement {
  const { start } = p.token;
  if (p.ahead(1).word === ':=') {
    const name = p.name('variable');
    p.expect(':=');
    return { kind: 'Assign', name, value: p.expr(), span: p.spanFrom(start) };
  }
  if (startsBlock(p)) return parseBlock(p, read);
  const known = own(STATEMENTS, p.token.word);
  if (known) return known(p, read);
  return { kind: 'RunStatement', statement: read(p), span: p.spanFrom(start) };
}

/** [LET] <name> {[<type>] {:= | DEFAULT} <expr> | RESULTSET := <statement> | CURSOR FOR {<query> | <name>}} */
function letStatement(p: Parser, read: ReadStatement): ScriptStatement {
  const { start } = p.token;
  p.accept('LET');
  const name = p.name('variable');
  if (p.accept('RESULTSET')) {
    if (!p.accept('DEFAULT')) p.expect(':=');
    return { kind: 'LetRows', name, statement: read(p), span: p.spanFrom(start) };
  }
  if (p.accept('CURSOR FOR')) return { kind: 'LetCursor', name, source: rowSource(p), span: p.spanFrom(start) };
  const type = p.peek(':=') || p.peek('DEFAULT') ? undefined : p.type();
  const value = p.acceptAny(':=', 'DEFAULT') ? p.expr() : undefined;
  if (!type && !value) p.fail();
  return { kind: 'Let', name, type, value, span: p.spanFrom(start) };
}

function rowSource(p: Parser): RowSource {
  return p.startsQuery() || p.peek('(') ? p.query() : p.name('variable');
}

/** IF <expr> THEN … [ELSEIF <expr> THEN …]… [ELSE …] END IF */
function ifStatement(p: Parser, read: ReadStatement): ScriptStatement {
  const { start } = p.token;
  p.expect('IF');
  const branches = [branch(p, read)];
  while (p.accept('ELSEIF')) branches.push(branch(p, read));
  const otherwise = p.accept('ELSE') ? statements(p, read) : undefined;
  p.expect('END IF');
  return { kind: 'If', branches, otherwise, span: p.spanFrom(start) };
}

function branch(p: Parser, read: ReadStatement): Branch {
  const when = p.expr();
  p.expect('THEN');
  return { when, body: statements(p, read) };
}

/** CASE [<expr>] WHEN <expr> THEN … [ELSE …] END [CASE] */
function switchStatement(p: Parser, read: ReadStatement): ScriptStatement {
  const { start } = p.token;
  p.expect('CASE');
  const operand = p.peek('WHEN') ? undefined : p.expr();
  const branches: Branch[] = [];
  while (p.accept('WHEN')) branches.push(branch(p, read));
  if (branches.length === 0) p.fail();
  const otherwise = p.accept('ELSE') ? statements(p, read) : undefined;
  p.expect('END');
  p.accept('CASE');
  return { kind: 'Switch', operand, branches, otherwise, span: p.spanFrom(start) };
}

/** FOR <name> IN {[REVERSE] <expr> TO <expr> | <query> | <name>} DO … END FOR [<label>] */
function forStatement(p: Parser, read: ReadStatement): ScriptStatement {
  const { start } = p.token;
  p.expect('FOR');
  const name = p.name('variable');
  p.expect('IN');
  const isName = p.atName() && p.ahead(1).word === 'DO';
  if (isName || p.startsQuery()) {
    const source = rowSource(p);
    return { kind: 'ForRows', name, source, ...loopBody(p, read, 'FOR'), span: p.spanFrom(start) };
  }
  const reverse = p.accept('REVERSE');
  const from = p.expr();
  p.expect('TO');
  const to = p.expr();
  return { kind: 'ForRange', name, reverse, from, to, ...loopBody(p, read, 'FOR'), span: p.spanFrom(start) };
}

function loopBody(p: Parser, read: ReadStatement, word: 'FOR' | 'WHILE'): Omit<Loop, 'span'> {
  p.expect('DO');
  const body = statements(p, read);
  p.expect(`END ${word}`);
  return { body, label: label(p) };
}

function label(p: Parser): string | undefined {
  return p.atName() ? p.name('name').name : undefined;
}

/** WHILE <expr> DO … END WHILE [<label>] */
function whileStatement(p: Parser, read: ReadStatement): ScriptStatement {
  const { start } = p.token;
  p.expect('WHILE');
  const condition = p.expr();
  return { kind: 'While', condition, ...loopBody(p, read, 'WHILE'), span: p.spanFrom(start) };
}

/** REPEAT … UNTIL <expr> END REPEAT [<label>] */
function repeatStatement(p: Parser, read: ReadStatement): ScriptStatement {
  const { start } = p.token;
  p.expect('REPEAT');
  const body = statements(p, read);
  p.expect('UNTIL');
  const until = p.expr();
  p.expect('END REPEAT');
  return { kind: 'Repeat', body, until, label: label(p), span: p.spanFrom(start) };
}

/** LOOP … END LOOP [<label>] */
function loopStatement(p: Parser, read: ReadStatement): ScriptStatement {
  const { start } = p.token;
  p.expect('LOOP');
  const body = statements(p, read);
  p.expect('END LOOP');
  return { kind: 'Loop', body, label: label(p), span: p.spanFrom(start) };
}

/** {BREAK | CONTINUE} [<label>] */
function jump(p: Parser): ScriptStatement {
  const { start } = p.token;
  const kind = p.expectAny('BREAK', 'CONTINUE') === 'BREAK' ? 'Break' : 'Continue';
  return { kind, label: label(p), span: p.spanFrom(start) };
}

/** RETURN [<expr> | TABLE({<query> | <name>})] */
function returnStatement(p: Parser): ScriptStatement {
  const { start } = p.token;
  p.expect('RETURN');
  if (p.accept('TABLE')) {
    const source = p.parenthesized(() => rowSource(p));
    return { kind: 'ReturnTable', source, span: p.spanFrom(start) };
  }
  const value = p.atEnd ? undefined : p.expr();
  return { kind: 'Return', value, span: p.spanFrom(start) };
}

/** THROW [<expr>] */
function throwStatement(p: Parser): ScriptStatement {
  const { start } = p.token;
  p.expect('THROW');
  return { kind: 'Throw', message: p.atEnd ? undefined : p.expr(), span: p.spanFrom(start) };
}

/** {OPEN | CLOSE} <cursor> */
function cursorStatement(p: Parser): ScriptStatement {
  const { start } = p.token;
  const kind = p.expectAny('OPEN', 'CLOSE') === 'OPEN' ? 'OpenCursor' : 'CloseCursor';
  return { kind, cursor: p.name('variable'), span: p.spanFrom(start) };
}

/** FETCH <cursor> INTO <name>, … */
function fetchStatement(p: Parser): ScriptStatement {
  const { start } = p.token;
  p.expect('FETCH');
  const cursor = p.name('variable');
  p.expect('INTO');
  return { kind: 'Fetch', cursor, into: p.list(() => p.name('variable')), span: p.spanFrom(start) };
}
