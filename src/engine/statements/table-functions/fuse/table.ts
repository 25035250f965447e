import { collect, mapConcurrently } from '../../../base/async.ts';
import { SqlError } from '../../../base/errors.ts';
import { describeParquet, type ParquetDescription } from '../../../formats/parquet/describe.ts';
import { dataFileSource, type OpenTable } from '../../../scan/table.ts';
import type { Call } from '../../../sql/ast.ts';
import type { AddFile } from '../../../table/action.ts';
import { plain, type Schema } from '../../../types/type.ts';
import { findDatabase, findTable } from '../../../warehouse/find.ts';
import { type TableMoment, tableHistory } from '../../../warehouse/history.ts';
import type { DatabaseRecord, TableRecord } from '../../../warehouse/object.ts';
import { dataFilePath, tableFolder } from '../../../warehouse/paths.ts';
import type { StatementContext } from '../../context.ts';
import { constantText } from '../arguments.ts';

/** What the fuse_… functions share. A Delta table's data files are its blocks, its log files the segments. */
export interface FuseTable {
  readonly database: DatabaseRecord;
  readonly table: TableRecord;
}

/** `fuse_x('db', 'table')` */
export function fuseTable({ name, args, span }: Call, ctx: StatementContext): FuseTable {
  const [database, table] = args.map(constantText);
  if (database === undefined || table === undefined) {
    throw new SqlError('BadArguments', `expecting <database> and <table_name> (as string literals) for ${name}`, {
      span,
    });
  }
  const catalog = ctx.catalog();
  const owner = findDatabase(catalog, database);
  return { database: owner, table: findTable(catalog, owner, table) };
}

/** A version of a table and its data files. */
export interface FuseSnapshot extends OpenTable {
  readonly moment: TableMoment;
  readonly files: readonly AddFile[];
}

/** The version that the third argument names, or the newest. */
export async function fuseSnapshot(call: Call, ctx: StatementContext): Promise<FuseSnapshot> {
  const { table } = fuseTable(call, ctx);
  const { warehouse } = ctx.services;
  const wanted = call.args[2] && constantText(call.args[2]);
  for await (const moment of tableHistory(warehouse, table, ctx.signal)) {
    if (wanted !== undefined && moment.snapshotId !== wanted) continue;
    const snapshot = await warehouse.snapshot(table, ctx.signal, moment.version);
    const files = [...snapshot.files.values()];
    return { snapshot, store: warehouse.store, folder: tableFolder(table), moment, files };
  }
  throw new SqlError('HistoricalDataNotFound', 'No historical data found at given point', { span: call.span });
}

/** All versions, the newest first. */
export function fuseHistory({ table }: FuseTable, ctx: StatementContext): Promise<TableMoment[]> {
  return collect(tableHistory(ctx.services.warehouse, table, ctx.signal));
}

const CONCURRENT_FOOTERS = 8;

/** The anatomy of data files, in their order. */
export function describeFiles(
  table: OpenTable,
  files: readonly AddFile[],
  { signal }: StatementContext,
): Promise<ParquetDescription[]> {
  return mapConcurrently(files, CONCURRENT_FOOTERS, (file) => describeParquet(dataFileSource(table, file), signal));
}

export function uncompressedSize({ rowGroups }: ParquetDescription): number {
  return rowGroups.reduce((sum, group) => sum + group.uncompressedSize, 0);
}

/** The log file that a data file came with. */
export function segmentVersion({ defaultRowCommitVersion }: AddFile): number {
  return defaultRowCommitVersion ?? 0;
}

export function blockLocation(table: Pick<TableRecord, 'folder'>, { path }: AddFile): string {
  return dataFilePath(table, path);
}

export const FORMAT_VERSION = 4n;

export const texts = (...names: string[]): Schema =>
  names.map((name) => ({ name, type: plain('String'), nullable: false }));
export const counts = (...names: string[]): Schema =>
  names.map((name) => ({ name, type: plain('UInt64'), nullable: false }));
export const maybe = (...names: string[]): Schema =>
  names.map((name) => ({ name, type: plain('UInt64'), nullable: true }));
export const moments = (name: string, nullable = false): Schema => [{ name, type: plain('Timestamp'), nullable }];

export const micros = (milliseconds: number) => BigInt(Math.round(milliseconds)) * 1000n;

export const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
