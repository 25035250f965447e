import type { Span } from '../../../engine/index.ts';
import { type Store, store } from '../../lib/store.ts';

/** What the console may ask of the editor, whichever of the two is shown. */
export interface EditorHandle {
  /** The whole text at this moment. */
  text(): string;
  selection(): Span;
  focus(): void;
  /** Puts the caret there and shows it. */
  select(span: Span): void;
  /** As if it had been typed: it can be undone. */
  replace(span: Span, text: string): void;
  /** The next (1) or previous (-1) thing that is underlined. */
  goToProblem(step: 1 | -1): void;
  quickFix(): void;
}

export const editorHandle: Store<EditorHandle | undefined> = store<EditorHandle | undefined>(undefined);

/** What the plain editor leaves to the one that takes its place: who types does not notice. */
interface Handover {
  readonly worksheet: string;
  readonly selection: Span;
}

let handover: Handover | undefined;

export function leaveFocus(worksheet: string, selection: Span): void {
  handover = { worksheet, selection };
}

/** The selection to go on with, once. */
export function takeFocus(worksheet: string): Span | undefined {
  const taken = handover?.worksheet === worksheet ? handover.selection : undefined;
  handover = undefined;
  return taken;
}

/** Where the caret is, for the status line and the statement that Run means. */
export interface Caret {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly selected: number;
}

export const caret: Store<Caret> = store<Caret>({ offset: 0, line: 1, column: 1, selected: 0 });

/** Parts of the shown worksheet that something else on the page is about. */
export const marks: Store<readonly Span[]> = store<readonly Span[]>([]);

/** Another text in the place of all that stands there; what stood there is an undo away. */
export function replaceText(text: string): void {
  const handle = editorHandle.get();
  handle?.replace({ start: 0, end: handle.text().length }, text);
}

/** Text put at the caret, as if typed; a tree's drag, a path, an example. */
export function insertAtCaret(text: string): void {
  const handle = editorHandle.get();
  if (!handle) return;
  handle.replace(handle.selection(), text);
  handle.focus();
}
