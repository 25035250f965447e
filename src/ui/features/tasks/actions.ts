import { isAbort, toSqlError } from '../../../engine/index.ts';
import { nameText } from '../../data/catalog.ts';
import { execute } from '../../data/statements.ts';
import type { Task } from '../../data/tasks.ts';
import { announce } from '../../lib/announce.ts';
import { messages } from '../../lib/messages/messages.ts';
import { toast } from '../../lib/toasts.ts';

export type TaskAction = 'resume' | 'suspend' | 'runNow' | 'drop';

export function taskStatement(action: TaskAction, name: string): string {
  const task = nameText(name);
  switch (action) {
    case 'resume':
      return `ALTER TASK ${task} RESUME`;
    case 'suspend':
      return `ALTER TASK ${task} SUSPEND`;
    case 'runNow':
      return `EXECUTE TASK ${task}`;
    case 'drop':
      return `DROP TASK ${task}`;
  }
}

export function modifyStatement({ name, definition }: Pick<Task, 'name' | 'definition'>): string {
  return `ALTER TASK ${nameText(name)} MODIFY AS\n${definition}`;
}

/** Does it and says so; a failure is told. */
export async function actOnTask(action: TaskAction, name: string): Promise<void> {
  const { tasks: words } = messages();
  try {
    await execute(taskStatement(action, name), { signal: new AbortController().signal });
    announce(`${words[action]}: ${name}`);
  } catch (error) {
    if (isAbort(error)) return;
    toast({ title: words.failed(words[action], name), text: toSqlError(error).message, isFailure: true });
  }
}
