import { SqlError } from '../../base/errors.ts';
import { coerce, literal } from '../../bind/build.ts';
import { selectOf } from '../../bind/build-query.ts';
import { binderFor } from '../../bind/index.ts';
import type { BoundExpr, BoundQuery } from '../../bind/plan.ts';
import { plain } from '../../types/type.ts';
import type { TableColumn } from '../../warehouse/object.ts';
import { bindSession } from '../bind-session.ts';
import type { StatementContext } from '../context.ts';
import { selectItem } from '../select.ts';
import type { IntoClause, MultiInsert } from '../syntax/multi-insert.ts';
import { columnValue, defaultValue, findTarget, NO_RELATIONS, type Target, targetColumns } from '../target.ts';
import { boundValues, type ColumnValue, valueItems } from './assignments.ts';
import { bindOverRows } from './over-rows.ts';

/** What a multi-table INSERT does with the rows of its query. */
export interface BoundBranches {
  /** The number of the relation that stands for the query's rows. */
  readonly source: number;
  /** Of each branch with one. */
  readonly conditions: readonly BoundExpr[];
  readonly first: boolean;
  readonly into: readonly BoundInto[];
}

export interface BoundInto {
  readonly target: Target;
  /** Whose rows it takes: that of a condition, those that no condition takes, or all. */
  readonly branch: number | 'ELSE' | 'ALL';
  /** Values of the table's columns, over the query's rows. */
  readonly values: readonly BoundExpr[];
}

interface NamedInto {
  readonly target: Target;
  readonly branch: BoundInto['branch'];
  readonly columns: readonly TableColumn[];
  /** Absent where the query's columns go by position. */
  readonly values: readonly ColumnValue[] | undefined;
}

export async function bindBranches(
  statement: MultiInsert,
  source: BoundQuery,
  ctx: StatementContext,
): Promise<BoundBranches> {
  const named = namedIntos(statement, source, ctx);
  const whens = statement.branches.flatMap(({ when }) => when ?? []);
  const items = [...whens.map(selectItem), ...named.flatMap(({ values }) => valueItems(values ?? []))];
  const bound = await bindOverRows(items, source.columns, statement.span, ctx);
  const conditions = bound.items.slice(0, whens.length).map((condition) => booleanCondition(condition, ctx));
  const values = bound.items.slice(whens.length).values();
  const { id } = bound;
  const into = named.map((one): BoundInto => ({ ...one, values: wholeRow(one, { id, source, values }, ctx) }));
  return { source: id, conditions, first: statement.first, into };
}

function namedIntos(
  { branches, otherwise }: MultiInsert,
  source: BoundQuery,
  ctx: StatementContext,
): readonly NamedInto[] {
  const named = branches.flatMap(({ when, targets }, index) =>
    targets.map((into) => namedInto(into, when ? index : 'ALL', source, ctx)),
  );
  return [...named, ...otherwise.map((into) => namedInto(into, 'ELSE', source, ctx))];
}

function namedInto(
  { table, columns: names, values }: IntoClause,
  branch: BoundInto['branch'],
  source: BoundQuery,
  ctx: StatementContext,
): NamedInto {
  const target = findTarget(table, ctx);
  const columns = targetColumns(target, names);
  const given = values ?? source.columns;
  if (given.length !== columns.length) {
    throw new SqlError(
      'BadArguments',
      `Fields in ${values ? 'VALUES' : 'select statement'} is not equal with expected, ${values ? 'values' : 'select fields'}: ${given.length}, insert fields: ${columns.length}`,
      { span: values?.[0]?.span ?? table.span },
    );
  }
  const pairs = values?.flatMap((value, index): ColumnValue[] => {
    const column = columns[index];
    return column ? [{ column, value }] : [];
  });
  return { target, branch, columns, values: pairs };
}

function booleanCondition(condition: BoundExpr, ctx: StatementContext): BoundExpr {
  const { type, span } = condition;
  if (type.kind !== 'Boolean' && type.kind !== 'Null')
    throw new SqlError('IllegalDataType', 'the condition of WHEN must be a boolean expression', { span });
  return coerce(binderFor(bindSession(NO_RELATIONS, ctx)), condition, plain('Boolean'));
}

interface SourceRow {
  readonly id: number;
  readonly source: BoundQuery;
  readonly values: Iterator<BoundExpr>;
}

function wholeRow({ target, columns, values }: NamedInto, row: SourceRow, ctx: StatementContext): readonly BoundExpr[] {
  const given = values
    ? boundValues(values, row.values, ctx)
    : sourceColumns(row).map((value, index) => {
        const column = columns[index];
        return column ? columnValue(value, column, ctx) : value;
      });
  return target.table.columns.map((column) => given[columns.indexOf(column)] ?? defaultValue(column, ctx));
}

function sourceColumns({ id, source }: Pick<SourceRow, 'id' | 'source'>): readonly BoundExpr[] {
  return source.columns.map((column, index) => ({ kind: 'Column', relation: id, index, ...column, span: NOWHERE }));
}

const NOWHERE = { start: 0, end: 0 };

/**
 * The query's rows, and behind them which conditions a row satisfies: a column for each that has its number or -1; with
 * FIRST one column that has the number of the first.
 */
export function flaggedQuery(query: BoundQuery, { source: id, conditions, first }: BoundBranches): BoundQuery {
  const groups =
    first && conditions.length > 0
      ? [conditions.map((when, index) => ({ when, index }))]
      : conditions.map((when, index) => [{ when, index }]);
  const flags = groups.map((group): BoundExpr => {
    const branches = group.map(({ when, index }) => ({ when, result: numberLiteral(index) }));
    return {
      kind: 'Case',
      branches,
      otherwise: numberLiteral(-1),
      type: plain('Int32'),
      nullable: false,
      span: NOWHERE,
    };
  });
  const columns = sourceColumns({ id, source: query });
  const from = { kind: 'Derived', id, lateral: false, query, columns: query.columns } as const;
  return selectOf({ items: [...columns, ...flags], from });
}

const numberLiteral = (value: number) => literal({ type: plain('Int32'), value }, NOWHERE);
