import { useQuery } from '@tanstack/react-query';
import { CircleX, Pause, Play, SquareTerminal, StepForward, Trash2, Workflow } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { EmptyState } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { laidOutSql } from '../../data/laid-out-sql.ts';
import { showSql } from '../../data/open-files.ts';
import { nextRuns, type Task, type TaskRun } from '../../data/tasks.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { useNow } from '../../lib/use-now.ts';
import { actOnTask, modifyStatement, taskStatement } from './actions.ts';
import { RunStrip } from './RunStrip.tsx';
import { RunTable } from './RunTable.tsx';
import { showRun } from './run-actions.ts';
import { outcomeText, shortTime, timeText } from './run-outcome.ts';
import { scheduleText } from './schedule-text.ts';
import { StateText } from './TaskList.tsx';

export interface TaskDetailProps {
  readonly task: Task;
  readonly runs: readonly TaskRun[];
}

/** One task: what can be done with it, when it runs, what it runs and how that went. */
export function TaskDetail({ task, runs }: TaskDetailProps) {
  const { tasks: words } = useMessages();
  const { data: sql = task.definition } = useQuery(laidOutSql(task.definition));
  const own = runs.filter((run) => run.task === task.name);
  return (
    <section className="task-detail" aria-label={task.name}>
      <DetailHead task={task} />
      <FailingNote task={task} runs={own} />
      <div className="task-facts">
        <Facts task={task} />
        <SqlBox sql={sql} className="task-sql" />
      </div>
      <header className="task-runs-head">
        <h3>{words.runs}</h3>
        <RunStrip label={words.stripOf(task.name)} runs={own} selected={undefined} onSelect={showRun} />
      </header>
      <RunTable
        label={words.runsOf(task.name)}
        runs={own}
        onOpen={showRun}
        empty={<EmptyState>{words.noRuns}</EmptyState>}
      />
    </section>
  );
}

function DetailHead({ task }: { readonly task: Task }) {
  const { tasks: words } = useMessages();
  const [isDropping, setDropping] = useState(false);
  const [isRunning, setRunning] = useState(false);
  const run = async () => {
    setRunning(true);
    await actOnTask('runNow', task.name);
    setRunning(false);
  };
  return (
    <header className="place-head">
      <Icon of={Workflow} />
      <h2 className="cut">{task.name}</h2>
      <StateText task={task} />
      <span className="grow" />
      <Button size="s" icon={StepForward} disabled={isRunning} onClick={() => void run()}>
        {words.runNow}
      </Button>
      <Toggle task={task} />
      <Button size="s" icon={SquareTerminal} onClick={() => showSql(task.name, modifyStatement(task))}>
        {words.edit}
      </Button>
      <Button size="s" icon={Trash2} onClick={() => setDropping(true)}>
        {words.drop}
      </Button>
      <ConfirmDialog
        open={isDropping}
        onClose={() => setDropping(false)}
        onConfirm={() => void actOnTask('drop', task.name)}
        title={words.dropTitle(task.name)}
        description={words.dropText}
        action={words.drop}
        typed={task.name}
        sql={taskStatement('drop', task.name)}
      />
    </header>
  );
}

function Toggle({ task: { name, isStarted } }: { readonly task: Task }) {
  const { tasks: words } = useMessages();
  const action = isStarted ? 'suspend' : 'resume';
  return (
    <Button
      size="s"
      icon={isStarted ? Pause : Play}
      look={isStarted ? undefined : 'primary'}
      onClick={() => void actOnTask(action, name)}
    >
      {words[action]}
    </Button>
  );
}

/** Why the last run failed, before anything else; nothing while runs succeed. */
function FailingNote({ task, runs }: TaskDetailProps) {
  const { tasks: words } = useMessages();
  const ended = runs.filter(({ state }) => state === 'FAILED' || state === 'SUCCEEDED');
  const succeeded = ended.findIndex(({ state }) => state === 'SUCCEEDED');
  const failures = succeeded < 0 ? ended.length : succeeded;
  const [last] = ended;
  if (!last || failures === 0) return null;
  const text = failuresText(task, failures, words);
  return (
    <p className="task-failing" role="alert">
      <Icon of={CircleX} />
      <b className="grow">{outcomeText(last, words)}</b>
      {text !== undefined && <Chip tone="err">{text}</Chip>}
      <Button size="s" onClick={() => void actOnTask('runNow', task.name)}>
        {words.retry}
      </Button>
    </p>
  );
}

/** Undefined where it was resumed since, so that the failures before count no more. */
function failuresText({ isStarted, mostFailures }: Task, failures: number, words: Messages['tasks']) {
  if (mostFailures === undefined || failures < mostFailures) return words.failing(failures, mostFailures);
  return isStarted ? undefined : words.stopped(failures);
}

function Facts({ task }: { readonly task: Task }) {
  const { tasks: words } = useMessages();
  const { data: next = [] } = useQuery(nextRuns(task));
  const [first, ...then] = next;
  return (
    <dl className="task-dl">
      <Fact name={words.detail.schedule}>{scheduleText(task, words)}</Fact>
      {first && (
        <Fact name={words.detail.next}>{task.isStarted ? <NextTime time={first} /> : words.suspendedNext}</Fact>
      )}
      {task.isStarted && then.length > 0 && (
        <Fact name={words.detail.later}>{then.map((time) => shortTime(time)).join(', ')}</Fact>
      )}
      {task.condition !== '' && <Fact name={words.detail.condition}>{task.condition}</Fact>}
      {task.mostFailures !== undefined && (
        <Fact name={words.detail.failures}>{words.mostFailures(task.mostFailures)}</Fact>
      )}
    </dl>
  );
}

/** When, and in how long. */
function NextTime({ time }: { readonly time: Date }) {
  const { tasks: words } = useMessages();
  const rest = time.getTime() - useNow(true, 1000);
  return (
    <>
      {timeText(time)}
      {rest > 0 && <span className="faint">{words.inTime(format.duration(rest))}</span>}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
