import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import {
  countTotals,
  type ReadSearch,
  readMatch,
  readQuery,
  searchColumnOf,
  searchCounts,
  searchMatches,
  searchScore,
} from '../functions/search.ts';
import type { Call, Expr } from '../sql/ast.ts';
import { plain } from '../types/type.ts';
import type { TableRecord } from '../warehouse/object.ts';
import type { Binder, BoundSearch, Scope } from './binder.ts';
import { constantOf, literal } from './build.ts';
import { selectOf } from './build-query.ts';
import type { BoundColumn, BoundExpr, BoundFrom, BoundQueryExpr, BoundRelation } from './plan.ts';

/**
 * Binds the searches of a WHERE clause before anything else, since the select list may ask for their score. Rows are
 * matched one by one; the index only says which columns may be searched, and how.
 */
export function bindSearches(
  binder: Binder,
  { where, from }: { readonly where: Expr | undefined; readonly from: BoundFrom | undefined },
  scope: Scope,
): readonly BoundSearch[] {
  const calls: Call[] = [];
  if (where && from) searchCalls(where, calls);
  const searched = new Set<number>();
  return calls.map((call) => {
    const bound = from && bindSearch(binder, { call, from }, scope);
    if (!bound) throw new SqlError('Internal', 'a search without FROM', { span: call.span });
    if (searched.has(bound.relation)) {
      const message = `duplicate search function for table ${bound.relation}`;
      throw new SqlError('SemanticError', message, { span: call.span });
    }
    searched.add(bound.relation);
    return bound.search;
  });
}

/** Those of the query itself, not of its subqueries. */
function searchCalls(part: unknown, found: Call[]): void {
  if (typeof part !== 'object' || part === null) return;
  if (Array.isArray(part)) {
    for (const item of part) searchCalls(item, found);
    return;
  }
  if ('kind' in part && part.kind === 'Query') return;
  if (isSearchCall(part)) found.push(part);
  else for (const value of Object.values(part)) searchCalls(value, found);
}

function isSearchCall(part: object): part is Call {
  return 'kind' in part && part.kind === 'Call' && 'name' in part && (part.name === 'query' || part.name === 'match');
}

interface SearchPlace {
  readonly call: Call;
  readonly from: BoundFrom;
}

function bindSearch(
  binder: Binder,
  { call, from }: SearchPlace,
  scope: Scope,
): { readonly search: BoundSearch; readonly relation: number } {
  const read = readCall(binder, call, scope);
  const columns = read.columns.map((name) => searchedColumn(binder, { call, name }, scope));
  const relation = relationOf(columns, from);
  if (!relation) throw withoutIndex(read, call);
  const { source } = relation;
  const index = source.kind === 'Table' ? indexOver(source.table, columns) : undefined;
  if (!index) throw withoutIndex(read, call);
  const known = columns.map(({ type }) => searchColumnOf(index.options, type.kind === 'Variant'));
  const plan = placed(call, () => read.plan(known));
  const planText = literal({ type: plain('String'), value: JSON.stringify(plan) }, call.span);
  const base = { kind: 'Call', volatile: false, span: call.span } as const;
  const isBoolean = { type: plain('Boolean'), nullable: columns.some(({ nullable }) => nullable) };
  const condition: BoundExpr = {
    ...base,
    ...isBoolean,
    name: 'query',
    lower: searchMatches,
    args: [planText, ...columns],
  };
  const totals = countsOf(binder, { relation, columns, planText, lower: countTotals(plan) });
  const isFloat = { type: plain('Float32'), nullable: false };
  const score: BoundExpr = {
    ...base,
    ...isFloat,
    name: 'score',
    lower: searchScore,
    args: [planText, totals, ...columns],
  };
  return { search: { call, condition, score }, relation: relation.id };
}

/** The inverted index that covers all the columns. */
function indexOver({ indexes = [] }: TableRecord, columns: readonly BoundColumn[]) {
  return indexes.find(
    (index) => index.type === 'INVERTED' && columns.every(({ name }) => index.columns.includes(name)),
  );
}

function withoutIndex({ columns }: ReadSearch, { span }: Call): SqlError {
  const verb = columns.length === 1 ? "column %s doesn't have" : "columns %s don't have";
  return new SqlError('SemanticError', `${verb.replace('%s', columns.join(', '))} inverted index`, {
    span,
    hint: hint('createIndex', 'CREATE INVERTED INDEX <name> ON <table> (<column>, …)'),
  });
}

