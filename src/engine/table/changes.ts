import type { Action, AddFile, RemoveFile } from './action.ts';
import { fileKey } from './action.ts';
import type { TableLog } from './layout.ts';
import { readCommits } from './log.ts';
import type { Commit } from './snapshot.ts';

/** What happened to a table's files over a range of versions, on the whole: what came and went in between is left out. */
export interface FileChanges {
  readonly added: readonly AddFile[];
  /** Files of the first version that the last one no longer has. */
  readonly removed: readonly RemoveFile[];
  /** No rows were deleted, changed or moved at any time. */
  readonly appendOnly: boolean;
}

/** By `fileKey`: files that came and went after the first version, but are to count as if they had before. */
export interface EarlierFiles {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export const NO_FILES: EarlierFiles = { added: [], removed: [] };

/** From the state at version `from` to that at version `to`. Throws StorageNotFound where log files between are gone. */
export async function readChanges(
  log: TableLog,
  { from, to }: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<FileChanges> {
  return netChanges(actionsOf(await readCommits(log, from, to, signal)));
}

export function actionsOf(commits: readonly Commit[]): readonly Action[] {
  return commits.flatMap(({ actions }) => actions);
}

export function netChanges(actions: readonly Action[], earlier: EarlierFiles = NO_FILES): FileChanges {
  const known = { added: new Set(earlier.added), removed: new Set(earlier.removed) };
  const added = new Map<string, AddFile>();
  const removed = new Map<string, RemoveFile>();
  let appendOnly = true;
  for (const action of actions) {
    if (action.kind === 'Remove' && !known.removed.delete(fileKey(action))) {
      appendOnly = false;
      if (!added.delete(fileKey(action))) removed.set(fileKey(action), action);
    }
    if (action.kind === 'Add' && !known.added.delete(fileKey(action))) {
      if (!removed.delete(fileKey(action))) added.set(fileKey(action), action);
    }
  }
  return { added: [...added.values()], removed: [...removed.values()], appendOnly };
}

/** A removed file as it was. Its statistics are in the version that it was added in. */
export function formerFile({ kind: _, deletionTimestamp, ...file }: RemoveFile): AddFile {
  const { size = 0 } = file;
  return { ...file, kind: 'Add', size, modificationTime: deletionTimestamp ?? 0, stats: undefined, rows: undefined };
}
