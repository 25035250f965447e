import { editor } from 'monaco-editor/editor';
import type { ShadeName } from '../../../lib/look.ts';

export const THEME = 'boathouse';

const BASES: { readonly [K in ShadeName]: editor.BuiltinTheme } = {
  light: 'vs',
  dark: 'vs-dark',
  'contrast-light': 'hc-light',
  'contrast-dark': 'hc-black',
};

/** The editor in the colours of the page; called again when the look changes. */
export function applyTheme(shade: ShadeName): void {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => sixDigits(style.getPropertyValue(`--${name}`).trim());
  const rule = (name: string) => token(name).slice(1);
  editor.defineTheme(THEME, {
    base: BASES[shade],
    inherit: true,
    rules: [
      { token: '', foreground: rule('fg-1') },
      { token: 'keyword', foreground: rule('syn-kw') },
      { token: 'function', foreground: rule('syn-fn') },
      { token: 'string', foreground: rule('syn-str') },
      { token: 'number', foreground: rule('syn-num') },
      { token: 'type', foreground: rule('syn-type') },
      { token: 'stage', foreground: rule('syn-stage') },
      { token: 'comment', foreground: rule('syn-com') },
      { token: 'delimiter', foreground: rule('syn-punct') },
    ],
    colors: themeColors(token),
  });
  editor.setTheme(THEME);
}

/** A build may shorten a colour; the editor knows only the long form. */
function sixDigits(color: string): string {
  return /^#[\da-f]{3}$/i.test(color) ? color.replace(/[\da-f]/gi, '$&$&') : color;
}

function themeColors(token: (name: string) => string): { [color: string]: string } {
  const raised = { background: token('bg-1'), border: token('line') };
  return {
    'editor.background': token('bg-1'),
    'editor.foreground': token('fg-1'),
    'editorLineNumber.foreground': token('fg-3'),
    'editorLineNumber.activeForeground': token('fg-1'),
    'editor.selectionBackground': token('accent-line'),
    'editor.inactiveSelectionBackground': token('accent-bg'),
    'editor.lineHighlightBackground': '#00000000',
    'editor.lineHighlightBorder': '#00000000',
    'editorError.foreground': token('err'),
    'editorWarning.foreground': token('warn'),
    'editorCursor.foreground': token('fg-1'),
    'editorBracketMatch.background': token('accent-bg'),
    'editorBracketMatch.border': token('accent-line'),
    'editorWidget.background': raised.background,
    'editorWidget.border': raised.border,
    'editorSuggestWidget.background': raised.background,
    'editorSuggestWidget.border': raised.border,
    'editorSuggestWidget.foreground': token('fg-1'),
    'editorSuggestWidget.selectedBackground': token('accent-bg'),
    'editorSuggestWidget.selectedForeground': token('fg-1'),
    'editorSuggestWidget.highlightForeground': token('accent'),
    'editorSuggestWidget.focusHighlightForeground': token('accent'),
    'editorHoverWidget.background': raised.background,
    'editorHoverWidget.border': raised.border,
    'editorHoverWidget.foreground': token('fg-1'),
    'textLink.foreground': token('accent'),
    'textLink.activeForeground': token('accent'),
    'editor.placeholder.foreground': token('fg-3'),
    focusBorder: token('accent'),
    'input.background': token('bg-1'),
    'input.border': token('line-strong'),
    'scrollbarSlider.background': `${token('line-strong')}55`,
    'scrollbarSlider.hoverBackground': `${token('line-strong')}88`,
    'scrollbarSlider.activeBackground': `${token('line-strong')}aa`,
    'scrollbar.shadow': '#00000000',
  };
}
