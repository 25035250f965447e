import { SqlError } from '../base/errors.ts';
import { EMPTY_SCOPE } from '../bind/binder.ts';
import { castTo } from '../bind/build.ts';
import { binderFor } from '../bind/index.ts';
import type { BoundExpr, BoundQuery } from '../bind/plan.ts';
import type { Query } from '../sql/ast-query.ts';
import type { TableColumn } from '../warehouse/object.ts';
import { bindSession } from './bind-session.ts';
import { countOutcome, type Outcome, type StatementContext } from './context.ts';
import { bindQuery, execute } from './query.ts';
import { prepareRelations } from './relations.ts';
import type { Insert, InsertValue } from './syntax/insert.ts';
import { writeRows } from './table-writer.ts';
import { defaultValue, findTarget, rowsOfTable, targetColumns } from './target.ts';

/** INSERT … VALUES and INSERT … SELECT, adding rows or replacing all. */
export async function insert(statement: Insert, ctx: StatementContext): Promise<Outcome> {
  const target = findTarget(statement.table, ctx);
  const columns = targetColumns(target, statement.columns);
  const query = await sourceQuery(statement, columns, ctx);
  return ctx.transact(async (transaction) => {
    const { table } = target;
    const { batches } = await execute(rowsOfTable(query, table, columns, ctx), ctx);
    const { added, rows } = await writeRows({ transaction, table }, batches, ctx);
    const old = statement.overwrite ? [...(await transaction.snapshot(table, ctx.signal)).files.values()] : [];
    transaction.write(table, { added, removed: old, operation: 'WRITE' });
    if (statement.overwrite) transaction.forgetLoads(table);
    return countOutcome('number of rows inserted', rows);
  });
}

async function sourceQuery(
  { source, with: ctes, span }: Insert,
  columns: readonly TableColumn[],
  ctx: StatementContext,
): Promise<BoundQuery> {
  if (source.kind === 'InsertValues') return bindValues(source.rows, columns, ctx);
  if (source.kind === 'InsertFiles')
    throw new SqlError('Unimplemented', 'INSERT … FROM @stage is not supported yet; COPY INTO loads files', { span });
  const query: Query = ctes && !source.query.with ? { ...source.query, with: ctes } : source.query;
  const bound = await bindQuery(query, ctx);
  if (bound.columns.length === columns.length) return bound;
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
      return castTo(binder, binder.expr(value, EMPTY_SCOPE), column.type);
    });
  });
  return {
    ctes: [],
    recursive: false,
    body: { kind: 'Values', rows: bound },
    orderBy: [],
    limit: undefined,
    offset: undefined,
    columns: columns.map(({ name, type }) => ({ name, type, nullable: true })),
  };
}
