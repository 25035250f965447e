import { queryOptions } from '@tanstack/react-query';
import { keys } from './keys.ts';
import { askRecords, type TextRecord } from './rows.ts';
import { quoted } from './uploads.ts';

export interface Task {
  readonly name: string;
  readonly isStarted: boolean;
  /** As SHOW TASKS prints it; undefined for tasks that follow others. */
  readonly schedule: string | undefined;
  readonly after: readonly string[];
  readonly condition: string;
  readonly definition: string;
  readonly comment: string;
  readonly warehouse: string | undefined;
  /** Failures in a row that suspend it; undefined where none do. */
  readonly mostFailures: number | undefined;
  readonly nextAt: Date | undefined;
}

export type RunState = 'EXECUTING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'SKIPPED';

export interface TaskRun {
  readonly id: string;
  readonly task: string;
  readonly state: RunState;
  /** Of its statement in the history. */
  readonly queryId: string;
  /** The statement as it was then. */
  readonly definition: string;
  readonly scheduledAt: Date | undefined;
  readonly completedAt: Date | undefined;
  readonly errorCode: number;
  readonly errorText: string;
}

/** Times at which a task did not run, since no page was open. */
export interface MissedRuns {
  readonly task: string;
  readonly count: number;
  readonly first: Date | undefined;
  readonly last: Date | undefined;
}

export function tasks() {
  return queryOptions({
    queryKey: keys.tasks(),
    queryFn: async ({ signal }): Promise<readonly Task[]> =>
      (await askRecords('SELECT * FROM system.tasks ORDER BY name', signal)).map(taskOf),
  });
}

function taskOf(record: TextRecord): Task {
  const most = Number(record['suspend_task_after_num_failures'] ?? 0);
  return {
    name: record['name'] ?? '',
    isStarted: record['state'] === 'Started',
    schedule: record['schedule'] ?? undefined,
    after: (record['after'] ?? '').split(',').filter(Boolean),
    condition: record['condition_text'] ?? '',
    definition: record['definition'] ?? '',
    comment: record['comment'] ?? '',
    warehouse: record['warehouse'] ?? undefined,
    mostFailures: most > 0 ? most : undefined,
    nextAt: timeOf(record['next_schedule_time']),
  };
}

/** Times come as UTC text without a zone. */
function timeOf(text: string | null | undefined): Date | undefined {
  return text ? new Date(`${text.replace(' ', 'T').slice(0, 23)}Z`) : undefined;
}

/** As many as the engine keeps. */
const MOST_RUNS = 1000;

/** Runs of all tasks, the newest first. */
export function taskRuns() {
  return queryOptions({
    queryKey: keys.taskRuns(),
    queryFn: async ({ signal }): Promise<readonly TaskRun[]> =>
      (await askRecords(`SELECT * FROM TASK_HISTORY(RESULT_LIMIT => ${MOST_RUNS})`, signal)).map(runOf),
  });
}

function runOf(record: TextRecord): TaskRun {
  return {
    id: record['run_id'] ?? '',
    task: record['name'] ?? '',
    queryId: record['query_id'] ?? '',
    definition: record['definition'] ?? '',
    state: (record['state'] ?? 'EXECUTING') as RunState, // The history has no other states.
    scheduledAt: timeOf(record['scheduled_time']),
    completedAt: timeOf(record['completed_time']),
    errorCode: Number(record['exception_code'] ?? 0),
    errorText: record['exception_text'] ?? '',
  };
}

const MISSED_EVERY = 5000;

/** Asked again and again, since time alone makes runs missed. */
export function missedRuns() {
  return queryOptions({
    queryKey: keys.missedRuns(),
    refetchInterval: MISSED_EVERY,
    queryFn: async ({ signal }): Promise<readonly MissedRuns[]> =>
      (await askRecords('SELECT * FROM system.missed_task_runs ORDER BY name', signal)).map((record) => ({
        task: record['name'] ?? '',
        count: Number(record['missed_runs'] ?? 0),
        first: timeOf(record['first_scheduled_time']),
        last: timeOf(record['last_scheduled_time']),
      })),
  });
}

/** The next five times of a task, as if it were resumed now while it is suspended. */
export function nextRuns({ name, schedule }: Task) {
  return queryOptions({
    queryKey: keys.nextRuns(name),
    enabled: schedule !== undefined,
    queryFn: async ({ signal }): Promise<readonly Date[]> => {
      const sql = `SELECT * FROM TASK_NEXT_RUNS(TASK_NAME => ${quoted(name)}, RESULT_LIMIT => 5)`;
      return (await askRecords(sql, signal)).flatMap((record) => timeOf(record['scheduled_time']) ?? []);
    },
  });
}
