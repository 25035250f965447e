import { Cron } from 'croner';
import { SqlError } from '../base/errors.ts';

/** When a task runs by itself. Times are milliseconds since 1970. */
export type Schedule =
  | { readonly kind: 'Interval'; readonly milliseconds: number }
  | { readonly kind: 'Cron'; readonly expression: string; readonly timezone: string | undefined };

/** Throws SemanticError in Databend's words for what cannot be read. */
export function checkSchedule(schedule: Schedule): void {
  if (schedule.kind === 'Interval') return;
  const { expression, timezone } = schedule;
  if (timezone !== undefined && !isTimezone(timezone)) {
    throw new SqlError('SemanticError', `invalid time zone ${timezone}`);
  }
  try {
    cronOf(schedule);
  } catch (cause) {
    throw new SqlError('SemanticError', `invalid cron expression ${expression}`, { cause });
  }
}

/**
 * The first time after `after`; undefined where a cron expression has no more. Intervals are counted from `anchor`, the
 * moment at which the task was resumed.
 */
export function nextTime(schedule: Schedule, anchor: number, after: number): number | undefined {
  if (schedule.kind === 'Cron') return cronOf(schedule).nextRun(new Date(after))?.getTime();
  const { milliseconds } = schedule;
  return anchor + Math.max(1, Math.floor((after - anchor) / milliseconds) + 1) * milliseconds;
}

/** The last time that is not after `now`, if there was one since `anchor`. */
export function lastTime(schedule: Schedule, anchor: number, now: number): number | undefined {
  if (schedule.kind === 'Interval') {
    const count = Math.floor((now - anchor) / schedule.milliseconds);
    return count >= 1 ? anchor + count * schedule.milliseconds : undefined;
  }
  const last = cronOf(schedule)
    .previousRuns(1, new Date(now + 1))[0]
    ?.getTime();
  return last !== undefined && last > anchor ? last : undefined;
}

/** The next times, at most `count`. */
export function nextTimes(schedule: Schedule, anchor: number, from: number, count: number): readonly number[] {
  const times: number[] = [];
  for (let after = from; times.length < count; ) {
    const next = nextTime(schedule, anchor, after);
    if (next === undefined) break;
    times.push(next);
    after = next;
  }
  return times;
}

/** A run may be so late; a time that passed longer ago without one was missed. */
export const GRACE_MILLISECONDS = 10_000;

export interface Missed {
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

/** More are not counted. */
const MOST_MISSED = 1000;

export interface Elapsed {
  /** What intervals are counted from. */
  readonly anchor: number;
  /** Earlier times do not matter. */
  readonly since: number;
  /** The times of the runs there were, ascending. */
  readonly runs: readonly number[];
  readonly now: number;
}

/** The times at which no run was scheduled, nor soon after. */
export function missedTimes(schedule: Schedule, { anchor, since, runs, now }: Elapsed): Missed | undefined {
  let count = 0;
  let first = 0;
  let last = 0;
  let from = since;
  for (const until of [...runs.filter((time) => time >= since), now]) {
    for (let time = nextTime(schedule, anchor, from); isMissed(time, until); time = nextTime(schedule, anchor, time)) {
      if (count === 0) first = time;
      last = time;
      if (++count === MOST_MISSED) return { count, first, last };
    }
    from = Math.max(from, until);
  }
  return count === 0 ? undefined : { count, first, last };
}

function isMissed(time: number | undefined, until: number): time is number {
  return time !== undefined && time + GRACE_MILLISECONDS < until;
}

const CRONS = new Map<string, Cron>();
const MOST_CRONS = 200;

/** Seconds first, the year last if at all; every field has to match, as in Databend. */
function cronOf({ expression, timezone = 'UTC' }: Extract<Schedule, { kind: 'Cron' }>): Cron {
  const key = `${timezone} ${expression}`;
  const known = CRONS.get(key);
  if (known) return known;
  const cron = new Cron(expression, { timezone, mode: '6-or-7-parts', domAndDow: true, paused: true });
  if (CRONS.size >= MOST_CRONS) CRONS.clear();
  CRONS.set(key, cron);
  return cron;
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false; // The platform says by throwing that it does not know the zone.
  }
}
