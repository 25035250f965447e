import type { RecordBatch } from 'apache-arrow';
import { isAbort, type Span, SqlError, toSqlError } from '../base/errors.ts';
import { NO_PROGRESS, type ProgressSink } from '../base/progress.ts';
import { beginTurn } from '../base/turns.ts';
import { type StatementSpan, splitStatements } from '../sql/split.ts';
import type { Outcome, Services, SessionChange, SessionState } from '../statements/context.ts';
import { parseStatement } from '../statements/syntax/index.ts';
import type { StartedBy } from '../system/query-history.ts';
import type { ShowSettings } from '../types/show.ts';
import type { Schema } from '../types/type.ts';
import { resultKeeper } from './kept-result.ts';
import { type Recording, recordStatement } from './recording.ts';
import { runAnew } from './statement-context.ts';

/** One script of one session, and who wants to hear of it. */
export interface ScriptRun {
  readonly services: Services;
  readonly session: SessionState;
  readonly signal: AbortSignal;
  readonly continueOnError: boolean;
  readonly startedBy: StartedBy;
  readonly listener: RunListener;
}

/** Hears what happens, in this order for each statement; `index` counts them from 0. */
export interface RunListener {
  started(index: number, statement: StatementSpan): void;
  progress(index: number): ProgressSink;
  /** Called once for every statement that gives an outcome, then `batch` for its rows; `show` where they do not look as the session says. */
  columns(index: number, columns: Schema, show?: ShowSettings): void;
  batch(index: number, batch: RecordBatch): Promise<void>;
  finished(index: number, end: StatementEnd): void;
  failed(index: number, error: SqlError, duration: number): void;
  cancelled(index: number, duration: number): void;
  skipped(index: number, statement: StatementSpan): void;
}

/** Hears nothing: what those begin with who want to hear of little. */
export const NO_LISTENER: RunListener = {
  started: () => {},
  progress: () => NO_PROGRESS,
  columns: () => {},
  batch: async () => {},
  finished: () => {},
  failed: () => {},
  cancelled: () => {},
  skipped: () => {},
};

export interface StatementEnd {
  readonly affected: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly changes: readonly SessionChange[];
}

/** Runs the statements of a text in order: split, parse, run, hand on the rows. Never rejects for a failed statement. */
export async function runScript(text: string, run: ScriptRun): Promise<void> {
  const statements = splitStatements(text);
  let ended = false;
  for (const [index, statement] of statements.entries()) {
    if (ended) run.listener.skipped(index, statement);
    else ended = !(await runOne(text, index, statement, run)) && !run.continueOnError;
    ended ||= run.signal.aborted;
  }
}

/** Whether the statement succeeded. */
async function runOne(text: string, index: number, statement: StatementSpan, run: ScriptRun): Promise<boolean> {
  const { listener, session, signal } = run;
  const start = performance.now();
  const endTurn = beginTurn();
  const changes: SessionChange[] = [];
  const queryId = run.services.newId();
  const recording = record(text, queryId, statement, run);
  const limit = timeLimit(session);
  const either = limit ? AbortSignal.any([signal, limit]) : signal;
  listener.started(index, statement);
  try {
    signal.throwIfAborted();
    const onChange = (change: SessionChange) => changes.push(change);
    const outcome = await begin(text, statement.span, index, { ...run, signal: either, queryId, recording, onChange });
    const keeper = run.startedBy === 'Console' ? undefined : resultKeeper(session, outcome.columns);
    listener.columns(index, outcome.columns, outcome.show);
    for await (const batch of outcome.batches) {
      either.throwIfAborted();
      recording.rows(batch);
      keeper?.add(batch);
      await listener.batch(index, batch);
    }
    const duration = performance.now() - start;
    recording.end('Finished', duration, outcome.affected);
    keeper?.end(queryId, run.services.now());
    listener.finished(index, { affected: outcome.affected, duration, changes });
    return true;
  } catch (error) {
    const duration = performance.now() - start;
    session.transactionFailed = session.transaction !== undefined;
    const gaveUp = isAbort(error) || isAborted(error);
    if (signal.aborted && gaveUp) {
      recording.end('Aborted', duration, 0);
      listener.cancelled(index, duration);
    } else {
      const failure =
        limit?.aborted && gaveUp ? new SqlError('AbortedQuery', TOO_LONG, { cause: error }) : toSqlError(error);
      recording.fail(within(failure, statement.span), duration);
      listener.failed(index, failure, duration);
    }
    return false;
  } finally {
    endTurn();
  }
}

const TOO_LONG = 'Aborted query, because the execution time exceeds the maximum execution time limit';

/** Aborts after the seconds of `max_execute_time_in_seconds`; undefined where there is no limit. */
function timeLimit({ settings }: SessionState): AbortSignal | undefined {
  const seconds = Number(settings.get('max_execute_time_in_seconds'));
  if (seconds === 0) return undefined;
  // Its own reason is a TimeoutError, which nobody below takes for a cancel.
  const limit = new AbortController();
  AbortSignal.timeout(seconds * 1000).addEventListener('abort', () => limit.abort());
  return limit.signal;
}

const isAborted = (error: unknown) => error instanceof SqlError && error.kind === 'AbortedQuery';

function record(text: string, id: string, { span, head }: StatementSpan, run: ScriptRun): Recording {
  const { services, session, startedBy } = run;
  return recordStatement(services, {
    ...{ id, session: session.id, startedBy, head, text: text.slice(span.start, span.end) },
    ...{ database: session.database, startedAt: services.now() },
  });
}

/** The error with its place in the statement instead of the script. */
function within(error: SqlError, { start, end }: Span): SqlError {
  const { kind, message, span, hint } = error;
  if (!span || span.start < start || span.end > end) return new SqlError(kind, message, { hint });
  return new SqlError(kind, message, { hint, span: { start: span.start - start, end: span.end - start } });
}

interface Begin extends ScriptRun {
  readonly queryId: string;
  readonly recording: Recording;
  onChange(change: SessionChange): void;
}

async function begin(text: string, span: Span, index: number, run: Begin): Promise<Outcome> {
  const { services, session, signal, listener, queryId, recording, onChange } = run;
  const statement = parseStatement(text, { range: span });
  await services.warehouse.refresh(signal);
  const progress = recording.progress(listener.progress(index));
  session.queryIds.push(queryId);
  return runAnew(statement, { services, session, signal, queryId, progress, onChange });
}
