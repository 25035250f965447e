import { assert } from '../base/errors.ts';
import { type AddFile, fileKey } from '../table/action.ts';
import type { TableDefinition } from '../table/metadata.ts';
import { type ScannedFiles, scanSet } from '../table/scan-set.ts';
import type { TableSnapshot } from '../table/snapshot.ts';
import {
  NO_CHANGE,
  stageCreate,
  stageMetaData,
  stageRestore,
  stageWrite,
  type TableChange,
  type TableWrite,
} from '../table/write.ts';
import type { TableRecord, TableVersion } from './object.ts';
import { conflict } from './operation.ts';

/** What a transaction does to one table's Delta log, not yet put on top of any state of it. */
export interface TableDraft {
  readonly table: TableRecord;
  /** The Delta version that the transaction sees; undefined when it creates the table. */
  readonly base: number | undefined;
  readonly steps: readonly TableStep[];
}

export type TableStep =
  | { readonly kind: 'Create'; readonly definition: TableDefinition; readonly id: string; readonly now: number }
  | { readonly kind: 'Alter'; readonly definition: TableDefinition; readonly renames: ReadonlyMap<string, string> }
  | { readonly kind: 'Write'; readonly write: TableWrite }
  | { readonly kind: 'Restore'; readonly former: TableSnapshot };

export function changeOf({ steps }: TableDraft, base: TableSnapshot | undefined): TableChange {
  return steps.reduce((change, step) => addStep(change, step, base), NO_CHANGE);
}

function addStep(change: TableChange, step: TableStep, base: TableSnapshot | undefined): TableChange {
  switch (step.kind) {
    case 'Create':
      return stageCreate(step.definition, step.id, step.now);
    case 'Alter': {
      const current = change.metadata ?? base?.metadata;
      assert(current !== undefined, 'an altered table has metadata');
      return stageMetaData(change, current, step.definition, step.renames);
    }
    case 'Restore':
      assert(base !== undefined, 'a restored table was committed');
      return stageRestore(base, step.former);
    default:
      return stageWrite(change, step.write);
  }
}

/**
 * The draft's change on a newer state of the table than the one it was made on. Throws UnresolvableConflict when files
 * that it removes are gone, or when one side changed the columns and the other the rows.
 */
export function rebaseDraft(draft: TableDraft, seen: TableSnapshot | undefined, now: TableSnapshot): TableChange {
  const { name } = draft.table;
  const change = changeOf(draft, now);
  if (!seen || seen.version === now.version) return change;
  if (draft.steps.some(({ kind }) => kind === 'Restore')) {
    throw conflict(`table '${name}' was changed by another transaction`);
  }
  if (seen.metadata.schemaString !== now.metadata.schemaString) {
    throw conflict(`the columns of table '${name}' were altered by another transaction`);
  }
  if (change.metadata && change.metadata.schemaString !== now.metadata.schemaString) {
    throw conflict(`table '${name}' was written by another transaction while its columns were altered`);
  }
  if (draft.steps.some((step) => restsOn(step, filesSince(seen, now)))) {
    throw conflict(`rows were added to table '${name}' by another transaction`);
  }
  if (change.removed.some((file) => !now.files.has(fileKey(file)))) {
    throw conflict(`rows of table '${name}' were changed by another transaction`);
  }
  return change;
}

function filesSince(seen: TableSnapshot, now: TableSnapshot): ScannedFiles {
  return { fields: now.fields, files: new Map([...now.files].filter(([key]) => !seen.files.has(key))) };
}

/** MERGE and REPLACE insert what they did not find: files of others may hold it now. */
function restsOn(step: TableStep, files: ScannedFiles): boolean {
  const predicates = step.kind === 'Write' ? step.write.restsOn : undefined;
  return predicates !== undefined && scanSet(files, predicates).length > 0;
}

/** What lists of tables show of a table within the transaction that writes it. */
export function pendingVersion(current: TableVersion | undefined, write: TableWrite, now: number): TableVersion {
  const { version, rows, bytes, files } = current ?? { version: -1, rows: 0, bytes: 0, files: 0 };
  const removedRows = write.removed.reduce<number | undefined>((sum, file) => plus(sum, liveRows(file)), 0);
  const addedRows = write.added.reduce((sum, file) => sum + file.rows, 0);
  return {
    version,
    rows: rows === undefined || removedRows === undefined ? undefined : rows + addedRows - removedRows,
    bytes: bytes + sizeOf(write.added) - sizeOf(write.removed),
    files: files + write.added.length - write.removed.length,
    updatedOn: now,
  };
}

function plus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

function liveRows({ rows, deletionVector }: AddFile): number | undefined {
  return rows === undefined ? undefined : rows - (deletionVector?.cardinality ?? 0);
}

function sizeOf(files: readonly { readonly size: number }[]): number {
  return files.reduce((sum, file) => sum + file.size, 0);
}

/** What Delta's metadata says of a table. */
export function definitionOf({ name, comment, columns }: TableRecord): TableDefinition {
  return { name, comment, columns };
}

export function sameDefinition(a: TableRecord, b: TableRecord): boolean {
  return JSON.stringify(deltaSide(a)) === JSON.stringify(deltaSide(b));
}

function deltaSide({ name, comment, columns }: TableRecord): unknown {
  return [name, comment, columns.map((column) => [column.name, column.type, column.nullable, column.comment])];
}
