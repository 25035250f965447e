import { type Store, store } from './store.ts';

/** What a screen reader is told without the focus moving; `turn` makes the same words count as new ones. */
export interface Announcement {
  readonly text: string;
  readonly turn: number;
}

const NOTHING: Announcement = { text: '', turn: 0 };

export const polite: Store<Announcement> = store(NOTHING);
export const assertive: Store<Announcement> = store(NOTHING);

/** For what went as asked: a run that started or ended, a selection, a copy. */
export function announce(text: string): void {
  polite.set({ text, turn: polite.get().turn + 1 });
}

/** For failures only, since it interrupts. */
export function announceFailure(text: string): void {
  assertive.set({ text, turn: assertive.get().turn + 1 });
}
