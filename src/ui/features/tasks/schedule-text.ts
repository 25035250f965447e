import type { Task } from '../../data/tasks.ts';
import type { Messages } from '../../lib/messages/messages.ts';
import { meaningOf, parseSchedule, type ScheduleMeaning } from '../../lib/schedule-words.ts';

type Words = Messages['tasks'];

/** When a task runs, in words: `every 10 minutes`, `after load`. */
export function scheduleText({ schedule, after }: Task, words: Words): string {
  const parts = schedule === undefined ? undefined : parseSchedule(schedule);
  if (!parts) return after.length > 0 ? words.after(after.join(', ')) : words.manual;
  const text = meaningText(meaningOf(parts), words.schedule);
  return parts.kind === 'Cron' && parts.timezone !== undefined ? words.schedule.inZone(text, parts.timezone) : text;
}

/** What has to hold before it runs, in words; undefined where nothing has to. */
export function conditionText({ condition }: Task, words: Words): string | undefined {
  if (condition === '') return undefined;
  const stream = /^STREAM_STATUS\('([^']+)'\)(?: = TRUE)?$/i.exec(condition)?.[1];
  return stream === undefined ? words.when(condition) : words.whenStream(stream.replace(/^default\./, ''));
}

function meaningText(meaning: ScheduleMeaning, words: Words['schedule']): string {
  switch (meaning.kind) {
    case 'Every':
      return words.every(meaning.count, meaning.unit);
    case 'Hourly':
      return words.hourly(meaning.minute);
    case 'Daily':
      return words.daily(meaning.time);
    case 'Weekly':
      return words.weekly(meaning.days, meaning.time);
    case 'Monthly':
      return words.monthly(meaning.day, meaning.time);
    case 'Other':
      return words.other(meaning.expression);
  }
}
