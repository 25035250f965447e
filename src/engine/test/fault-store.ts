import type { WritableStore } from '../stores/store.ts';

/** When and how a store goes wrong. */
export interface Fault {
  /** Which of the calls from now on, counted from 1. */
  readonly at: number;
  /**
   * `fails`: that call throws, nothing done. `dies`: so do all that follow. `dies after`: the call is done, but its
   * caller does not hear of it, and all that follow throw. `stumbles`: only the answer to that call is lost.
   */
  readonly mode: 'fails' | 'dies' | 'dies after' | 'stumbles';
}

export interface FaultStore extends WritableStore {
  /** Counts from here; without a fault that is all. */
  arm(fault?: Fault): void;
  /** How often the store was called since then. */
  calls(): number;
}

/** A store that goes wrong at its n-th call. */
export function faultStore(store: WritableStore): FaultStore {
  let calls = 0;
  let fault: Fault | undefined;
  const step = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    calls++;
    if (!fault || calls < fault.at) return call();
    const { at, mode } = fault;
    if (calls > at && (mode === 'fails' || mode === 'stumbles')) return call();
    if (calls === at && (mode === 'dies after' || mode === 'stumbles')) await call();
    throw new Error(`the store ${mode} at call ${at}`);
  };
  return {
    arm(next) {
      calls = 0;
      fault = next;
    },
    calls: () => calls,
    async *list(prefix, signal) {
      yield* await step(async () => store.list(prefix, signal));
    },
    head: (path, signal) => step(() => store.head(path, signal)),
    read: (path, signal, range) => step(() => store.read(path, signal, range)),
    write: (path, bytes, options) => step(() => store.write(path, bytes, options)),
    remove: (path, signal) => step(() => store.remove(path, signal)),
  };
}
