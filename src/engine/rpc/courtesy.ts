/**
 * One thread answers all questions. What a person runs goes before what the console asks for its lists, and those are
 * asked one after another, so that a run that comes between waits for one of them alone.
 */
export interface Courtesy {
  run<Value>(task: () => Promise<Value>): Promise<Value>;
  ask<Value>(task: () => Promise<Value>): Promise<Value>;
}

/** Milliseconds. */
interface Waits {
  /** So old a run keeps no question waiting, and none waits longer: a run may take minutes. */
  readonly patience: number;
  /** For so long after a run its first rows may be asked for, which are part of it. */
  readonly grace: number;
}

export function courtesy({ patience, grace }: Waits = { patience: 300, grace: 50 }): Courtesy {
  let asking = 0;
  /** Runs that began lately, and those that ended so lately that their first rows are still to be asked for. */
  const young = new Set<object>();
  const waiting = new Set<() => void>();
  const goOn = () => {
    const [next] = waiting;
    if (young.size === 0 && asking === 0) next?.();
  };
  const turn = () =>
    new Promise<void>((resolve) => {
      const begin = () => {
        clearTimeout(timer);
        waiting.delete(begin);
        asking++;
        resolve();
      };
      const timer = setTimeout(begin, patience);
      waiting.add(begin);
      goOn();
    });
  return {
    run: async (task) => {
      const run = {};
      const grow = () => {
        young.delete(run);
        goOn();
      };
      young.add(run);
      const aged = setTimeout(grow, patience);
      try {
        return await task();
      } finally {
        clearTimeout(aged);
        young.add(run);
        setTimeout(grow, grace);
      }
    },
    ask: async (task) => {
      await turn();
      try {
        return await task();
      } finally {
        asking--;
        goOn();
      }
    },
  };
}
