import { findTask } from '../../warehouse/find.ts';
import { NO_ROWS, type Outcome, type StatementContext } from '../context.ts';
import { at } from '../names.ts';
import type { ExecuteTask } from '../syntax/task.ts';
import { runGraph } from './run.ts';

/** Runs the task and what follows from it to the end. How it went is in the history; a run that fails is no error here. */
export async function executeTask({ name }: ExecuteTask, ctx: StatementContext): Promise<Outcome> {
  const task = at(name, () => findTask(ctx.services.warehouse.state(), name.name));
  await runGraph({ task, trigger: 'Execute', scheduledOn: ctx.now }, ctx);
  return NO_ROWS;
}
