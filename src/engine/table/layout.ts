import type { ObjectStore } from '../stores/store.ts';

/** A Delta table's place in a store. */
export interface TableLog {
  readonly store: ObjectStore;
  /** The table's folder, without a slash at its end; empty for the store's root. */
  readonly folder: string;
}

export function logFolder(folder: string): string {
  return folder === '' ? '_delta_log/' : `${folder}/_delta_log/`;
}

export function commitPath(folder: string, version: number): string {
  return `${logFolder(folder)}${paddedVersion(version)}.json`;
}

export function checkpointPath(folder: string, version: number): string {
  return `${logFolder(folder)}${paddedVersion(version)}.checkpoint.parquet`;
}

/** Versions in names are padded, so that their order as texts is their order. */
function paddedVersion(version: number): string {
  return String(version).padStart(20, '0');
}
