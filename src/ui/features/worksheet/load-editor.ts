import { engine } from '../../data/engine.ts';
import { isKept } from '../../data/offline.ts';
import { idle } from '../../lib/idle.ts';

/** The plain editor takes keys at once; Monaco is half a second of work, which waits until those are served. */
export async function loadEditor() {
  await (isKept() ? engineOrLate() : idle());
  const { SqlEditor } = await import('./SqlEditor.tsx');
  return { default: SqlEditor };
}

/** Where all is kept the engine is about to be ready, if nothing takes its time. */
const LONGEST_FOR_ENGINE = 1500;

/** What was run meanwhile is answered within so long after that. */
const FIRST_ANSWER = 200;

const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function engineOrLate(): Promise<void> {
  const answered = engine().ready.then(() => after(FIRST_ANSWER));
  await Promise.race([answered, after(LONGEST_FOR_ENGINE)]).catch(() => {});
  await idle();
}
