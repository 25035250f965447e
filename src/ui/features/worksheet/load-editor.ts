import type { Language } from '../../lib/language.ts';
import { currentLanguage } from '../../lib/messages/messages.ts';

let loadedIn: Language | undefined;

/** Monaco takes the words of its menus while it is loaded, so they are there before it. */
export async function loadEditor() {
  // The plain editor takes keys at once; Monaco is half a second of work, which waits until those are served.
  await idle();
  loadedIn ??= currentLanguage();
  if (loadedIn === 'zh') await import('monaco-editor/nls/lang/zh-cn').catch(() => undefined);
  return import('./SqlEditor.tsx').then((m) => ({ default: m.SqlEditor }));
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
