import { useQuery } from '@tanstack/react-query';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { type LoadedFile, type Table, tableLoads } from '../../data/catalog.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';

type Words = Messages['catalog']['detail'];

/** The files that COPY INTO has loaded, as copy_history tells. */
export function LoadList({ table }: { readonly table: Table }) {
  const { detail: words } = useMessages().catalog;
  const { data, error } = useQuery(tableLoads(table));
  if (error) return <ErrorCard error={error} />;
  if (!data) return <Skeleton lines={4} />;
  return (
    <RowTable
      label={words.loadsOf(table.name)}
      columns={loadHeads(words)}
      rows={data}
      keyOf={({ file }) => file}
      empty={<EmptyState>{words.noLoads}</EmptyState>}
    />
  );
}

function loadHeads(words: Words): readonly RowTableColumn<LoadedFile>[] {
  return [
    {
      ...{ id: 'file', head: words.file, width: 'minmax(200px, 1fr)' },
      show: ({ file }) => <span className="mono cut">{file}</span>,
      compare: (a, b) => a.file.localeCompare(b.file),
    },
    {
      ...{ id: 'size', head: words.size, width: '90px', isEnd: true },
      show: ({ size }) => format.bytes(size),
      compare: (a, b) => a.size - b.size,
    },
    {
      ...{ id: 'modified', head: words.modified, width: '140px' },
      show: ({ modified }) => <span className="faint num">{modified?.slice(0, 16)}</span>,
      compare: (a, b) => (a.modified ?? '').localeCompare(b.modified ?? ''),
    },
    {
      ...{ id: 'loaded', head: words.loadedAt, width: '140px' },
      show: ({ loadedAt }) => <span className="faint num">{format.minute(loadedAt)}</span>,
      compare: (a, b) => a.loadedAt.getTime() - b.loadedAt.getTime(),
    },
  ];
}
