/// <reference types="vite/client" />

/** Everything is there since an earlier visit: nothing has to be fetched. */
export const isKept = (): boolean => Boolean(navigator.serviceWorker?.controller);

/** Lets the browser keep the console, so that it opens with the network off. A new version waits for the next visit. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register('./sw.js').catch(() => {
    // Private windows refuse it: the console works all the same, but not offline.
  });
}
