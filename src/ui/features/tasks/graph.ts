import { namesTable } from '../../data/names-table.ts';
import { readsStream, type Stream } from '../../data/streams.ts';
import type { Task } from '../../data/tasks.ts';
import type { GraphNode } from './layout.ts';

/** A box of the graph: a task, or what tasks read. `after` holds the ids of what comes before it. */
export type PipelineNode =
  | (GraphNode & { readonly kind: 'Task'; readonly task: Task })
  | (GraphNode & { readonly kind: 'Stream'; readonly name: string; readonly stream: Stream })
  | (GraphNode & { readonly kind: 'Stage'; readonly name: string });

/** Tasks, the stages and streams that they read, and from each stream back to the tasks that write its table. */
export function pipelineNodes(tasks: readonly Task[], streams: readonly Stream[]): readonly PipelineNode[] {
  const read = streams.filter((stream) => tasks.some((task) => readsStream(task, stream)));
  const stages = new Set(tasks.flatMap(stagesOf));
  return [
    ...[...stages].map((name): PipelineNode => ({ kind: 'Stage', id: `@${name}`, name, after: [] })),
    ...read.map((stream): PipelineNode => {
      const writers = tasks.filter((task) => writesTable(task, stream.table) && !readsStream(task, stream));
      return { kind: 'Stream', id: streamId(stream), name: stream.name, stream, after: writers.map(taskId) };
    }),
    ...tasks.map((task): PipelineNode => {
      const sources = [
        ...stagesOf(task).map((name) => `@${name}`),
        ...read.filter((one) => readsStream(task, one)).map(streamId),
      ];
      return {
        kind: 'Task',
        id: taskId(task),
        task,
        after: [...task.after.map((name) => taskId({ name })), ...sources],
      };
    }),
  ];
}

export const taskId = ({ name }: Pick<Task, 'name'>) => `task ${name}`;
const streamId = ({ database, name }: Stream) => `stream ${database}.${name}`;

const TARGET = /\b(?:INTO|OVERWRITE|UPDATE|DELETE FROM|TRUNCATE TABLE|CREATE TABLE)\s+(?:TABLE\s+)?([\w."`$]+)/gi;

function writesTable({ definition }: Task, table: string | undefined): boolean {
  const [database = '', ...rest] = (table ?? '').split('.');
  const names = namesTable({ database, name: rest.join('.') });
  return table !== undefined && [...definition.matchAll(TARGET)].some(([, target = '']) => names(target));
}

const STAGE = /(?:FROM|USING)\s+\(?\s*@([\w~%.]+|"[^"]+")/gi;

function stagesOf({ definition }: Task): readonly string[] {
  const found = [...definition.matchAll(STAGE)].map(([, name = '']) => name.replaceAll('"', ''));
  return [...new Set(found)];
}
