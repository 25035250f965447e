import type { ChangeChannel, LockManager, WarehouseHost } from './host.ts';
import { randomId } from './random-id.ts';

/** The host of a page or a worker: Web Locks and a BroadcastChannel, which all tabs of the origin share. */
export function browserHost(warehouse: string, now: () => number = Date.now): WarehouseHost {
  const scope = `boathouse/${warehouse}`;
  return {
    now,
    newId: randomId,
    locks: webLocks(scope),
    channel: broadcast(scope),
  };
}

function webLocks(scope: string): LockManager {
  const nameOf = (name: string) => `${scope}/${name}`;
  return {
    withLock: async (name, signal, task) => navigator.locks.request(nameOf(name), { signal }, task),

    hold: (name, signal) =>
      new Promise((resolve, reject) => {
        const held = () => new Promise<void>((release) => resolve(() => release()));
        navigator.locks.request(nameOf(name), { signal }, held).catch(reject);
      }),

    async isHeld(name) {
      const { held = [] } = await navigator.locks.query();
      return held.some((lock) => lock.name === nameOf(name));
    },
  };
}

function broadcast(name: string): ChangeChannel {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    subscribe(listener) {
      const onMessage = ({ data }: MessageEvent) => listener(data);
      channel.addEventListener('message', onMessage);
      return () => channel.removeEventListener('message', onMessage);
    },
  };
}
