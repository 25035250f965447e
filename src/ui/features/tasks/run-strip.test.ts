import { expect, test } from 'vitest';
import type { RunState, TaskRun } from '../../data/tasks.ts';
import { byUrgency, countStates, lastDay } from './run-strip.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2025, 0, 2, 12);

function run(hoursAgo: number, state: RunState = 'SUCCEEDED'): TaskRun {
  return {
    ...{ id: `${hoursAgo}`, task: 't', state, queryId: 'q', definition: 'SELECT 1', errorCode: 0, errorText: '' },
    ...{ scheduledAt: new Date(NOW - hoursAgo * HOUR), completedAt: undefined },
  };
}

test('the strip holds one mark a run of the last 24 hours, the oldest first', () => {
  expect(lastDay([run(0), run(6), run(24), run(25)], NOW).map(({ id }) => id)).toEqual(['24', '6', '0']);
});

test('a run that is ahead of the clock of the page ends the strip', () => {
  expect(lastDay([run(-20), run(2), run(5)], NOW).map(({ id }) => id)).toEqual(['2', '-20']);
});

test('failures are counted and sorted first', () => {
  const runs = [run(1), run(2, 'SKIPPED'), run(3, 'FAILED'), run(4)];
  expect(countStates(lastDay(runs, NOW))).toEqual([
    ['FAILED', 1],
    ['SKIPPED', 1],
    ['SUCCEEDED', 2],
  ]);
  expect(runs.toSorted(byUrgency).map(({ id }) => id)).toEqual(['3', '2', '1', '4']);
});
