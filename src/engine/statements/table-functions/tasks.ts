import { SqlError } from '../../base/errors.ts';
import type { TypedValue } from '../../bind/binder.ts';
import { closure, successors } from '../../schedule/graph.ts';
import { nextTimes } from '../../schedule/schedule.ts';
import type { Call } from '../../sql/ast.ts';
import { micros } from '../../system/table.ts';
import { historyCells, newestFirst, saidOf, taskHistoryTable } from '../../system/tasks.ts';
import type { Cell } from '../../types/cell.ts';
import { plain, typeName } from '../../types/type.ts';
import { findTask, listObjects } from '../../warehouse/find.ts';
import type { TaskRecord, TaskRun } from '../../warehouse/object.ts';
import { evaluatedArguments } from './arguments.ts';
import type { TableFunctionSpec } from './table-function.ts';

const PARAMETERS = [
  'task_name',
  'scheduled_time_range_start',
  'scheduled_time_range_end',
  'result_limit',
  'error_only',
  'root_task_id',
];

/** Runs of tasks, the newest first. */
export const taskHistory: TableFunctionSpec = {
  name: 'task_history',
  columns: taskHistoryTable.columns,
  rows: async (call, ctx) => {
    const values = await evaluatedArguments(call, PARAMETERS, ctx);
    const text = (name: string) => values.get(name)?.value;
    const start = timeOf(values.get('scheduled_time_range_start'), call);
    const end = timeOf(values.get('scheduled_time_range_end'), call);
    const wanted = (run: TaskRun) =>
      (text('task_name') === undefined || run.task === text('task_name')) &&
      (text('root_task_id') === undefined || String(run.rootTaskId) === String(text('root_task_id'))) &&
      (text('error_only') !== true || run.state === 'FAILED' || run.state === 'CANCELLED') &&
      (start === undefined || micros(run.scheduledOn) >= start) &&
      (end === undefined || micros(run.scheduledOn) <= end);
    const catalog = ctx.catalog();
    const runs = newestFirst(catalog.taskRuns.values()).filter(wanted);
    return historyCells(runs.slice(0, limitOf(values.get('result_limit'), call)), catalog);
  },
};

function timeOf(value: TypedValue | undefined, { span }: Call): bigint | undefined {
  if (!value || value.value === null) return undefined;
  if (value.type.kind === 'Timestamp') return BigInt(String(value.value));
  if (value.type.kind === 'Date') return BigInt(String(value.value)) * 86_400_000_000n;
  const text = `unsupported data type for ${typeName(value.type)}, only support timestamp or date`;
  throw new SqlError('BadArguments', text, { span });
}

function limitOf(value: TypedValue | undefined, { span }: Call): number {
  const limit = value ? Number(value.value) : 100;
  if (Number.isInteger(limit) && limit >= 1 && limit <= 10_000) return limit;
  throw new SqlError('BadArguments', 'result_limit must be between 1 and 10000', { span });
}

/** The tasks that follow one: directly, or with RECURSIVE all of its graph below it and itself. */
export const taskDependents: TableFunctionSpec = {
  name: 'task_dependents',
  columns: [
    { name: 'created_on', type: plain('Timestamp'), nullable: false },
    { name: 'name', type: plain('String'), nullable: false },
    { name: 'owner', type: plain('String'), nullable: false },
    { name: 'comment', type: plain('String'), nullable: true },
    { name: 'warehouse', type: plain('String'), nullable: true },
    { name: 'schedule', type: plain('String'), nullable: true },
    {
      name: 'predecessors',
      type: { kind: 'Array', element: plain('String') },
      nullable: false,
    },
    { name: 'state', type: plain('String'), nullable: false },
    { name: 'definition', type: plain('String'), nullable: false },
    { name: 'condition', type: plain('String'), nullable: false },
  ],
  rows: async (call, ctx) => {
    const values = await evaluatedArguments(call, ['task_name', 'recursive'], ctx);
    const catalog = ctx.catalog();
    const { name } = findTask(catalog, String(values.get('task_name')?.value ?? ''));
    const tasks = listObjects(catalog, 'Task');
    const isRecursive = values.get('recursive')?.value === true;
    return (isRecursive ? closure(tasks, name) : successors(tasks, name)).map(dependentRow);
  },
};

function dependentRow(task: TaskRecord): Cell[] {
  const { owner, comment, warehouse, schedule } = saidOf(task);
  return [
    micros(task.createdOn),
    ...[task.name, owner, comment, warehouse, schedule],
    task.after,
    ...[task.state, task.definition, task.condition ?? ''],
  ];
}

/** When a task will run: a suspended one as if it were resumed now. */
export const taskNextRuns: TableFunctionSpec = {
  name: 'task_next_runs',
  columns: [{ name: 'scheduled_time', type: plain('Timestamp'), nullable: false }],
  rows: async (call, ctx) => {
    const values = await evaluatedArguments(call, ['task_name', 'result_limit'], ctx);
    const { schedule, state, resumedOn } = findTask(ctx.catalog(), String(values.get('task_name')?.value ?? ''));
    if (!schedule) return [];
    const anchor = state === 'Started' ? (resumedOn ?? ctx.now) : ctx.now;
    const times = nextTimes(schedule, anchor, ctx.now, limitOf(values.get('result_limit'), call));
    return times.map((time) => [micros(time)]);
  },
};
