import { useQuery } from '@tanstack/react-query';
import { CircleX, History, RotateCcw, SquareTerminal, StepForward, Workflow } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { DiffView } from '../../components/DiffView.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { pastStatementOf } from '../../data/history.ts';
import { laidOutSql } from '../../data/laid-out-sql.ts';
import { showSql } from '../../data/open-files.ts';
import type { Task, TaskRun } from '../../data/tasks.ts';
import { format } from '../../lib/format.ts';
import { countLines, lineDiff } from '../../lib/line-diff.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate } from '../../lib/router.ts';
import { actOnTask, modifyStatement } from './actions.ts';
import { RunIcon } from './RunTable.tsx';
import { hasQuery, openQuery, shownView } from './run-actions.ts';
import { durationText, outcomeText, timeText } from './run-outcome.ts';

export interface RunDetailProps {
  readonly run: TaskRun;
  /** Undefined where it was dropped since. */
  readonly task: Task | undefined;
}

/** One run: why it failed, what it ran, and what has changed in its task since. */
export function RunDetail({ run, task }: RunDetailProps) {
  const { tasks: words } = useMessages();
  return (
    <section className="task-detail" aria-label={words.runOf(run.task, timeText(run.scheduledAt))}>
      <RunHead run={run} task={task} />
      {run.errorText !== '' && (
        <p className={run.state === 'FAILED' ? 'task-failing' : 'run-reason'}>
          {run.state === 'FAILED' && <Icon of={CircleX} />}
          <b className="grow">{outcomeText(run, words)}</b>
        </p>
      )}
      <div className="task-facts run-facts">
        <RunFacts run={run} />
        {task && task.definition !== run.definition ? <Changed run={run} task={task} /> : <Statement run={run} />}
      </div>
    </section>
  );
}

function RunHead({ run, task }: RunDetailProps) {
  const { tasks: words } = useMessages();
  const showTask = () => {
    shownView.set('graph');
    navigate({ place: 'tasks', path: [run.task] }, { replace: true });
  };
  return (
    <header className="place-head">
      <RunIcon state={run.state} />
      <h2 className="cut">{run.task}</h2>
      <span className="num">{timeText(run.scheduledAt)}</span>
      <span className="grow" />
      {task && (
        <Button
          size="s"
          icon={run.state === 'FAILED' ? RotateCcw : StepForward}
          onClick={() => void actOnTask('runNow', run.task)}
        >
          {run.state === 'FAILED' ? words.retry : words.runNow}
        </Button>
      )}
      {hasQuery(run) && (
        <Button size="s" icon={History} onClick={() => openQuery(run)}>
          {words.openQuery}
        </Button>
      )}
      {task && (
        <Button size="s" icon={Workflow} onClick={showTask}>
          {words.showTask}
        </Button>
      )}
    </header>
  );
}

function RunFacts({ run }: { readonly run: TaskRun }) {
  const { tasks: words } = useMessages();
  const { data: past } = useQuery({ ...pastStatementOf(run.queryId), enabled: hasQuery(run) });
  const { facts } = words;
  return (
    <Facts
      facts={[
        [words.runColumns.state, words.states[run.state]],
        [facts.scheduled, timeText(run.scheduledAt)],
        [facts.ended, timeText(run.completedAt)],
        [words.runColumns.took, durationText(run)],
        ...(past ? ([[facts.written, format.integer(past.written)]] as const) : []),
        [
          facts.query,
          <span key="query" className="mono">
            {run.queryId}
          </span>,
        ],
      ]}
    />
  );
}

function Statement({ run }: Pick<RunDetailProps, 'run'>) {
  const { tasks: words } = useMessages();
  const { data: sql = run.definition } = useQuery(laidOutSql(run.definition));
  return <SqlBox sql={sql} className="run-sql" label={words.definition} />;
}

interface ChangedProps {
  readonly run: TaskRun;
  readonly task: Task;
}

/** What the task ran then, beside what it runs now. */
function Changed({ run, task }: ChangedProps) {
  const { tasks: words } = useMessages();
  const { data: then = run.definition } = useQuery(laidOutSql(run.definition));
  const { data: now = task.definition } = useQuery(laidOutSql(task.definition));
  const diff = lineDiff(then, now);
  const restore = () => showSql(task.name, modifyStatement({ name: task.name, definition: then }));
  return (
    <div className="run-changed">
      <p className="run-changed-head">
        <span className="grow">{words.changedSince(countLines(diff, 'Added'), countLines(diff, 'Removed'))}</span>
        <Button size="s" icon={SquareTerminal} onClick={restore}>
          {words.restore}
        </Button>
      </p>
      <DiffView lines={diff} label={words.changes} />
    </div>
  );
}
