import { expect, test } from 'vitest';
import type { Stream } from '../../data/streams.ts';
import type { Task } from '../../data/tasks.ts';
import { pipelineNodes } from './graph.ts';
import { placeNodes } from './layout.ts';

test('a task stands to the right of all that it follows', () => {
  const nodes = [
    { id: 'report', after: ['left', 'right'] },
    { id: 'left', after: ['root'] },
    { id: 'right', after: ['root'] },
    { id: 'root', after: [] },
    { id: 'alone', after: ['gone'] },
  ];
  expect(placeNodes(nodes).map(({ node, column, row }) => [node.id, column, row])).toEqual([
    ['root', 0, 0],
    ['alone', 0, 1],
    ['left', 1, 0],
    ['right', 1, 1],
    ['report', 2, 0],
  ]);
});

function task(name: string, definition: string, more: Partial<Task> = {}): Task {
  const nothing = { schedule: undefined, warehouse: undefined, mostFailures: undefined, nextAt: undefined };
  return { ...nothing, name, definition, isStarted: true, after: [], condition: '', comment: '', ...more };
}

const stream: Stream = {
  ...{ database: 'default', name: 's_frames', table: 'default.frames', isAppendOnly: true, comment: '' },
  ...{ invalidReason: '', hasData: false, since: undefined },
};

const LOAD = task('load', 'COPY INTO frames FROM @drive/in/ FILE_FORMAT = (TYPE = CSV)');
const HOURLY = task('hourly', 'INSERT INTO hours SELECT * FROM frames_other', {
  after: ['load'],
  condition: "stream_status('default.s_frames') = TRUE",
});

test('a stream stands between the task that writes its table and the one that reads it, a stage before all', () => {
  const nodes = pipelineNodes([HOURLY, LOAD], [stream, { ...stream, name: 's_other' }]);
  expect(nodes.map(({ id, after }) => [id, after])).toEqual([
    ['@drive', []],
    ['stream default.s_frames', ['task load']],
    ['task hourly', ['task load', 'stream default.s_frames']],
    ['task load', ['@drive']],
  ]);
  expect(placeNodes(nodes).map(({ node, column }) => [node.id, column])).toEqual([
    ['@drive', 0],
    ['task load', 1],
    ['stream default.s_frames', 2],
    ['task hourly', 3],
  ]);
});

test('a task that fills the table that it watches does not stand before itself', () => {
  const both = task('both', 'INSERT INTO frames SELECT * FROM s_frames');
  expect(pipelineNodes([both], [stream]).map(({ after }) => after)).toEqual([[], ['stream default.s_frames']]);
});
