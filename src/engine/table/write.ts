import type { Predicate } from '../formats/format.ts';
import type { Action, AddFile, CommitInfo, MetaData, RemoveFile } from './action.ts';
import { alteredMetaData, isMapped, MAX_ID, newMetaData, type TableDefinition } from './metadata.ts';
import { checkWritable, tableProtocol } from './protocol.ts';
import { advance, type Commit, highWaterMarkAction, rowIdHighWaterMark, type TableSnapshot } from './snapshot.ts';

/**
 * Writing to a table is decided first and done later: the functions here are pure. A `TableChange` collects what one
 * transaction does to one table; `stageCommit` gives the actions that put it on top of a snapshot.
 */

/** A data file that was written and is to become part of a table. */
export interface DataFile {
  /** Relative to the table's folder. */
  readonly path: string;
  readonly size: number;
  readonly rows: number;
  /** Delta's statistics JSON. */
  readonly stats: string;
  readonly modificationTime: number;
}

export interface TableWrite {
  readonly added: readonly DataFile[];
  readonly removed: readonly AddFile[];
  /** As Delta's history shows it: `WRITE`, `UPDATE`, `DELETE`, `MERGE`, `OPTIMIZE`. */
  readonly operation: string;
  /** False where rows only moved. */
  readonly dataChange?: boolean | undefined;
  /** Rows that satisfy all of it decide what is written: such of others, committed since, stand against the write. */
  readonly restsOn?: readonly Predicate[] | undefined;
}

export interface TableChange {
  /** Undefined while only rows are written. */
  readonly metadata: MetaData | undefined;
  readonly added: readonly DataFile[];
  /** Files of the committed table, never of this change. */
  readonly removed: readonly AddFile[];
  /** Files of a former version that come back, with the row ids that they had. */
  readonly restored: readonly AddFile[];
  readonly operation: string;
  readonly dataChange: boolean;
}

export function stageCreate(definition: TableDefinition, id: string, now: number): TableChange {
  return {
    metadata: newMetaData(definition, id, now),
    added: [],
    removed: [],
    restored: [],
    operation: 'CREATE TABLE',
    dataChange: true,
  };
}

export const NO_CHANGE: TableChange = {
  metadata: undefined,
  added: [],
  removed: [],
  restored: [],
  operation: 'WRITE',
  dataChange: false,
};

/** Files that the change itself added and that are removed again vanish from it. */
export function stageWrite(
  change: TableChange,
  { added, removed, operation, dataChange = true }: TableWrite,
): TableChange {
  const gone = new Set(removed.map((file) => file.path));
  const own = new Set([...change.added, ...change.restored].map((file) => file.path));
  return {
    metadata: change.metadata,
    added: [...change.added.filter((file) => !gone.has(file.path)), ...added],
    removed: [...change.removed, ...removed.filter((file) => !own.has(file.path))],
    restored: change.restored.filter((file) => !gone.has(file.path)),
    operation: change.operation === 'CREATE TABLE' ? 'CREATE TABLE AS SELECT' : operation,
    dataChange: change.dataChange || dataChange,
  };
}

/** `current` is the metadata that the change would give, or else the table's. */
export function stageMetaData(
  change: TableChange,
  current: MetaData,
  definition: TableDefinition,
  renames: ReadonlyMap<string, string>,
): TableChange {
  const metadata = alteredMetaData(change.metadata ?? current, definition, renames);
  return {
    ...change,
    metadata,
    operation: change.operation === 'WRITE' ? 'ALTER TABLE' : change.operation,
    dataChange: true,
  };
}

/** FLASHBACK: columns and files are again those of a former version, whatever the change did before. */
export function stageRestore(base: TableSnapshot, former: TableSnapshot): TableChange {
  const { name, description, configuration } = base.metadata;
  const lastId = configuration[MAX_ID] === undefined ? {} : { [MAX_ID]: configuration[MAX_ID] };
  const metadata = { ...former.metadata, name, description };
  return {
    // Ids of columns that were given since are never given again.
    metadata: { ...metadata, configuration: { ...metadata.configuration, ...lastId } },
    added: [],
    removed: [...base.files].filter(([key]) => !former.files.has(key)).map(([, file]) => file),
    restored: [...former.files].filter(([key]) => !base.files.has(key)).map(([, file]) => file),
    operation: 'RESTORE',
    dataChange: true,
  };
}

export interface CommitContext {
  readonly transaction: string;
  readonly now: number;
}

/** The next log file of a table: its first when `base` is undefined. Row ids are given here, so that a change can move to a newer base. */
export function stageCommit(base: TableSnapshot | undefined, change: TableChange, context: CommitContext): Commit {
  const version = (base?.version ?? -1) + 1;
  const mark = base ? rowIdHighWaterMark(base) : -1;
  const added = addedFiles(change, version, mark + 1);
  const rows = change.added.reduce((sum, file) => sum + file.rows, 0);
  return {
    version,
    actions: [
      commitInfo(base, change, context),
      ...tableActions(base, change),
      ...(rows > 0 ? [highWaterMarkAction(mark + rows)] : []),
      ...change.removed.map((file) => removeAction(file, change.dataChange, context.now)),
      ...change.restored.map((file) => ({ ...file, dataChange: true })),
      ...added,
    ],
  };
}

function commitInfo(
  base: TableSnapshot | undefined,
  change: TableChange,
  { transaction, now }: CommitContext,
): CommitInfo {
  return {
    kind: 'CommitInfo',
    timestamp: now,
    operation: change.operation,
    txnId: transaction,
    isBlindAppend: base !== undefined && !change.metadata && change.removed.length === 0,
  };
}

function tableActions(base: TableSnapshot | undefined, { metadata }: TableChange): Action[] {
  if (base) checkWritable(base.protocol);
  if (!metadata) return [];
  const mapped = isMapped(metadata);
  if (base && isMapped(base.metadata) === mapped) return [metadata];
  return [tableProtocol(mapped), metadata];
}

function addedFiles({ added, dataChange }: TableChange, version: number, firstRowId: number): AddFile[] {
  let next = firstRowId;
  return added.map((file) => {
    const baseRowId = next;
    next += file.rows;
    return { ...pendingFile(file), dataChange, baseRowId, defaultRowCommitVersion: version };
  });
}

function pendingFile({ path, size, rows, stats, modificationTime }: DataFile): AddFile {
  return {
    kind: 'Add',
    path,
    partitionValues: {},
    size,
    modificationTime,
    dataChange: true,
    stats,
    rows,
    deletionVector: undefined,
    baseRowId: undefined,
    defaultRowCommitVersion: undefined,
  };
}

function removeAction(file: AddFile, dataChange: boolean, deletionTimestamp: number): RemoveFile {
  const { path, partitionValues, size, deletionVector, baseRowId, defaultRowCommitVersion } = file;
  const values = { partitionValues, size, deletionVector, baseRowId, defaultRowCommitVersion };
  return { kind: 'Remove', path, deletionTimestamp, dataChange, ...values };
}

/**
 * The table as the writer of the change sees it before it is committed. Its new files have no row ids yet: rewriting
 * them within the transaction gives their rows new ones, which nobody can tell.
 */
export function previewChange(base: TableSnapshot | undefined, change: TableChange): TableSnapshot {
  const version = base?.version ?? -1;
  const removed = change.removed.map((file) => removeAction(file, change.dataChange, 0));
  const actions = [...tableActions(base, change), ...removed, ...change.restored, ...change.added.map(pendingFile)];
  return advance(base, [{ version, actions }]);
}