function readCall(binder: Binder, { name, args, span }: Call, scope: Scope): ReadSearch {
  const isMatch = name === 'match';
  const [least, most] = isMatch ? [2, 3] : [1, 2];
  if (args.length < least || args.length > most) {
    const message = `Function \`${name}\` expect to have [${least}, ${most}] arguments, but got ${args.length}`;
    throw new SqlError('NumberArgumentsNotMatch', message, { span });
  }
  const [first, ...rest] = args;
  const fields = isMatch && first?.kind === 'ColumnRef' ? first.parts.at(-1)?.name : undefined;
  const texts = (fields === undefined ? args : rest).map((arg) => constantText(binder, arg, scope));
  const [one = '', two = '', three = ''] = fields === undefined ? texts : [fields, ...texts];
  return placed({ span }, () => (isMatch ? readMatch(one, two, three) : readQuery(one, two)));
}

function placed<Result>({ span }: Pick<Call, 'span'>, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof SqlError ? error.at(span) : error;
  }
}

function constantText(binder: Binder, arg: Expr, scope: Scope): string {
  const value = constantOf(binder.expr(arg, scope));
  if (typeof value === 'string') return value;
  throw new SqlError('SemanticError', 'the arguments of a search function must be constant strings', {
    span: arg.span,
  });
}

function searchedColumn(
  binder: Binder,
  { call, name }: { readonly call: Call; readonly name: string },
  scope: Scope,
): BoundColumn {
  const { span } = call;
  const isKnown = scope.visible.some((column) => column.name === name);
  const part = { name: isKnown ? name : name.toLowerCase(), quoted: true, span };
  const bound = binder.expr({ kind: 'ColumnRef', parts: [part], span }, scope);
  if (bound.kind === 'Column') return bound;
  throw new SqlError('SemanticError', `${name} is no column of a table`, { span });
}

/** The table that all columns are of. */
function relationOf(columns: readonly BoundColumn[], from: BoundFrom): BoundRelation | undefined {
  const [first] = columns;
  if (!first || columns.some(({ relation }) => relation !== first.relation)) return undefined;
  const find = (part: BoundFrom): BoundRelation | undefined => {
    if (part.kind === 'Join') return find(part.left) ?? find(part.right);
    return part.kind === 'Relation' && part.id === first.relation ? part : undefined;
  };
  return find(from);
}

interface Counted {
  readonly relation: BoundRelation;
  readonly columns: readonly BoundColumn[];
  readonly planText: BoundExpr;
  readonly lower: string;
}

/** What the score has to know of all rows of the table, as a subquery over it. */
function countsOf(binder: Binder, { relation, columns, planText, lower }: Counted): BoundQueryExpr {
  const { span } = planText;
  const text = { type: plain('String'), nullable: true, span };
  const [rowsId, derivedId] = [binder.nextId(), binder.nextId()];
  const args = [planText, ...columns.map((column) => ({ ...column, relation: rowsId }))];
  const rows = selectOf({
    items: [{ ...text, kind: 'Call', name: 'search_counts', lower: searchCounts, args, volatile: false }],
    from: { ...relation, id: rowsId },
  });
  const each: BoundExpr = { ...text, kind: 'Column', relation: derivedId, index: 0, name: 'c0' };
  const aggregate = { name: 'search_totals', lower, args: [each], params: [], distinct: false, orderBy: [] };
  const query = selectOf({
    items: [{ ...text, ...aggregate, kind: 'Aggregate', filter: undefined }],
    from: { kind: 'Derived', id: derivedId, lateral: false, query: rows, columns: rows.columns },
  });
  return { ...text, kind: 'QueryExpr', use: { kind: 'Scalar' }, query };
}

/** A search function where it stands. */
export function searchCondition(_binder: Binder, node: Call, scope: Scope): BoundExpr {
  const found = scope.searches.find(({ call }) => call === node);
  if (found && scope.without.aggregates === WHERE) return found.condition;
  throw new SqlError('SemanticError', 'search function query can only be used in where clause', { span: node.span });
}

/** What WHERE calls itself in `Scope.without`. */
export const WHERE = 'Where clause';

export function searchScoreOf(_binder: Binder, node: Call, scope: Scope): BoundExpr {
  if (node.args.length > 0) {
    const message = `Function \`score\` expect to have [0, 0] arguments, but got ${node.args.length}`;
    throw new SqlError('NumberArgumentsNotMatch', message, { span: node.span });
  }
  const [first] = scope.searches;
  if (first) return { ...first.score, span: node.span };
  throw new SqlError('SemanticError', 'score function must run with match or query function', { span: node.span });
}
