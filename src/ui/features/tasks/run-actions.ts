import type { TaskRun } from '../../data/tasks.ts';
import { persisted } from '../../lib/persisted.ts';
import { navigate } from '../../lib/router.ts';

export type TasksView = 'graph' | 'list' | 'runs';

export const shownView = persisted<TasksView>('tasksView', 'graph', (kept) =>
  kept === 'graph' || kept === 'list' || kept === 'runs' ? kept : undefined,
);

/** Shows a run among those of all tasks. */
export function showRun({ task, id }: TaskRun): void {
  shownView.set('runs');
  navigate({ place: 'tasks', path: [task, id] }, { replace: true });
}

/** A skipped run ran nothing. */
export function hasQuery({ state }: TaskRun): boolean {
  return state !== 'SKIPPED';
}

/** Shows what the run ran, in the history. */
export function openQuery(run: TaskRun): void {
  if (hasQuery(run)) navigate({ place: 'history', path: [run.queryId] });
}
