import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { DataGrid } from '../../components/DataGrid/DataGrid.tsx';
import type { CellMark } from '../../components/DataGrid/GridRow.tsx';
import { batchSource } from '../../components/DataGrid/source.ts';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { type Pending, pendingRows, pendingTotal, type Stream } from '../../data/streams.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { streamId } from './StreamList.tsx';

const SETTINGS = { timezone: 'UTC' };

/** Beside the action: both halves of an update have the colour of updates. */
const changeMark: CellMark = ({ name }, read) => {
  if (name !== 'change$action') return undefined;
  if (read(1) === true) return 'updates';
  return read(0) === 'DELETE' ? 'deletes' : 'inserts';
};

export interface PeekViewProps {
  readonly stream: Stream;
  readonly pending: Pending;
}

/** What is pending, row by row; reading it here changes nothing. */
export function PeekView({ stream, pending }: PeekViewProps) {
  const { streams: words } = useMessages();
  const { data, error, dataUpdatedAt } = useQuery(pendingRows(stream, pending));
  const source = useMemo(
    () => (data ? batchSource(`${streamId(stream)} ${dataUpdatedAt}`, data.columns, data.batches) : undefined),
    [data, dataUpdatedAt, stream],
  );
  if (error) return <ErrorCard error={error} />;
  if (!source) return <Skeleton lines={6} />;
  const isCut = pendingTotal(pending) + pending.updates > source.rows;
  return (
    <>
      <DataGrid
        source={source}
        label={words.peekOf(stream.name)}
        settings={SETTINGS}
        empty={words.noChanges}
        mark={changeMark}
      />
      <p className="peek-foot">
        {isCut && <span>{words.first(format.integer(source.rows))}</span>}
        <span className="grow" />
        {words.peekHint}
      </p>
    </>
  );
}
