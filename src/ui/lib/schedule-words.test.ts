import { expect, test } from 'vitest';
import { meaningOf, parseSchedule } from './schedule-words.ts';

const meaning = (text: string) => {
  const schedule = parseSchedule(text);
  return schedule && meaningOf(schedule);
};

test.each([
  ['INTERVAL 600 SECOND', { kind: 'Every', count: 10, unit: 'minute' }],
  ['INTERVAL 90 SECOND', { kind: 'Every', count: 90, unit: 'second' }],
  ['INTERVAL 0 SECOND 500 MILLISECOND', { kind: 'Every', count: 500, unit: 'millisecond' }],
  ['CRON 0 */10 * * * *', { kind: 'Every', count: 10, unit: 'minute' }],
  ['CRON */30 * * * * *', { kind: 'Every', count: 30, unit: 'second' }],
  ['CRON 0 15 * * * *', { kind: 'Hourly', minute: 15 }],
  ['CRON 0 0 */2 * * *', { kind: 'Every', count: 2, unit: 'hour' }],
  ['CRON 0 0 9 * * *', { kind: 'Daily', time: '09:00' }],
  ['CRON 0 30 9 * * MON-FRI TIMEZONE Asia/Tokyo', { kind: 'Weekly', days: 'MON-FRI', time: '09:30' }],
  ['CRON 0 30 2 1 * ?', { kind: 'Monthly', day: '1', time: '02:30' }],
  ['CRON 0 0 0 1 1 * 2027', { kind: 'Other', expression: '0 0 0 1 1 * 2027' }],
  ['CRON 7 0 9 * * *', { kind: 'Other', expression: '7 0 9 * * *' }],
])('%s means %j', (text, wanted) => {
  expect(meaning(text)).toEqual(wanted);
});
