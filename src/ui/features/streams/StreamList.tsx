import { useQuery } from '@tanstack/react-query';
import { Waves } from 'lucide-react';
import { Dot } from '../../components/Chip.tsx';
import { Icon } from '../../components/Icon.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { pendingOf, pendingTotal, type Stream } from '../../data/streams.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { PendingBar } from './PendingBar.tsx';

export interface StreamListProps {
  readonly all: readonly Stream[];
  readonly selected: Stream | undefined;
  readonly onSelect: (stream: Stream) => void;
}

export const streamId = ({ database, name }: Stream) => `${database}.${name}`;

/** In the default database a name is enough. */
const shortName = (name: string) => name.replace(/^default\./, '');

export function StreamList({ all, selected, onSelect }: StreamListProps) {
  const { streams: words } = useMessages();
  const { columns: heads, modes } = words;
  const columns: readonly RowTableColumn<Stream>[] = [
    {
      id: 'name',
      head: heads.name,
      width: 'minmax(110px, 1.3fr)',
      show: (stream) => (
        <>
          <Icon of={Waves} />
          <span className="cut">{shortName(streamId(stream))}</span>
        </>
      ),
      compare: (a, b) => streamId(a).localeCompare(streamId(b)),
    },
    {
      id: 'table',
      head: heads.table,
      width: 'minmax(110px, 1.3fr)',
      show: ({ table }) => <span className="cut">{shortName(table ?? words.unknown)}</span>,
      compare: (a, b) => (a.table ?? '').localeCompare(b.table ?? ''),
    },
    {
      id: 'mode',
      head: heads.mode,
      width: '100px',
      show: ({ isAppendOnly }) => (isAppendOnly ? modes.appendOnly : modes.standard),
    },
    { id: 'pending', head: heads.pending, width: '190px', show: (stream) => <PendingCell stream={stream} /> },
    { id: 'status', head: heads.status, width: '110px', show: (stream) => <StatusCell stream={stream} /> },
    {
      id: 'since',
      head: heads.since,
      width: '130px',
      isEnd: true,
      show: ({ since }) => since && format.minute(since),
      compare: (a, b) => Number(a.since ?? 0) - Number(b.since ?? 0),
    },
  ];
  return (
    <div className="streams-list">
      <RowTable
        label={words.title}
        columns={columns}
        rows={all}
        keyOf={streamId}
        selected={selected && streamId(selected)}
        onSelect={onSelect}
      />
    </div>
  );
}

function PendingCell({ stream }: { readonly stream: Stream }) {
  const { streams: words } = useMessages();
  const { data } = useQuery(pendingOf(stream));
  if (stream.invalidReason !== '' || !data) return <span className="faint">{words.unknown}</span>;
  const total = pendingTotal(data);
  if (total === 0) return <span className="faint">{words.none}</span>;
  const { inserts, updates, deletes } = data;
  const text = words.counted(format.integer(inserts), format.integer(updates), format.integer(deletes));
  return (
    <span className="pending-cell" title={text}>
      <span className="pending-count">{format.integer(total)}</span>
      <PendingBar pending={data} />
      <span className="sr">{text}</span>
    </span>
  );
}

function StatusCell({ stream }: { readonly stream: Stream }) {
  const { status } = useMessages().streams;
  const { data } = useQuery(pendingOf(stream));
  if (stream.invalidReason !== '') {
    return (
      <span className="stream-status" title={stream.invalidReason}>
        <Dot tone="err" />
        {status.invalid}
      </span>
    );
  }
  const hasData = data ? pendingTotal(data) > 0 : stream.hasData;
  return (
    <span className="stream-status">
      <Dot tone={hasData ? 'info' : 'ok'} />
      {hasData ? status.hasData : status.upToDate}
    </span>
  );
}
