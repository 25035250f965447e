import { useLayoutEffect, useRef } from 'react';
import { placeOf } from '../../../engine/index.ts';
import { changeWorksheet, type Worksheet } from '../../data/worksheets.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { caret, type EditorHandle, editorHandle, leaveFocus } from './editor-handle.ts';

/** What takes the keys until the editor is loaded, and on touch screens, where Monaco does not work. */
export function PlainEditor({ worksheet, isActive }: { readonly worksheet: Worksheet; readonly isActive: boolean }) {
  const { worksheet: words } = useMessages();
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element || !isActive) return;
    const handle = fieldHandle(element, (text) => changeWorksheet(worksheet.id, { text }));
    editorHandle.set(handle);
    return () => {
      if (document.activeElement === element) leaveFocus(worksheet.id, handle.selection());
      if (editorHandle.get() === handle) editorHandle.set(undefined);
    };
  }, [worksheet.id, isActive]);
  return (
    <textarea
      ref={field}
      className="code plain"
      aria-label={words.editor(worksheet.name)}
      placeholder={words.placeholder}
      spellCheck={false}
      autoCapitalize="off"
      value={worksheet.text}
      onChange={(event) => changeWorksheet(worksheet.id, { text: event.target.value })}
      onSelect={(event) => {
        const { value, selectionStart, selectionEnd } = event.currentTarget;
        const { line, column } = placeOf(value, selectionStart);
        caret.set({ offset: selectionStart, line, column, selected: selectionEnd - selectionStart });
      }}
    />
  );
}

function fieldHandle(field: HTMLTextAreaElement, change: (text: string) => void): EditorHandle {
  return {
    text: () => field.value,
    selection: () => ({ start: field.selectionStart, end: field.selectionEnd }),
    focus: () => field.focus(),
    select({ start, end }) {
      field.focus();
      field.setSelectionRange(start, end);
    },
    replace({ start, end }, text) {
      field.setRangeText(text, start, end, 'end');
      change(field.value);
    },
    goToProblem: () => field.focus(),
    quickFix: () => field.focus(),
  };
}
