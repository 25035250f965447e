import { SqlError } from '../base/errors.ts';
import type { Transaction } from '../warehouse/contract.ts';
import { findView, lookUpRelation } from '../warehouse/find.ts';
import { canonicalQuery } from './canonical-query.ts';
import { NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import { at, qualified } from './names.ts';
import { bindQuery } from './query.ts';
import type { AlterView, CreateView, DropView } from './syntax/view.ts';

export async function createView({ mode, name, columns, query }: CreateView, ctx: StatementContext): Promise<Outcome> {
  await checkColumns(columns, query, ctx);
  return ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    const { database, name: last } = qualified(name, catalog, ctx);
    if (mode === 'CREATE IF NOT EXISTS' && lookUpRelation(catalog, database, last.name)) return NO_ROWS;
    at(last, () =>
      transaction.create<'View'>(
        {
          kind: 'View',
          name: last.name,
          databaseId: database.id,
          comment: '',
          query: canonicalQuery(query, ctx),
          columns: columns.length > 0 ? columns.map((column) => column.name) : undefined,
        },
        { orReplace: mode === 'CREATE OR REPLACE' },
      ),
    );
    if (mode === 'CREATE OR REPLACE') await refuseLoop({ name, query }, transaction, ctx);
    return NO_ROWS;
  });
}

export async function alterView({ name, columns, query }: AlterView, ctx: StatementContext): Promise<Outcome> {
  await checkColumns(columns, query, ctx);
  return ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    const { database, name: last } = qualified(name, catalog, ctx);
    if (!lookUpRelation(catalog, database, last.name))
      throw new SqlError('UnknownView', `Unknown view '${database.name}.${last.name}'`, { span: name.span });
    const view = at(name, () => findView(catalog, database, last.name));
    transaction.alter<'View'>({
      ...view,
      query: canonicalQuery(query, ctx),
      columns: columns.length > 0 ? columns.map((column) => column.name) : undefined,
    });
    await refuseLoop({ name, query }, transaction, ctx);
    return NO_ROWS;
  });
}

/** Throws ViewDependencyError where a query now reads the view that it is the query of, by way of others or not. */
async function refuseLoop(
  { name, query }: Pick<CreateView, 'name' | 'query'>,
  transaction: Transaction,
  ctx: StatementContext,
): Promise<void> {
  try {
    await bindQuery(query, { ...ctx, catalog: () => transaction.state() });
  } catch (error) {
    if (!(error instanceof SqlError) || error.kind !== 'ViewDependencyError') throw error;
    throw new SqlError(error.kind, error.message, { span: name.span });
  }
}

async function checkColumns(
  columns: CreateView['columns'],
  query: CreateView['query'],
  ctx: StatementContext,
): Promise<void> {
  const { length } = (await bindQuery(query, ctx)).columns;
  if (columns.length === 0 || columns.length === length) return;
  const message = `column name length mismatch, expect ${length}, got ${columns.length}`;
  throw new SqlError('BadDataArrayLength', message, { span: columns.at(length)?.span ?? columns.at(-1)?.span });
}

export function dropView({ ifExists, name }: DropView, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    const { database, name: last } = qualified(name, catalog, ctx);
    if (ifExists && !lookUpRelation(catalog, database, last.name)) return NO_ROWS;
    transaction.drop(at(name, () => findView(catalog, database, last.name)));
    return NO_ROWS;
  });
}
