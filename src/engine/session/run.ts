import type { RecordBatch } from 'apache-arrow';
import { isAbort, type Span, SqlError, toSqlError } from '../base/errors.ts';
import type { ProgressSink } from '../base/progress.ts';
import { type StatementSpan, splitStatements } from '../sql/split.ts';
import type { Outcome, Services, SessionChange, SessionState } from '../statements/context.ts';
import { runStatement } from '../statements/index.ts';
import { parseStatement } from '../statements/syntax/index.ts';
import type { Schema } from '../types/type.ts';
import { statementContext } from './statement-context.ts';

/** One script of one session, and who wants to hear of it. */
export interface ScriptRun {
  readonly services: Services;
  readonly session: SessionState;
  readonly signal: AbortSignal;
  readonly continueOnError: boolean;
  readonly listener: RunListener;
}

/** Hears what happens, in this order for each statement; `index` counts them from 0. */
export interface RunListener {
  started(index: number, statement: StatementSpan): void;
  progress(index: number): ProgressSink;
  /** Called once for every statement that gives an outcome, then `batch` for its rows. */
  columns(index: number, columns: Schema): void;
  batch(index: number, batch: RecordBatch): Promise<void>;
  finished(index: number, end: StatementEnd): void;
  failed(index: number, error: SqlError, duration: number): void;
  cancelled(index: number, duration: number): void;
  skipped(index: number, statement: StatementSpan): void;
}

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
  const changes: SessionChange[] = [];
  listener.started(index, statement);
  try {
    signal.throwIfAborted();
    const outcome = await begin(text, statement.span, index, { ...run, onChange: (change) => changes.push(change) });
    listener.columns(index, outcome.columns);
    for await (const batch of outcome.batches) {
      signal.throwIfAborted();
      await listener.batch(index, batch);
    }
    listener.finished(index, { affected: outcome.affected, duration: performance.now() - start, changes });
    return true;
  } catch (error) {
    const duration = performance.now() - start;
    session.transactionFailed = session.transaction !== undefined;
    if (signal.aborted && (isAbort(error) || isAborted(error))) listener.cancelled(index, duration);
    else listener.failed(index, toSqlError(error), duration);
    return false;
  }
}

const isAborted = (error: unknown) => error instanceof SqlError && error.kind === 'AbortedQuery';

interface Begin extends ScriptRun {
  onChange(change: SessionChange): void;
}

async function begin(text: string, span: Span, index: number, run: Begin): Promise<Outcome> {
  const { services, session, signal, listener, onChange } = run;
  const statement = parseStatement(text, { range: span });
  await services.warehouse.refresh(signal);
  const ctx = statementContext({ services, session, signal, progress: listener.progress(index), onChange });
  session.queryIds.push(ctx.queryId);
  return runStatement(statement, ctx);
}
