import type { ChangeChannel, LockManager, WarehouseHost } from './host.ts';
import { randomId } from './random-id.ts';

/** A host without a browser: its locks and its channel reach the engines that have a sibling of it, in this process. */
export interface MemoryHost extends WarehouseHost {
  /** The host of another engine on the same warehouse. */
  sibling(): MemoryHost;
  /** Frees the locks that were taken through this host, as the end of a tab does. */
  end(): void;
}

export interface MemoryHostOptions {
  readonly now?: (() => number) | undefined;
  readonly newId?: (() => string) | undefined;
}

type Subscribers = Map<object, Set<(message: unknown) => void>>;

interface Shared {
  readonly now: () => number;
  readonly newId: () => string;
  /** By name: the holder first, then those who wait. */
  readonly queues: Map<string, Ticket[]>;
  readonly subscribers: Subscribers;
}

interface Ticket {
  readonly owner: object;
  readonly grant: () => void;
}

export function memoryHost({ now = Date.now, newId = randomId }: MemoryHostOptions = {}): MemoryHost {
  return hostOn({ now, newId, queues: new Map(), subscribers: new Map() });
}

function hostOn(shared: Shared): MemoryHost {
  const owner = {};
  return {
    now: shared.now,
    newId: shared.newId,
    locks: locksOf(shared, owner),
    channel: channelOf(shared.subscribers, owner),
    sibling: () => hostOn(shared),
    end() {
      shared.subscribers.delete(owner);
      for (const [name, queue] of shared.queues) {
        for (const ticket of queue.filter((candidate) => candidate.owner === owner)) leave(shared, name, ticket);
      }
    },
  };
}

function locksOf(shared: Shared, owner: object): LockManager {
  const hold = async (name: string, signal: AbortSignal) => {
    const ticket = await enter(shared, name, owner, signal);
    return () => leave(shared, name, ticket);
  };
  return {
    hold,
    isHeld: async (name) => (shared.queues.get(name)?.length ?? 0) > 0,
    async withLock(name, signal, task) {
      const release = await hold(name, signal);
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}

function enter({ queues }: Shared, name: string, owner: object, signal: AbortSignal): Promise<Ticket> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const queue = queues.get(name) ?? [];
    queues.set(name, queue);
    const abort = () => {
      leaveQueue(queue, ticket);
      reject(signal.reason);
    };
    const ticket: Ticket = {
      owner,
      grant: () => {
        signal.removeEventListener('abort', abort);
        resolve(ticket);
      },
    };
    queue.push(ticket);
    if (queue[0] === ticket) ticket.grant();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

function leave({ queues }: Shared, name: string, ticket: Ticket): void {
  const queue = queues.get(name);
  if (!queue) return;
  const wasFirst = queue[0] === ticket;
  leaveQueue(queue, ticket);
  if (queue.length === 0) queues.delete(name);
  else if (wasFirst) queue[0]?.grant();
}

function leaveQueue(queue: Ticket[], ticket: Ticket): void {
  const index = queue.indexOf(ticket);
  if (index >= 0) queue.splice(index, 1);
}

function channelOf(subscribers: Subscribers, owner: object): ChangeChannel {
  return {
    post(message) {
      for (const [other, listeners] of subscribers) {
        if (other === owner) continue;
        for (const listener of listeners) queueMicrotask(() => listener(structuredClone(message)));
      }
    },
    subscribe(listener) {
      const own = subscribers.get(owner) ?? new Set();
      subscribers.set(owner, own.add(listener));
      return () => own.delete(listener);
    },
  };
}
