import { insertedRows } from './change/inserted-rows.ts';
import { countOutcome, type Outcome, type StatementContext } from './context.ts';
import { execute } from './query.ts';
import type { Insert } from './syntax/insert.ts';
import { writeRows } from './table-writer.ts';
import { findTarget, rowsOfTable, targetColumns } from './target.ts';

/** INSERT … VALUES and INSERT … SELECT, adding rows or replacing all. */
export async function insert(statement: Insert, ctx: StatementContext): Promise<Outcome> {
  const target = findTarget(statement.table, ctx);
  const columns = targetColumns(target, statement.columns);
  const query = await insertedRows(statement, columns, ctx);
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
