import { expect, test } from 'vitest';
import type { Task } from '../../data/tasks.ts';
import { tasksMessages } from '../../lib/messages/en/tasks.ts';
import { tasksMessages as chineseMessages } from '../../lib/messages/zh/tasks.ts';
import { conditionText, scheduleText } from './schedule-text.ts';

const task: Task = {
  ...{ name: 't', isStarted: true, schedule: undefined, after: [], condition: '', definition: 'SELECT 1', comment: '' },
  ...{ warehouse: undefined, mostFailures: undefined, nextAt: undefined },
};

test.each([
  [{ schedule: 'INTERVAL 600 SECOND' }, 'every 10 minutes'],
  [{ schedule: 'INTERVAL 60 SECOND' }, 'every minute'],
  [{ schedule: 'CRON 0 0 9 * * MON-FRI TIMEZONE Asia/Tokyo' }, 'MON-FRI at 09:00 (Asia/Tokyo)'],
  [{ after: ['a', 'b'] }, 'after a, b'],
  [{}, 'only when asked to'],
])('%j reads %s', (part, words) => {
  expect(scheduleText({ ...task, ...part }, tasksMessages)).toBe(words);
});

test('the stream that a task waits for is named', () => {
  const condition = "STREAM_STATUS('default.s') = TRUE";
  expect(conditionText({ ...task, condition }, tasksMessages)).toBe('when s has rows');
  expect(conditionText({ ...task, condition: '1 = 0' }, tasksMessages)).toBe('when 1 = 0');
  expect(conditionText(task, tasksMessages)).toBeUndefined();
});

test('a schedule reads in Chinese, too', () => {
  expect(scheduleText({ ...task, schedule: 'INTERVAL 600 SECOND' }, chineseMessages)).toBe('每隔 10 分钟');
});
