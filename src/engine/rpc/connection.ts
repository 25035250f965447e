import { fromWire, SqlError } from '../base/errors.ts';
import type { Change } from './api.ts';
import type { Call, ClientMessage, WireEvent, WorkerMessage } from './wire.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
  onEvent?(event: WireEvent): void;
}

/** The way to a worker. When one hears nothing any more it is ended and another takes its place. */
export interface Connection {
  call<Value>(call: Call, options?: CallOptions): Promise<Value>;
  /** For calls whose answer nobody waits for. */
  tell(call: Call): void;
  /** Runs for each new worker before any other call reaches it. */
  onRestart(replay: () => readonly Call[]): void;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onEvent: ((event: WireEvent) => void) | undefined;
}

/** A worker that has not answered for so long after a cancel sits in one call of DuckDB's: it must be ended. */
const DEAF_AFTER_MILLISECONDS = 400;

export function openConnection(onChanges: (changes: readonly Change[]) => void): Connection {
  const pending = new Map<number, Pending>();
  const replays: (() => readonly Call[])[] = [];
  const deaf = new Map<number, ReturnType<typeof setTimeout>>();
  let lastId = 0;
  let worker = startWorker();

  function startWorker(): Worker {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'boathouse-engine' });
    started.onmessage = ({ data }: MessageEvent<WorkerMessage>) => hear(data);
    started.onerror = (event) => fail(new SqlError('Internal', event.message || 'the engine could not be started'));
    return started;
  }

  const send = (message: ClientMessage) => worker.postMessage(message);

  function fail(error: unknown): void {
    const waiting = [...pending.values()];
    pending.clear();
    for (const { reject } of waiting) reject(error);
  }

  function restart(): void {
    worker.terminate();
    for (const timer of deaf.values()) clearTimeout(timer);
    deaf.clear();
    fail(new DOMException('The query was cancelled.', 'AbortError'));
    worker = startWorker();
    for (const replay of replays) for (const call of replay()) send({ kind: 'Call', id: ++lastId, call });
  }

  function hear(message: WorkerMessage): void {
    switch (message.kind) {
      case 'Changes':
        onChanges(message.changes);
        return;
      case 'Pong':
        clearTimeout(deaf.get(message.id));
        deaf.delete(message.id);
        return;
      case 'Event':
        pending.get(message.id)?.onEvent?.(message.event);
        return;
      case 'Reply':
        pending.get(message.id)?.resolve(message.value);
        pending.delete(message.id);
        return;
      default:
        pending.get(message.id)?.reject(fromWire(message.error));
        pending.delete(message.id);
    }
  }

  function abort(id: number): void {
    if (!pending.has(id)) return;
    send({ kind: 'Abort', id });
    send({ kind: 'Ping', id });
    deaf.set(id, setTimeout(restart, DEAF_AFTER_MILLISECONDS));
  }

  const call = <Value>(wanted: Call, { signal, onEvent }: CallOptions = {}): Promise<Value> => {
    signal?.throwIfAborted();
    const id = ++lastId;
    const onAbort = () => abort(id);
    signal?.addEventListener('abort', onAbort, { once: true });
    const answered = new Promise<unknown>((resolve, reject) => {
      pending.set(id, { resolve, reject, onEvent });
      send({ kind: 'Call', id, call: wanted });
    });
    // The worker answers a method with the type that `api.ts` gives it.
    return answered.finally(() => signal?.removeEventListener('abort', onAbort)) as Promise<Value>;
  };

  return {
    call,
    tell: (wanted) => {
      call(wanted).catch(() => {});
    },
    onRestart: (replay) => {
      replays.push(replay);
    },
  };
}
