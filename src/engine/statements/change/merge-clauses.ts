import { SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';
import { didYouMean } from '../../base/text.ts';
import type { BoundColumn, BoundExpr, BoundFrom } from '../../bind/plan.ts';
import type { SelectItem, TableRef } from '../../sql/ast-query.ts';
import type { StatementContext } from '../context.ts';
import { selectItem } from '../select.ts';
import type { Merge, MergeClause } from '../syntax/dml.ts';
import { columnValue, defaultValue, givenColumns, type Target, targetColumns } from '../target.ts';
import { assignedColumns, boundValues, type ColumnValue, valueItems } from './assignments.ts';
import type { BoundClause } from './merge-plan.ts';
import { ownerOf } from './target-ref.ts';

/** A clause whose columns are known; '*' goes by name. */
export interface NamedClause {
  readonly clause: MergeClause;
  readonly values: readonly ColumnValue[] | '*';
}

/** Throws what is wrong with the clauses before anything is bound. */
export function namedClauses(merge: Merge, target: Target): readonly NamedClause[] {
  for (const matched of [true, false]) checkOrder(merge, matched);
  return merge.clauses.map((clause) => ({ clause, values: namedValues(clause, merge, target) }));
}

function checkOrder({ clauses, span }: Merge, matched: boolean): void {
  const kind = clauses.filter((clause) => clause.matched === matched);
  if (kind.slice(0, -1).every(({ and }) => and)) return;
  const name = matched ? 'matched' : 'unmatched';
  throw new SqlError('SyntaxException', `an unconditional ${name} clause must be the last of the ${name} clauses`, {
    span,
  });
}

function namedValues({ action }: MergeClause, merge: Merge, target: Target): readonly ColumnValue[] | '*' {
  if (action.kind === 'MergeDelete') return [];
  if (action.kind === 'MergeUpdate') {
    return action.assignments === '*' ? '*' : assignedColumns(target, action.assignments, ownerOf(merge));
  }
  const { values } = action;
  if (values === '*') return '*';
  const columns = targetColumns(target, action.columns);
  if (columns.length !== values.length) {
    throw new SqlError(
      'SemanticError',
      `the number of columns to insert is ${columns.length}, but ${values.length} values are given`,
      { span: values[0]?.span ?? merge.span },
    );
  }
  return columns.flatMap((column, index): ColumnValue[] => {
    const value = values[index];
    return value ? [{ column, value }] : [];
  });
}

/** Everything that the clauses ask of the join, as items of a query. */
export function clauseItems(clauses: readonly NamedClause[]): readonly SelectItem[] {
  return clauses.flatMap(({ clause, values }) => [
    ...(clause.and ? [selectItem(clause.and)] : []),
    ...(values === '*' ? [] : valueItems(values)),
  ]);
}

export interface MergeSides {
  readonly target: Target;
  readonly source: BoundFrom;
  readonly ref: TableRef;
}

/** The clauses with the bound items of `clauseItems`. */
export function boundClauses(
  clauses: readonly NamedClause[],
  items: readonly BoundExpr[],
  sides: MergeSides,
  ctx: StatementContext,
): readonly BoundClause[] {
  const rest = items.values();
  return clauses.map((named) => boundClause(named, rest, sides, ctx));
}

const ACTIONS = { MergeDelete: 'Delete', MergeUpdate: 'Update', MergeInsert: 'Insert' } as const;

function boundClause(
  { clause, values }: NamedClause,
  items: Iterator<BoundExpr>,
  sides: MergeSides,
  ctx: StatementContext,
): BoundClause {
  const { columns } = sides.target.table;
  const action = ACTIONS[clause.action.kind];
  const condition = clause.and ? next(items) : undefined;
  const given = new Map<number, BoundExpr>();
  if (values === '*') {
    for (const column of givenColumns(sides.target.table))
      given.set(columns.indexOf(column), columnValue(sourceColumn(column.name, sides), column, ctx));
  } else {
    const bound = boundValues(values, items, ctx);
    for (const [index, { column }] of values.entries())
      given.set(columns.indexOf(column), bound[index] ?? defaultValue(column, ctx));
  }
  if (action === 'Insert') {
    for (const [index, column] of columns.entries()) if (!given.has(index)) given.set(index, defaultValue(column, ctx));
  }
  return { action, condition, values: given };
}

function next(items: Iterator<BoundExpr>): BoundExpr {
  const { done, value } = items.next();
  if (done) throw new SqlError('Internal', 'a condition was not bound');
  return value;
}

function sourceColumn(name: string, { source, ref }: MergeSides): BoundExpr {
  const columns = sourceColumns(source, ref);
  const [found, other] = columns.filter((column) => column.name === name);
  if (other) {
    throw new SqlError('SemanticError', `column ${name} is ambiguous`, {
      span: ref.span,
      hint: hint('nameColumns'),
    });
  }
  if (found) return { ...found, span: ref.span };
  throw new SqlError('SemanticError', `column ${name} doesn't exist`, {
    span: ref.span,
    suggestions: didYouMean(
      name,
      columns.map((column) => column.name),
    ),
  });
}

/** What `*` stands for, as the source names it. Either side of a join may have no row. */
function sourceColumns(source: BoundFrom, ref: TableRef): readonly BoundColumn[] {
  if (source.kind === 'Join') {
    const [left, right] = ref.kind === 'Join' ? [ref.left, ref.right] : [ref, ref];
    const both = [...sourceColumns(source.left, left), ...sourceColumns(source.right, right)];
    return both.map((column) => ({ ...column, nullable: true }));
  }
  const alias = 'alias' in ref ? (ref.alias?.columns ?? []) : [];
  return source.columns.map((column, index) => {
    const name = alias[index]?.name ?? column.name;
    return { kind: 'Column', relation: source.id, index, ...column, name, span: ref.span };
  });
}
