import { MenuId, MenuRegistry } from 'monaco-editor/platform/actions/common/actions';
import type { Language } from '../../../lib/language.ts';
import { messages } from '../../../lib/messages/messages.ts';

declare global {
  /** Monaco's own words, English where there are none. */
  var _VSCODE_NLS_MESSAGES: readonly (string | null)[] | undefined;
  /** Each takes the words of a part of Monaco anew; the build puts them there. */
  var __editorWords: readonly (() => void)[] | undefined;
}

let chinese: typeof globalThis._VSCODE_NLS_MESSAGES;

/** Makes Monaco speak a language from now on; editors that are there have to be made anew. */
export async function speakInEditor(language: Language): Promise<void> {
  if (language === 'zh' && !chinese) {
    await import('monaco-editor/nls/lang/zh-cn').catch(() => undefined);
    chinese = globalThis._VSCODE_NLS_MESSAGES;
  }
  globalThis._VSCODE_NLS_MESSAGES = language === 'zh' ? chinese : undefined;
  for (const take of globalThis.__editorWords ?? []) take();
  const words: { readonly [command: string]: string } = messages().worksheet.editorMenu;
  for (const { command } of MenuRegistry.getMenuItems(MenuId.EditorContext)) {
    const title = words[command?.id ?? ''];
    if (command && title !== undefined) command.title = title;
  }
}
