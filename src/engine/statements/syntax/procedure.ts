import type { Expr, Identifier, TypeName } from '../../sql/ast.ts';
import type { Parser } from '../../sql/parser.ts';
import { printExpr, printIdentifier } from '../../sql/print.ts';
import { printString, printType } from '../../sql/print-name.ts';
import { printComment, printCreate, printIfExists, words } from './clauses.ts';
import type { CreateMode, Head, StatementNode } from './head.ts';

export interface ProcedureColumn {
  readonly name: Identifier;
  readonly type: TypeName;
}

export interface CreateProcedure extends StatementNode {
  readonly kind: 'CreateProcedure';
  readonly mode: CreateMode;
  readonly name: Identifier;
  readonly parameters: readonly ProcedureColumn[];
  /** One type, or the columns of RETURNS TABLE. */
  readonly returns: TypeName | readonly ProcedureColumn[];
  readonly comment: string | undefined;
  /** The block between the dollars. */
  readonly body: string;
}

export interface DropProcedure extends StatementNode {
  readonly kind: 'DropProcedure';
  readonly ifExists: boolean;
  readonly name: Identifier;
  readonly types: readonly TypeName[];
}

export interface DescribeProcedure extends StatementNode {
  readonly kind: 'DescribeProcedure';
  readonly name: Identifier;
  readonly types: readonly TypeName[];
}

export interface CallProcedure extends StatementNode {
  readonly kind: 'CallProcedure';
  readonly name: Identifier;
  readonly args: readonly Expr[];
}

export interface ExecuteImmediate extends StatementNode {
  readonly kind: 'ExecuteImmediate';
  readonly script: Expr;
}

/**
 * CREATE [OR REPLACE] PROCEDURE [IF NOT EXISTS] <name> ([<name> <type>, …])
 *   RETURNS {<type> [NOT NULL] | TABLE (<name> <type>, …)} LANGUAGE SQL [COMMENT = '…'] AS $$ <block> $$
 */
export function parseCreateProcedure(p: Parser, { start, mode }: Head): CreateProcedure {
  const name = p.name();
  const parameters = columns(p);
  p.expect('RETURNS');
  const returns = p.accept('TABLE') ? columns(p) : p.type();
  p.accept('NOT NULL');
  p.expect('LANGUAGE SQL');
  const comment = p.acceptAny('COMMENT =', 'COMMENTS =') ? p.string() : undefined;
  p.expect('AS');
  return {
    kind: 'CreateProcedure',
    mode,
    name,
    parameters,
    returns,
    comment,
    body: p.string(),
    span: p.spanFrom(start),
  };
}

function columns(p: Parser): ProcedureColumn[] {
  return p.parenthesized(() => (p.peek(')') ? [] : p.list(() => ({ name: p.name(), type: p.type() }))));
}

const printColumns = (list: readonly ProcedureColumn[]) =>
  `(${list.map(({ name, type }) => `${printIdentifier(name)} ${printType(type)}`).join(', ')})`;

export function printCreateProcedure(statement: CreateProcedure): string {
  const { mode, name, parameters, returns, comment, body } = statement;
  return words(
    printCreate(mode, 'PROCEDURE'),
    `${printIdentifier(name)}${printColumns(parameters)}`,
    `RETURNS ${'type' in returns ? printType(returns) : `TABLE ${printColumns(returns)}`}`,
    'LANGUAGE SQL',
    printComment(comment),
    `AS ${body.includes('$$') ? printString(body) : `$$${body}$$`}`,
  );
}

function types(p: Parser): TypeName[] {
  return p.parenthesized(() => (p.peek(')') ? [] : p.list(() => p.type())));
}

/** DROP PROCEDURE [IF EXISTS] <name>(<type>, …) */
export function parseDropProcedure(p: Parser, { start, ifExists }: Head): DropProcedure {
  return { kind: 'DropProcedure', ifExists, name: p.name(), types: types(p), span: p.spanFrom(start) };
}

const printTypes = (list: readonly TypeName[]) => `(${list.map(printType).join(', ')})`;

export function printDropProcedure({ ifExists, name, types: list }: DropProcedure): string {
  return words('DROP PROCEDURE', printIfExists(ifExists), `${printIdentifier(name)}${printTypes(list)}`);
}

/** {DESC | DESCRIBE} PROCEDURE <name>(<type>, …) */
export function parseDescribeProcedure(p: Parser, { start }: Head): DescribeProcedure {
  return { kind: 'DescribeProcedure', name: p.name(), types: types(p), span: p.spanFrom(start) };
}

export function printDescribeProcedure({ name, types: list }: DescribeProcedure): string {
  return `DESC PROCEDURE ${printIdentifier(name)}${printTypes(list)}`;
}

/** CALL [PROCEDURE] <name>(<expr>, …) */
export function parseCall(p: Parser, { start }: Head): CallProcedure {
  if (p.ahead(1).word !== '(') p.accept('PROCEDURE');
  const name = p.name();
  const args = p.parenthesized(() => (p.peek(')') ? [] : p.list(() => p.expr())));
  return { kind: 'CallProcedure', name, args, span: p.spanFrom(start) };
}

export function printCall({ name, args }: CallProcedure): string {
  return `CALL PROCEDURE ${printIdentifier(name)}(${args.map(printExpr).join(', ')})`;
}

/** EXECUTE IMMEDIATE {'<statement>' | $$ <block> $$ | $<variable>} */
export function parseExecuteImmediate(p: Parser, { start }: Head): ExecuteImmediate {
  return { kind: 'ExecuteImmediate', script: p.expr(), span: p.spanFrom(start) };
}

export function printExecuteImmediate({ script }: ExecuteImmediate): string {
  return `EXECUTE IMMEDIATE ${printExpr(script)}`;
}
