import type { editor } from 'monaco-editor/editor';

/** Puts text that is dropped on the editor where it is dropped, as if typed there. Gives the way to stop. */
export function takeDrops(code: editor.IStandaloneCodeEditor): () => void {
  const element = code.getContainerDomNode();
  const controller = new AbortController();
  const { signal } = controller;
  const positionOf = ({ clientX, clientY }: DragEvent) => code.getTargetAtClientPoint(clientX, clientY)?.position;
  const hasText = (event: DragEvent) => event.dataTransfer?.types.includes('text/plain') === true;
  element.addEventListener(
    'dragover',
    (event) => {
      if (!hasText(event)) return;
      event.preventDefault();
      const position = positionOf(event);
      if (position) code.setPosition(position);
      code.focus();
    },
    { signal, capture: true },
  );
  element.addEventListener(
    'drop',
    (event) => {
      if (!hasText(event)) return;
      event.preventDefault();
      event.stopPropagation();
      const position = positionOf(event) ?? code.getPosition();
      const text = event.dataTransfer?.getData('text/plain') ?? '';
      if (!position || text === '') return;
      const { lineNumber, column } = position;
      const range = {
        startLineNumber: lineNumber,
        startColumn: column,
        endLineNumber: lineNumber,
        endColumn: column,
      };
      code.pushUndoStop();
      code.executeEdits('drop', [{ range, text, forceMoveMarkers: true }]);
      code.pushUndoStop();
      code.focus();
    },
    { signal, capture: true },
  );
  return () => controller.abort();
}
