import type { TypedValue } from '../../bind/binder.ts';
import type { Expr } from '../../sql/ast.ts';
import { type Cell, cellReader } from '../../types/cell.ts';
import type { Schema } from '../../types/type.ts';
import type { Outcome, StatementContext } from '../context.ts';
import { bindQuery } from '../query.ts';
import { selectItem, selectQuery } from '../select.ts';
import type { Statement } from '../syntax/index.ts';
import { foldedValues } from './fold.ts';

/** Rows that a script holds: of a result set or a cursor. */
export interface RowSet {
  readonly columns: Schema;
  readonly rows: readonly (readonly Cell[])[];
}

/** Runs a statement to its end and keeps its rows. */
export async function collect(statement: Statement, ctx: StatementContext): Promise<RowSet> {
  return collectRows(await ctx.run(statement, ctx.session), ctx.signal);
}

export async function collectRows({ columns, batches }: Outcome, signal: AbortSignal): Promise<RowSet> {
  const rows: Cell[][] = [];
  for await (const batch of batches) {
    signal.throwIfAborted();
    const readers = columns.map(({ type }, index) => {
      const data = batch.data.children[index];
      return data ? cellReader(data, type) : () => null;
    });
    for (let row = 0; row < batch.numRows; row++) rows.push(readers.map((read) => read(row)));
  }
  return { columns, rows };
}

/** The values of expressions, all in one query. */
export async function valuesOf(exprs: readonly Expr[], ctx: StatementContext): Promise<readonly TypedValue[]> {
  const [first] = exprs;
  if (!first) return [];
  const query = selectQuery({ items: exprs.map(selectItem), span: first.span });
  const folded = foldedValues(await bindQuery(query, ctx));
  if (folded) return folded;
  const { columns, rows } = await collect(query, ctx);
  return columns.map(({ type }, index) => ({ type, value: rows[0]?.[index] ?? null }));
}
