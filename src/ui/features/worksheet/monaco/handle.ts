import { type editor, Range } from 'monaco-editor/editor';
import type { Caret, EditorHandle } from '../editor-handle.ts';
import { rangeOfSpan, spanOfRange } from './place.ts';

/** What the console may ask of Monaco. */
export function monacoHandle(code: editor.IStandaloneCodeEditor): EditorHandle {
  const trigger = (action: string) => {
    code.focus();
    code.trigger('console', action, null);
  };
  return {
    text: () => code.getModel()?.getValue() ?? '',
    selection() {
      const [model, selection] = [code.getModel(), code.getSelection()];
      return model && selection ? spanOfRange(model, selection) : { start: 0, end: 0 };
    },
    focus: () => code.focus(),
    select(span) {
      const model = code.getModel();
      if (!model) return;
      const range = rangeOfSpan(model, span);
      code.setSelection(range);
      code.revealRangeInCenterIfOutsideViewport(range);
      code.focus();
    },
    replace(span, text) {
      const model = code.getModel();
      if (!model) return;
      code.pushUndoStop();
      code.executeEdits('console', [{ range: rangeOfSpan(model, span), text, forceMoveMarkers: true }]);
      code.pushUndoStop();
    },
    goToProblem: (step) => trigger(step > 0 ? 'editor.action.marker.next' : 'editor.action.marker.prev'),
    quickFix: () => trigger('editor.action.quickFix'),
  };
}

export function caretOf(code: editor.IStandaloneCodeEditor): Caret {
  const [model, selection] = [code.getModel(), code.getSelection()];
  if (!model || !selection) return { offset: 0, line: 1, column: 1, selected: 0 };
  const { lineNumber: line, column } = selection.getPosition();
  const selected = model.getValueLengthInRange(Range.lift(selection));
  return { offset: model.getOffsetAt({ lineNumber: line, column }), line, column, selected };
}
