import { delay } from '../../base/async.ts';

export interface RetryOptions {
  readonly attempts: number;
  readonly signal: AbortSignal;
  /** Whether it may go well later; milliseconds where the other side says how much later. */
  mayPass(error: unknown, attempt: number): boolean | number;
  /** Milliseconds, the platform's timer unless another is handed in. */
  readonly wait?: ((milliseconds: number, signal: AbortSignal) => Promise<void>) | undefined;
}

const FIRST_DELAY = 150;
const LONGEST_DELAY = 5000;

/** Runs a task again while its failure may pass, after delays that double and are cut at random, so that many do not come back at once. */
export async function withRetries<Result>(
  task: (attempt: number) => Promise<Result>,
  { attempts, signal, mayPass, wait = delay }: RetryOptions,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await task(attempt);
    } catch (error) {
      signal.throwIfAborted();
      const passes = mayPass(error, attempt);
      if (passes === false || attempt >= attempts) throw error;
      await wait(passes === true ? jittered(attempt) : Math.min(passes, LONGEST_DELAY), signal);
    }
  }
}

function jittered(attempt: number): number {
  const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (attempt - 1));
  return longest * (0.5 + Math.random() / 2);
}
