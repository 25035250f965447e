import { SqlError } from '../base/errors.ts';
import { checkCatalog } from '../bind/relation.ts';
import type { ObjectName } from '../sql/ast.ts';
import type { OptionSetting } from '../sql/ast-query.ts';
import { isSystemDatabase } from '../system/index.ts';
import { findDatabase, findDroppedDatabase, lookUp } from '../warehouse/find.ts';
import { NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import { at, nameOf } from './names.ts';
import { optionRecord } from './options.ts';
import type { AlterDatabase, CreateDatabase, DropDatabase, UndropDatabase, Use } from './syntax/database.ts';

function lastPart(name: ObjectName, ctx: StatementContext): string {
  const { parts } = nameOf(name, ctx);
  const catalog = parts.at(-2);
  if (catalog) checkCatalog(catalog);
  return parts.at(-1)?.name ?? '';
}

/** The databases of the system are what they are. */
function refuseSystem(database: string, { span }: Pick<ObjectName, 'span'>): void {
  if (!isSystemDatabase(database)) return;
  throw new SqlError('Unimplemented', `Cannot create, alter or drop the database '${database}' of the system`, {
    span,
  });
}

const STORAGE_OPTIONS: readonly string[] = ['default_storage_connection', 'default_storage_path'];

/** Where the tables of a database are to be is said with both, or with none. */
function databaseOptions(options: readonly OptionSetting[], { span }: ObjectName): Readonly<Record<string, string>> {
  const names = options.map(({ name }) => name.toLowerCase());
  const wrong = options.find((_, index) => !isFreshOption(names, index));
  if (wrong) {
    const message = `Invalid database option '${wrong.name}': it is unknown or given twice`;
    throw new SqlError('InvalidArgument', message, { span: wrong.span, suggestions: STORAGE_OPTIONS });
  }
  if (names.length === 1)
    throw new SqlError('BadArguments', 'DEFAULT_STORAGE_CONNECTION and DEFAULT_STORAGE_PATH go together', {
      span,
    });
  return optionRecord(options);
}

function isFreshOption(names: readonly string[], index: number): boolean {
  const name = names[index] ?? '';
  return STORAGE_OPTIONS.includes(name) && names.indexOf(name) === index;
}

export async function createDatabase({ mode, name, options }: CreateDatabase, ctx: StatementContext): Promise<Outcome> {
  const database = lastPart(name, ctx);
  refuseSystem(database, name);
  const given = databaseOptions(options, name);
  return ctx.transact(async (transaction) => {
    if (mode === 'CREATE IF NOT EXISTS' && lookUp(transaction.state(), 'Database', database)) return NO_ROWS;
    at(name, () =>
      transaction.create<'Database'>(
        { kind: 'Database', name: database, comment: '', options: given },
        { orReplace: mode === 'CREATE OR REPLACE' },
      ),
    );
    return NO_ROWS;
  });
}

export async function dropDatabase({ ifExists, name }: DropDatabase, ctx: StatementContext): Promise<Outcome> {
  const database = lastPart(name, ctx);
  refuseSystem(database, name);
  return ctx.transact(async (transaction) => {
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
  const current = lastPart(name, ctx);
  refuseSystem(current, name);
  if (action.kind === 'RenameTo') refuseSystem(action.to.name, action.to);
  return ctx.transact(async (transaction) => {
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
