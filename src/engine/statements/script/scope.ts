import { SqlError } from '../../base/errors.ts';
import type { TypedValue } from '../../bind/binder.ts';
import type { Access, Call, ColumnRef, Expr, Lambda, Placeholder } from '../../sql/ast.ts';
import type { AnyNode } from '../walk.ts';

/** The values of a script's variables; those of a row variable under `row.column`. */
export type Scope = Map<string, TypedValue>;

/**
 * The expression of a script with its variables as placeholders, which the binder gives their values. Inside of queries
 * names are those of columns, and variables are written `:name`.
 */
export function withPlaceholders(expr: Expr, scope: Scope): Expr {
  // Nodes keep their shape.
  return replace(expr, { scope, bound: new Set(), isScript: true }) as Expr;
}

/** A statement in which `:row.column` stands for the value of that variable. */
export function withRowValues<Statement>(statement: Statement, scope: Scope): Statement {
  if (![...scope.keys()].some((name) => name.includes('.'))) return statement;
  return replace(statement, { scope, bound: new Set(), isScript: false }) as Statement;
}

interface Replacing {
  readonly scope: Scope;
  /** Parameters of lambdas around. */
  readonly bound: ReadonlySet<string>;
  readonly isScript: boolean;
}

function replace(value: unknown, replacing: Replacing): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Map) return value;
  if (Array.isArray(value)) return value.map((item) => replace(item, replacing));
  if (isNode(value)) {
    const own = replaceNode(value, replacing);
    if (own) return own;
  }
  const inside = isNode(value) ? insideOf(value, replacing) : replacing;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replace(part, inside)]));
}

function isNode(value: object): value is AnyNode {
  return 'kind' in value && typeof value.kind === 'string';
}

function replaceNode(node: AnyNode, { scope, bound, isScript }: Replacing): Placeholder | undefined {
  if (node.kind === 'Access') return rowValue(node as Access, scope);
  if (node.kind !== 'ColumnRef' || !isScript) return undefined;
  const { parts, span } = node as ColumnRef;
  const name = parts.map((part) => part.name).join('.');
  if (bound.has(parts[0]?.name ?? '')) return undefined;
  if (scope.has(name)) return { kind: 'Placeholder', name, span };
  throw unset(name, span);
}

function insideOf(node: AnyNode, replacing: Replacing): Replacing {
  const namesSequence = node.kind === 'Call' && (node as Call).name === 'nextval';
  if (node.kind === 'Query' || namesSequence) return { ...replacing, isScript: false };
  if (node.kind !== 'Lambda') return replacing;
  const { params } = node as Lambda;
  return { ...replacing, bound: new Set([...replacing.bound, ...params.map(({ name }) => name)]) };
}

/** `:row.column` reads as an access to `:row`. */
function rowValue({ operand, accessor, span }: Access, scope: Scope): Placeholder | undefined {
  if (operand.kind !== 'Placeholder' || accessor.kind === 'Index') return undefined;
  const name = `${operand.name}.${accessor.kind === 'Dot' ? accessor.name : accessor.key}`;
  return scope.has(name) ? { kind: 'Placeholder', name, span } : undefined;
}

export function unset(name: string, span: Expr['span']): SqlError {
  return new SqlError('ScriptExecutionError', `variable ${name} is not defined`, { span });
}
