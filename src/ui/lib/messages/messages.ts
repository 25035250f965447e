import { type Store, store, useStore } from '../store.ts';
import { en } from './en.ts';

/** Every visible string, by area. Another language is a second table of this type. */
export type Messages = typeof en;

const current: Store<Messages> = store(en);

export function useMessages(): Messages {
  return useStore(current);
}

/** For what is not a component: announcements, titles, errors. */
export function messages(): Messages {
  return current.get();
}

export function setMessages(next: Messages): void {
  current.set(next);
}
