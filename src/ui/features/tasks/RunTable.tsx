import { CircleCheck, CircleMinus, CircleSlash, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dot } from '../../components/Chip.tsx';
import { Icon } from '../../components/Icon.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import type { RunState, TaskRun } from '../../data/tasks.ts';
import { cx } from '../../lib/cx.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { durationOf, durationText, outcomeText, timeText } from './run-outcome.ts';
import { byUrgency } from './run-strip.ts';

export interface RunTableProps {
  readonly label: string;
  readonly runs: readonly TaskRun[];
  /** Of more than one task. */
  readonly isMixed?: boolean | undefined;
  readonly selected?: TaskRun | undefined;
  readonly onSelect?: ((run: TaskRun) => void) | undefined;
  readonly onOpen?: ((run: TaskRun) => void) | undefined;
  readonly empty: ReactNode;
}

/** Runs, the newest first; a click on a head sorts by duration, or brings failures to the top. */
export function RunTable({ label, runs, isMixed = false, selected, onSelect, onOpen, empty }: RunTableProps) {
  const { tasks: words } = useMessages();
  return (
    <RowTable
      {...{ label, onSelect, onOpen, empty }}
      columns={columnsOf(words).filter(({ id }) => isMixed || id !== 'task')}
      rows={runs}
      keyOf={({ id }) => id}
      selected={selected?.id}
    />
  );
}

function columnsOf(words: Messages['tasks']): readonly RowTableColumn<TaskRun>[] {
  const { runColumns: heads } = words;
  return [
    {
      ...{ id: 'state', head: heads.state, isHeadHidden: true, width: '32px' },
      show: ({ state }) => <RunIcon state={state} />,
    },
    {
      ...{ id: 'when', head: heads.when, width: '148px' },
      show: ({ scheduledAt }) => <span className="num">{timeText(scheduledAt)}</span>,
    },
    {
      ...{ id: 'task', head: heads.task, width: 'minmax(0, 1fr)' },
      show: ({ task }) => <span className="cut">{task}</span>,
      compare: (a, b) => a.task.localeCompare(b.task),
    },
    {
      ...{ id: 'took', head: heads.took, width: '84px', isEnd: true },
      show: durationText,
      compare: (a, b) => (durationOf(a) ?? -1) - (durationOf(b) ?? -1),
    },
    {
      ...{ id: 'outcome', head: heads.outcome, width: 'minmax(0, 1.8fr)' },
      show: (run) => (
        <span className={cx('cut', run.state === 'FAILED' && 'err')} title={outcomeText(run, words)}>
          {outcomeText(run, words)}
        </span>
      ),
      compare: byUrgency,
    },
  ];
}

const ICONS = {
  SUCCEEDED: { of: CircleCheck, tone: 'ok' },
  FAILED: { of: CircleX, tone: 'err' },
  CANCELLED: { of: CircleSlash, tone: 'warn' },
  SKIPPED: { of: CircleMinus, tone: 'faint' },
} as const;

/** Its state is read out. */
export function RunIcon({ state }: { readonly state: RunState }) {
  const { tasks: words } = useMessages();
  const icon = state === 'EXECUTING' ? undefined : ICONS[state];
  return (
    <span className="run-icon" title={words.states[state]}>
      {icon ? <Icon of={icon.of} className={icon.tone} /> : <Dot tone="info" isLive />}
      <span className="sr">{words.states[state]}</span>
    </span>
  );
}
