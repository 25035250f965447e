/** Lets work through between two steps, or holds it there. */
export interface Gate {
  hold(isHeld: boolean): void;
  /** Resolves once nothing is held; rejects when the work is given up meanwhile. */
  passed(signal: AbortSignal): Promise<void>;
}

export function gate(): Gate {
  let isHeld = false;
  const waiting = new Set<() => void>();
  return {
    hold(on) {
      isHeld = on;
      if (on) return;
      for (const go of waiting) go();
    },
    async passed(signal) {
      while (isHeld && !signal.aborted) await turn(waiting, signal);
      signal.throwIfAborted();
    },
  };
}

function turn(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      waiting.delete(go);
      signal.removeEventListener('abort', go);
      resolve();
    };
    waiting.add(go);
    signal.addEventListener('abort', go);
  });
}
