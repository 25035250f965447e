import type { editor } from 'monaco-editor/editor';
import { persisted } from '../../lib/persisted.ts';

type View = editor.ICodeEditorViewState;
type Views = { readonly [worksheet: string]: View };

const WRITE_AFTER = 150;
const MOST = 40;

/** Caret, selection and scroll of each worksheet; they outlive the page. */
const kept = persisted<Views>('views', {}, readViews);
const fresh = new Map<string, View>();
let timer: ReturnType<typeof setTimeout> | undefined;

function readViews(value: unknown): Views | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, View] => isView(entry[1])));
}

function isView(value: unknown): value is View {
  return typeof value === 'object' && value !== null && 'cursorState' in value && 'viewState' in value;
}

export function keptView(worksheet: string): View | undefined {
  return fresh.get(worksheet) ?? kept.get()[worksheet];
}

export function keepView(worksheet: string, view: View | null): void {
  if (!view) return;
  fresh.set(worksheet, view);
  clearTimeout(timer);
  timer = setTimeout(() => {
    const all = Object.entries({ ...kept.get(), ...Object.fromEntries(fresh) });
    kept.set(Object.fromEntries(all.slice(-MOST)));
  }, WRITE_AFTER);
}
