import { listObjects } from '../warehouse/find.ts';
import type { TaskRecord, TaskRun } from '../warehouse/object.ts';
import { defineTable, micros } from './table.ts';

export const tasksTable = defineTable({
  name: 'tasks',
  columns: {
    created_on: 'Timestamp',
    name: 'String',
    id: 'UInt64',
    owner: 'String',
    comment: 'String?',
    warehouse: 'String?',
    schedule: 'String?',
    state: 'String',
    definition: 'String',
    condition_text: 'String',
    after: 'String',
    suspend_task_after_num_failures: 'UInt64?',
    error_integration: 'String?',
    next_schedule_time: 'Timestamp?',
    last_committed_on: 'Timestamp',
    last_suspended_on: 'Timestamp?',
    session_parameters: 'Variant?',
  },
  rows: ({ catalog }) => listObjects(catalog, 'Task').map(taskRow),
});

function taskRow(task: TaskRecord) {
  return {
    ...saidOf(task),
    created_on: micros(task.createdOn),
    name: task.name,
    id: BigInt(task.id),
    state: task.state,
    definition: task.definition,
    condition_text: task.condition ?? '',
    after: task.after.join(','),
    suspend_task_after_num_failures: countOrNull(task.suspendAfterFailures),
    error_integration: task.errorIntegration ?? null,
    last_committed_on: micros(task.updatedOn),
    last_suspended_on: timeOrNull(task.suspendedOn),
  };
}

/** Nobody but one owns anything here. */
const OWNER = 'account_admin';

/** What a task and its runs both show. */
function saidOf({ comment, warehouse, schedule, parameters }: TaskRecord) {
  return {
    owner: OWNER,
    comment: comment === '' ? null : comment,
    warehouse: warehouse ?? null,
    schedule: scheduleText(schedule),
    session_parameters: JSON.stringify(parameters),
  };
}

const timeOrNull = (milliseconds: number | undefined) => (milliseconds === undefined ? null : micros(milliseconds));
const countOrNull = (count: number | undefined) => (count === undefined ? null : BigInt(count));

/** `INTERVAL 6000 SECOND`, `INTERVAL 0 SECOND 500 MILLISECOND`, `CRON 0 0 9 * * * TIMEZONE America/Los_Angeles` */
function scheduleText(schedule: TaskRecord['schedule']): string | null {
  if (!schedule) return null;
  if (schedule.kind === 'Cron') {
    const zone = schedule.timezone === undefined ? '' : ` TIMEZONE ${schedule.timezone}`;
    return `CRON ${schedule.expression}${zone}`;
  }
  const rest = schedule.milliseconds % 1000;
  return `INTERVAL ${Math.floor(schedule.milliseconds / 1000)} SECOND${rest === 0 ? '' : ` ${rest} MILLISECOND`}`;
}

export const taskHistoryTable = defineTable({
  name: 'task_history',
  columns: {
    name: 'String',
    id: 'UInt64',
    owner: 'String',
    comment: 'String?',
    schedule: 'String?',
    warehouse: 'String?',
    state: 'String',
    definition: 'String',
    condition_text: 'String',
    run_id: 'String',
    query_id: 'String',
    exception_code: 'Int64',
    exception_text: 'String?',
    attempt_number: 'Int32',
    completed_time: 'Timestamp?',
    scheduled_time: 'Timestamp?',
    root_task_id: 'String',
    session_parameters: 'Variant?',
  },
  rows: ({ catalog }) =>
    [...catalog.taskRuns.values()].map((run) => {
      const task = catalog.objects.get(run.taskId);
      return {
        ...runRow(run),
        ...(task?.kind === 'Task' ? { ...saidOf(task), condition_text: task.condition ?? '' } : {}),
      };
    }),
});

function runRow(run: TaskRun) {
  return {
    name: run.task,
    id: BigInt(run.taskId),
    owner: OWNER,
    state: run.state,
    definition: run.definition,
    condition_text: '',
    run_id: run.id,
    query_id: run.queryId,
    exception_code: BigInt(run.errorCode),
    exception_text: run.errorText ?? null,
    attempt_number: run.attempt,
    completed_time: timeOrNull(run.completedOn),
    scheduled_time: micros(run.scheduledOn),
    root_task_id: String(run.taskId),
  };
}
