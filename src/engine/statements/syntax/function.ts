import { SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';
import type { Expr, Identifier, TypeName } from '../../sql/ast.ts';
import type { Query } from '../../sql/ast-query.ts';
import { type Parser, parser } from '../../sql/parser.ts';
import { printExpr, printIdentifier } from '../../sql/print.ts';
import { printString, printType } from '../../sql/print-name.ts';
import { printCreate, printIfExists, words } from './clauses.ts';
import type { CreateMode, Head, StatementNode } from './head.ts';

export interface CreateFunction extends StatementNode {
  readonly kind: 'CreateFunction';
  readonly mode: CreateMode;
  readonly name: Identifier;
  readonly definition: FunctionDefinition;
  readonly description: string | undefined;
}

export interface AlterFunction extends StatementNode {
  readonly kind: 'AlterFunction';
  readonly ifExists: boolean;
  readonly name: Identifier;
  readonly definition: FunctionDefinition;
  readonly description: string | undefined;
}

export interface DropFunction extends StatementNode {
  readonly kind: 'DropFunction';
  readonly ifExists: boolean;
  readonly name: Identifier;
}

export type FunctionDefinition =
  | { readonly kind: 'LambdaFunction'; readonly parameters: readonly FunctionParameter[]; readonly body: Expr }
  | {
      readonly kind: 'SqlFunction';
      readonly parameters: readonly FunctionParameter[];
      /** One type, or the columns of RETURNS TABLE. */
      readonly returns: TypeName | readonly FunctionParameter[];
      /** What stands between the dollars. */
      readonly body: string;
    };

export interface FunctionParameter {
  readonly name: Identifier;
  readonly type: TypeName | undefined;
}

/**
 * CREATE [OR REPLACE] FUNCTION [IF NOT EXISTS] <name>
 *   { AS (<name> [<type>], …) -> <expr>
 *   | (<name> <type>, …) RETURNS {<type> | TABLE (<name> <type>, …)} [LANGUAGE SQL] AS $$ {<expr> | <query>} $$ }
 *   [DESC = '…']
 */
export function parseCreateFunction(p: Parser, { start, mode }: Head): CreateFunction {
  const name = p.name();
  return { kind: 'CreateFunction', mode, name, ...parseDefinition(p), span: p.spanFrom(start) };
}

/** ALTER FUNCTION [IF EXISTS] <name> <definition> */
export function parseAlterFunction(p: Parser, { start, ifExists }: Head): AlterFunction {
  const name = p.name();
  return { kind: 'AlterFunction', ifExists, name, ...parseDefinition(p), span: p.spanFrom(start) };
}

function parseDefinition(p: Parser): Pick<CreateFunction, 'definition' | 'description'> {
  const definition = p.peek('(') ? sqlFunction(p) : lambda(p);
  const description = p.acceptAny('DESC =', 'DESCRIPTION =') ? p.string() : undefined;
  return { definition, description };
}

function lambda(p: Parser): FunctionDefinition {
  p.expect('AS');
  const parameters = parseParameters(p);
  p.expect('->');
  return { kind: 'LambdaFunction', parameters, body: p.expr() };
}

function sqlFunction(p: Parser): FunctionDefinition {
  const parameters = parseParameters(p);
  if (p.peek('STATE')) throw otherLanguage(p);
  p.expect('RETURNS');
  const returns = p.accept('TABLE') ? parseParameters(p) : p.type();
  if (p.accept('LANGUAGE') && !p.accept('SQL')) throw otherLanguage(p);
  p.expect('AS');
  return { kind: 'SqlFunction', parameters, returns, body: p.string() };
}

function otherLanguage(p: Parser): SqlError {
  return new SqlError('Unimplemented', 'functions in other languages than SQL are not supported', {
    span: p.token,
    hint: hint('sqlFunction'),
  });
}

function parseParameters(p: Parser): FunctionParameter[] {
  const parameter = (): FunctionParameter => {
    const name = p.name();
    return { name, type: p.peek(',') || p.peek(')') ? undefined : p.type() };
  };
  return p.parenthesized(() => (p.peek(')') ? [] : p.list(parameter)));
}

export function printCreateFunction({ mode, name, definition, description }: CreateFunction): string {
  return words(printCreate(mode, 'FUNCTION'), printDefinition(name, definition, description));
}

export function printAlterFunction({ ifExists, name, definition, description }: AlterFunction): string {
  return words('ALTER FUNCTION', printIfExists(ifExists), printDefinition(name, definition, description));
}

function printDefinition(name: Identifier, definition: FunctionDefinition, description: string | undefined): string {
  const desc = description !== undefined && `DESC = ${printString(description)}`;
  const parameters = printParameters(definition.parameters);
  if (definition.kind === 'LambdaFunction')
    return words(printIdentifier(name), 'AS', parameters, '->', printExpr(definition.body), desc);
  const { returns, body } = definition;
  return words(
    `${printIdentifier(name)}${parameters}`,
    `RETURNS ${'type' in returns ? printType(returns) : `TABLE ${printParameters(returns)}`}`,
    `AS ${body.includes('$$') ? printString(body) : `$$${body}$$`}`,
    desc,
  );
}

const printParameters = (list: readonly FunctionParameter[]) =>
  `(${list.map(({ name, type }) => words(printIdentifier(name), type && printType(type))).join(', ')})`;

/** DROP FUNCTION [IF EXISTS] <name> */
export function parseDropFunction(p: Parser, { start, ifExists }: Head): DropFunction {
  return { kind: 'DropFunction', ifExists, name: p.name(), span: p.spanFrom(start) };
}

export function printDropFunction({ ifExists, name }: DropFunction): string {
  return words('DROP FUNCTION', printIfExists(ifExists), printIdentifier(name));
}

/** The body of a function: an expression or a query, with a `;` at its end or without. */
export function parseFunctionBody(text: string): Expr | Query {
  const p = parser(text);
  const body = p.startsQuery() ? p.query() : p.expr();
  p.end();
  return body;
}
