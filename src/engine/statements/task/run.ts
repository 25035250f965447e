import { isAbort, SqlError, toSqlError } from '../../base/errors.ts';
import { hintText } from '../../base/hints.ts';
import { rootOf } from '../../schedule/graph.ts';
import { splitStatements } from '../../sql/split.ts';
import type { Transaction } from '../../warehouse/contract.ts';
import { listObjects } from '../../warehouse/find.ts';
import type { TaskRecord, TaskRun, TaskTrigger } from '../../warehouse/object.ts';
import type { CatalogState } from '../../warehouse/state.ts';
import type { QueryEnd, SessionState, StatementContext } from '../context.ts';
import { newSession } from '../new-session.ts';
import { standsApart } from '../run-maintenance.ts';
import { commitsBefore } from '../run-transaction.ts';
import { runBlock } from '../script/run.ts';
import { parseTaskDefinition, type Statement } from '../syntax/index.ts';
import type { TaskBody } from '../syntax/task.ts';
import { type AnyNode, visitNodes } from '../walk.ts';
import { holds } from './condition.ts';
import { attemptOf, dueTime, failuresOf, isReady, OVERLAP, openRuns } from './decide.ts';
import { suspended } from './define.ts';
import { tellFailure } from './notify.ts';

/**
 * How a run is never done twice and never half: that it begins is a commit, which fails if another run of the task has
 * begun or ended since it was decided on; what it does and that it succeeded are one commit. A run whose lock is free
 * and that never ended was interrupted, and nothing of it is there. Only bodies that end transactions themselves, by DDL
 * or other than by a last COMMIT, are not of one piece.
 */

export interface RunOrder {
  readonly task: TaskRecord;
  readonly trigger: TaskTrigger;
  readonly scheduledOn: number;
}

/**
 * Runs a task and, if it succeeds, the tasks that follow it and have nothing else to wait for. Gives the task's own run;
 * undefined when another engine was first, or there was nothing left to do.
 */
export async function runGraph(order: RunOrder, ctx: StatementContext): Promise<TaskRun | undefined> {
  const run = await runTask(order, ctx);
  if (run?.state !== 'SUCCEEDED') return run;
  const { warehouse, now } = ctx.services;
  for (const { id, after } of listObjects(warehouse.state(), 'Task')) {
    const task = warehouse.state().objects.get(id);
    if (task?.kind !== 'Task' || !after.includes(order.task.name) || !isReady(warehouse.state(), task)) continue;
    await runGraph({ task, trigger: 'Predecessors', scheduledOn: now() }, ctx);
  }
  return run;
}

async function runTask(order: RunOrder, ctx: StatementContext): Promise<TaskRun | undefined> {
  const { services, signal } = ctx;
  const id = services.newId();
  return services.locks.withLock(lockOf(id), signal, async () => {
    const run = await beginUnlessOvertaken(id, order, ctx);
    const ended = run?.state === 'EXECUTING' ? await finishRun(run, order.task, ctx) : run;
    if (ended?.state === 'FAILED') await tellFailure(ended, ctx);
    return ended;
  });
}

async function beginUnlessOvertaken(id: string, order: RunOrder, ctx: StatementContext): Promise<TaskRun | undefined> {
  try {
    return await beginRun(id, order, ctx);
  } catch (error) {
    if (error instanceof SqlError && error.kind === 'UnresolvableConflict') return undefined;
    throw error;
  }
}

const lockOf = (run: string) => `task-run/${run}`;

async function beginRun(id: string, order: RunOrder, ctx: StatementContext): Promise<TaskRun | undefined> {
  const { services, signal } = ctx;
  const { warehouse } = services;
  const verdict = order.trigger === 'Execute' ? undefined : await judge(order.task, ctx);
  await warehouse.refresh(signal);
  const transaction = warehouse.begin();
  const state = transaction.state();
  const task = state.objects.get(order.task.id);
  if (task?.kind !== 'Task' || !isWanted(order, task, state, services.now())) return undefined;
  const overlaps = await closeInterrupted(transaction, ctx, task);
  const now = services.now();
  const begun = newRun(id, { ...order, task }, state);
  const run: TaskRun = overlaps ? skipped(begun, OVERLAP, now) : { ...begun, ...verdict?.(now) };
  transaction.recordRun(run);
  await transaction.commit(signal);
  return run;
}

function isWanted({ trigger, scheduledOn }: RunOrder, task: TaskRecord, state: CatalogState, now: number): boolean {
  if (trigger === 'Execute') return true;
  return trigger === 'Schedule' ? dueTime(state, task, now) === scheduledOn : isReady(state, task);
}

