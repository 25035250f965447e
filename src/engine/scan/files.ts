import type { Predicate } from '../formats/format.ts';
import type { StagedSource } from '../stages/staged.ts';
import { scanSet } from '../table/scan-set.ts';
import type { OpenChanges } from './changes.ts';
import type { OpenTable } from './table.ts';

/** What a scan would read, known without reading. */
export interface ScannedFiles {
  readonly total: number;
  readonly scanned: number;
  /** Of the scanned files. */
  readonly bytes: number;
  /** Of the scanned files; unknown where one has no statistics. */
  readonly rows: number | undefined;
}

export function tableFiles({ snapshot }: OpenTable, predicates: readonly Predicate[]): ScannedFiles {
  const files = scanSet(snapshot, predicates);
  const rows = files.every((file) => file.rows !== undefined) ? sum(files.map((file) => file.rows ?? 0)) : undefined;
  return { total: snapshot.files.size, scanned: files.length, bytes: sum(files.map(({ size }) => size)), rows };
}

export function changedFiles({ added, removed }: Pick<OpenChanges, 'added' | 'removed'>): ScannedFiles {
  const files = [...added, ...removed];
  const rows = files.every((file) => file.rows !== undefined) ? sum(files.map((file) => file.rows ?? 0)) : undefined;
  return { total: files.length, scanned: files.length, bytes: sum(files.map(({ size }) => size)), rows };
}

export function stagedFiles({ files }: StagedSource): ScannedFiles {
  return { total: files.length, scanned: files.length, bytes: sum(files.map(({ size }) => size)), rows: undefined };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
