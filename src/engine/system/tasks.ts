import { type Missed, missedTimes, nextTime } from '../schedule/schedule.ts';
import type { Cell } from '../types/cell.ts';
import { MOST_TASK_RUNS } from '../warehouse/change.ts';
import { listObjects, runsOf } from '../warehouse/find.ts';
import type { TaskRecord, TaskRun } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import { defineTable, micros } from './table.ts';

export const tasksTable = defineTable({
  name: 'tasks',
  columns: {
    created_on: 'Timestamp',
    name: 'String',
    id: 'UInt64',
    owner: 'String',
    comment: 'String?',
    warehouse: 'String?',
    schedule: 'String?',
    state: 'String',
    definition: 'String',
    condition_text: 'String',
    after: 'String',
    suspend_task_after_num_failures: 'UInt64?',
    error_integration: 'String?',
    next_schedule_time: 'Timestamp?',
    last_committed_on: 'Timestamp',
    last_suspended_on: 'Timestamp?',
    session_parameters: 'Variant?',
  },
  rows: ({ catalog, now }) => listObjects(catalog, 'Task').map((task) => taskRow(task, now)),
});

function taskRow(task: TaskRecord, now: number) {
  return {
    ...saidOf(task),
    created_on: micros(task.createdOn),
    name: task.name,
    id: BigInt(task.id),
    state: task.state,
    definition: task.definition,
    condition_text: task.condition ?? '',
    after: task.after.join(','),
    suspend_task_after_num_failures: countOrNull(task.suspendAfterFailures),
    error_integration: task.errorIntegration ?? null,
    next_schedule_time: timeOrNull(nextRun(task, now)),
    last_committed_on: micros(task.updatedOn),
    last_suspended_on: timeOrNull(task.suspendedOn),
  };
}

/** When the task runs by itself next; undefined while it is suspended and for those that follow others. */
export function nextRun({ schedule, state, resumedOn, createdOn }: TaskRecord, now: number): number | undefined {
  if (!schedule || state === 'Suspended') return undefined;
  return nextTime(schedule, resumedOn ?? createdOn, now);
}

/** Nobody but one owns anything here. */
const OWNER = 'account_admin';

/** What a task and its runs both show. */
export function saidOf({ comment, warehouse, schedule, parameters }: TaskRecord) {
  return {
    owner: OWNER,
    comment: comment === '' ? null : comment,
    warehouse: warehouse ?? null,
    schedule: scheduleText(schedule),
    session_parameters: JSON.stringify(parameters),
  };
}

const timeOrNull = (milliseconds: number | undefined) => (milliseconds === undefined ? null : micros(milliseconds));
const countOrNull = (count: number | undefined) => (count === undefined ? null : BigInt(count));

/** `INTERVAL 6000 SECOND`, `INTERVAL 0 SECOND 500 MILLISECOND`, `CRON 0 0 9 * * * TIMEZONE America/Los_Angeles` */
function scheduleText(schedule: TaskRecord['schedule']): string | null {
  if (!schedule) return null;
  if (schedule.kind === 'Cron') {
    const zone = schedule.timezone === undefined ? '' : ` TIMEZONE ${schedule.timezone}`;
    return `CRON ${schedule.expression}${zone}`;
  }
  const rest = schedule.milliseconds % 1000;
  return `INTERVAL ${Math.floor(schedule.milliseconds / 1000)} SECOND${rest === 0 ? '' : ` ${rest} MILLISECOND`}`;
}

export const taskHistoryTable = defineTable({
  name: 'task_history',
  columns: {
    name: 'String',
    id: 'UInt64',
    owner: 'String',
    comment: 'String?',
    schedule: 'String?',
    warehouse: 'String?',
    state: 'String',
    definition: 'String',
    condition_text: 'String',
    run_id: 'String',
    query_id: 'String',
    exception_code: 'Int64',
    exception_text: 'String?',
    attempt_number: 'Int32',
    completed_time: 'Timestamp?',
    scheduled_time: 'Timestamp?',
    root_task_id: 'String',
    session_parameters: 'Variant?',
  },
  rows: ({ catalog }) => newestFirst(catalog.taskRuns.values()).map((run) => historyRow(run, catalog)),
});

export function newestFirst(runs: Iterable<TaskRun>): TaskRun[] {
  return [...runs].reverse().sort((a, b) => b.scheduledOn - a.scheduledOn);
}

/** Rows of `taskHistoryTable` for some runs. */
export function historyCells(runs: readonly TaskRun[], catalog: CatalogState): Cell[][] {
  return runs.map((run) => {
    const row: { readonly [name: string]: Cell } = historyRow(run, catalog);
    return taskHistoryTable.columns.map(({ name }) => row[name] ?? null);
  });
}

function historyRow(run: TaskRun, catalog: CatalogState) {
  const task = catalog.objects.get(run.taskId);
  return {
    ...runRow(run),
    ...(task?.kind === 'Task' ? { ...saidOf(task), condition_text: task.condition ?? '' } : {}),
  };
}

function runRow(run: TaskRun) {
  return {
    name: run.task,
    id: BigInt(run.taskId),
    owner: OWNER,
    state: run.state,
    definition: run.definition,
    condition_text: '',
    run_id: run.id,
    query_id: run.queryId,
    exception_code: BigInt(run.errorCode),
    exception_text: run.errorText ?? null,
    attempt_number: run.attempt,
    completed_time: timeOrNull(run.completedOn),
    scheduled_time: micros(run.scheduledOn),
    root_task_id: String(run.rootTaskId),
  };
}

/** Times at which nothing ran, since no engine was there to run it; EXECUTE TASK makes up for them, RESUME forgets them. */
export const missedTaskRunsTable = defineTable({
  name: 'missed_task_runs',
  columns: {
    name: 'String',
    missed_runs: 'UInt64',
    first_scheduled_time: 'Timestamp',
    last_scheduled_time: 'Timestamp',
  },
  rows: ({ catalog, now }) =>
    listObjects(catalog, 'Task').flatMap((task) => {
      const missed = missedRuns(catalog, task, now);
      if (!missed) return [];
      const { count, first, last } = missed;
      return [
        {
          name: task.name,
          missed_runs: BigInt(count),
          first_scheduled_time: micros(first),
          last_scheduled_time: micros(last),
        },
      ];
    }),
});

function missedRuns(catalog: CatalogState, task: TaskRecord, now: number): Missed | undefined {
  const { schedule, state, createdOn, resumedOn = createdOn } = task;
  if (!schedule || state === 'Suspended') return undefined;
  const runs = runsOf(catalog, task.id).filter(({ interrupted }) => !interrupted);
  const asked = runs.flatMap(({ trigger, scheduledOn }) => (trigger === 'Execute' ? [scheduledOn] : []));
  // Of runs that were forgotten nobody knows.
  const [oldest] = catalog.taskRuns.values();
  const known = catalog.taskRuns.size >= MOST_TASK_RUNS ? (oldest?.scheduledOn ?? 0) : 0;
  const times = runs.map(({ scheduledOn }) => scheduledOn).sort((a, b) => a - b);
  return missedTimes(schedule, { anchor: resumedOn, since: Math.max(resumedOn, known, ...asked), runs: times, now });
}
