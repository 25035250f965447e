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
      waiting.clear();
    },
    async passed(signal) {
      while (isHeld) {
        signal.throwIfAborted();
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      signal.throwIfAborted();
    },
  };
}
