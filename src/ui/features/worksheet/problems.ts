import { type Diagnostic, isAbort } from '../../../engine/index.ts';
import { engineState } from '../../data/engine.ts';
import { sessionOf } from '../../data/runs.ts';
import { type Store, store } from '../../lib/store.ts';

const NONE: readonly Diagnostic[] = [];
const known = new Map<string, Store<readonly Diagnostic[]>>();

/** What the engine finds wrong in a worksheet, as it is typed. */
export function problemsOf(worksheet: string): Store<readonly Diagnostic[]> {
  const present = known.get(worksheet);
  if (present) return present;
  const fresh = store(NONE);
  known.set(worksheet, fresh);
  return fresh;
}

/** Asks anew; what an older text had wrong is not told any more once `signal` is aborted. */
export async function diagnose(worksheet: string, text: string, signal: AbortSignal): Promise<void> {
  if (engineState.get().kind !== 'Ready') return;
  try {
    const found = await sessionOf(worksheet).diagnose(text, signal);
    if (!signal.aborted) problemsOf(worksheet).set(found);
  } catch (error) {
    // A question that failed underlines nothing; running the statement says what is wrong.
    if (!isAbort(error)) problemsOf(worksheet).set(NONE);
  }
}
