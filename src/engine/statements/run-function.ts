import { SqlError } from '../base/errors.ts';
import { own } from '../base/own.ts';
import { SPECIAL_CALLS } from '../bind/special.ts';
import type { ColumnRef, Expr, Lambda } from '../sql/ast.ts';
import { printExpr } from '../sql/print.ts';
import type { Column } from '../types/type.ts';
import { findFunction, lookUp } from '../warehouse/find.ts';
import type { FunctionRecord } from '../warehouse/object.ts';
import { NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import { at } from './names.ts';
import { refuseSecrets } from './refuse-secrets.ts';
import { placed } from './script/place.ts';
import {
  type AlterFunction,
  type CreateFunction,
  type DropFunction,
  type FunctionDefinition,
  type FunctionParameter,
  parseFunctionBody,
} from './syntax/function.ts';
import { tableFunctionNames } from './table-functions/index.ts';
import { visitNodes } from './walk.ts';

export async function createFunction(statement: CreateFunction, ctx: StatementContext): Promise<Outcome> {
  const { mode, name, description = '' } = statement;
  if (isBuiltin(name.name.toLowerCase(), ctx)) {
    throw new SqlError('UdfAlreadyExists', `It's a builtin function: ${name.name}`, { span: name.span });
  }
  const made = await definitionOf(statement);
  return ctx.transact(async (transaction) => {
    if (mode === 'CREATE IF NOT EXISTS' && lookUp(transaction.state(), 'Function', name.name)) return NO_ROWS;
    const definition = { kind: 'Function' as const, name: name.name, comment: description, ...made };
    at(name, () => transaction.create<'Function'>(definition, { orReplace: mode === 'CREATE OR REPLACE' }));
    return NO_ROWS;
  });
}

/** Of any kind: what has such a name could never be called. */
function isBuiltin(name: string, { services: { functions } }: StatementContext): boolean {
  return Boolean(functions.get(name) ?? own(SPECIAL_CALLS, name)) || tableFunctionNames(functions).includes(name);
}

export async function alterFunction(statement: AlterFunction, ctx: StatementContext): Promise<Outcome> {
  const { ifExists, name, description } = statement;
  const made = await definitionOf(statement);
  return ctx.transact(async (transaction) => {
    if (ifExists && !lookUp(transaction.state(), 'Function', name.name)) return NO_ROWS;
    const present = at(name, () => findFunction(transaction.state(), name.name));
    transaction.alter<'Function'>({ ...present, ...made, comment: description ?? present.comment });
    return NO_ROWS;
  });
}

export function dropFunction({ ifExists, name }: DropFunction, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    if (ifExists && !lookUp(transaction.state(), 'Function', name.name)) return NO_ROWS;
    transaction.drop(at(name, () => findFunction(transaction.state(), name.name)));
    return NO_ROWS;
  });
}

type Made = Pick<FunctionRecord, 'parameters' | 'returns' | 'returnsTable' | 'body'>;

async function definitionOf({ definition, span }: CreateFunction | AlterFunction): Promise<Made> {
  refuseTwice(definition.parameters);
  const parameters = definition.parameters.map(({ name, type }) => ({ name: name.name, type: type?.type }));
  if (definition.kind === 'LambdaFunction') {
    checkNames(definition);
    return { parameters, returns: undefined, returnsTable: false, body: printExpr(definition.body) };
  }
  const { returns, body } = definition;
  const returnsTable = !('type' in returns);
  const parsed = await placed(
    () => span,
    async () => parseFunctionBody(body),
  );
  if (returnsTable && parsed.kind !== 'Query') {
    throw new SqlError('SyntaxException', 'the body of a function that returns a table must be a query', { span });
  }
  const columns = returnsTable ? returns.map(columnOf) : [{ name: 'result', type: returns.type, nullable: true }];
  return { parameters, returns: columns, returnsTable, body: at({ span }, () => refuseSecrets(body, 'function')) };
}

function refuseTwice(parameters: readonly FunctionParameter[]): void {
  const names = parameters.map(({ name }) => name.name);
  const second = parameters.find(({ name }, index) => names.indexOf(name.name) < index);
  if (!second) return;
  const { name, span } = second.name;
  throw new SqlError('SyntaxException', `the parameter ${name} is declared twice`, { span });
}

function columnOf({ name, type }: FunctionParameter): Column {
  if (!type) throw new SqlError('SyntaxException', `the column ${name.name} needs a type`, { span: name.span });
  return { name: name.name, type: type.type, nullable: type.nullable ?? true };
}

/** A lambda knows no columns: what it names are its parameters, or those of lambdas inside it. */
function checkNames({ parameters, body }: Extract<FunctionDefinition, { kind: 'LambdaFunction' }>): void {
  const known = new Set(parameters.map(({ name }) => name.name));
  if (containsQuery(body)) return;
  visitNodes(body, (node) => {
    if (node.kind === 'Lambda') for (const { name } of (node as Lambda).params) known.add(name);
  });
  visitNodes(body, (node) => {
    const [first] = node.kind === 'ColumnRef' ? (node as ColumnRef).parts : [];
    if (!first || known.has(first.name)) return;
    throw new SqlError('SyntaxException', `Parameters are not declared: ["${first.name}"]`, { span: first.span });
  });
}

function containsQuery(body: Expr): boolean {
  let found = false;
  visitNodes(body, ({ kind }) => {
    found ||= kind === 'Query';
  });
  return found;
}
