import { SqlError } from '../base/errors.ts';
import type { ObjectName } from '../sql/ast.ts';
import { isSystemDatabase } from '../system/index.ts';
import { findDatabase, findDroppedDatabase, lookUp } from '../warehouse/find.ts';
import { NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import { at, nameOf } from './names.ts';
import { optionRecord } from './options.ts';
import type { AlterDatabase, CreateDatabase, DropDatabase, UndropDatabase, Use } from './syntax/database.ts';

const lastPart = (name: ObjectName, ctx: StatementContext) => nameOf(name, ctx).parts.at(-1)?.name ?? '';

/** The databases of the system are what they are. */
function refuseSystem(name: ObjectName, ctx: StatementContext): void {
  const database = lastPart(name, ctx);
  if (!isSystemDatabase(database)) return;
  throw new SqlError('Unimplemented', `Cannot create, alter or drop the database '${database}' of the system`, {
    span: name.span,
  });
}

export async function createDatabase({ mode, name, options }: CreateDatabase, ctx: StatementContext): Promise<Outcome> {
  refuseSystem(name, ctx);
  return ctx.transact(async (transaction) => {
    const database = lastPart(name, ctx);
    if (mode === 'CREATE IF NOT EXISTS' && lookUp(transaction.state(), 'Database', database)) return NO_ROWS;
    at(name, () =>
      transaction.create<'Database'>(
        { kind: 'Database', name: database, comment: '', options: optionRecord(options) },
        { orReplace: mode === 'CREATE OR REPLACE' },
      ),
    );
    return NO_ROWS;
  });
}

export async function dropDatabase({ ifExists, name }: DropDatabase, ctx: StatementContext): Promise<Outcome> {
  refuseSystem(name, ctx);
  return ctx.transact(async (transaction) => {
    const database = lastPart(name, ctx);
    if (ifExists && !lookUp(transaction.state(), 'Database', database)) return NO_ROWS;
    transaction.drop(at(name, () => findDatabase(transaction.state(), database)));
    return NO_ROWS;
  });
}

export function undropDatabase({ name }: UndropDatabase, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    transaction.undrop(at(name, () => findDroppedDatabase(transaction.state(), lastPart(name, ctx))));
    return NO_ROWS;
  });
}

export async function alterDatabase(
  { ifExists, name, action }: AlterDatabase,
  ctx: StatementContext,
): Promise<Outcome> {
  refuseSystem(name, ctx);
  return ctx.transact(async (transaction) => {
    const current = lastPart(name, ctx);
    if (ifExists && !lookUp(transaction.state(), 'Database', current)) return NO_ROWS;
    const database = at(name, () => findDatabase(transaction.state(), current));
    if (action.kind === 'RenameTo') transaction.alter<'Database'>({ ...database, name: action.to.name });
    else if (action.kind === 'SetOptions')
      transaction.alter<'Database'>({ ...database, options: { ...database.options, ...optionRecord(action.options) } });
    return NO_ROWS;
  });
}

/** USE changes the session alone. */
export async function use({ what, name, span }: Use, ctx: StatementContext): Promise<Outcome> {
  const wanted = lastPart(name, ctx);
  if (what === 'CATALOG') {
    if (wanted === 'default') return NO_ROWS;
    throw new SqlError('UnknownCatalog', `Catalog '${wanted}' does not exist`, { span });
  }
  if (!isSystemDatabase(wanted)) at(name, () => findDatabase(ctx.catalog(), wanted));
  ctx.session.database = wanted;
  ctx.changed({ kind: 'Session', database: undefined, name: 'database' });
  return NO_ROWS;
}
