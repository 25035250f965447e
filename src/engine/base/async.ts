/**
 * Lets messages that wait in the worker's queue be heard (a cancel, above all).
 * setTimeout would cost 4 ms once nested; a message to ourselves costs microseconds.
 */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Waits; rejects as soon as the signal aborts. */
export function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
  });
}

/** Runs `task` over the items, at most `limit` at a time; results keep the order of the items. */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  limit: number,
  task: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await task(item, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}

/** Collects what an async iterable yields. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/**
 * Yields the items while up to `ahead` further ones are already being made,
 * so that a decoder and its consumer work at the same time.
 */
export async function* prefetch<Item>(
  makers: Iterable<() => Promise<Item>>,
  ahead: number,
): AsyncGenerator<Item, void, undefined> {
  const pending: Promise<Item>[] = [];
  const iterator = makers[Symbol.iterator]();
  const pull = () => {
    const step = iterator.next();
    if (step.done) return;
    const promise = step.value();
    // The promise may wait in the queue while an earlier one fails: its own failure must not count as unhandled.
    promise.catch(() => {});
    pending.push(promise);
  };
  for (let i = 0; i <= ahead; i++) pull();
  for (let head = pending.shift(); head; head = pending.shift()) {
    yield await head;
    pull();
  }
}

/** Starts tasks while fewer than `limit` run. */
export interface TaskQueue {
  /** Waits for room, then starts the task; the result stands in an object, since a promise of a promise is awaited. */
  start<Result>(task: () => Promise<Result>): Promise<{ readonly result: Promise<Result> }>;
  /** Waits until no task runs, however they end. */
  idle(): Promise<void>;
}

/** Once a task has failed, `start` throws its error instead of starting others. */
export function taskQueue(limit: number): TaskQueue {
  const running = new Set<Promise<unknown>>();
  let failure: { readonly error: unknown } | undefined;
  return {
    async start(task) {
      while (running.size >= limit && !failure) await Promise.race(running);
      if (failure) throw failure.error;
      const result = task();
      const settled = result.then(
        () => {},
        (error: unknown) => {
          failure ??= { error };
        },
      );
      running.add(settled);
      void settled.then(() => running.delete(settled));
      return { result };
    },
    async idle() {
      await Promise.all(running);
    },
  };
}
