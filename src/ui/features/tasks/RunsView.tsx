import { useState } from 'react';
import { EmptyState } from '../../components/Feedback.tsx';
import { Select } from '../../components/Field.tsx';
import type { RunState, Task, TaskRun } from '../../data/tasks.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { RunDetail } from './RunDetail.tsx';
import { RunStrip } from './RunStrip.tsx';
import { RunTable } from './RunTable.tsx';
import { openQuery } from './run-actions.ts';

export interface RunsViewProps {
  readonly all: readonly Task[];
  readonly runs: readonly TaskRun[];
  /** The id of the run that is shown under the list. */
  readonly chosen: string | undefined;
  readonly onChoose: (run: TaskRun) => void;
}

const ANY = '';

/** The runs of all tasks: what ran when, how long it took and how it ended. */
export function RunsView({ all, runs, chosen, onChoose }: RunsViewProps) {
  const { tasks: words } = useMessages();
  const [task, setTask] = useState(ANY);
  const [state, setState] = useState<RunState | typeof ANY>(ANY);
  const ofTask = runs.filter((run) => task === ANY || run.task === task);
  const found = ofTask.filter((run) => state === ANY || run.state === state);
  const shown = found.find(({ id }) => id === chosen) ?? found[0];
  const names = [...new Set(runs.map((run) => run.task))].sort((a, b) => a.localeCompare(b));
  return (
    <>
      <div className="tasks-list">
        <div className="toolbar runs-bar">
          <Select
            label={words.runColumns.task}
            hideLabel
            size="s"
            value={task}
            options={[{ value: ANY, label: words.anyTask }, ...names.map((name) => ({ value: name, label: name }))]}
            onChange={setTask}
          />
          <StateChoice state={state} onChange={setState} />
          <RunStrip label={words.strip} runs={found} selected={shown} onSelect={onChoose} />
        </div>
        <RunTable
          isMixed
          label={words.allRuns}
          runs={found}
          selected={shown}
          onSelect={onChoose}
          onOpen={openQuery}
          empty={<EmptyState>{runs.length === 0 ? words.noRunsAtAll : words.noRunFits}</EmptyState>}
        />
      </div>
      {shown && <RunDetail key={shown.id} run={shown} task={all.find(({ name }) => name === shown.task)} />}
    </>
  );
}

interface StateChoiceProps {
  readonly state: RunState | typeof ANY;
  readonly onChange: (state: RunState | typeof ANY) => void;
}

function StateChoice({ state, onChange }: StateChoiceProps) {
  const { tasks: words } = useMessages();
  const states = Object.keys(words.states).filter((name): name is RunState => name in words.states);
  return (
    <Select
      label={words.runColumns.state}
      hideLabel
      size="s"
      value={state}
      options={[
        { value: ANY, label: words.anyState },
        ...states.map((name) => ({ value: name, label: words.states[name] })),
      ]}
      onChange={(next) => onChange(states.find((name) => name === next) ?? ANY)}
    />
  );
}
