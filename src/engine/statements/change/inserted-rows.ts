import { type Span, SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';
import { EMPTY_SCOPE } from '../../bind/binder.ts';
import { castTo } from '../../bind/build.ts';
import { selectOf } from '../../bind/build-query.ts';
import { binderFor } from '../../bind/index.ts';
import type { BoundExpr, BoundQuery } from '../../bind/plan.ts';
import { requireRowValue } from '../../bind/row-value.ts';
import type { Expr } from '../../sql/ast.ts';
import type { Query, With } from '../../sql/ast-query.ts';
import type { TableColumn } from '../../warehouse/object.ts';
import { bindSession } from '../bind-session.ts';
import type { StatementContext } from '../context.ts';
import { bindQuery } from '../query.ts';
import { prepareRelations } from '../relations.ts';
import type { InsertSource } from '../syntax/insert.ts';
import type { InsertValue } from '../syntax/insert-value.ts';
import { defaultValue } from '../target.ts';

interface InsertParts {
  readonly with?: With | undefined;
  readonly source: InsertSource;
  readonly span: Span;
  /** Present in REPLACE, which may then ask about columns of a query behind those to be filled. */
  readonly deleteWhen?: Expr | undefined;
}

/** The rows that VALUES or a query gives, as many columns as are to be filled. */
export async function insertedRows(
  { source, with: ctes, span, deleteWhen }: InsertParts,
  columns: readonly TableColumn[],
  ctx: StatementContext,
): Promise<BoundQuery> {
  if (source.kind === 'InsertValues') return bindValues(source.rows, columns, ctx);
  if (source.kind === 'InsertFiles')
    throw new SqlError('Unimplemented', 'REPLACE INTO takes VALUES or a query', {
      span,
      hint: hint('fromStage'),
    });
  const query: Query = ctes && !source.query.with ? { ...source.query, with: ctes } : source.query;
  const bound = await bindQuery(query, ctx);
  const hasMore = deleteWhen !== undefined && bound.columns.length > columns.length;
  if (bound.columns.length === columns.length || hasMore) return bound;
  throw new SqlError(
    'BadArguments',
    `Fields in select statement is not equal with expected, select fields: ${bound.columns.length}, insert fields: ${columns.length}`,
    { span: query.span },
  );
}

/** Each value is cast to its column's type by itself: rows need no type in common. */
async function bindValues(
  rows: readonly (readonly InsertValue[])[],
  columns: readonly TableColumn[],
  ctx: StatementContext,
): Promise<BoundQuery> {
  const binder = binderFor(bindSession(await prepareRelations(rows, ctx), ctx));
  const bound = rows.map((row, index) => {
    if (row.length !== columns.length) {
      throw new SqlError(
        'TableSchemaMismatch',
        `Table columns count is not match, expect ${columns.length}, input: ${row.length}, row: ${index + 1}`,
        { span: row[0]?.span },
      );
    }
    return row.map((value, position): BoundExpr => {
      const column = columns[position];
      if (!column) throw new SqlError('Internal', 'a value has no column');
      if (value.kind === 'DefaultValue') return defaultValue(column, ctx);
      const bound = binder.expr(value, EMPTY_SCOPE);
      requireRowValue(bound, 'VALUES');
      return castTo(binder, bound, column.type);
    });
  });
  return {
    ...selectOf({ items: [], columns: columns.map(({ name, type }) => ({ name, type, nullable: true })) }),
    body: { kind: 'Values', rows: bound },
  };
}
