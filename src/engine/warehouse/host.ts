/** What a warehouse needs from where it runs: a page, a worker or Node. */
export interface WarehouseHost {
  readonly locks: LockManager;
  readonly channel: ChangeChannel;
  /** Milliseconds since 1970. */
  now(): number;
  /** 32 random hex digits. */
  newId(): string;
}

/** Exclusive locks that every engine on the same warehouse sees, and that end with whoever holds them. */
export interface LockManager {
  /** Waits for the lock, holds it while `task` runs, and gives what it gives. An abort ends the wait, not the task. */
  withLock<Result>(name: string, signal: AbortSignal, task: () => Promise<Result>): Promise<Result>;
  /** Waits for the lock and holds it until the returned function is called. */
  hold(name: string, signal: AbortSignal): Promise<() => void>;
  isHeld(name: string): Promise<boolean>;
}

/** Carries plain data to the other engines on the same warehouse, not back to the sender. Messages may be lost. */
export interface ChangeChannel {
  post(message: unknown): void;
  /** Returns the way to stop listening. */
  subscribe(listener: (message: unknown) => void): () => void;
}
