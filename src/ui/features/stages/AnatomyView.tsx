import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { TypeNameGlyph } from '../../components/TypeGlyph.tsx';
import { type Chunk, type FilePlace, parquetChunks } from '../../data/staged-file.ts';
import { cx } from '../../lib/cx.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { type RowGroup, ratioOf, rowGroups } from './row-groups.ts';

type Words = Messages['stages']['preview'];

/** The inside of a Parquet file: row groups, their columns by size, and the statistics that let a filter skip them. */
export function AnatomyView({ place }: { readonly place: FilePlace }) {
  const { preview: words } = useMessages().stages;
  const { data, error } = useQuery(parquetChunks(place));
  const groups = useMemo(() => rowGroups(data ?? []), [data]);
  const [at, setAt] = useState(0);
  const [column, setColumn] = useState<string>();
  if (error) return <ErrorCard error={error} />;
  if (!data) return <Skeleton lines={6} />;
  const group = groups.find(({ index }) => index === at) ?? groups[0];
  const chosen = column ?? group?.chunks[0]?.column ?? '';
  return (
    <div className="anatomy">
      <RowTable
        label={words.groupsOf}
        columns={groupColumns(chosen, words, (chunk) => {
          setAt(chunk.group);
          setColumn(chunk.column);
        })}
        rows={groups}
        keyOf={({ index }) => String(index)}
        selected={group && String(group.index)}
        onSelect={({ index }) => setAt(index)}
      />
      {group && (
        <RowTable
          label={words.chunksOf(format.integer(group.index))}
          columns={chunkColumns(words)}
          rows={group.chunks}
          keyOf={(chunk) => chunk.column}
          selected={chosen}
          onSelect={(chunk) => setColumn(chunk.column)}
        />
      )}
    </div>
  );
}

function groupColumns(
  chosen: string,
  words: Words,
  choose: (chunk: Chunk) => void,
): readonly RowTableColumn<RowGroup>[] {
  const chosenOf = ({ chunks }: RowGroup) => chunks.find(({ column }) => column === chosen);
  return [
    {
      ...{ id: 'group', head: words.group, width: '48px', isEnd: true },
      show: ({ index }) => format.integer(index),
    },
    {
      ...{ id: 'rows', head: words.groupRows, width: '72px', isEnd: true },
      show: ({ rows }) => format.integer(rows),
      compare: (a, b) => a.rows - b.rows,
    },
    {
      ...{ id: 'share', head: words.share, width: 'minmax(180px, 1.4fr)' },
      show: (group) => <ChunkBar group={group} chosen={chosen} onChoose={choose} />,
    },
    {
      ...{ id: 'size', head: words.size, width: '76px', isEnd: true },
      show: ({ compressed }) => format.bytes(compressed),
      compare: (a, b) => a.compressed - b.compressed,
    },
    {
      ...{ id: 'ratio', head: words.ratio, width: '52px', isEnd: true },
      show: (group) => words.ratioOf(format.number(ratioOf(group), 1)),
      compare: (a, b) => ratioOf(a) - ratioOf(b),
    },
    {
      ...{ id: 'range', head: words.minMax(chosen), width: 'minmax(160px, 1fr)' },
      show: (group) => <span className="mono cut">{rangeOf(chosenOf(group))}</span>,
    },
  ];
}

function rangeOf(chunk: Chunk | undefined): string {
  return chunk?.min === undefined ? '–' : `${chunk.min} … ${chunk.max ?? ''}`;
}

interface ChunkBarProps {
  readonly group: RowGroup;
  readonly chosen: string;
  readonly onChoose: (chunk: Chunk) => void;
}

/** Width is the share of the group's compressed bytes. The list of columns below says the same in figures. */
function ChunkBar({ group, chosen, onChoose }: ChunkBarProps) {
  return (
    <span className="chunk-bar" aria-hidden>
      {group.chunks.map((chunk) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the pointer; the list below has the keys.
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
        <i
          key={chunk.column}
          className={cx(chunk.column === chosen && 'is-chosen')}
          style={{ flexGrow: chunk.compressed }}
          title={`${chunk.column} · ${format.bytes(chunk.compressed)}`}
          onClick={() => onChoose(chunk)}
        />
      ))}
    </span>
  );
}

function chunkColumns(words: Words): readonly RowTableColumn<Chunk>[] {
  return [
    {
      ...{ id: 'column', head: words.column, width: 'minmax(120px, 1.2fr)' },
      show: ({ column, type }) => (
        <>
          <TypeNameGlyph name={type} />
          <span className="cut">{column}</span>
        </>
      ),
    },
    {
      ...{ id: 'type', head: words.type, width: 'minmax(80px, 0.7fr)' },
      show: ({ type }) => <span className="mono cut">{type}</span>,
    },
    {
      ...{ id: 'physical', head: words.physical, width: 'minmax(80px, 0.6fr)' },
      show: ({ physicalType }) => <span className="mono cut faint">{physicalType}</span>,
    },
    {
      ...{ id: 'encodings', head: words.encodings, width: 'minmax(110px, 1fr)' },
      show: ({ encodings }) => (
        <span className="mono cut faint" title={encodings}>
          {encodings}
        </span>
      ),
    },
    { ...{ id: 'codec', head: words.codec, width: '62px' }, show: ({ codec }) => codec.toLowerCase() },
    {
      ...{ id: 'size', head: words.size, width: '76px', isEnd: true },
      show: ({ compressed }) => format.bytes(compressed),
      compare: (a, b) => a.compressed - b.compressed,
    },
    {
      ...{ id: 'ratio', head: words.ratio, width: '52px', isEnd: true },
      show: (chunk) => words.ratioOf(format.number(ratioOf(chunk), 1)),
      compare: (a, b) => ratioOf(a) - ratioOf(b),
    },
    {
      ...{ id: 'nulls', head: words.nulls, width: '56px', isEnd: true },
      show: ({ nulls }) => (nulls === undefined ? '–' : format.integer(nulls)),
    },
    {
      ...{ id: 'min', head: words.min, width: 'minmax(90px, 0.8fr)' },
      show: ({ min }) => <span className="mono cut">{min ?? '–'}</span>,
    },
    {
      ...{ id: 'max', head: words.max, width: 'minmax(90px, 0.8fr)' },
      show: ({ max }) => <span className="mono cut">{max ?? '–'}</span>,
    },
  ];
}
