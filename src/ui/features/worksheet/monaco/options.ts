import type { editor } from 'monaco-editor/editor';
import type { Look } from '../../../lib/look.ts';
import { THEME } from './theme.ts';

const SIZES = {
  compact: { fontSize: 12.5, lineHeight: 20 },
  comfortable: { fontSize: 13.5, lineHeight: 22 },
} as const;

const LINE = 1.6;

export function sizeOptions({ density, editorSize }: Look): editor.IEditorOptions {
  if (editorSize === undefined) return SIZES[density];
  return { fontSize: editorSize, lineHeight: Math.round(editorSize * LINE) };
}

/** A quiet editor: no map, no rulers, a gutter of 52 px, nothing that is not asked for. */
export function editorOptions(look: Look): editor.IStandaloneEditorConstructionOptions {
  const fontFamily = getComputedStyle(document.documentElement).getPropertyValue('--font-mono');
  return {
    ...sizeOptions(look),
    ...{ model: null, theme: THEME, automaticLayout: true, fontFamily, fontLigatures: false },
    ...{ glyphMargin: true, lineNumbersMinChars: 3, lineDecorationsWidth: 12, folding: false },
    ...{
      minimap: { enabled: false },
      overviewRulerLanes: 0,
      overviewRulerBorder: false,
      hideCursorInOverviewRuler: true,
    },
    ...{ renderLineHighlight: 'none', scrollBeyondLastLine: false, padding: { top: 4, bottom: 4 } },
    ...{ bracketPairColorization: { enabled: false }, guides: { indentation: false }, links: false },
    ...{ wordBasedSuggestions: 'off', quickSuggestions: { other: true, comments: false, strings: true } },
    ...{ unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false } },
    ...{ stickyScroll: { enabled: false }, fixedOverflowWidgets: true, acceptSuggestionOnCommitCharacter: false },
    scrollbar: { verticalScrollbarSize: 8, horizontalScrollbarSize: 8, useShadows: false },
    // Its other way of taking input is no text field, so keys without a modifier would be taken for commands.
    editContext: false,
    // Ours puts text where it is dropped; Monaco's makes a snippet of it.
    dropIntoEditor: { enabled: false },
  };
}
