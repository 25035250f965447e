import { collect } from '../base/async.ts';
import { SqlError } from '../base/errors.ts';
import type { Query, Travel } from '../sql/ast-query.ts';
import type { ObjectInfo } from '../stores/store.ts';
import type { AddFile } from '../table/action.ts';
import type { Cell } from '../types/cell.ts';
import { plain, type Schema } from '../types/type.ts';
import { databaseById, findDatabase } from '../warehouse/find.ts';
import { tableHistory } from '../warehouse/history.ts';
import type { DroppedObject, TableRecord } from '../warehouse/object.ts';
import { liveTags } from '../warehouse/snapshot-tags.ts';
import { expiredTables, filesOfTable, purgeTables, runVacuum, vacuumPlan } from '../warehouse/vacuum.ts';
import { NO_ROWS, type Outcome, rowsOutcome, type StatementContext } from './context.ts';
import { at, nameOf } from './names.ts';
import { bindQuery } from './query.ts';
import { oldestKept, retention } from './retention.ts';
import { compactFiles } from './rewrite-table.ts';
import type { AnalyzeTable, OptimizeTable, VacuumDropTable, VacuumTable } from './syntax/maintenance.ts';
import { findTarget } from './target.ts';
import { travelPoint } from './travel.ts';
import type { AnyNode } from './walk.ts';

export async function optimizeTable(statement: OptimizeTable, ctx: StatementContext): Promise<Outcome> {
  const { name, action, before, limit } = statement;
  const { table } = findTarget(name, ctx);
  if (action === 'COMPACT' || action === 'ALL') await compact(table, limit, ctx);
  if (action === 'COMPACT SEGMENT') await compactLog(table, ctx);
  if (action === 'PURGE' || action === 'ALL') await purge(table, { before, limit }, ctx);
  return NO_ROWS;
}

/** Files that are smaller in both ways are put together with others. */
const SMALL_BYTES = 16 * 1024 * 1024;
const SMALL_ROWS = 500_000;

function compact(table: TableRecord, limit: number | undefined, ctx: StatementContext): Promise<void> {
  return ctx.transact(async (transaction) => {
    const { files } = await transaction.snapshot(table, ctx.signal);
    const small = [...files.values()].filter(isSmall).slice(0, limit);
    if (small.length > 1) await compactFiles(table, { files: small }, transaction, ctx);
  });
}

function isSmall({ size, rows = 0 }: AddFile): boolean {
  return size < SMALL_BYTES && rows < SMALL_ROWS;
}

/** The log's files are the table's segments: they are put together in a checkpoint. */
async function compactLog(table: TableRecord, { services: { warehouse }, signal }: StatementContext): Promise<void> {
  const version = warehouse.state().tableVersions.get(table.id)?.version;
  if (version !== undefined) await warehouse.checkpoint(table, version, signal);
}

interface Purge {
  readonly before: Travel | undefined;
  /** The most versions to forget. */
  readonly limit: number | undefined;
}

/** Forgets all versions but the newest, or those before a point. */
async function purge(table: TableRecord, { before, limit }: Purge, ctx: StatementContext): Promise<void> {
  const { warehouse } = ctx.services;
  refuseInTransaction('OPTIMIZE TABLE … PURGE', ctx);
  await forgetExpiredTags(table, ctx);
  const current = warehouse.state().tableVersions.get(table.id)?.version ?? 0;
  const access = { ctx, bindQuery: (query: Query) => bindQuery(query, ctx) };
  const wanted = before ? (await travelPoint(before, table, access)).offset : current;
  const oldest =
    limit === undefined ? 0 : ((await collect(tableHistory(warehouse, table, ctx.signal))).at(-1)?.version ?? 0);
  const from = limit === undefined ? wanted : Math.min(wanted, oldest + limit);
  await runVacuum(warehouse, await vacuumPlan(warehouse, table, from, ctx.signal), ctx.signal);
}

/** They hold their versions no longer. */
async function forgetExpiredTags({ id }: TableRecord, ctx: StatementContext): Promise<void> {
  await ctx.transact(async (transaction) => {
    const table = transaction.state().objects.get(id);
    if (table?.kind !== 'Table') return;
    const snapshotTags = liveTags(table.snapshotTags, ctx.now);
    if (snapshotTags?.length !== table.snapshotTags?.length) transaction.alter<'Table'>({ ...table, snapshotTags });
  });
}

