/** A schedule as SHOW TASKS prints it: `INTERVAL 600 SECOND`, `CRON 0 0 9 * * * TIMEZONE Asia/Tokyo`. */
export type ScheduleParts =
  | { readonly kind: 'Interval'; readonly milliseconds: number }
  | { readonly kind: 'Cron'; readonly expression: string; readonly timezone: string | undefined };

/** What a schedule means, as far as a sentence can say it. */
export type ScheduleMeaning =
  | { readonly kind: 'Every'; readonly count: number; readonly unit: 'millisecond' | 'second' | 'minute' | 'hour' }
  | { readonly kind: 'Daily'; readonly time: string }
  | { readonly kind: 'Weekly'; readonly days: string; readonly time: string }
  | { readonly kind: 'Monthly'; readonly day: string; readonly time: string }
  | { readonly kind: 'Hourly'; readonly minute: number }
  | { readonly kind: 'Other'; readonly expression: string };

export function parseSchedule(text: string): ScheduleParts | undefined {
  const interval = /^INTERVAL (\d+) SECOND(?: (\d+) MILLISECOND)?$/.exec(text);
  if (interval) return { kind: 'Interval', milliseconds: Number(interval[1]) * 1000 + Number(interval[2] ?? 0) };
  const cron = /^CRON (.+?)(?: TIMEZONE (\S+))?$/.exec(text);
  return cron ? { kind: 'Cron', expression: cron[1] ?? '', timezone: cron[2] } : undefined;
}

export function meaningOf(schedule: ScheduleParts): ScheduleMeaning {
  return schedule.kind === 'Interval' ? intervalMeaning(schedule.milliseconds) : cronMeaning(schedule.expression);
}

const UNITS = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

function intervalMeaning(milliseconds: number): ScheduleMeaning {
  for (const [unit, length] of UNITS) {
    if (milliseconds % length === 0) return { kind: 'Every', count: milliseconds / length, unit };
  }
  return { kind: 'Every', count: milliseconds, unit: 'millisecond' };
}

const ANY = /^[*?]$/;
const NUMBER = /^\d+$/;

function cronMeaning(expression: string): ScheduleMeaning {
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = '', year = '*'] = expression.split(/\s+/);
  const other: ScheduleMeaning = { kind: 'Other', expression };
  if (!ANY.test(month) || !ANY.test(year)) return other;
  if (ANY.test(day) && ANY.test(weekday)) {
    const frequent = frequentMeaning(second, minute, hour);
    if (frequent) return frequent;
  }
  if (second !== '0' || !NUMBER.test(minute) || !NUMBER.test(hour)) return other;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (ANY.test(day)) return ANY.test(weekday) ? { kind: 'Daily', time } : { kind: 'Weekly', days: weekday, time };
  return ANY.test(weekday) && NUMBER.test(day) ? { kind: 'Monthly', day, time } : other;
}

/** What happens more often than once a day, every day. */
function frequentMeaning(second: string, minute: string, hour: string): ScheduleMeaning | undefined {
  const seconds = stepOf(second);
  if (seconds !== undefined && ANY.test(minute) && ANY.test(hour))
    return { kind: 'Every', count: seconds, unit: 'second' };
  if (second !== '0') return undefined;
  const minutes = stepOf(minute);
  if (minutes !== undefined && ANY.test(hour)) return { kind: 'Every', count: minutes, unit: 'minute' };
  if (!NUMBER.test(minute)) return undefined;
  const hours = stepOf(hour);
  if (hours === 1) return { kind: 'Hourly', minute: Number(minute) };
  return hours !== undefined && minute === '0' ? { kind: 'Every', count: hours, unit: 'hour' } : undefined;
}

/** The n of every n-th; 1 for `*`. */
function stepOf(field: string): number | undefined {
  if (field === '*') return 1;
  const step = /^(?:\*|0)\/(\d+)$/.exec(field);
  return step ? Number(step[1]) : undefined;
}
