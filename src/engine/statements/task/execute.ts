import { SqlError } from '../../base/errors.ts';
import { findTask } from '../../warehouse/find.ts';
import { NO_ROWS, type Outcome, type StatementContext } from '../context.ts';
import { at } from '../names.ts';
import type { ExecuteTask } from '../syntax/task.ts';
import { MOST_TRIES, runGraph } from './run.ts';

/**
 * Runs the task and what follows from it to the end. How it went is in the history; a run that fails is no error here.
 * One that others come before, so that it does not begin, is asked for again.
 */
export async function executeTask({ name }: ExecuteTask, ctx: StatementContext): Promise<Outcome> {
  const { warehouse } = ctx.services;
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const task = at(name, () => findTask(warehouse.state(), name.name));
    if (await runGraph({ task, trigger: 'Execute', scheduledOn: ctx.now }, ctx)) return NO_ROWS;
    await warehouse.refresh(ctx.signal);
  }
  throw new SqlError(
    'UnresolvableConflict',
    `task '${name.name}' did not begin: other runs of it came first each time`,
    {
      span: name.span,
    },
  );
}
