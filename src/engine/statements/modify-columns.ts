import { SqlError } from '../base/errors.ts';
import type { Identifier } from '../sql/ast.ts';
import { parseExpr, parseQuery } from '../sql/parser.ts';
import { quoteName } from '../sql/print-name.ts';
import { sameBytes } from '../table/metadata.ts';
import { isNumeric, sameType } from '../types/type.ts';
import type { TableColumn } from '../warehouse/object.ts';
import { alter, type Change, findColumn, type Of, refuseIndexed, refuseWhereTracked } from './alter-change.ts';
import { refuseUnlike } from './checks.ts';
import { declaredColumns } from './columns.ts';
import { columnsIn } from './expr-columns.ts';
import { bindQuery, execute } from './query.ts';
import { rewriteTable } from './rewrite-table.ts';
import type { ColumnDefinition } from './syntax/column.ts';

/** A column goes on counting where it stands, as long as it can, and being computed. */
function stillFilled(column: TableColumn, old: TableColumn | undefined): TableColumn {
  if (old?.computed) return { ...column, computed: old.computed };
  return old?.autoincrement && isNumeric(column.type) ? { ...column, autoincrement: old.autoincrement } : column;
}

/** What is said of a column replaces all that was said before, but its numbers go on; another type writes the rows anew. */
export async function modifyColumns({ columns: definitions }: Of<'ModifyColumns'>, change: Change): Promise<void> {
  const { table, transaction, ctx } = change;
  const computed = definitions.find((definition) => definition.computed);
  if (computed) throw new SqlError('Unimplemented', 'a column cannot be made a computed one', { span: computed.span });
  const olds = definitions.map(({ name }) => findColumn(name, change));
  refuseNumbers(definitions, olds, change);
  const declared = (await declaredColumns(definitions, ctx)).map((column, index) => stillFilled(column, olds[index]));
  const columns = table.columns.map((column) => declared[olds.indexOf(column)] ?? column);
  const retyped = retypedOf(olds, declared);
  if (retyped.length > 0) {
    for (const { name } of definitions.filter((_, index) => retyped.some(({ old }) => old === olds[index]))) {
      refuseIndexed(table, name);
      await refuseUnlike(table, { columns, name }, ctx);
    }
    if (!retyped.every((pair) => leavesRows(pair, columns)))
      refuseWhereTracked(definitions[0]?.name, change, 'modifying columns');
    const rewritten = columns.map((column) => ({ column, from: column.computed ? undefined : column.name }));
    return rewriteTable(table, rewritten, transaction, ctx);
  }
  for (const old of olds) {
    if (old.nullable && columns.some(({ name, nullable }) => name === old.name && !nullable)) {
      await refuseNulls(old, change);
    }
  }
  alter(change, { columns });
}

interface Retyped {
  readonly old: TableColumn;
  readonly now: TableColumn;
}

function retypedOf(olds: readonly TableColumn[], declared: readonly TableColumn[]): readonly Retyped[] {
  return olds.flatMap((old, index) => {
    const now = declared[index];
    return now && !sameType(old.type, now.type) ? { old, now } : [];
  });
}

/** Streams compare rows of before with those of now: they have to mean the same. */
function leavesRows({ old, now }: Retyped, columns: readonly TableColumn[]): boolean {
  const feeds = ({ computed }: TableColumn) => computed && columnsIn(parseExpr(computed.expr)).includes(old.name);
  return sameBytes(old.type, now.type) && !columns.some(feeds);
}

async function refuseNulls({ name }: TableColumn, { table, database, ctx }: Change): Promise<void> {
  const from = `${quoteName(database.name)}.${quoteName(table.name)}`;
  const query = parseQuery(`SELECT 1 FROM ${from} WHERE ${quoteName(name)} IS NULL LIMIT 1`);
  const { batches } = await execute(await bindQuery(query, ctx), ctx);
  for await (const { numRows } of batches) {
    if (numRows > 0) throw new SqlError('BadArguments', `column ${name} holds NULL, so that it cannot be NOT NULL`);
  }
}

function refuseNumbers(definitions: readonly ColumnDefinition[], olds: readonly TableColumn[], change: Change): void {
  for (const [index, { name, autoincrement, default: value }] of definitions.entries()) {
    const old = olds[index];
    if (old?.computed && (autoincrement ?? value))
      throw new SqlError('AlterTableError', `column ${name.name} is a computed one`, { span: name.span });
    if (autoincrement && !old?.autoincrement) refuseWithRows('AUTOINCREMENT', name, change);
  }
}

/** What gives each row of the column a number of its own. */
export function numbersOf(column: ColumnDefinition): string | undefined {
  if (column.autoincrement) return 'AUTOINCREMENT';
  return column.default?.kind === 'Call' && column.default.name === 'nextval' ? 'DEFAULT nextval' : undefined;
}

/** Rows that are there would have none of the numbers. */
export function refuseWithRows(what: string, { span }: Identifier, { table, transaction }: Change): void {
  if ((transaction.state().tableVersions.get(table.id)?.rows ?? 1) === 0) return;
  throw new SqlError('AlterTableError', `${what} cannot be added: the table has rows`, { span });
}
