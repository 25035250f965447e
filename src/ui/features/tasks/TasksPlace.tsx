import './Tasks.css';
import { useQuery } from '@tanstack/react-query';
import { Clock, Plus } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { Place } from '../../components/frame/Place.tsx';
import { StatusItem, StatusItems } from '../../components/frame/StatusItems.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { Segments } from '../../components/Tabs.tsx';
import { engineState } from '../../data/engine.ts';
import { showSql } from '../../data/open-files.ts';
import { type Task, type TaskRun, taskRuns, tasks } from '../../data/tasks.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate, useRoute } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';
import { MissedBanner } from './MissedBanner.tsx';
import { RunsView } from './RunsView.tsx';
import { shownView, showRun } from './run-actions.ts';
import { shortTime } from './run-outcome.ts';
import { TaskDetail } from './TaskDetail.tsx';
import { TaskGraph } from './TaskGraph.tsx';
import { TaskList } from './TaskList.tsx';

const NO_RUNS: readonly TaskRun[] = [];

/** Tasks: what follows what, when each runs next, and how it went. */
export function TasksPlace() {
  const { tasks: words } = useMessages();
  const isReady = useStore(engineState).kind === 'Ready';
  const { data, error } = useQuery({ ...tasks(), enabled: isReady });
  const { data: runs = NO_RUNS } = useQuery({ ...taskRuns(), enabled: isReady });
  return (
    <Place title={words.title}>
      <TasksHead />
      {isReady && <MissedBanner />}
      {error && <ErrorCard error={error} />}
      {!data && !error && <Skeleton lines={6} />}
      {data?.length === 0 && <NoTasks />}
      {data && data.length > 0 && <Tasks all={data} runs={runs} />}
      <StatusItems>
        {data && <NextItem all={data} />}
        <StatusItem title={words.honestHint}>{words.honest}</StatusItem>
      </StatusItems>
    </Place>
  );
}

/** Which task runs next of all, and when. */
function NextItem({ all }: Pick<TasksProps, 'all'>) {
  const { tasks: words } = useMessages();
  const times = all.flatMap(({ nextAt }) => nextAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  return times[0] && <StatusItem>{words.nextOfAll(shortTime(times[0]))}</StatusItem>;
}

function TasksHead() {
  const { tasks: words } = useMessages();
  const view = useStore(shownView);
  return (
    <header className="place-head">
      <h2>{words.title}</h2>
      <Segments
        label={words.views}
        items={[
          { id: 'graph', label: words.graph },
          { id: 'list', label: words.list },
          { id: 'runs', label: words.runs },
        ]}
        value={view}
        onChange={shownView.set}
      />
      <span className="grow" />
      <span className="tasks-honest" title={words.honestHint}>
        <Icon of={Clock} size="s" />
        {words.honest}
      </span>
      <Button size="s" icon={Plus} onClick={() => showSql(words.newTask, words.emptySql)}>
        {words.newTask}
      </Button>
    </header>
  );
}

function NoTasks() {
  const { tasks: words } = useMessages();
  return (
    <EmptyState
      actions={
        <>
          <SqlBox sql={words.emptySql} />
          <Button look="primary" onClick={() => showSql(words.newTask, words.emptySql)}>
            {words.write}
          </Button>
        </>
      }
    >
      {words.empty}
    </EmptyState>
  );
}

interface TasksProps {
  readonly all: readonly Task[];
  readonly runs: readonly TaskRun[];
}

function Tasks({ all, runs }: TasksProps) {
  const view = useStore(shownView);
  const [name, run] = useRoute().path;
  const selected = all.find((task) => task.name === name) ?? all[0];
  const select = (task: Task) => navigate({ place: 'tasks', path: [task.name] }, { replace: name !== undefined });
  if (view === 'runs')
    return (
      <div className="tasks-work">
        <RunsView all={all} runs={runs} chosen={run} onChoose={showRun} />
      </div>
    );
  const props = { all, runs, selected, onSelect: select };
  return (
    <div className="tasks-work">
      {view === 'graph' ? <TaskGraph {...props} /> : <TaskList {...props} />}
      {selected && <TaskDetail key={selected.name} task={selected} runs={runs} />}
    </div>
  );
}
