import { engine } from '../../data/engine.ts';

/** The plain editor takes keys at once; Monaco is half a second of work, which waits until those are served. */
export async function loadEditor() {
  await (isAtHand() ? engineOrLate() : idle());
  const { SqlEditor } = await import('./SqlEditor.tsx');
  return { default: SqlEditor };
}

/** Everything is kept here since an earlier visit: the engine is about to be ready, if nothing takes its time. */
const isAtHand = () => Boolean(navigator.serviceWorker?.controller);

const LONGEST_FOR_ENGINE = 1500;

/** What was run meanwhile is answered within so long after that. */
const FIRST_ANSWER = 200;

const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function engineOrLate(): Promise<void> {
  const answered = engine().ready.then(() => after(FIRST_ANSWER));
  await Promise.race([answered, after(LONGEST_FOR_ENGINE)]).catch(() => {});
  await idle();
}

const LONGEST_WAIT = 300;

function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has no idle callbacks.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: LONGEST_WAIT });
    else setTimeout(resolve, LONGEST_WAIT);
  });
}
