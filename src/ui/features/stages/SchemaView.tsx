import { useQuery } from '@tanstack/react-query';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { TypeNameGlyph } from '../../components/TypeGlyph.tsx';
import { type FileColumn, type FilePlace, fileColumns } from '../../data/staged-file.ts';
import type { FileKind } from '../../data/uploads.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';

/** The columns that INFER_SCHEMA finds in a file. */
export function SchemaView({ place, kind }: { readonly place: FilePlace; readonly kind: FileKind }) {
  const { preview: words } = useMessages().stages;
  const { data, error } = useQuery(fileColumns(place, kind));
  if (error) return <ErrorCard error={error} />;
  if (!data) return <Skeleton lines={6} />;
  return <RowTable label={words.columns} columns={columnsOf(words)} rows={data} keyOf={({ name }) => name} />;
}

function columnsOf(words: Messages['stages']['preview']): readonly RowTableColumn<FileColumn>[] {
  return [
    {
      ...{ id: 'name', head: words.column, width: 'minmax(140px, 1fr)' },
      show: ({ name, type }) => (
        <>
          <TypeNameGlyph name={type} />
          <span className="cut">{name}</span>
        </>
      ),
      compare: (a, b) => a.name.localeCompare(b.name),
    },
    {
      ...{ id: 'type', head: words.type, width: 'minmax(140px, 1fr)' },
      show: ({ type }) => <span className="mono cut">{type}</span>,
      compare: (a, b) => a.type.localeCompare(b.type),
    },
    {
      ...{ id: 'nullable', head: words.nullable, width: '120px' },
      show: ({ isNullable }) => <span className="faint">{isNullable ? words.mayBeNull : words.notNull}</span>,
    },
  ];
}
