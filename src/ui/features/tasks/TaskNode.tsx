import { ArrowRight, Clock, Waves, Workflow } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { Dot } from '../../components/Chip.tsx';
import { Icon } from '../../components/Icon.tsx';
import type { Task, TaskRun } from '../../data/tasks.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { conditionText, scheduleText } from './schedule-text.ts';
import { LastRun } from './TaskList.tsx';

export interface TaskNodeProps {
  readonly task: Task;
  readonly run: TaskRun | undefined;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** A task of the graph: when it runs, and how it went last. */
export function TaskNode({ task, run, isSelected, onSelect, onKeyDown }: TaskNodeProps) {
  const { tasks: words } = useMessages();
  const condition = conditionText(task, words);
  const icon = task.after.length > 0 ? ArrowRight : Clock;
  return (
    <button type="button" className="box task-node" aria-pressed={isSelected} onClick={onSelect} onKeyDown={onKeyDown}>
      <span className="task-node-head">
        <Icon of={Workflow} size="s" />
        <b className="cut grow">{task.name}</b>
        <span className="sr">{task.isStarted ? words.started : words.suspended}</span>
        <Dot tone={task.isStarted ? 'ok' : 'off'} />
      </span>
      <span className="box-line task-node-line">
        <Icon of={condition === undefined ? icon : Waves} size="s" />
        <span className="cut">{condition ?? scheduleText(task, words)}</span>
      </span>
      <span className="box-line task-node-line">
        <LastRun run={run} />
      </span>
    </button>
  );
}
