import type { ProfiledOperator } from '../../../engine/index.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { type OperatorChange, shareOf, timeOf } from '../../lib/profile.ts';
import { RowTable, type RowTableColumn } from '../RowTable.tsx';
import type { ShownProfile } from './ProfileGraph.tsx';

export interface ProfileListProps extends ShownProfile {
  /** Since another run; absent where there is none to compare with. */
  readonly changes: readonly OperatorChange[] | undefined;
}

interface Line {
  readonly key: string;
  readonly operator: ProfiledOperator;
  readonly change: OperatorChange | undefined;
}

/** The same as the graph, in the order in which rows come out of it. */
export function ProfileList({ profile, chosen, onChoose, changes }: ProfileListProps) {
  const { profile: words } = useMessages();
  const lines = linesOf(profile.operators, changes);
  const columns: readonly RowTableColumn<Line>[] = [
    {
      ...{ id: 'operator', head: words.operator, width: 'minmax(120px, 1fr)' },
      show: ({ operator }) => (
        <span className="cut" title={nameOf(operator)}>
          {nameOf(operator)}
        </span>
      ),
    },
    {
      ...{ id: 'share', head: '%', width: '64px', isEnd: true },
      show: ({ operator, change }) => (isGone(change) ? '' : format.percent(shareOf(operator, profile))),
      compare: (a, b) => timeOf(a.operator) - timeOf(b.operator),
    },
    timeColumn('reading', words.reading),
    timeColumn('computing', words.computing),
    {
      ...{ id: 'rows', head: words.rowsOut, width: '84px', isEnd: true },
      show: ({ operator }) => format.integer(operator.rows),
      compare: (a, b) => a.operator.rows - b.operator.rows,
    },
    ...(changes
      ? [
          {
            ...{ id: 'change', head: words.change, width: '104px', isEnd: true },
            show: ({ change }: Line) => (change ? changeText(change, words) : ''),
          },
        ]
      : []),
  ];
  return (
    <div className="profile-list">
      <RowTable
        label={words.list}
        columns={columns}
        rows={lines}
        keyOf={({ key }) => key}
        selected={chosen === undefined ? undefined : String(chosen)}
        onOpen={({ operator, change }) => !isGone(change) && onChoose(operator)}
      />
    </div>
  );
}

function linesOf(
  operators: readonly ProfiledOperator[],
  changes: readonly OperatorChange[] | undefined,
): readonly Line[] {
  if (!changes) return operators.map((operator) => ({ key: String(operator.id), operator, change: undefined }));
  return changes.flatMap((change): readonly Line[] => {
    if (change.now) return [{ key: String(change.now.id), operator: change.now, change }];
    return change.before ? [{ key: `gone ${change.before.id}`, operator: change.before, change }] : [];
  });
}

const isGone = (change: OperatorChange | undefined) => change !== undefined && change.now === undefined;

function timeColumn(id: 'reading' | 'computing', head: string): RowTableColumn<Line> {
  return {
    ...{ id, head, width: '84px', isEnd: true },
    show: ({ operator }) => format.duration(operator[id]),
    compare: (a, b) => a.operator[id] - b.operator[id],
  };
}

export const nameOf = ({ name, scan }: ProfiledOperator) => (scan ? `${name} ${scan.relation}` : name);

/** `+12 ms`, `−1.2 s`. */
export function changeText(
  { now, before }: OperatorChange,
  words: { readonly gone: string; readonly fresh: string },
): string {
  if (!now) return words.gone;
  if (!before) return words.fresh;
  const difference = timeOf(now) - timeOf(before);
  return `${difference < 0 ? '−' : '+'}${format.duration(Math.abs(difference))}`;
}
