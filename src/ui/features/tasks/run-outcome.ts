import type { Tone } from '../../components/Chip.tsx';
import type { RunState, TaskRun } from '../../data/tasks.ts';
import { format } from '../../lib/format.ts';
import type { Messages } from '../../lib/messages/messages.ts';

export const RUN_TONES: { readonly [State in RunState]: Tone | 'off' } = {
  EXECUTING: 'info',
  SUCCEEDED: 'ok',
  FAILED: 'err',
  CANCELLED: 'warn',
  SKIPPED: 'off',
};

/** Why a run failed or was skipped; its state where nothing more is to be said. */
export function outcomeText({ state, errorCode, errorText }: TaskRun, words: Messages['tasks']): string {
  if (errorText === '') return words.states[state];
  return errorCode === 0 ? errorText : words.failure(errorText, errorCode);
}

export function durationText({ scheduledAt, completedAt }: TaskRun): string {
  if (!scheduledAt || !completedAt) return '';
  return format.duration(Math.max(0, completedAt.getTime() - scheduledAt.getTime()));
}

export function timeText(time: Date | undefined): string {
  return time ? `${format.minute(time)}${format.clock(time).slice(5)}` : '';
}

/** Today's times without the date. */
export function shortTime(time: Date | undefined, now = new Date()): string {
  if (!time) return '';
  return time.toDateString() === now.toDateString() ? format.clock(time) : timeText(time);
}
