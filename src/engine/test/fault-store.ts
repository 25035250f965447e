import type { WritableStore } from '../stores/store.ts';

/** When and how a store goes wrong. */
export interface Fault {
  /** Which of its calls, counted from 1. */
  readonly at: number;
  /**
   * `fails`: that call throws, nothing done. `dies`: so do all that follow. `dies after`: the call is done, but its
   * caller does not hear of it, and all that follow throw.
   */
  readonly mode: 'fails' | 'dies' | 'dies after';
}

export interface FaultStore extends WritableStore {
  /** How often it has been called. */
  calls(): number;
}

/** A store that goes wrong at its n-th call; without a fault it only counts. */
export function faultStore(store: WritableStore, fault?: Fault): FaultStore {
  let calls = 0;
  const step = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    calls++;
    if (!fault || calls < fault.at || (fault.mode === 'fails' && calls > fault.at)) return call();
    if (calls === fault.at && fault.mode === 'dies after') await call();
    throw new Error(`the store ${fault.mode} at call ${fault.at}`);
  };
  return {
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
