import type { Language } from '../../lib/language.ts';
import { currentLanguage } from '../../lib/messages/messages.ts';

let loadedIn: Language | undefined;

/** Monaco takes the words of its menus while it is loaded, so they are there before it. */
export async function loadEditor() {
  loadedIn ??= currentLanguage();
  if (loadedIn === 'zh') await import('monaco-editor/nls/lang/zh-cn').catch(() => undefined);
  return import('./SqlEditor.tsx').then((m) => ({ default: m.SqlEditor }));
}

/** The language of the editor's own menus until the page is loaded anew; undefined while there is no editor yet. */
export function editorLanguage(): Language | undefined {
  return loadedIn;
}
