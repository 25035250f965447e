import { useSyncExternalStore } from 'react';
import { type Store, store } from './store.ts';

/** As in Place.css: the side pane lies over the work area, and only while it is asked for. */
const NARROW = '(max-width: 899px)';

/** Whether the side pane is open on a narrow window. */
export const isDrawerOpen: Store<boolean> = store(false);

/** What the side pane of the place is called; undefined where it has none. */
export const sideOfPlace: Store<string | undefined> = store<string | undefined>(undefined);

function follow(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

export function useIsNarrow(): boolean {
  return useSyncExternalStore(follow, () => matchMedia(NARROW).matches);
}
