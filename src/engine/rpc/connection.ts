import { fromWire, SqlError } from '../base/errors.ts';
import type { Change } from './api.ts';
import type { Call, ClientMessage, WireEvent, WorkerMessage } from './wire.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
  onEvent?(event: WireEvent): void;
  /** Its cancel may take its time: the worker, and what else runs in it, is not ended for it. */
  readonly isPatient?: boolean | undefined;
}

/** The way to a worker. One that does not end a call when it is told to is ended itself, and another takes its place. */
export interface Connection {
  call<Value>(call: Call, options?: CallOptions): Promise<Value>;
  /** For calls whose answer nobody waits for. */
  tell(call: Call): void;
  /** What a new worker is told before anything else. */
  onRestart(replay: () => readonly Call[]): void;
  /** Ends the worker for good. */
  end(): void;
}

/** A call that goes on for so long after its cancel sits in DuckDB, which may take seconds to give up a large sort. */
const PATIENCE_MILLISECONDS = 400;

/** What a worker says by itself. */
export interface Listeners {
  changes(changes: readonly Change[]): void;
  traffic(origin: string, bytes: number): void;
}

/** The worker is started once `begin` is there; what it is told before waits until then. */
export function openConnection(on: Listeners, begin: Promise<void>): Connection {
  const calls = pendingCalls();
  const replays: (() => readonly Call[])[] = [];
  const early: ClientMessage[] = [];
  let worker: Worker | undefined;
  void begin.then(() => {
    worker = start();
    for (const message of early.splice(0)) worker.postMessage(message);
  });

  function start(): Worker {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'boathouse-engine' });
    started.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.kind === 'Changes') on.changes(data.changes);
      else if (data.kind === 'Traffic') on.traffic(data.origin, data.bytes);
      else calls.settle(data);
    };
    started.onerror = (event) =>
      calls.failAll(new SqlError('Internal', event.message || 'the engine could not be started'));
    return started;
  }

  const send = (message: ClientMessage) => {
    if (worker) worker.postMessage(message);
    else early.push(message);
  };

  function restart(): void {
    if (!worker) return;
    worker.terminate();
    calls.failAll(new DOMException('The query was cancelled.', 'AbortError'));
    worker = start();
    for (const replay of replays) for (const call of replay()) send({ kind: 'Call', id: calls.open(FORGOTTEN), call });
  }

  /** Only a run may end the worker: a question that is taken back must not take another session's run with it. */
  function abort(id: number, { method }: Call, isPatient: boolean): void {
    if (!calls.has(id)) return;
    send({ kind: 'Abort', id });
    if (isPatient) return;
    if (method !== 'run') {
      calls.fail(id, new DOMException('The question was taken back.', 'AbortError'));
      return;
    }
    setTimeout(() => {
      if (calls.has(id)) restart();
    }, PATIENCE_MILLISECONDS);
  }

  const call = <Value>(wanted: Call, { signal, onEvent, isPatient = false }: CallOptions = {}): Promise<Value> => {
    signal?.throwIfAborted();
    const answered = new Promise<unknown>((resolve, reject) => {
      const id = calls.open({ resolve, reject, onEvent });
      signal?.addEventListener('abort', () => abort(id, wanted, isPatient), { once: true });
      send({ kind: 'Call', id, call: wanted });
    });
    // The worker answers a method with the type that `api.ts` gives it.
    return answered as Promise<Value>;
  };

  return {
    call,
    tell: (wanted) => {
      call(wanted).catch(() => {});
    },
    onRestart: (replay) => {
      replays.push(replay);
    },
    end: () => {
      worker?.terminate();
      calls.failAll(new DOMException('The engine was ended.', 'AbortError'));
    },
  };
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onEvent: ((event: WireEvent) => void) | undefined;
}

const FORGOTTEN: Pending = { resolve: () => {}, reject: () => {}, onEvent: undefined };

interface PendingCalls {
  /** Gives the call its number. */
  open(pending: Pending): number;
  has(id: number): boolean;
  settle(message: Extract<WorkerMessage, { kind: 'Reply' | 'Failure' | 'Event' }>): void;
  fail(id: number, error: unknown): void;
  failAll(error: unknown): void;
}

function pendingCalls(): PendingCalls {
  const pending = new Map<number, Pending>();
  let last = 0;
  return {
    open: (call) => {
      pending.set(++last, call);
      return last;
    },
    has: (id) => pending.has(id),
    settle: (message) => {
      const call = pending.get(message.id);
      if (message.kind === 'Event') {
        call?.onEvent?.(message.event);
        return;
      }
      pending.delete(message.id);
      if (message.kind === 'Reply') call?.resolve(message.value);
      else call?.reject(fromWire(message.error));
    },
    fail: (id, error) => {
      pending.get(id)?.reject(error);
      pending.delete(id);
    },
    failAll: (error) => {
      const waiting = [...pending.values()];
      pending.clear();
      for (const { reject } of waiting) reject(error);
    },
  };
}