function newRun(id: string, { task, trigger, scheduledOn }: RunOrder, state: CatalogState): TaskRun {
  return {
    id,
    taskId: task.id,
    task: task.name,
    definition: task.definition,
    rootTaskId: rootOf(listObjects(state, 'Task'), task).id,
    trigger,
    state: 'EXECUTING',
    atomic: isAtomic(task.definition),
    interrupted: false,
    queryId: id,
    attempt: attemptOf(state, task),
    scheduledOn,
    completedOn: undefined,
    errorCode: 0,
    errorText: undefined,
  };
}

function skipped(run: TaskRun, errorText: string, completedOn: number): TaskRun {
  return { ...run, state: 'SKIPPED', errorText, completedOn };
}

type Verdict = (now: number) => Partial<TaskRun>;

/** What WHEN makes of a run that would begin; undefined when it may. */
async function judge({ condition, parameters }: TaskRecord, ctx: StatementContext): Promise<Verdict | undefined> {
  if (condition === undefined) return undefined;
  try {
    if (await holds(condition, taskSession(parameters, ctx), ctx)) return undefined;
    const errorText = `WHEN_CONDITION_FALSE: condition '${condition}' evaluated to false`;
    return (now) => ({ state: 'SKIPPED', errorText, completedOn: now });
  } catch (error) {
    ctx.signal.throwIfAborted();
    const { code, message } = toSqlError(error);
    const errorText = `WHEN_CONDITION_EVALUATION_ERROR: ${message}`;
    return (now) => ({ state: 'FAILED', errorCode: code, errorText, completedOn: now });
  }
}

function taskSession(parameters: TaskRecord['parameters'], { services }: StatementContext): SessionState {
  const { database, ...settings } = parameters;
  return newSession(services.newId(), {
    ...(database === undefined ? {} : { database }),
    settings: new Map(Object.entries(settings)),
  });
}

/** The body without a last COMMIT, which is the run's own. */
function bodyOf(definition: string): TaskBody {
  const body = parseTaskDefinition(definition);
  if (body.kind !== 'Block') return body;
  const last = body.body.at(-1);
  const endsTransaction = last?.kind === 'RunStatement' && last.statement.kind === 'Commit';
  return endsTransaction ? { ...body, body: body.body.slice(0, -1) } : body;
}

/** Statements that end the transaction of the run, or may do so. */
const ENDING: ReadonlySet<string> = new Set(['Commit', 'Rollback', 'CallProcedure', 'ExecuteImmediate']);

function isAtomic(definition: string): boolean {
  return !hasNode(bodyOf(definition), (node) => ENDING.has(node.kind) || commitsBefore(node.kind) || standsApart(node));
}

function hasNode(body: TaskBody, isWanted: (node: AnyNode) => boolean): boolean {
  let isFound = false;
  visitNodes(body, (node) => {
    isFound ||= isWanted(node);
  });
  return isFound;
}

async function finishRun(run: TaskRun, task: TaskRecord, ctx: StatementContext): Promise<TaskRun> {
  const session = taskSession(task.parameters, ctx);
  const close = keepInHistory(run, session, ctx);
  try {
    const { run: ended, affected } = await runBody(run, session, ctx);
    close('Finished', affected, undefined);
    return ended;
  } catch (error) {
    await session.transaction?.rollback(NEVER);
    return await closeFailed(run, { error, close }, ctx);
  }
}

type Close = (state: QueryEnd['state'], writtenRows: number, error: SqlError | undefined) => void;

/** The body as one statement of the history, among those that people ran. */
function keepInHistory(run: TaskRun, session: SessionState, { services }: StatementContext): Close {
  const startedAt = services.now();
  const [first] = splitStatements(run.definition);
  const end = services.history.begin({
    ...{ id: run.queryId, session: session.id, startedBy: 'Task', head: first?.head ?? '', text: run.definition },
    ...{ database: session.database, startedAt },
  });
  return (state, writtenRows, error) => {
    const duration = services.now() - startedAt;
    end({ ...{ state, duration, writtenRows, error }, scanRows: 0, scanBytes: 0, resultRows: 0, resultBytes: 0 });
  };
}

const NEVER = new AbortController().signal;

/** The statements of the body in one transaction with the record of their success, where they let it stand. */
async function runBody(run: TaskRun, session: SessionState, ctx: StatementContext): Promise<EndedRun> {
  const { warehouse, now } = ctx.services;
  const body = bodyOf(run.definition);
  const transaction = hasNode(body, standsApart) ? undefined : warehouse.begin();
  session.transaction = transaction;
  const affected = await runWhole(body, session, ctx);
  const succeeded: TaskRun = { ...run, state: 'SUCCEEDED', completedOn: now() };
  if (transaction && session.transaction === transaction) {
    transaction.recordRun(succeeded);
    await ctx.run(COMMIT, session);
    return { run: succeeded, affected };
  }
  await session.transaction?.rollback(NEVER);
  return { run: await recordEnd(succeeded, ctx), affected };
}

