import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { didYouMean } from '../base/text.ts';
import type { Identifier } from '../sql/ast.ts';
import { parseQuery } from '../sql/parser.ts';
import type { Transaction } from '../warehouse/contract.ts';
import { streamsOn } from '../warehouse/find.ts';
import type { DatabaseRecord, TableColumn, TableRecord } from '../warehouse/object.ts';
import type { StatementContext } from './context.ts';
import { columnsIn } from './expr-columns.ts';
import type { AlterTableAction } from './syntax/alter-table.ts';

export interface Change {
  readonly table: TableRecord;
  readonly transaction: Transaction;
  readonly database: DatabaseRecord;
  readonly ctx: StatementContext;
}

export type Kind = AlterTableAction['kind'];
export type Of<K extends Kind> = Extract<AlterTableAction, { readonly kind: K }>;

export function alter(
  { table, transaction }: Change,
  changed: Partial<TableRecord>,
  renames?: ReadonlyMap<string, string>,
): void {
  transaction.alter<'Table'>({ ...table, ...changed }, { renames });
}

export function findColumn({ name, span }: Identifier, { table: { columns } }: Change): TableColumn {
  const found = columns.find((column) => column.name === name);
  if (found) return found;
  const suggestions = didYouMean(
    name,
    columns.map((column) => column.name),
  );
  throw new SqlError('UnknownColumn', `Cannot find column ${name}`, { span, suggestions });
}

export function refuseIndexed({ indexes = [] }: TableRecord, { name, span }: Identifier): void {
  const index = indexes.find(
    ({ columns, query }) =>
      columns.includes(name) || (query !== undefined && columnsIn(parseQuery(query)).includes(name)),
  );
  if (!index) return;
  throw new SqlError('ColumnReferencedByIndex', `column \`${name}\` is referenced by index \`${index.name}\``, {
    span,
    hint: hint('comesFirst', `DROP ${index.type} INDEX ${index.name}`),
  });
}

/** Streams tell rows by what wrote them. */
export function refuseWhereTracked(
  column: Identifier | undefined,
  { table, transaction, database }: Change,
  what: string,
): void {
  const tracked = table.options['change_tracking'] === 'true' || streamsOn(transaction.state(), table.id).length > 0;
  if (!tracked) return;
  const message = `table ${database.name}.${table.name} has change tracking enabled, ${what} should be avoided`;
  throw new SqlError('AlterTableError', message, { span: column?.span });
}
