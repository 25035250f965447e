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

/** Of commits every tab hears from its engine; of files that come into a stage or leave it, from the tab that did it. */
const channel = new BroadcastChannel('boathouse/stage-files');

/** Follows what other tabs and commits change. Returns the way to stop. */
export function followChanges(): () => void {
  channel.onmessage = ({ data }: MessageEvent<readonly Change[]>) => refreshAfter(queryClient, data);
  const leave = engine().onChange((changes) => refreshAfter(queryClient, changes));
  return () => {
    channel.onmessage = null;
    leave();
  };
}

/** A statement of this page changed something that is no commit: files of a stage, a setting, the database in use. */
export function refreshChanged(changes: readonly Change[]): void {
  if (changes.length > 0) refreshAfter(queryClient, changes);
  const files = changes.filter(({ kind }) => kind === 'StageFiles');
  if (files.length > 0) channel.postMessage(files);
}

/** A statement ended: the history has one more line. */
export function refreshHistory(): void {
  void refresh(queryClient, keys.history());
}
