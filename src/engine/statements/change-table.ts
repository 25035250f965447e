import { SqlError } from '../base/errors.ts';
import type { ObjectName } from '../sql/ast.ts';
import type { Transaction } from '../warehouse/contract.ts';
import { findTable, lookUpRelation } from '../warehouse/find.ts';
import type { DatabaseRecord, TableRecord } from '../warehouse/object.ts';
import { NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import { at, qualified } from './names.ts';

interface ChangedTable {
  readonly ifExists: boolean;
  readonly name: ObjectName;
}

type TableChange = (table: TableRecord, transaction: Transaction, database: DatabaseRecord) => void | Promise<void>;

/** Finds the table within the transaction and changes it; what is not there may be passed over. */
export function changeTable(
  { ifExists, name }: ChangedTable,
  ctx: StatementContext,
  change: TableChange,
): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    const { database, name: last } = qualified(name, catalog, ctx);
    if (ifExists && !lookUpRelation(catalog, database, last.name)) return NO_ROWS;
    const table = at(name, () => findTable(catalog, database, last.name));
    await change(table, transaction, database);
    return NO_ROWS;
  });
}

/** A table stays in its database. */
export function renameTo(table: TableRecord, to: ObjectName, transaction: Transaction, ctx: StatementContext): void {
  const target = qualified(to, transaction.state(), ctx);
  if (target.database.id !== table.databaseId) {
    throw new SqlError('BadArguments', 'Rename table not allow modify catalog or database', { span: to.span });
  }
  at(target.name, () => transaction.alter<'Table'>({ ...table, name: target.name.name }));
}
