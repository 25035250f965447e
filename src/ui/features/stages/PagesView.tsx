import { useQuery } from '@tanstack/react-query';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { Select } from '../../components/Field.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { type ChunkPlace, type Page, parquetPages } from '../../data/parquet-anatomy.ts';
import { type FilePlace, parquetChunks } from '../../data/staged-file.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { ratioOf, rowGroups } from './row-groups.ts';

export interface PagesViewProps {
  readonly place: FilePlace;
  readonly chosen: ChunkPlace;
  readonly onChoose: (chosen: ChunkPlace) => void;
}

/** The pages of one column of one row group, with what the page index or their headers say of their values. */
export function PagesView({ place, chosen, onChoose }: PagesViewProps) {
  const { preview: words } = useMessages().stages;
  const { data: chunks } = useQuery(parquetChunks(place));
  const groups = rowGroups(chunks ?? []);
  const columns = groups[0]?.chunks.map(({ column }) => column) ?? [];
  const column = columns.includes(chosen.column) ? chosen.column : columns[0];
  const { data, error } = useQuery({
    ...parquetPages(place, { group: chosen.group, column: column ?? '' }),
    enabled: column !== undefined,
  });
  if (error) return <ErrorCard error={error} />;
  if (!data || column === undefined) return <Skeleton lines={6} />;
  const option = (value: string, label: string) => ({ value, label });
  return (
    <div className="anatomy">
      <div className="toolbar">
        <Select
          label={words.group}
          hideLabel
          size="s"
          value={String(chosen.group)}
          onChange={(group) => onChoose({ group: Number(group), column })}
          options={groups.map(({ index }) => option(String(index), words.groupOf(format.integer(index))))}
        />
        <Select
          label={words.column}
          hideLabel
          size="s"
          value={column}
          onChange={(name) => onChoose({ group: chosen.group, column: name })}
          options={columns.map((name) => option(name, name))}
        />
      </div>
      <RowTable
        label={words.pagesOf(format.integer(chosen.group), column)}
        columns={columnsOf(words)}
        rows={data}
        keyOf={({ index }) => String(index)}
        empty={<EmptyState>{words.noPages}</EmptyState>}
      />
    </div>
  );
}

type Words = Messages['stages']['preview'];

const orDash = (value: number | undefined) => (value === undefined ? '–' : format.integer(value));

function columnsOf(words: Words): readonly RowTableColumn<Page>[] {
  return [
    {
      ...{ id: 'page', head: words.page, width: '48px', isEnd: true },
      show: ({ index }) => format.integer(index),
    },
    {
      ...{ id: 'kind', head: words.pageKind, width: '84px' },
      show: ({ kind }) => Object.entries(words.pageKinds).find(([name]) => name === kind)?.[1] ?? kind,
    },
    {
      ...{ id: 'encoding', head: words.encodings, width: 'minmax(110px, 1fr)' },
      show: ({ encoding }) => <span className="mono cut faint">{encoding}</span>,
    },
    {
      ...{ id: 'first', head: words.firstRow, width: '84px', isEnd: true },
      show: ({ firstRow }) => orDash(firstRow),
    },
    {
      ...{ id: 'values', head: words.values, width: '76px', isEnd: true },
      show: ({ values }) => format.integer(values),
    },
    {
      ...{ id: 'size', head: words.size, width: '84px', isEnd: true },
      show: ({ compressed }) => format.bytes(compressed),
      compare: (a, b) => a.compressed - b.compressed,
    },
    {
      ...{ id: 'ratio', head: words.ratio, width: '60px', isEnd: true },
      show: (page) => words.ratioOf(format.number(ratioOf(page), 1)),
    },
    { ...{ id: 'nulls', head: words.nulls, width: '60px', isEnd: true }, show: ({ nulls }) => orDash(nulls) },
    {
      ...{ id: 'min', head: words.min, width: 'minmax(110px, 1fr)' },
      show: ({ min }) => <span className="mono cut">{min ?? '–'}</span>,
    },
    {
      ...{ id: 'max', head: words.max, width: 'minmax(110px, 1fr)' },
      show: ({ max }) => <span className="mono cut">{max ?? '–'}</span>,
    },
    {
      ...{ id: 'statistics', head: words.statistics, width: '100px' },
      show: ({ statistics }) => <span className="faint">{statistics ? words.statisticsIn[statistics] : '–'}</span>,
    },
  ];
}
