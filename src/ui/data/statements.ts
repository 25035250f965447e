import { isAbort, type Progress, type SqlError, toSqlError } from '../../engine/index.ts';
import { toast } from '../lib/toasts.ts';
import { refreshChanged, refreshHistory } from './client.ts';
import { engine } from './engine.ts';

export interface ExecuteOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly isPatient?: boolean | undefined;
}

/** Runs one statement that changes something in a session of its own, so that lists do not wait for it. */
export async function execute(sql: string, { signal, onProgress, isPatient }: ExecuteOptions): Promise<void> {
  const session = engine().session();
  let failure: SqlError | undefined;
  let isCancelled = false;
  try {
    await session.run(sql, {
      ...{ signal, continueOnError: false, offset: 0, isPatient },
      onEvent: (event) => {
        if (event.kind === 'progress') onProgress?.(event.progress);
        if (event.kind === 'finished') refreshChanged(event.changes);
        if (event.kind === 'failed') failure = event.error;
        // By its own signal, or since the engine was ended for another statement.
        if (event.kind === 'cancelled') isCancelled = true;
        if ('result' in event && event.result) engine().forget(event.result.id);
      },
    });
  } catch (error) {
    throw signal.aborted ? error : toSqlError(error);
  } finally {
    session.close();
    refreshHistory();
  }
  signal.throwIfAborted();
  if (isCancelled) throw new DOMException('The statement was cancelled.', 'AbortError');
  if (failure) throw failure;
}

/** Runs something that a button began; a failure is told in a toast, since the button is out of view by then. */
export async function attempt(title: string, action: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
  try {
    await action(new AbortController().signal);
    return true;
  } catch (error) {
    if (!isAbort(error)) toast({ title, text: toSqlError(error).message, isFailure: true });
    return false;
  }
}
