import { yieldToMessages } from './async.ts';

/** A statement is young for so long; a long query waits for young ones so long at once. In milliseconds. */
const YOUNG = 1000;
const LONGEST_WAIT = 250;

interface Turn {
  readonly began: number;
}

const turns = new Set<Turn>();

/** A statement begins. Returns what is to be called at its end. */
export function beginTurn(): () => void {
  const turn: Turn = { began: performance.now() };
  turns.add(turn);
  return () => turns.delete(turn);
}

/**
 * Between two slices of a query that began at `since`: hears messages, and lets statements that began later go first
 * while they are young. So a preview takes its few steps at once instead of one between each two slices.
 */
export async function giveWay(since: number, signal: AbortSignal): Promise<void> {
  const start = performance.now();
  do await yieldToMessages();
  while (!signal.aborted && performance.now() - start < LONGEST_WAIT && isAwaited(since));
}

function isAwaited(since: number): boolean {
  const now = performance.now();
  return [...turns].some(({ began }) => began > since && now - began < YOUNG);
}
