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
 * next of them has it as soon as its holder is gone. Everything it knows is in the catalog.
 */
export function startScheduler(core: EngineCore, onError: (error: SqlError) => void = () => {}): Scheduler {
  const stopping = new AbortController();
  const { signal } = stopping;
  const lead = core.services.locks.hold(LEADER, signal);
  const ended = lead.then(
    (release) => leadTasks(core, signal, onError).finally(release),
    (error) => {
      if (!isAbort(error)) onError(toSqlError(error));
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

async function leadTasks(core: EngineCore, signal: AbortSignal, onError: (error: SqlError) => void): Promise<void> {
  const { services } = core;
  const since = services.now() - HANDOVER_MILLISECONDS;
  const running = new Map<number, Promise<void>>();
  const bell = doorbell();
  const stopListening = services.warehouse.onChange(bell.ring);
  const begin = (due: DueTask, ctx: StatementContext) => {
    const { id } = due.task;
    if (running.has(id)) return;
    const run = runGraph(due, ctx)
      .catch((error: unknown) => onError(toSqlError(error)))
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
      if (!signal.aborted) onError(toSqlError(error));
    }
    await bell.wait(pauseOf(services.warehouse.state(), services.now()), signal);
  }
  stopListening();
  await Promise.all(running.values());
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
