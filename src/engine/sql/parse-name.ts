import { type Span, SqlError } from '../base/errors.ts';
import type { Identifier, ObjectName } from './ast.ts';
import type { ExpectedKind } from './expected.ts';
import { lex } from './lexer.ts';
import type { Parser } from './parser.ts';
import { identifierName, stringValue } from './token.ts';

/** `a`, `db.a`, `catalog.db.a`, or `IDENTIFIER('db.a')`, `IDENTIFIER($v)`, `IDENTIFIER(:v)`. */
export function parseObjectName(p: Parser, what: ExpectedKind): ObjectName {
  if (p.token.word === 'IDENTIFIER' && p.ahead(1).word === '(') return identifierCall(p);
  const { start } = p.token;
  const parts = [p.name(what)];
  while (parts.length < 3 && p.token.word === '.') {
    p.advance();
    parts.push(p.member(what));
  }
  return { parts, span: p.spanFrom(start) };
}

function identifierCall(p: Parser): ObjectName {
  const { start } = p.advance();
  p.expect('(');
  const token = p.token;
  const span = { start: token.start, end: token.end };
  if (token.kind === 'String') {
    p.advance();
    p.expect(')');
    return { parts: nameParts(stringValue(token), span), span: p.spanFrom(start) };
  }
  const variable = p.expr();
  if (variable.kind !== 'VariableRef' && variable.kind !== 'Placeholder') {
    throw new SqlError('SyntaxException', 'IDENTIFIER takes a string, a $variable or a :variable', { span });
  }
  p.expect(')');
  return { parts: [], variable, span: p.spanFrom(start) };
}

/** The parts of a name that stands in a string; all of them are at the place of the string. */
function nameParts(text: string, span: Span): Identifier[] {
  const { tokens, errors } = lex(text);
  const names = tokens.slice(0, -1).filter((_, index) => index % 2 === 0);
  const dots = tokens.slice(0, -1).filter((_, index) => index % 2 === 1);
  const isName =
    names.every(({ kind }) => kind === 'Word' || kind === 'Quoted') && dots.every(({ word }) => word === '.');
  if (errors.length > 0 || !isName || names.length !== dots.length + 1) {
    throw new SqlError('SyntaxException', `invalid identifier '${text}'`, { span });
  }
  return names.map((token) => ({ name: identifierName(token), quoted: token.kind === 'Quoted', span }));
}