interface EndedRun {
  readonly run: TaskRun;
  /** Rows written, as far as the body tells. */
  readonly affected: number;
}

async function runWhole(body: TaskBody, session: SessionState, ctx: StatementContext): Promise<number> {
  const result =
    body.kind === 'Block' ? await runBlock(body, new Map(), { ...ctx, session }) : await ctx.run(body, session);
  if (!result || !('batches' in result)) return 0;
  for await (const _ of result.batches) ctx.signal.throwIfAborted();
  return result.affected;
}

const COMMIT: Statement = { kind: 'Commit', span: { start: 0, end: 0 } };

interface Failure {
  readonly error: unknown;
  readonly close: Close;
}

/** The run as it stands then: if all that failed was the answer to its last commit, it has succeeded. */
async function closeFailed(run: TaskRun, { error, close }: Failure, ctx: StatementContext): Promise<TaskRun> {
  const failed = failedRun(run, error, ctx);
  let ended = failed;
  try {
    ended = await recordEnd(failed, ctx);
    return ended;
  } finally {
    if (ended.state === 'SUCCEEDED') close('Finished', 0, undefined);
    else close(ended.state === 'CANCELLED' ? 'Aborted' : 'Failed', 0, toSqlError(error));
  }
}

function failedRun(run: TaskRun, error: unknown, { signal, services }: StatementContext): TaskRun {
  const { code, kind, message, hint: next } = toSqlError(error);
  const isCancelled = signal.aborted && (isAbort(error) || code === ABORTED);
  return {
    ...run,
    state: isCancelled ? 'CANCELLED' : 'FAILED',
    completedOn: services.now(),
    errorCode: code,
    // Whoever reads it has not seen the statement fail: keys that are missing in this tab are theirs to give.
    errorText: kind === 'StoragePermissionDenied' && next ? `${message}. ${hintText(next)}` : message,
  };
}

const ABORTED = new SqlError('AbortedQuery', '').code;

/** Others' commits may come first, but not each time. */
export const MOST_TRIES = 5;

/**
 * Records the end of a run, and suspends a task that has failed too often. Others may alter the task meanwhile. Gives the
 * end that stands: one that was recorded before stays.
 */
async function recordEnd(run: TaskRun, ctx: StatementContext): Promise<TaskRun> {
  const { warehouse, now } = ctx.services;
  for (let tries = 1; ; tries++) {
    await warehouse.refresh(NEVER);
    const transaction = warehouse.begin();
    const known = transaction.state().taskRuns.get(run.id);
    if (known && known.state !== 'EXECUTING') return known;
    try {
      transaction.recordRun(run);
      const task = transaction.state().objects.get(run.taskId);
      if (run.state === 'FAILED' && task?.kind === 'Task' && isTooMany(transaction.state(), task))
        transaction.alter<'Task'>({ ...task, ...suspended(now()) });
      await transaction.commit(NEVER);
      return run;
    } catch (error) {
      if (tries === MOST_TRIES || !(error instanceof SqlError) || error.kind !== 'UnresolvableConflict') throw error;
    }
  }
}

function isTooMany(state: CatalogState, task: TaskRecord): boolean {
  const { suspendAfterFailures: most = 0 } = task;
  return most > 0 && task.state === 'Started' && failuresOf(state, task) >= most;
}

/** Ends runs that no engine is at any more; gives whether one of `task` is still running. */
async function closeInterrupted(
  transaction: Transaction,
  { services }: StatementContext,
  task: TaskRecord | undefined,
): Promise<boolean> {
  let isRunning = false;
  for (const run of openRuns(transaction.state())) {
    if (await services.locks.isHeld(lockOf(run.id))) isRunning ||= run.taskId === task?.id;
    else transaction.recordRun(interruptedRun(run, services.now()));
  }
  return isRunning;
}

function interruptedRun(run: TaskRun, now: number): TaskRun {
  const what = run.atomic ? 'nothing of it was done' : 'what it had committed stays';
  return {
    ...run,
    state: 'CANCELLED',
    interrupted: run.atomic && run.trigger !== 'Execute',
    completedOn: now,
    errorCode: ABORTED,
    errorText: `the page or process that ran the task ended; ${what}`,
  };
}

/** Ends the runs that engines which are gone have left open. */
export async function recoverRuns(ctx: StatementContext): Promise<void> {
  const { warehouse } = ctx.services;
  if (openRuns(warehouse.state()).length === 0) return;
  const transaction = warehouse.begin();
  await closeInterrupted(transaction, ctx, undefined);
  try {
    await transaction.commit(ctx.signal);
  } catch (error) {
    // Another engine has found them at the same time.
    if (!(error instanceof SqlError) || error.kind !== 'UnresolvableConflict') throw error;
  }
}
