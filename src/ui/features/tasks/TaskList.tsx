import { Dot } from '../../components/Chip.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import type { Task, TaskRun } from '../../data/tasks.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { RunIcon } from './RunTable.tsx';
import { durationText, outcomeText, shortTime } from './run-outcome.ts';
import { scheduleText } from './schedule-text.ts';

export interface TasksViewProps {
  readonly all: readonly Task[];
  readonly runs: readonly TaskRun[];
  readonly selected: Task | undefined;
  readonly onSelect: (task: Task) => void;
}

export function TaskList({ all, runs, selected, onSelect }: TasksViewProps) {
  const { tasks: words } = useMessages();
  const columns: readonly RowTableColumn<Task>[] = [
    {
      id: 'task',
      head: words.columns.task,
      width: 'minmax(0, 1.4fr)',
      show: ({ name }) => name,
      compare: (a, b) => a.name.localeCompare(b.name),
    },
    { id: 'state', head: words.columns.state, width: '110px', show: (task) => <StateText task={task} /> },
    {
      id: 'schedule',
      head: words.columns.schedule,
      width: 'minmax(0, 1.2fr)',
      show: (task) => scheduleText(task, words),
    },
    { id: 'next', head: words.columns.next, width: '150px', show: ({ nextAt }) => shortTime(nextAt) },
    {
      id: 'last',
      head: words.columns.last,
      width: 'minmax(0, 1.6fr)',
      show: ({ name }) => <LastRun run={runs.find(({ task }) => task === name)} />,
    },
  ];
  return (
    <div className="tasks-list">
      <RowTable
        label={words.title}
        columns={columns}
        rows={all}
        keyOf={({ name }) => name}
        selected={selected?.name}
        onSelect={onSelect}
      />
    </div>
  );
}

export function StateText({ task }: { readonly task: Task }) {
  const { tasks: words } = useMessages();
  return (
    <span className="tasks-state">
      <Dot tone={task.isStarted ? 'ok' : 'off'} />
      {task.isStarted ? words.started : words.suspended}
    </span>
  );
}

export function LastRun({ run }: { readonly run: TaskRun | undefined }) {
  const { tasks: words } = useMessages();
  if (!run) return <span className="faint">{words.never}</span>;
  return (
    <span className="tasks-state cut" title={outcomeText(run, words)}>
      <RunIcon state={run.state} />
      <span className="cut">
        {shortTime(run.scheduledAt)} {run.state === 'SUCCEEDED' ? durationText(run) : outcomeText(run, words)}
      </span>
    </span>
  );
}
