import type { RunState, TaskRun } from '../../data/tasks.ts';

const DAY = 86_400_000;

/** The runs of the last 24 hours, the oldest first. The engine's clock may be ahead of `now`. */
export function lastDay(runs: readonly TaskRun[], now: number): readonly TaskRun[] {
  const end = Math.max(now, ...runs.map(timeOf));
  return runs.filter((run) => timeOf(run) >= end - DAY).sort((a, b) => timeOf(a) - timeOf(b));
}

const timeOf = ({ scheduledAt }: TaskRun) => scheduledAt?.getTime() ?? 0;

/** What is worth a look comes first. */
const URGENCY: { readonly [State in RunState]: number } = {
  FAILED: 0,
  CANCELLED: 1,
  EXECUTING: 2,
  SKIPPED: 3,
  SUCCEEDED: 4,
};

export function byUrgency(a: TaskRun, b: TaskRun): number {
  return URGENCY[a.state] - URGENCY[b.state];
}

/** How many runs ended in each state, the most urgent first; states of none are left out. */
export function countStates(runs: readonly TaskRun[]): readonly (readonly [state: RunState, count: number])[] {
  const counts = new Map<RunState, number>();
  for (const { state } of runs.toSorted(byUrgency)) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts];
}
