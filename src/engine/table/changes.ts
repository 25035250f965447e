import type { AddFile, RemoveFile } from './action.ts';
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

/** From the state at version `from` to that at version `to`. Throws StorageNotFound where log files between are gone. */
export async function readChanges(
  log: TableLog,
  { from, to }: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<FileChanges> {
  return netChanges(await readCommits(log, from, to, signal));
}

function netChanges(commits: readonly Commit[]): FileChanges {
  const added = new Map<string, AddFile>();
  const removed = new Map<string, RemoveFile>();
  let appendOnly = true;
  for (const action of commits.flatMap(({ actions }) => actions)) {
    if (action.kind === 'Remove') {
      appendOnly = false;
      if (!added.delete(fileKey(action))) removed.set(fileKey(action), action);
    }
    if (action.kind === 'Add' && !removed.delete(fileKey(action))) added.set(fileKey(action), action);
  }
  return { added: [...added.values()], removed: [...removed.values()], appendOnly };
}
