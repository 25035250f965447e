import { SqlError } from '../base/errors.ts';
import { likeMatcher } from '../base/like.ts';
import { linearRegex } from '../base/regex.ts';
import { didYouMean } from '../base/text.ts';
import type { Identifier } from '../sql/ast.ts';
import type { Select, SelectItem, StarItem } from '../sql/ast-query.ts';
import { exprHeader } from '../sql/print.ts';
import { plain } from '../types/type.ts';
import { type Binder, type BoundSource, nameMatches, type Scope, type VisibleColumn } from './binder.ts';
import { literal } from './build.ts';
import type { BoundExpr } from './plan.ts';
import { starError } from './staged.ts';

export interface NamedItem {
  readonly name: string;
  /** The name when the item was given one: later items and clauses may use it. */
  readonly alias: string | undefined;
  readonly expr: BoundExpr;
}

interface ItemPlace {
  readonly scope: Scope;
  readonly source: BoundSource | undefined;
}

/** The select list, stars expanded; an item sees the aliases before it. */
export function bindItems(binder: Binder, { items }: Select, { scope, source }: ItemPlace): NamedItem[] {
  const aliases = new Map<string, BoundExpr>();
  const bound: NamedItem[] = [];
  for (const item of items) {
    const named = bindItem(binder, item, { scope: { ...scope, aliases }, source, alone: items.length === 1 });
    for (const { alias, expr } of named) if (alias !== undefined) aliases.set(alias, expr);
    bound.push(...named);
  }
  const [first] = items;
  if (bound.length === 0 && first?.kind === 'StarItem' && first.exclude.length > 0)
    throw new SqlError('SemanticError', 'SELECT with EXCLUDE leaves no columns', { span: first.span });
  return bound;
}

interface OneItem extends ItemPlace {
  readonly alone: boolean;
}

function bindItem(binder: Binder, item: SelectItem, place: OneItem): NamedItem[] {
  switch (item.kind) {
    case 'ExprItem': {
      const expr = binder.expr(item.expr, place.scope);
      return [{ name: item.alias?.name ?? exprHeader(item.expr), alias: item.alias?.name, expr }];
    }
    case 'StarItem':
      return starColumns(item, place).map(asItem);
    default:
      return columnsItem(binder, item, place).map(asItem);
  }
}

const asItem = ({ name, expr }: VisibleColumn): NamedItem => ({ name, alias: undefined, expr });

function starColumns({ qualifier, exclude, span }: StarItem, { scope, source, alone }: OneItem): VisibleColumn[] {
  if (!source) throw new SqlError('SemanticError', 'SELECT * with no tables specified is not valid', { span });
  checkStaged(source, alone, span);
  const all = qualifier.length === 0 ? scope.visible : qualifiedColumns(qualifier, source, span);
  const unknown = exclude.find((name) => !all.some((column) => nameMatches(column, name)));
  if (unknown) {
    const suggestions = didYouMean(
      unknown.name,
      all.map((column) => column.name),
    );
    throw new SqlError('SemanticError', `column ${unknown.name} doesn't exist`, { span: unknown.span, suggestions });
  }
  return all.filter((column) => !exclude.some((name) => nameMatches(column, name)));
}

function checkStaged(source: BoundSource, alone: boolean, span: StarItem['span']): void {
  const { from } = source;
  const staged = from.kind === 'Relation' && from.source.kind === 'Staged' ? from.source : undefined;
  const error = staged && starError(staged, alone);
  if (error) throw error.at(span);
}

function qualifiedColumns(
  qualifier: readonly Identifier[],
  source: BoundSource,
  span: StarItem['span'],
): VisibleColumn[] {
  const [last, database] = [qualifier.at(-1), qualifier.at(-2)];
  const relation = source.relations.find(
    ({ name, database: of }) => name === last?.name && (!database || of === database.name),
  );
  if (relation)
    return relation.columns.map(({ name, expr, anyCase }) => ({ name, expr, anyCase, relation: relation.id }));
  const suggestions = didYouMean(
    last?.name ?? '',
    source.relations.flatMap(({ name }) => name ?? []),
  );
  throw new SqlError('UnknownTable', `Unknown table '${qualifier.map(({ name }) => name).join('.')}'`, {
    span,
    suggestions,
  });
}

function matchingColumns(binder: Binder, { pattern, span }: ColumnsItem, place: OneItem): VisibleColumn[] {
  if (typeof pattern === 'object' && pattern.kind === 'StarItem') return starColumns(pattern, place);
  const all = starColumns({ kind: 'StarItem', qualifier: [], exclude: [], span }, place);
  const keeps = typeof pattern === 'string' ? byRegex(pattern, span) : byLambda(binder, pattern, place.scope);
  return all.filter(({ name }) => keeps(name));
}

type ColumnsItem = SelectItem & { readonly kind: 'ColumnsItem' };

/** COLUMNS('regex'), COLUMNS(x -> condition on the name), COLUMNS(* EXCLUDE (…)). */
function columnsItem(binder: Binder, item: ColumnsItem, place: OneItem): VisibleColumn[] {
  const kept = matchingColumns(binder, item, place);
  if (kept.length === 0) throw new SqlError('SemanticError', 'COLUMNS matches no column', { span: item.span });
  return kept;
}

function byRegex(pattern: string, span: StarItem['span']): (name: string) => boolean {
  try {
    return linearRegex(pattern);
  } catch (cause) {
    throw new SqlError('SemanticError', `Invalid regex pattern: ${pattern}`, { span, cause });
  }
}

/** A condition on the name is answered while binding: LIKE and comparisons over constants. */
function byLambda(
  binder: Binder,
  lambda: Exclude<ColumnsItem['pattern'], string | StarItem>,
  scope: Scope,
): (name: string) => boolean {
  const [param] = lambda.params;
  return (name) => {
    const value = literal({ type: plain('String'), value: name }, lambda.span);
    const lambdaParams = new Map(scope.lambdaParams).set(param?.name ?? '', value);
    return evaluate(binder.expr(lambda.body, { ...scope, lambdaParams }));
  };
}

function evaluate(expr: BoundExpr): boolean {
  if (expr.kind !== 'Call')
    throw new SqlError('SemanticError', 'COLUMNS takes a condition on the name of a column', { span: expr.span });
  const [left, right] = expr.args;
  switch (expr.name) {
    case 'and':
      return left !== undefined && right !== undefined && evaluate(left) && evaluate(right);
    case 'or':
      return left !== undefined && right !== undefined && (evaluate(left) || evaluate(right));
    case 'not':
      return left !== undefined && !evaluate(left);
    case 'like':
    case 'ilike':
      return likeMatcher(textOf(right), expr.name === 'ilike')(textOf(left));
    case 'eq':
      return textOf(left) === textOf(right);
    case 'noteq':
      return textOf(left) !== textOf(right);
    default:
      throw new SqlError('SemanticError', `COLUMNS cannot use ${expr.name}`, { span: expr.span });
  }
}

function textOf(expr: BoundExpr | undefined): string {
  if (expr?.kind === 'Literal') return String(expr.value);
  throw new SqlError('SemanticError', 'COLUMNS compares the name of a column with constants', { span: expr?.span });
}
