import type { Data } from 'apache-arrow';
import { collect } from '../base/async.ts';
import { selectOf } from '../bind/build-query.ts';
import type { BoundQuery } from '../bind/plan.ts';
import { pickRows } from '../execute/pick.ts';
import type { DataFile } from '../table/write.ts';
import { batchFromColumns } from '../types/build/batch.ts';
import { plain } from '../types/type.ts';
import type { Transaction } from '../warehouse/contract.ts';
import { type BoundBranches, type BoundInto, bindBranches, flaggedQuery } from './change/branches.ts';
import { joinedColumn } from './change/located.ts';
import { rowsRelation } from './change/materialize.ts';
import { column, type Outcome, rowsOutcome, type StatementContext } from './context.ts';
import { bindQuery, execute } from './query.ts';
import type { MultiInsert } from './syntax/multi-insert.ts';
import { type WrittenRows, writeRows } from './table-writer.ts';
import type { Target } from './target.ts';

/** INSERT ALL and INSERT FIRST: the query runs once, and its rows go to the tables of the branches that take them. */
export async function multiInsert(statement: MultiInsert, ctx: StatementContext): Promise<Outcome> {
  const ctes = statement.query.with ?? statement.with;
  const source = await bindQuery({ ...statement.query, with: ctes }, ctx);
  const branches = await bindBranches(statement, source, ctx);
  return ctx.transact(async (transaction) => {
    const rows = await takenRows(source, branches, ctx);
    const written = new Map<number, WrittenTable>();
    for (const into of branches.into) {
      const { added, rows: count } = await insertInto(into, { rows, source, branches, transaction }, ctx);
      const { target } = into;
      const known = written.get(target.table.id) ?? { target, added: [], rows: 0 };
      written.set(target.table.id, { target, added: [...known.added, ...added], rows: known.rows + count });
    }
    const tables = [...written.values()];
    for (const table of tables) await writeTable(table, { overwrite: statement.overwrite, transaction }, ctx);
    return countsOutcome(tables);
  });
}

interface TakenRows {
  readonly length: number;
  /** Of the query. */
  readonly columns: readonly Data[];
  /** The rows that each condition takes. */
  readonly byCondition: readonly (readonly number[])[];
  /** The rows that none takes. */
  readonly others: readonly number[];
}

async function takenRows(source: BoundQuery, branches: BoundBranches, ctx: StatementContext): Promise<TakenRows> {
  const query = flaggedQuery(source, branches);
  const batches = await collect((await execute(query, ctx)).batches);
  const length = batches.reduce((sum, { numRows }) => sum + numRows, 0);
  const columns = query.columns.map(({ type }, index) =>
    joinedColumn(
      batches.flatMap((batch) => batch.data.children[index] ?? []),
      type,
    ),
  );
  const byCondition: number[][] = branches.conditions.map(() => []);
  const others: number[] = [];
  const flags = columns.slice(source.columns.length).map((flag) => flag.values as Int32Array);
  for (let row = 0; row < length; row++) {
    const taken = flags.filter((flag) => (flag[row] ?? -1) >= 0);
    if (taken.length === 0) others.push(row);
    for (const flag of taken) byCondition[flag[row] ?? 0]?.push(row);
  }
  return { length, columns: columns.slice(0, source.columns.length), byCondition, others };
}

interface Insertion {
  readonly rows: TakenRows;
  readonly source: BoundQuery;
  readonly branches: BoundBranches;
  readonly transaction: Transaction;
}

async function insertInto(
  { target: { table }, branch, values }: BoundInto,
  { rows, source, branches, transaction }: Insertion,
  ctx: StatementContext,
): Promise<WrittenRows> {
  const wanted = rowsOfBranch(rows, branch);
  if ((wanted?.length ?? rows.length) === 0) return { added: [], rows: 0 };
  const columns = rows.columns.map((data, index) =>
    wanted ? pickRows(data, source.columns[index]?.type ?? plain('Null'), wanted) : data,
  );
  const batch = batchFromColumns(source.columns, columns, wanted?.length ?? rows.length);
  const from = rowsRelation(branches.source, source.columns, [batch]);
  const { batches } = await execute(selectOf({ items: values, from, columns: table.columns }), ctx);
  return writeRows({ transaction, table }, batches, ctx);
}

/** Undefined for all rows. */
function rowsOfBranch({ byCondition, others }: TakenRows, branch: BoundInto['branch']): Int32Array | undefined {
  if (branch === 'ALL') return undefined;
  return Int32Array.from(branch === 'ELSE' ? others : (byCondition[branch] ?? []));
}

interface WrittenTable {
  readonly target: Target;
  readonly added: readonly DataFile[];
  readonly rows: number;
}

interface TableWriting {
  readonly overwrite: boolean;
  readonly transaction: Transaction;
}

async function writeTable(
  { target: { table }, added }: WrittenTable,
  { overwrite, transaction }: TableWriting,
  ctx: StatementContext,
): Promise<void> {
  const removed = overwrite ? [...(await transaction.snapshot(table, ctx.signal)).files.values()] : [];
  transaction.write(table, { added, removed, operation: 'WRITE' });
  if (overwrite) transaction.forgetLoads(table);
}

/** A column for each table, in the order in which the statement names them first. */
function countsOutcome(tables: readonly WrittenTable[]): Outcome {
  const columns = tables.map(({ target: { database, table } }) =>
    column(`number of rows inserted into ${database.name}.${table.name}`, { kind: 'UInt64' }),
  );
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  return rowsOutcome(columns, [tables.map(({ rows }) => BigInt(rows))], total);
}
