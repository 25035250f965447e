import { type Store, store } from '../../lib/store.ts';

/** Where the status line takes what a place has to say; set by the line itself. */
export const statusSlot: Store<HTMLElement | null> = store<HTMLElement | null>(null);
