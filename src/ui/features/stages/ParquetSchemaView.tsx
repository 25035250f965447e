import { useQuery } from '@tanstack/react-query';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { TypeNameGlyph } from '../../components/TypeGlyph.tsx';
import { parquetSchema, type SchemaRow } from '../../data/parquet-anatomy.ts';
import type { FilePlace } from '../../data/staged-file.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';

/** The schema of a Parquet file: each column as a query sees it and as it is stored, with the parts of nested ones. */
export function ParquetSchemaView({ place }: { readonly place: FilePlace }) {
  const { preview: words } = useMessages().stages;
  const { data, error } = useQuery(parquetSchema(place));
  if (error) return <ErrorCard error={error} />;
  if (!data) return <Skeleton lines={6} />;
  return <RowTable label={words.tree} columns={columnsOf(words)} rows={data} keyOf={({ path }) => path} />;
}

function columnsOf(words: Messages['stages']['preview']): readonly RowTableColumn<SchemaRow>[] {
  return [
    {
      ...{ id: 'name', head: words.column, width: 'minmax(160px, 1fr)' },
      show: ({ name, type, depth }) => (
        <span className="schema-name cut" style={{ paddingLeft: `calc(${depth} * var(--indent))` }}>
          {type === undefined ? null : <TypeNameGlyph name={type} />}
          <span className="cut">{name}</span>
        </span>
      ),
    },
    {
      ...{ id: 'type', head: words.type, width: 'minmax(160px, 1.2fr)' },
      show: ({ type }) => (
        <span className="mono cut" title={type}>
          {type ?? ''}
        </span>
      ),
    },
    {
      ...{ id: 'physical', head: words.physical, width: 'minmax(120px, 0.8fr)' },
      show: ({ physical }) => <span className="mono cut faint">{physical ?? ''}</span>,
    },
    {
      ...{ id: 'logical', head: words.logical, width: 'minmax(120px, 0.8fr)' },
      show: ({ logical }) => <span className="mono cut faint">{logical ?? ''}</span>,
    },
    {
      ...{ id: 'repetition', head: words.repetition, width: '110px' },
      show: ({ repetition }) => (
        <span className="faint">
          {Object.entries(words.repetitions).find(([name]) => name === repetition)?.[1] ?? repetition}
        </span>
      ),
    },
  ];
}
