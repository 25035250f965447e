import { SqlError } from '../../base/errors.ts';
import { coerce, literal } from '../../bind/build.ts';
import { selectOf } from '../../bind/build-query.ts';
import { binderFor } from '../../bind/index.ts';
import type { BoundColumn, BoundExpr, BoundFrom, BoundJoin, BoundQuery, BoundRelation } from '../../bind/plan.ts';
import { bothOf } from '../../bind/special.ts';
import { mapColumns } from '../../bind/walk.ts';
import { plain } from '../../types/type.ts';
import type { TableRecord } from '../../warehouse/object.ts';
import { bindSession } from '../bind-session.ts';
import type { StatementContext } from '../context.ts';
import { NO_RELATIONS } from '../target.ts';
import { placeColumn } from './target-scan.ts';

/** A clause of MERGE, its expressions over the source and, where it is for matched rows, the target. */
export interface BoundClause {
  readonly action: 'Update' | 'Delete' | 'Insert';
  readonly condition: BoundExpr | undefined;
  /** New values by index of the target's column: those that UPDATE assigns, all for INSERT, none for DELETE. */
  readonly values: ReadonlyMap<number, BoundExpr>;
}

export interface MergePlan {
  /** Place, number of the clause, then the new values of `columns`; a row for each pair that a clause takes. */
  readonly query: BoundQuery;
  readonly target: BoundRelation;
  /** Indexes of the target's columns that some clause gives a value. */
  readonly columns: readonly number[];
}

/**
 * Each row of the source with the rows of the target that match it, or none; the first clause that takes the pair decides
 * what it gives. The clause is found in a query inside, so that a condition that differs each time is asked once.
 */
export function mergePlan(
  table: TableRecord,
  join: BoundJoin & { readonly right: BoundRelation },
  clauses: readonly BoundClause[],
  ctx: StatementContext,
): MergePlan {
  const place: BoundColumn = { ...placeColumn(join.right), nullable: true };
  const indexes = new Set(clauses.flatMap(({ values }) => [...values.keys()]));
  const columns = [...indexes].sort((a, b) => a - b);
  const inner = innerQuery(join, [place, clauseNumber(clauses, place, ctx)]);
  const number = inner.output(1);
  const values = columns.map((index) => newValue({ table, index, target: join.right, clauses }, number));
  const items = [inner.output(0), number, ...values.map((value) => inner.outside(value))];
  const where: BoundExpr = { kind: 'NullTest', operand: number, negated: true, ...BOOLEAN };
  const { id, query } = inner.finish();
  const from: BoundFrom = { kind: 'Derived', id, lateral: false, query, columns: query.columns };
  return { query: selectOf({ items, from, where }), target: join.right, columns };
}

const NOWHERE = { start: 0, end: 0 };
const BOOLEAN = { type: plain('Boolean'), nullable: false, span: NOWHERE };

/** Which clause takes a pair; NULL for none. */
function clauseNumber(clauses: readonly BoundClause[], place: BoundColumn, ctx: StatementContext): BoundExpr {
  const binder = binderFor(bindSession(NO_RELATIONS, ctx));
  const branches = clauses.map(({ action, condition }, index) => {
    const matched: BoundExpr = { kind: 'NullTest', operand: place, negated: action !== 'Insert', ...BOOLEAN };
    const when = condition ? bothOf(binder, matched, coerce(binder, condition, plain('Boolean'))) : matched;
    return { when, result: numberLiteral(index) };
  });
  return { kind: 'Case', branches, otherwise: undefined, type: plain('Int32'), nullable: true, span: NOWHERE };
}

const numberLiteral = (value: number) => literal({ type: plain('Int32'), value }, NOWHERE);

interface ValuePlace {
  readonly table: TableRecord;
  readonly index: number;
  readonly target: BoundRelation;
  readonly clauses: readonly BoundClause[];
}

/** What a column becomes, by clause; an UPDATE that does not name it leaves it as it is. */
function newValue({ table, index, target, clauses }: ValuePlace, number: BoundExpr): BoundExpr {
  const column = table.columns[index];
  if (!column) throw new SqlError('Internal', 'a clause gives a column of the table');
  const old: BoundColumn = { kind: 'Column', relation: target.id, index, ...column, span: NOWHERE };
  const branches = clauses.flatMap(({ action, values }, clause) => {
    if (action === 'Delete') return [];
    const when: BoundExpr = { kind: 'In', operand: number, items: [numberLiteral(clause)], negated: false, ...BOOLEAN };
    return [{ when, result: values.get(index) ?? old }];
  });
  return { kind: 'Case', branches, otherwise: undefined, type: column.type, nullable: true, span: NOWHERE };
}

interface InnerQuery {
  /** Column `index` of the query as the outside sees it. */
  output(index: number): BoundColumn;
  /** An expression over the query's FROM, over its columns instead: it gets those that are needed. */
  outside(expr: BoundExpr): BoundExpr;
  finish(): { readonly id: number; readonly query: BoundQuery };
}

/** No binder gives this number to a relation. */
const UNUSED = 0;

/** A query to stand in FROM, which grows by the columns that are asked of it. */
function innerQuery(from: BoundFrom, first: readonly BoundExpr[]): InnerQuery {
  const items = [...first];
  const ids = new Set(relationIds(from));
  const id = UNUSED;
  const output = (index: number): BoundColumn => {
    const { type, nullable = true } = items[index] ?? { type: plain('Null') };
    return { kind: 'Column', relation: id, index, name: `c${index}`, type, nullable, span: NOWHERE };
  };
  const outside = (column: BoundColumn): BoundExpr => {
    if (!ids.has(column.relation)) return column;
    const known = items.findIndex(
      (item) => item.kind === 'Column' && item.relation === column.relation && item.index === column.index,
    );
    return { ...output(known < 0 ? items.push(column) - 1 : known), span: column.span };
  };
  return {
    output,
    outside: (expr) => mapColumns(expr, outside),
    finish: () => ({ id, query: selectOf({ items, from }) }),
  };
}

function relationIds(from: BoundFrom): readonly number[] {
  return from.kind === 'Join' ? [...relationIds(from.left), ...relationIds(from.right)] : [from.id];
}
