import { useQuery } from '@tanstack/react-query';
import { Dot } from '../../components/Chip.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { SqlText } from '../../components/SqlText.tsx';
import type { PastState, PastStatement } from '../../data/history.ts';
import { showSql } from '../../data/open-files.ts';
import { type Stream, streamHistory } from '../../data/streams.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';

const TONES: { readonly [State in PastState]: 'ok' | 'err' | 'warn' | 'info' } = {
  Finished: 'ok',
  Failed: 'err',
  Aborted: 'warn',
  Running: 'info',
};

/** The statements that made the stream and took from it, the newest first. */
export function StreamHistory({ stream }: { readonly stream: Stream }) {
  const { history, streams: words } = useMessages();
  const { data, error } = useQuery(streamHistory(stream));
  if (error) return <ErrorCard error={error} />;
  if (!data) return <Skeleton lines={4} />;
  return (
    <RowTable
      label={words.historyOf(stream.name)}
      columns={columnsOf(history, words)}
      rows={data}
      keyOf={({ id }) => id}
      onOpen={({ text }) => showSql(stream.name, text)}
      empty={<EmptyState>{words.noHistory}</EmptyState>}
    />
  );
}

function columnsOf(history: Messages['history'], words: Messages['streams']): readonly RowTableColumn<PastStatement>[] {
  return [
    {
      ...{ id: 'time', head: history.columns.time, width: '112px' },
      show: ({ startedAt }) => <span className="faint num">{format.minute(startedAt)}</span>,
    },
    {
      ...{ id: 'state', head: history.columns.state, width: '92px' },
      show: ({ state }) => (
        <span className="stream-state">
          <Dot tone={TONES[state]} isLive={state === 'Running'} />
          {history.states[state]}
        </span>
      ),
    },
    { ...{ id: 'by', head: words.by, width: '56px' }, show: ({ startedBy }) => words.startedBy[startedBy] },
    {
      ...{ id: 'rows', head: history.columns.rows, width: '72px', isEnd: true },
      show: ({ written, rows, state }) => (state === 'Finished' ? format.integer(written || rows) : ''),
    },
    {
      ...{ id: 'statement', head: history.columns.statement, width: 'minmax(120px, 1fr)' },
      show: ({ text, error }) => (
        <>
          <SqlText className="cut" sql={text.replace(/\s+/g, ' ')} />
          {error && <span className="err cut">{error.text.split('\n', 1)}</span>}
        </>
      ),
    },
  ];
}
