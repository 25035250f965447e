import { useQuery } from '@tanstack/react-query';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { RowTable } from '../../components/RowTable.tsx';
import { parquetNotes } from '../../data/parquet-anatomy.ts';
import type { FilePlace } from '../../data/staged-file.ts';
import { useMessages } from '../../lib/messages/messages.ts';

/** The keys and values that the writer of a Parquet file left beside the data. */
export function NotesView({ place }: { readonly place: FilePlace }) {
  const { preview: words } = useMessages().stages;
  const { data, error } = useQuery(parquetNotes(place));
  if (error) return <ErrorCard error={error} />;
  if (!data) return <Skeleton lines={4} />;
  return (
    <RowTable
      label={words.notes}
      columns={[
        { id: 'key', head: words.key, width: 'minmax(140px, 0.4fr)', show: ({ key }) => <b className="cut">{key}</b> },
        {
          ...{ id: 'value', head: words.value, width: 'minmax(200px, 1fr)' },
          show: ({ value }) => (
            <span className="mono cut" title={value}>
              {value}
            </span>
          ),
        },
      ]}
      rows={data}
      keyOf={({ key }) => key}
      empty={<EmptyState>{words.noNotes}</EmptyState>}
    />
  );
}
