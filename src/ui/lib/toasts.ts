import { type Store, store } from './store.ts';

export interface Toast {
  readonly id: number;
  readonly title: string;
  readonly text?: string | undefined;
  readonly isFailure?: boolean | undefined;
  /** How long it stays; some seconds if nothing is said. */
  readonly seconds?: number | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

const MOST = 4;

export const toasts: Store<readonly Toast[]> = store<readonly Toast[]>([]);

let last = 0;

/** For work that ended out of view only; a failure in view has its card. */
export function toast(what: Omit<Toast, 'id'>): void {
  last++;
  toasts.set([...toasts.get(), { ...what, id: last }].slice(-MOST));
}

export function dismissToast(id: number): void {
  toasts.set(toasts.get().filter((shown) => shown.id !== id));
}
