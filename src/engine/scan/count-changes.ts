import type { OpenChanges } from './changes.ts';
import type { ScanRequest } from './chunk.ts';
import { GONE, readStates, TOUCHED } from './row-states.ts';

/** Rows that a range of a table's history added and removed; one that was rewritten counts on both sides. */
export interface ChangeCounts {
  readonly added: number;
  readonly removed: number;
}

/**
 * By statistics where nothing went, else by ids and versions of the rows: an update that left a row as it was is not
 * told from another.
 */
export async function countChanges(
  changes: OpenChanges,
  request: ScanRequest,
  signal: AbortSignal,
): Promise<ChangeCounts> {
  const { added, removed, appendOnly } = changes;
  if (removed.length === 0 && added.every(({ rows }) => rows !== undefined)) {
    return { added: added.reduce((sum, { rows = 0 }) => sum + rows, 0), removed: 0 };
  }
  const { states, arrived } = await readStates(changes, request, signal);
  const [gone, touched] = [countOf(states, GONE), countOf(states, TOUCHED)];
  const fresh = arrived - (states.length - gone);
  return appendOnly ? { added: fresh, removed: 0 } : { added: fresh + touched, removed: gone + touched };
}

function countOf(states: Uint8Array, state: number): number {
  return states.reduce((count, one) => (one === state ? count + 1 : count), 0);
}
