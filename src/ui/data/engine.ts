import { connect, type Engine, type EngineInfo, type Session } from '../../engine/index.ts';
import { type Store, store } from '../lib/store.ts';

export type EngineState =
  | { readonly kind: 'Starting' }
  | { readonly kind: 'Ready'; readonly info: EngineInfo }
  | { readonly kind: 'Failed'; readonly error: unknown };

export const engineState: Store<EngineState> = store<EngineState>({ kind: 'Starting' });

let current: Engine | undefined;
let lists: Session | undefined;

/** Starts the engine of the page when `begin` is there; once, before anything is shown. */
export function startEngine(begin: Promise<void>): void {
  current = connect(begin);
  current.ready.then(
    (info) => engineState.set({ kind: 'Ready', info }),
    (error: unknown) => engineState.set({ kind: 'Failed', error }),
  );
}

export function engine(): Engine {
  if (!current) throw new Error('The engine was asked for before it was started.');
  return current;
}

/** The session of the console itself: for trees, lists and previews. */
export function consoleSession(): Session {
  lists ??= engine().session();
  return lists;
}
