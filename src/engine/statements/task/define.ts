import { SqlError } from '../../base/errors.ts';
import { closure, findCycle } from '../../schedule/graph.ts';
import { checkSchedule } from '../../schedule/schedule.ts';
import type { Expr } from '../../sql/ast.ts';
import type { OptionSetting } from '../../sql/ast-query.ts';
import { printExpr } from '../../sql/print.ts';
import { sessionSettings } from '../../system/settings.ts';
import type { Transaction } from '../../warehouse/contract.ts';
import { findTask, listObjects, lookUp, runsOf } from '../../warehouse/find.ts';
import type { TaskRecord, TaskSchedule } from '../../warehouse/object.ts';
import { NO_ROWS, type Outcome, type StatementContext } from '../context.ts';
import { at } from '../names.ts';
import { refuseSecrets } from '../refuse-secrets.ts';
import { printStatement } from '../syntax/index.ts';
import {
  type AlterTask,
  type AlterTaskAction,
  type CreateTask,
  type DropTask,
  printTaskBody,
  type Schedule,
  type TaskOptions,
} from '../syntax/task.ts';

export function createTask(statement: CreateTask, ctx: StatementContext): Promise<Outcome> {
  const { mode, name, span, after, when, body } = statement;
  return ctx.transact(async (transaction) => {
    const known = lookUp(transaction.state(), 'Task', name.name);
    if (mode === 'CREATE IF NOT EXISTS' && known) return NO_ROWS;
    if (statement.schedule && after.length > 0) {
      const text =
        'task must be defined with either given time schedule as a root task or run after other task as a DAG';
      throw new SqlError('SyntaxException', text, { span });
    }
    if (mode === 'CREATE OR REPLACE' && known) cancelRuns(known, transaction, ctx);
    const definition = {
      kind: 'Task' as const,
      name: name.name,
      comment: statement.comment ?? '',
      warehouse: statement.warehouse,
      schedule: at({ span }, () => taskSchedule(statement.schedule)),
      after: [...new Set(after)],
      definition: refuseSecrets(printTaskBody(body, printStatement), 'task'),
      condition: when && conditionText(when),
      state: 'Suspended' as const,
      suspendAfterFailures: statement.suspendAfterFailures,
      errorIntegration: statement.errorIntegration,
      parameters: at({ span }, () => taskParameters(statement.parameters)),
      resumedOn: undefined,
      suspendedOn: undefined,
    };
    const create = () => transaction.create<'Task'>(definition, { orReplace: mode === 'CREATE OR REPLACE' });
    checkGraph(at(name, create), transaction, statement);
    return NO_ROWS;
  });
}

const conditionText = (when: Expr) => refuseSecrets(printExpr(when), 'task');

/** Throws SemanticError for what can be no schedule. */
function taskSchedule(schedule: Schedule | undefined): TaskSchedule | undefined {
  if (!schedule) return undefined;
  if (schedule.kind === 'Cron') {
    checkSchedule(schedule);
    return { kind: 'Cron', expression: schedule.expression, timezone: schedule.timezone };
  }
  const { count, unit } = schedule;
  if (unit === 'MILLISECOND' && (count < 500 || count >= 1000)) {
    const text = `invalid milliseconds_interval value ${count}, must be in [500, 1000)`;
    throw new SqlError('SemanticError', text);
  }
  if (count === 0) throw new SqlError('SemanticError', 'invalid interval value 0, must be greater than 0');
  return { kind: 'Interval', milliseconds: count * UNITS[unit] };
}

const UNITS = { MINUTE: 60_000, SECOND: 1000, MILLISECOND: 1 };

/** Settings of the session that the body runs in, and `database`. Throws UnknownVariable. */
function taskParameters(settings: readonly OptionSetting[]): Readonly<Record<string, string>> {
  const checked = sessionSettings();
  const parameters = settings.map(({ name, value }): [string, string] => {
    const key = name.toLowerCase();
    if (key === 'database') return [key, String(value.value)];
    checked.set(key, String(value.value));
    return [key, checked.get(key)];
  });
  return Object.fromEntries(parameters);
}

function checkGraph(task: TaskRecord, transaction: Transaction, { span }: Pick<CreateTask, 'span'>): void {
  const cycle = findCycle(listObjects(transaction.state(), 'Task'), task.name);
  if (cycle) throw new SqlError('SemanticError', `task graph must not have a cycle: ${cycle.join(' -> ')}`, { span });
}

