import { expect, test } from 'vitest';
import { placeTasks } from './layout.ts';

test('a task stands to the right of all that it follows', () => {
  const tasks = [
    { name: 'report', after: ['left', 'right'] },
    { name: 'left', after: ['root'] },
    { name: 'right', after: ['root'] },
    { name: 'root', after: [] },
    { name: 'alone', after: ['gone'] },
  ];
  expect(placeTasks(tasks).map(({ task, column, row }) => [task.name, column, row])).toEqual([
    ['root', 0, 0],
    ['alone', 0, 1],
    ['left', 1, 0],
    ['right', 1, 1],
    ['report', 2, 0],
  ]);
});
