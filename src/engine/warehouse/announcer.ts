import type { ObjectChange } from './contract.ts';
import type { ChangeChannel } from './host.ts';

type Listener = (changes: readonly ObjectChange[]) => void;

export interface Announcer {
  announce(version: number, changes: readonly ObjectChange[]): void;
  listen(listener: Listener): () => void;
  close(): void;
}

/** Tells listeners what was committed, here and by the engines at the other ends of the channel. */
export function announcer(channel: ChangeChannel): Announcer {
  const listeners = new Set<Listener>();
  const tell = (changes: readonly ObjectChange[]) => {
    for (const listener of listeners) listener(changes);
  };
  const stop = channel.subscribe((message) => {
    if (isAnnouncement(message)) tell(message.changes);
  });
  return {
    announce(version, changes) {
      channel.post({ version, changes });
      tell(changes);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      stop();
      listeners.clear();
    },
  };
}

function isAnnouncement(message: unknown): message is { readonly changes: readonly ObjectChange[] } {
  return typeof message === 'object' && message !== null && 'changes' in message && Array.isArray(message.changes);
}
