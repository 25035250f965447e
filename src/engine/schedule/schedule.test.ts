import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tries } from '../test/long.ts';
import { closure, findCycle, rootOf } from './graph.ts';
import { checkSchedule, lastTime, missedTimes, nextTime, nextTimes, type Schedule } from './schedule.ts';

const at = (text: string) => Date.parse(text);
const shown = (times: readonly number[]) => times.map((time) => new Date(time).toISOString().slice(0, 19));
const cron = (expression: string, timezone?: string): Schedule => ({ kind: 'Cron', expression, timezone });
const every = (milliseconds: number): Schedule => ({ kind: 'Interval', milliseconds });

test('an interval is counted from the moment of RESUME, the first time one interval later', () => {
  const anchor = at('2026-01-01T00:00:07Z');
  expect(shown(nextTimes(every(600_000), anchor, anchor, 3))).toEqual([
    '2026-01-01T00:10:07',
    '2026-01-01T00:20:07',
    '2026-01-01T00:30:07',
  ]);
  expect(lastTime(every(600_000), anchor, anchor + 599_999)).toBeUndefined();
  expect(lastTime(every(600_000), anchor, anchor + 600_000)).toBe(anchor + 600_000);
});

test.each([
  ['0 0 9 * * MON-FRI', 'America/Los_Angeles', ['2026-03-09T16:00:00', '2026-03-10T16:00:00']],
  ['*/30 * * * * *', undefined, ['2026-03-07T00:00:30', '2026-03-07T00:01:00']],
  ['0 30 2 1 * ?', undefined, ['2026-04-01T02:30:00', '2026-05-01T02:30:00']],
  ['0 0 0 13 * FRI', undefined, ['2026-03-13T00:00:00', '2026-11-13T00:00:00']],
  ['0 0 0 1 1 * 2027', undefined, ['2027-01-01T00:00:00']],
  // The clock of New York goes from 2:00 to 3:00 on 8 March.
  ['0 30 2 * * *', 'America/New_York', ['2026-03-07T07:30:00', '2026-03-08T07:00:00']],
])('%s in %s runs next at %j', (expression, timezone, times) => {
  const from = at('2026-03-07T00:00:00Z');
  expect(shown(nextTimes(cron(expression, timezone), from, from, 2))).toEqual(times);
});

test('what is no cron expression and no time zone is named', () => {
  expect(() => checkSchedule(cron('0 0 9 * *'))).toThrow(
    expect.objectContaining({ code: 1065, message: 'invalid cron expression 0 0 9 * *' }),
  );
  expect(() => checkSchedule(cron('0 0 9 * * *', 'Mars/Base'))).toThrow(
    expect.objectContaining({ code: 1065, message: 'invalid time zone Mars/Base' }),
  );
});

test('times without a run were missed, unless one came soon after', () => {
  const minutes = (count: number) => count * 60_000;
  const missed = (runs: readonly number[], now: number, since = 0) =>
    missedTimes(every(minutes(1)), { anchor: 0, since, runs, now });
  expect(missed([minutes(1), minutes(2) + 4000], minutes(3) + 5000)).toBeUndefined();
  expect(missed([minutes(1), minutes(5)], minutes(6))).toEqual({ count: 3, first: minutes(2), last: minutes(4) });
  expect(missed([minutes(1), minutes(5)], minutes(6), minutes(3))?.first).toBe(minutes(4));
});

test('many missed times are counted up to a thousand', () => {
  expect(missedTimes(every(1000), { anchor: 0, since: 0, runs: [], now: 1e9 })?.count).toBe(1000);
});

test('the last time is never after now, and the next always is', () => {
  const schedules = [every(1000), every(700), cron('0 */7 * * * *'), cron('0 0 3 * * *', 'Europe/Berlin')];
  fc.assert(
    fc.property(fc.constantFrom(...schedules), fc.nat(1e9), fc.nat(1e9), (schedule, anchor, later) => {
      const now = anchor + later;
      expect(lastTime(schedule, anchor, now) ?? 0).toBeLessThanOrEqual(now);
      expect(nextTime(schedule, anchor, now)).toBeGreaterThan(now);
    }),
    { numRuns: tries(50), seed: 1 },
  );
});

const diamond = [
  { name: 'root', after: [] },
  { name: 'left', after: ['root'] },
  { name: 'right', after: ['root'] },
  { name: 'end', after: ['left', 'right'] },
];

test('a graph is walked down from its root and up to it', () => {
  expect(closure(diamond, 'root').map(({ name }) => name)).toEqual(['root', 'left', 'right', 'end']);
  expect(diamond.map((node) => rootOf(diamond, node).name)).toEqual(['root', 'root', 'root', 'root']);
  expect(findCycle(diamond, 'end')).toBeUndefined();
});

test('a way back to the task is a cycle', () => {
  const nodes = [...diamond.slice(1), { name: 'root', after: ['end'] }];
  expect(findCycle(nodes, 'root')).toEqual(['root', 'left', 'end', 'root']);
  expect(findCycle([{ name: 'a', after: ['a'] }], 'a')).toEqual(['a', 'a']);
});
