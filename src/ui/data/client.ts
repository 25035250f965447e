import { QueryClient } from '@tanstack/react-query';
import type { Change } from '../../engine/index.ts';
import { engine } from './engine.ts';
import { keys, refresh, refreshAfter } from './keys.ts';

/** Answers stay until a change, of this tab or another, makes them stale. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
  },
});

/** Follows what commits change. Returns the way to stop. */
export function followChanges(): () => void {
  return engine().onChange((changes) => refreshAfter(queryClient, changes));
}

/** A statement of this page changed something that is no commit: files of a stage, a setting, the database in use. */
export function refreshChanged(changes: readonly Change[]): void {
  if (changes.length > 0) refreshAfter(queryClient, changes);
}

/** A statement ended: the history has one more line. */
export function refreshHistory(): void {
  void refresh(queryClient, keys.history());
}
