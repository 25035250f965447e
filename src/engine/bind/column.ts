import { type Span, SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { didYouMean } from '../base/text.ts';
import type { ColumnRef, Identifier, PositionRef } from '../sql/ast.ts';
import { accessField } from './access.ts';
import { type Binder, nameMatches, type Scope, type ScopeRelation } from './binder.ts';
import type { BoundExpr } from './plan.ts';

/**
 * What a dotted name means: a parameter of a lambda, an alias, a column, a column of a named relation, or a field
 * inside any of these; looked for here first, then in the queries around.
 */
export function bindColumnRef(binder: Binder, { parts, span }: ColumnRef, scope: Scope): BoundExpr {
  for (let level: Scope | undefined = scope; level; level = level.outer) {
    const found = findInScope(parts, level, span);
    if (found) return accessFields(binder, at(found, parts), parts, span);
  }
  throw unknownColumn(parts, scope, span);
}

interface Found {
  readonly expr: BoundExpr;
  /** How many parts of the name it took. */
  readonly parts: number;
}

/** A column stands where it is named, not where its relation is. */
function at({ expr, parts: used }: Found, parts: readonly Identifier[]): Found {
  const [first, last] = [parts[0], parts[used - 1]];
  if (expr.kind !== 'Column' || !first || !last) return { expr, parts: used };
  return { expr: { ...expr, span: { start: first.span.start, end: last.span.end } }, parts: used };
}

function findInScope(parts: readonly Identifier[], scope: Scope, span: Span): Found | undefined {
  const bare = isQualified(parts, scope) ? undefined : findBare(parts, scope, span);
  return bare ?? findQualified(parts, scope, span);
}

/** `t.a` is column `a` of `t`, though `t` may have a column `t` with a field `a`. */
function isQualified([first, second]: readonly Identifier[], { relations, lambdaParams }: Scope): boolean {
  if (!first || !second || lambdaParams.has(first.name)) return false;
  const has = ({ columns, hidden }: ScopeRelation) =>
    [...columns, ...hidden].some((column) => nameMatches(column, second));
  return relations.some((relation) => isNamed(relation, first) && has(relation));
}

function findBare([name]: readonly Identifier[], scope: Scope, span: Span): Found | undefined {
  if (!name) return undefined;
  const param = scope.lambdaParams.get(name.name);
  if (param) return { expr: param, parts: 1 };
  const alias = scope.aliases.get(name.name);
  if (alias && scope.aliasesFirst) return { expr: alias, parts: 1 };
  const column = findVisible(name, scope, span) ?? alias ?? findHidden(name, scope);
  return column && { expr: column, parts: 1 };
}

function findVisible(name: Identifier, scope: Scope, span: Span): BoundExpr | undefined {
  const matches = scope.visible.filter((column) => nameMatches(column, name));
  if (matches.length > 1) throw ambiguous(name, span);
  return matches[0]?.expr;
}

function findHidden(name: Identifier, scope: Scope): BoundExpr | undefined {
  for (const relation of scope.relations) {
    const column = relation.hidden.find((hidden) => nameMatches(hidden, name));
    if (column) return column.expr;
  }
  return undefined;
}

function findQualified(parts: readonly Identifier[], scope: Scope, span: Span): Found | undefined {
  const [first, second, third] = parts;
  if (!first || !second) return undefined;
  const relation = scope.relations.find((candidate) => isNamed(candidate, first));
  if (relation) return { expr: columnOf(relation, second, span), parts: 2 };
  if (!third) return undefined;
  const qualified = scope.relations.find(
    (candidate) => candidate.database === first.name && isNamed(candidate, second),
  );
  return qualified && { expr: columnOf(qualified, third, span), parts: 3 };
}

const isNamed = (relation: ScopeRelation, name: Identifier) => relation.name === name.name;

function columnOf(relation: ScopeRelation, name: Identifier, span: Span): BoundExpr {
  const matches = [...relation.columns, ...relation.hidden].filter((column) => nameMatches(column, name));
  if (matches.length > 1) throw ambiguous(name, span);
  const [column] = matches;
  if (column) return column.expr;
  const suggestions = didYouMean(
    name.name,
    relation.columns.map((candidate) => candidate.name),
  );
  throw new SqlError('SemanticError', `column ${relation.name}.${name.name} doesn't exist`, {
    span: name.span,
    suggestions,
  });
}

function accessFields(
  binder: Binder,
  { expr, parts: used }: Found,
  parts: readonly Identifier[],
  span: Span,
): BoundExpr {
  return parts.slice(used).reduce((operand, field) => accessField(binder, operand, field, span), expr);
}

function ambiguous(name: Identifier, span: Span): SqlError {
  return new SqlError(
    'SemanticError',
    `column ${name.name} reference or alias is ambiguous, please use another alias name`,
    { span },
  );
}

function unknownColumn(parts: readonly Identifier[], scope: Scope, span: Span): SqlError {
  if (scope.relations.some(({ hasNoFiles }) => hasNoFiles)) {
    const message = 'no files found. specify a prefix/pattern/files that matches at least one file';
    return new SqlError('SemanticError', message, { span });
  }
  const last = parts.at(-1)?.name ?? '';
  const names = [...scope.visible.map((column) => column.name), ...scope.aliases.keys()];
  const written = parts.map((part) => part.name).join('.');
  const listed = `${[...new Set(names)].slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}`;
  return new SqlError('SemanticError', `column ${written} doesn't exist`, {
    span,
    suggestions: didYouMean(last, names),
    hint: names.length > 0 ? hint('inScope', listed) : undefined,
  });
}

/** `$2`, `t.$2`. */
export function bindPositionRef(_binder: Binder, { table, position, span }: PositionRef, scope: Scope): BoundExpr {
  const relation = table ? scope.relations.find((candidate) => isNamed(candidate, table)) : scope.relations[0];
  if (!relation) {
    const text = table ? `Unknown table '${table.name}'` : `column position ${position} doesn't exist`;
    throw new SqlError(table ? 'UnknownTable' : 'SemanticError', text, { span });
  }
  return relation.position(position, span);
}