/** Whether a statement removes files at once, so that it can be part of no transaction. */
export function standsApart(node: AnyNode): boolean {
  if (node.kind !== 'OptimizeTable') return node.kind === 'VacuumTable' || node.kind === 'VacuumDropTable';
  const { action } = node as OptimizeTable;
  return action === 'PURGE' || action === 'ALL';
}

function refuseInTransaction(what: string, { session }: StatementContext): void {
  if (!session.transaction) return;
  throw new SqlError('Unimplemented', `${what} removes files at once, and cannot be part of a transaction`);
}

const counts = (...names: string[]): Schema => names.map((name) => ({ name, type: plain('UInt64'), nullable: false }));
const texts = (...names: string[]): Schema => names.map((name) => ({ name, type: plain('String'), nullable: false }));

const VACUUMED = counts(
  ...['snapshot', 'segments', 'block', 'index', 'total'].flatMap((what) => [`${what}_files`, `${what}_size`]),
);

/** Statistics stand with each file from the moment that it is written: there is nothing to gather. */
export async function analyzeTable({ name }: AnalyzeTable, ctx: StatementContext): Promise<Outcome> {
  findTarget(name, ctx);
  return NO_ROWS;
}

/** Removes what no version within the retention needs. */
export async function vacuumTable({ name, dryRun }: VacuumTable, ctx: StatementContext): Promise<Outcome> {
  const { table } = findTarget(name, ctx);
  const { warehouse } = ctx.services;
  refuseInTransaction('VACUUM TABLE', ctx);
  if (!dryRun) await forgetExpiredTags(table, ctx);
  const plan = await vacuumPlan(warehouse, table, await oldestKept(table, ctx), ctx.signal);
  const all = [...plan.commits, ...plan.checkpoints, ...plan.data];
  if (dryRun === 'DRY RUN') {
    const rows = all.map(({ path, size }) => [path, BigInt(size)]);
    return rowsOutcome([...texts('file'), ...counts('file_size')], rows);
  }
  if (dryRun) return rowsOutcome(counts('total_files', 'total_size'), [countAndSize(all)]);
  await runVacuum(warehouse, plan, ctx.signal);
  const kinds = [plan.commits, plan.checkpoints, plan.data, [], all];
  return rowsOutcome(VACUUMED, [kinds.flatMap(countAndSize)]);
}

function countAndSize(files: readonly ObjectInfo[]): Cell[] {
  return [BigInt(files.length), BigInt(files.reduce((sum, { size }) => sum + size, 0))];
}

/** Removes dropped tables for good, once UNDROP may not bring them back any more. */
export async function vacuumDropTable(statement: VacuumDropTable, ctx: StatementContext): Promise<Outcome> {
  const { warehouse } = ctx.services;
  refuseInTransaction('VACUUM DROP TABLE', ctx);
  const tables = tablesToForget(statement, ctx);
  if (statement.dryRun) return listFiles(tables, statement.dryRun, ctx);
  await purgeTables(warehouse, tables, ctx.signal);
  return NO_ROWS;
}

function tablesToForget({ database, limit }: VacuumDropTable, ctx: StatementContext): DroppedObject[] {
  const catalog = ctx.catalog();
  const name = database && nameOf(database, ctx).parts.at(-1);
  const owner = database && name && at(database, () => findDatabase(catalog, name.name));
  return expiredTables(ctx.services.warehouse, Number.POSITIVE_INFINITY, owner?.id)
    .filter(({ object, droppedOn }) => object.kind === 'Table' && droppedOn <= ctx.now - retention(object, ctx))
    .slice(0, limit);
}

async function listFiles(
  tables: readonly DroppedObject[],
  dryRun: NonNullable<VacuumDropTable['dryRun']>,
  ctx: StatementContext,
): Promise<Outcome> {
  const rows: Cell[][] = [];
  for (const { object } of tables) {
    if (object.kind !== 'Table') continue;
    const files = await filesOfTable(ctx.services.warehouse, object, ctx.signal);
    const name = `${databaseById(ctx.catalog(), object.databaseId)?.name ?? ''}.${object.name}`;
    if (dryRun === 'DRY RUN') rows.push(...files.map(({ path, size }) => [name, path, BigInt(size)]));
    else rows.push([name, ...countAndSize(files)]);
  }
  const columns = dryRun === 'DRY RUN' ? counts('file_size') : counts('total_files', 'total_size');
  return rowsOutcome([...texts(...(dryRun === 'DRY RUN' ? ['table', 'file'] : ['table'])), ...columns], rows);
}
