import { useQuery } from '@tanstack/react-query';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { TypeNameGlyph } from '../../components/TypeGlyph.tsx';
import { type LoadedFile, type Table, type TableColumn, tableLoads } from '../../data/catalog.ts';
import { formats } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';

const format = formats('en');

type Words = Messages['catalog']['detail'];

export interface ColumnListProps {
  readonly table: Table;
  readonly columns: readonly TableColumn[];
}

export function ColumnList({ table, columns }: ColumnListProps) {
  const { detail: words } = useMessages().catalog;
  return (
    <RowTable
      label={words.columnsOf(table.name)}
      columns={columnHeads(words)}
      rows={columns}
      keyOf={({ name }) => name}
    />
  );
}

function columnHeads(words: Words): readonly RowTableColumn<TableColumn>[] {
  return [
    {
      ...{ id: 'name', head: words.column, width: 'minmax(160px, 1fr)' },
      show: ({ name, type }) => (
        <>
          <TypeNameGlyph name={type} />
          <span className="cut">{name}</span>
        </>
      ),
      compare: (a, b) => a.name.localeCompare(b.name),
    },
    {
      ...{ id: 'type', head: words.type, width: 'minmax(140px, 0.8fr)' },
      show: ({ type }) => <span className="mono cut">{type}</span>,
      compare: (a, b) => a.type.localeCompare(b.type),
    },
    {
      ...{ id: 'nullable', head: words.nullable, width: '110px' },
      show: ({ isNullable }) => <span className="faint">{isNullable ? words.mayBeNull : words.notNull}</span>,
    },
    {
      ...{ id: 'comment', head: words.comment, width: 'minmax(80px, 1fr)' },
      show: ({ comment }) => <span className="cut">{comment}</span>,
    },
  ];
}

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
  ];
}
