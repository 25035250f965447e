import { type Store, store } from './store.ts';

/** Small things about the look of the page; worksheets and all else that matters is kept in IndexedDB. */
const PREFIX = 'boathouse.';

/**
 * A store that outlives the page and follows the other tabs. `read` narrows what was kept, by this or an older
 * version; what it refuses gives way to `initial`.
 */
export function persisted<T>(key: string, initial: T, read: (kept: unknown) => T | undefined): Store<T> {
  const name = PREFIX + key;
  const narrow = (text: string | null) => (text === null ? undefined : read(parse(text))) ?? initial;
  const value = store(narrow(load(name)));
  globalThis.addEventListener?.('storage', (event: Event) => {
    if (event instanceof StorageEvent && event.key === name) value.set(narrow(event.newValue));
  });
  return {
    ...value,
    set(next) {
      value.set(next);
      save(name, JSON.stringify(next));
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not ours, or cut short: as if nothing had been kept.
  }
}

function load(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // Storage is switched off for this page; the choice then lasts as long as the tab.
  }
}

function save(name: string, text: string): void {
  try {
    localStorage.setItem(name, text);
  } catch {
    // As above; a full storage is reported where data is kept, not for the width of a pane.
  }
}

/** All that is kept, by key, to be taken along. */
export function allPersisted(): { readonly [key: string]: string } {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    return Object.fromEntries(names.map((name) => [name.slice(PREFIX.length), load(name) ?? 'null']));
  } catch {
    return {}; // As above.
  }
}

/** Puts what was taken along into its place; stores see it when the page is loaded anew. */
export function restorePersisted(values: { readonly [key: string]: string }): void {
  for (const [key, text] of Object.entries(values)) save(PREFIX + key, text);
}

export function forgetPersisted(): void {
  for (const key of Object.keys(allPersisted())) localStorage.removeItem(PREFIX + key);
}
