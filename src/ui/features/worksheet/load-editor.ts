import { engine } from '../../data/engine.ts';
import type { Language } from '../../lib/language.ts';
import { currentLanguage } from '../../lib/messages/messages.ts';

let loadedIn: Language | undefined;

/** Monaco takes the words of its menus while it is loaded, so they are there before it. */
export async function loadEditor() {
  // The plain editor takes keys at once; Monaco is half a second of work, which waits until those are served.
  await (isAtHand() ? engineOrLate() : idle());
  loadedIn ??= currentLanguage();
  if (loadedIn === 'zh') await import('monaco-editor/nls/lang/zh-cn').catch(() => undefined);
  return import('./SqlEditor.tsx').then((m) => ({ default: m.SqlEditor }));
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

/** The language of the editor's own menus until the page is loaded anew; undefined while there is no editor yet. */
export function editorLanguage(): Language | undefined {
  return loadedIn;
}
