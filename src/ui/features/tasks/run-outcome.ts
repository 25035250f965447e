import type { TaskRun } from '../../data/tasks.ts';
import { format } from '../../lib/format.ts';
import type { Messages } from '../../lib/messages/messages.ts';

/** Why a run failed or was skipped; its state where nothing more is to be said. */
export function outcomeText({ state, errorCode, errorText }: TaskRun, words: Messages['tasks']): string {
  if (errorText === '') return words.states[state];
  return errorCode === 0 ? errorText : words.failure(errorText, errorCode);
}

/** Milliseconds; undefined while it runs. */
export function durationOf({ scheduledAt, completedAt }: TaskRun): number | undefined {
  if (!scheduledAt || !completedAt) return undefined;
  return Math.max(0, completedAt.getTime() - scheduledAt.getTime());
}

export function durationText(run: TaskRun): string {
  const duration = durationOf(run);
  return duration === undefined ? '' : format.duration(duration);
}

export function timeText(time: Date | undefined): string {
  return time ? `${format.minute(time)}${format.clock(time).slice(5)}` : '';
}

/** Today's times without the date. */
export function shortTime(time: Date | undefined, now = new Date()): string {
  if (!time) return '';
  return time.toDateString() === now.toDateString() ? format.clock(time) : timeText(time);
}
