import { CircleCheck, CircleSlash, CircleX, Clipboard, GitCompareArrows, Play, SquareTerminal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dot } from '../../components/Chip.tsx';
import { Meter } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import type { MenuEntry } from '../../components/Menu.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { SqlText } from '../../components/SqlText.tsx';
import type { PastState, PastStatement } from '../../data/history.ts';
import { copyText } from '../../lib/clipboard.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { isMasked, openPast, runPast } from './actions.ts';

const MOST_LETTERS = 240;

export interface HistoryListProps {
  readonly statements: readonly PastStatement[];
  /** The id of the statement that is shown beside the list. */
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  /** Compares another statement with the one that is shown; absent while none is. */
  readonly onCompare: ((id: string) => void) | undefined;
  readonly empty: ReactNode;
}

/** The newest first. A click or an arrow shows the statement, Enter opens it in a worksheet. */
export function HistoryList({ statements, chosen, onChoose, onCompare, empty }: HistoryListProps) {
  const { history: words } = useMessages();
  const longest = Math.max(1, ...statements.map(({ duration }) => duration ?? 0));
  return (
    <RowTable
      label={words.list}
      columns={columnsOf(words, longest)}
      rows={statements}
      keyOf={({ id }) => id}
      selected={chosen}
      onSelect={({ id }) => onChoose(id)}
      onOpen={openPast}
      entries={(statement) => [
        ...entriesOf(statement, words),
        {
          ...{ kind: 'Action', label: words.compareWithShown, icon: GitCompareArrows },
          isDisabled: onCompare === undefined || statement.id === chosen,
          run: () => onCompare?.(statement.id),
        },
      ]}
      empty={empty}
    />
  );
}

function entriesOf(statement: PastStatement, words: Messages['history']): readonly MenuEntry[] {
  return [
    { kind: 'Action', label: words.openInWorksheet, icon: SquareTerminal, run: () => openPast(statement) },
    {
      ...{ kind: 'Action', label: words.runAgain, icon: Play, isDisabled: isMasked(statement) },
      run: () => void runPast(statement),
    },
    { kind: 'Line' },
    { kind: 'Action', label: words.copySql, icon: Clipboard, run: () => void copyText(statement.text) },
  ];
}

function columnsOf(words: Messages['history'], longest: number): readonly RowTableColumn<PastStatement>[] {
  return [
    {
      ...{ id: 'time', head: words.columns.time, width: '104px' },
      show: ({ startedAt }) => <span className="faint num">{timeWords(startedAt)}</span>,
      compare: (a, b) => a.startedAt.getTime() - b.startedAt.getTime(),
    },
    {
      ...{ id: 'state', head: words.columns.state, isHeadHidden: true, width: '16px' },
      show: ({ state }) => <StateMark state={state} label={words.states[state]} />,
    },
    {
      ...{ id: 'took', head: words.columns.took, width: '134px', isEnd: true },
      show: ({ duration }) => (
        <>
          <Meter share={(duration ?? 0) / longest} />
          <span className="history-took">{duration === undefined ? words.unknown : format.duration(duration)}</span>
        </>
      ),
      compare: (a, b) => (a.duration ?? -1) - (b.duration ?? -1),
    },
    {
      ...{ id: 'rows', head: words.columns.rows, width: '80px', isEnd: true },
      show: ({ rows, written, state }) => (state === 'Finished' ? format.integer(written || rows) : ''),
      compare: (a, b) => (a.written || a.rows) - (b.written || b.rows),
    },
    {
      ...{ id: 'statement', head: words.columns.statement, width: 'minmax(200px, 1fr)' },
      show: ({ text, error }) => (
        <>
          <SqlText className="history-text" sql={firstWords(text)} />
          {error && <span className="err cut">{error.text.split('\n', 1)}</span>}
        </>
      ),
      compare: (a, b) => a.text.localeCompare(b.text),
    },
  ];
}

/** On one line; comments before the statement are left out by the engine. */
function firstWords(text: string): string {
  return text.slice(0, MOST_LETTERS).replace(/\s+/g, ' ');
}

/** The day is left out today. */
export function timeWords(time: Date): string {
  const clock = format.clock(time);
  return time.toDateString() === new Date().toDateString() ? clock : `${format.minute(time).slice(5, 10)} ${clock}`;
}

const MARKS = {
  Finished: { of: CircleCheck, tone: 'ok' },
  Failed: { of: CircleX, tone: 'err' },
  Aborted: { of: CircleSlash, tone: 'warn' },
} as const;

export function StateMark({ state, label }: { readonly state: PastState; readonly label: string }) {
  const mark = state === 'Running' ? undefined : MARKS[state];
  return (
    <span className="history-state" title={label}>
      {mark ? <Icon of={mark.of} className={mark.tone} /> : <Dot tone="info" isLive />}
      <span className="sr">{label}</span>
    </span>
  );
}