export function alterTask(statement: AlterTask, ctx: StatementContext): Promise<Outcome> {
  const { ifExists, name, action, span } = statement;
  return ctx.transact(async (transaction) => {
    const state = transaction.state();
    if (ifExists && !lookUp(state, 'Task', name.name)) return NO_ROWS;
    const task = at(name, () => findTask(state, name.name));
    const altered = transaction.alter<'Task'>({ ...task, ...at({ span }, () => changeOf(task, action, ctx.now)) });
    checkGraph(altered, transaction, statement);
    return NO_ROWS;
  });
}

type TaskChange = { -readonly [Field in keyof TaskRecord]?: TaskRecord[Field] };

function changeOf(task: TaskRecord, action: AlterTaskAction, now: number): TaskChange {
  switch (action.kind) {
    case 'Suspend':
      return task.state === 'Suspended' ? {} : suspended(now);
    case 'Resume':
      return { state: 'Started', resumedOn: now };
    case 'UnsetWarehouse':
      return { warehouse: undefined };
    case 'SetOptions':
      return optionsChange(task, action, now);
    case 'ModifyBody':
      return { definition: refuseSecrets(printTaskBody(action.body, printStatement), 'task') };
    case 'ModifyWhen':
      return { condition: conditionText(action.when) };
    default: {
      if (task.schedule) throw scheduleAndAfter(task);
      const others = task.after.filter((before) => !action.after.includes(before));
      return { after: action.kind === 'AddAfter' ? [...others, ...new Set(action.after)] : others };
    }
  }
}

export function suspended(now: number) {
  return { state: 'Suspended' as const, suspendedOn: now };
}

function scheduleAndAfter({ name }: TaskRecord): SqlError {
  const text = `Task cannot have both \`SCHEDULE\` and \`AFTER\`: '${name}'`;
  return new SqlError('TaskScheduleAndAfterConflict', text);
}

/** What SET names; a new schedule counts from now. */
function optionsChange(task: TaskRecord, options: TaskOptions, now: number): TaskChange {
  const { warehouse, schedule, suspendAfterFailures, errorIntegration, comment, parameters } = options;
  const change: TaskChange = {};
  if (schedule && task.after.length > 0) throw scheduleAndAfter(task);
  if (schedule) {
    change.schedule = taskSchedule(schedule);
    if (task.state === 'Started') change.resumedOn = now;
  }
  if (warehouse !== undefined) change.warehouse = warehouse;
  if (suspendAfterFailures !== undefined) change.suspendAfterFailures = suspendAfterFailures;
  if (errorIntegration !== undefined) change.errorIntegration = errorIntegration;
  if (comment !== undefined) change.comment = comment;
  if (parameters.length > 0) change.parameters = { ...task.parameters, ...taskParameters(parameters) };
  return change;
}

/** Tasks that follow it become root tasks, suspended; its open runs are cancelled. */
export function dropTask({ ifExists, name }: DropTask, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    const state = transaction.state();
    if (ifExists && !lookUp(state, 'Task', name.name)) return NO_ROWS;
    const task = at(name, () => findTask(state, name.name));
    cancelRuns(task, transaction, ctx);
    transaction.drop(task);
    for (const next of listObjects(state, 'Task')) {
      if (!next.after.includes(task.name) || next.id === task.id) continue;
      const after = next.after.filter((before) => before !== task.name);
      const change = next.state === 'Started' ? suspended(ctx.now) : {};
      transaction.alter<'Task'>({ ...next, ...change, after });
    }
    return NO_ROWS;
  });
}

function cancelRuns(task: TaskRecord, transaction: Transaction, ctx: StatementContext): void {
  cancelOpenRuns(task, 'task was dropped while execution status was still open', { transaction, now: ctx.now });
}

interface Cancelling {
  readonly transaction: Transaction;
  readonly now: number;
}

/** How many there were. What runs then fails when it commits. */
export function cancelOpenRuns(task: TaskRecord, errorText: string, { transaction, now }: Cancelling): number {
  const open = runsOf(transaction.state(), task.id).filter(({ state }) => state === 'EXECUTING');
  for (const run of open) transaction.recordRun({ ...run, state: 'CANCELLED', completedOn: now, errorText });
  return open.length;
}

/** Resumes a task and all that follow it: TASK_DEPENDENTS_ENABLE. */
export function enableDependents(name: string, ctx: StatementContext): Promise<void> {
  return ctx.transact(async (transaction) => {
    const { name: root } = findTask(transaction.state(), name);
    for (const task of closure(listObjects(transaction.state(), 'Task'), root))
      transaction.alter<'Task'>({ ...task, state: 'Started', resumedOn: ctx.now });
  });
}
