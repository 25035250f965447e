import { GRACE_MILLISECONDS, lastTime } from '../../schedule/schedule.ts';
import { listObjects, lookUp, runsOf } from '../../warehouse/find.ts';
import type { TaskRecord, TaskRun } from '../../warehouse/object.ts';
import type { CatalogState } from '../../warehouse/state.ts';

/** What the catalog says about when tasks run. Pure; the order of runs is the order of the commits that changed them. */

export const OVERLAP = 'OVERLAPPING_EXECUTION: previous task run is still executing';

const MOST_ATTEMPTS = 3;

/** Whether a run takes the place of one that its engine could not end. */
function isAgain({ interrupted, attempt }: TaskRun): boolean {
  return interrupted && attempt < MOST_ATTEMPTS;
}

/** The runs that stand. One that was skipped for a run that was then interrupted, and that itself, are made up for. */
function standingRuns(runs: readonly TaskRun[]): TaskRun[] {
  const lastAgain = runs.findLastIndex(isAgain);
  return runs.filter((run, at) => !isAgain(run) && !(run.errorText === OVERLAP && at < lastAgain));
}

/** The time at which a task should have begun just now and has not. */
export function dueTime(state: CatalogState, task: TaskRecord, now: number): number | undefined {
  const { schedule, createdOn, resumedOn = createdOn } = task;
  if (!schedule || task.state === 'Suspended') return undefined;
  const time = lastTime(schedule, resumedOn, now);
  if (time === undefined || now - time > GRACE_MILLISECONDS) return undefined;
  const isDone = standingRuns(runsOf(state, task.id)).some((run) => run.scheduledOn >= time);
  return isDone ? undefined : time;
}

/** Whether every predecessor has succeeded since the task itself ran, was asked to or was resumed. */
export function isReady(state: CatalogState, task: TaskRecord): boolean {
  if (task.after.length === 0 || task.state === 'Suspended') return false;
  const order = [...state.taskRuns.keys()];
  const own = standingRuns(runsOf(state, task.id)).at(-1);
  const since = own ? order.indexOf(own.id) : -1;
  return task.after.every((name) => {
    const before = lookUp(state, 'Task', name);
    const run = before && runsOf(state, before.id).findLast(({ errorText }) => errorText !== OVERLAP);
    if (run?.state !== 'SUCCEEDED' || run.completedOn === undefined) return false;
    return order.indexOf(run.id) > since && run.completedOn > (task.resumedOn ?? task.createdOn);
  });
}

/** Runs that began and have not ended. */
export function openRuns(state: CatalogState): TaskRun[] {
  return [...state.taskRuns.values()].filter((run) => run.state === 'EXECUTING');
}

/** Failures since the last run that succeeded, or since the task was resumed. */
export function failuresOf(state: CatalogState, task: TaskRecord): number {
  let count = 0;
  for (const run of runsOf(state, task.id).reverse()) {
    if (run.state === 'SUCCEEDED' || (run.completedOn ?? 0) < (task.resumedOn ?? 0)) break;
    if (run.state === 'FAILED') count++;
  }
  return count;
}

/** From 1; a run that takes the place of an interrupted one counts on. */
export function attemptOf(state: CatalogState, task: TaskRecord): number {
  const last = runsOf(state, task.id).at(-1);
  return last && isAgain(last) ? last.attempt + 1 : 1;
}

export interface DueTask {
  readonly task: TaskRecord;
  readonly trigger: 'Schedule' | 'Predecessors';
  readonly scheduledOn: number;
}

/** The tasks that should begin now; times before `since` were missed. */
export function dueTasks(state: CatalogState, now: number, since: number): DueTask[] {
  return listObjects(state, 'Task').flatMap((task): DueTask[] => {
    const time = dueTime(state, task, now);
    if (time !== undefined && time >= since) return [{ task, trigger: 'Schedule', scheduledOn: time }];
    return isReady(state, task) ? [{ task, trigger: 'Predecessors', scheduledOn: now }] : [];
  });
}
