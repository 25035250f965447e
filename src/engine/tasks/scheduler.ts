import { isAbort, type SqlError, toSqlError } from '../base/errors.ts';
import { nextTime } from '../schedule/schedule.ts';
import type { EngineCore } from '../session/engine.ts';
import { backgroundContext } from '../session/statement-context.ts';
import type { StatementContext } from '../statements/context.ts';
import { type DueTask, dueTasks } from '../statements/task/decide.ts';
import { recoverRuns, runGraph } from '../statements/task/run.ts';
import { listObjects } from '../warehouse/find.ts';
import type { CatalogState } from '../warehouse/state.ts';

export interface Scheduler {
  /** Resolves when this engine has become the one that runs the tasks. */
  readonly leads: Promise<void>;
  /** Starts no more runs, cancels those under way and lets another engine lead. */
  stop(): Promise<void>;
}

const LEADER = 'task-scheduler';

/** The catalog is read and the clock looked at so often at least. */
const TICK_MILLISECONDS = 500;

/** For what became due while the lead changed hands. What was due earlier was missed: that a person decides on. */
const HANDOVER_MILLISECONDS = 3000;

/**
 * Runs tasks when they are due, in the one engine of a warehouse that holds the lock; the others wait for it, and the
 * next of them has it as soon as its holder is gone. Everything it knows is in the catalog. What goes wrong outside of
 * a run, which has its own record, is kept in the history of queries.
 */
export function startScheduler(core: EngineCore): Scheduler {
  const stopping = new AbortController();
  const { signal } = stopping;
  const lead = core.services.locks.hold(LEADER, signal);
  const ended = lead.then(
    (release) => leadTasks(core, signal).finally(release),
    (error) => {
      if (!isAbort(error)) keepFailure(core, LEADER_TEXT, toSqlError(error));
    },
  );
  return {
    leads: lead.then(
      () => {},
      () => {},
    ),
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function leadTasks(core: EngineCore, signal: AbortSignal): Promise<void> {
  const { services } = core;
  const since = services.now() - HANDOVER_MILLISECONDS;
  const running = new Map<number, Promise<unknown>>();
  const bell = doorbell();
  const stopListening = services.warehouse.onChange(bell.ring);
  const onError = failureKeeper(core, signal);
  const begin = (due: DueTask, ctx: StatementContext) => {
    const { id } = due.task;
    if (running.has(id)) return;
    const run = runGraph(due, ctx)
      .catch((error: unknown) => onError(due.task.definition, error))
      .finally(() => {
        running.delete(id);
        bell.ring();
      });
    running.set(id, run);
  };
  while (!signal.aborted) {
    try {
      const ctx = backgroundContext(services, core.session(), signal);
      await services.warehouse.refresh(signal);
      await recoverRuns(ctx);
      for (const due of dueTasks(services.warehouse.state(), services.now(), since)) begin(due, ctx);
    } catch (error) {
      onError(LEADER_TEXT, error);
    }
    await bell.wait(pauseOf(services.warehouse.state(), services.now()), signal);
  }
  stopListening();
  await Promise.all(running.values());
}

/** What stands in the history in the place of a statement where there is none. */
const LEADER_TEXT = '-- the scheduler of tasks';

type OnError = (text: string, error: unknown) => void;

/** Keeps each failure once, however often it comes again: the scheduler tries for as long as it leads. */
function failureKeeper(core: EngineCore, signal: AbortSignal): OnError {
  const kept = new Set<string>();
  return (text, thrown) => {
    const error = toSqlError(thrown);
    const known = `${text}\n${error.message}`;
    if (signal.aborted || kept.has(known)) return;
    kept.add(known);
    keepFailure(core, text, error);
  };
}

function keepFailure({ services }: EngineCore, text: string, error: SqlError): void {
  const id = services.newId();
  const startedAt = services.now();
  const where = { session: id, database: 'default', startedBy: 'Task' } as const;
  const end = services.history.begin({ id, ...where, head: '', text, startedAt });
  const nothing = { writtenRows: 0, scanRows: 0, scanBytes: 0, resultRows: 0, resultBytes: 0 };
  end({ ...nothing, state: 'Failed', duration: 0, error });
}

/** Until the next time of a task, or the next look at the clock. */
function pauseOf(state: CatalogState, now: number): number {
  let pause = TICK_MILLISECONDS;
  for (const { schedule, state: is, createdOn, resumedOn = createdOn } of listObjects(state, 'Task')) {
    if (!schedule || is === 'Suspended') continue;
    const next = nextTime(schedule, resumedOn, now);
    if (next !== undefined) pause = Math.min(pause, next - now);
  }
  return pause;
}

interface Doorbell {
  readonly ring: () => void;
  /** Until the bell rings or has rung, the time is over or the signal aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

function doorbell(): Doorbell {
  let hasRung = false;
  let wake = () => {};
  return {
    ring: () => {
      hasRung = true;
      wake();
    },
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(done, hasRung || signal.aborted ? 0 : milliseconds);
        signal.addEventListener('abort', done, { once: true });
        wake = done;
        function done(): void {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          wake = () => {};
          hasRung = false;
          resolve();
        }
      }),
  };
}
