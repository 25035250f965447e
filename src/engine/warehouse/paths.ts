import type { TableRecord } from './object.ts';

/** Where things are in a warehouse's store, and the names of its locks. */

/** A table's folder: a Delta table by itself. */
export function tableFolder({ folder }: Pick<TableRecord, 'folder'>): string {
  return `tables/${folder}`;
}

/** `path` as the Delta log has it. */
export function dataFilePath(table: Pick<TableRecord, 'folder'>, path: string): string {
  return `${tableFolder(table)}/${path}`;
}

export const MARKERS = '_transactions/';

/** Says that a transaction has begun to write to a table's folder. */
export function markerPath(transaction: string, folder: string): string {
  return `${MARKERS}${transaction}/${folder}`;
}

/** Held while catalog and Delta logs are written. */
export const COMMIT_LOCK = 'commit';

/** Held by a transaction from its first file to its end. */
export function transactionLock(id: string): string {
  return `txn/${id}`;
}
