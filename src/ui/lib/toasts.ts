import { type Store, store } from './store.ts';

export interface Toast {
  readonly id: number;
  readonly title: string;
  readonly text?: string | undefined;
  readonly isFailure?: boolean | undefined;
  /** After which it goes away for certain; some seconds, longer under the pointer, if nothing is said. */
  readonly seconds?: number | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

const MOST = 4;

export const toasts: Store<readonly Toast[]> = store<readonly Toast[]>([]);

let last = 0;

/** For work that ended out of view only; a failure in view has its card. */
export function toast(what: Omit<Toast, 'id'>): void {
  const id = ++last;
  toasts.set([...toasts.get(), { ...what, id }].slice(-MOST));
  // What it offers is over then, wherever the pointer rests.
  if (what.seconds !== undefined) setTimeout(() => dismissToast(id), what.seconds * 1000);
}

export function dismissToast(id: number): void {
  toasts.set(toasts.get().filter((shown) => shown.id !== id));
}
