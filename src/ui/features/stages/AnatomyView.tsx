import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { TypeNameGlyph } from '../../components/TypeGlyph.tsx';
import type { ChunkPlace, Pruning } from '../../data/parquet-anatomy.ts';
import { type Chunk, type FilePlace, parquetChunks } from '../../data/staged-file.ts';
import { cx } from '../../lib/cx.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { PruningBar } from './PruningBar.tsx';
import { type RowGroup, ratioOf, rowGroups } from './row-groups.ts';

type Words = Messages['stages']['preview'];

interface ChosenChunk {
  readonly place: FilePlace;
  readonly chosen: ChunkPlace;
  readonly onChoose: (chosen: ChunkPlace) => void;
}

/** The inside of a Parquet file: row groups, their columns by size, and the statistics that let a filter skip them. */
export function AnatomyView({ place, chosen, onChoose }: ChosenChunk) {
  const { preview: words } = useMessages().stages;
  const { data, error } = useQuery(parquetChunks(place));
  const groups = useMemo(() => rowGroups(data ?? []), [data]);
  const [pruning, setPruning] = useState<Pruning>();
  if (error) return <ErrorCard error={error} />;
  if (!data) return <Skeleton lines={6} />;
  const group = groups.find(({ index }) => index === chosen.group) ?? groups[0];
  const column =
    group?.chunks.find((chunk) => chunk.column === chosen.column)?.column ?? group?.chunks[0]?.column ?? '';
  const choose = (chunk: Chunk) => onChoose({ group: chunk.group, column: chunk.column });
  return (
    <div className="anatomy">
      <PruningBar place={place} onPruned={setPruning} />
      <RowTable
        label={words.groupsOf}
        columns={groupColumns({ column, pruning, words, choose })}
        rows={groups}
        keyOf={({ index }) => String(index)}
        selected={group && String(group.index)}
        onSelect={({ index }) => onChoose({ group: index, column })}
      />
      {group && (
        <RowTable
          label={words.chunksOf(format.integer(group.index))}
          columns={chunkColumns(words)}
          rows={group.chunks}
          keyOf={(chunk) => chunk.column}
          selected={column}
          onSelect={choose}
        />
      )}
    </div>
  );
}

interface GroupColumnSource {
  readonly column: string;
  readonly pruning: Pruning | undefined;
  readonly words: Words;
  readonly choose: (chunk: Chunk) => void;
}

function groupColumns({
  column: chosen,
  pruning,
  words,
  choose,
}: GroupColumnSource): readonly RowTableColumn<RowGroup>[] {
  const chosenOf = ({ chunks }: RowGroup) => chunks.find(({ column }) => column === chosen);
  return [
    {
      ...{ id: 'group', head: words.group, width: '64px', isEnd: true },
      show: ({ index }) => (
        <>
          {pruning && <GroupMark isRead={pruning.read.has(index)} />}
          {format.integer(index)}
        </>
      ),
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

function GroupMark({ isRead }: { readonly isRead: boolean }) {
  const { preview: words } = useMessages().stages;
  const label = isRead ? words.isRead : words.isSkipped;
  return (
    <span className={isRead ? 'ok' : 'faint'} role="img" aria-label={label} title={label}>
      {isRead ? '✓' : '–'}
    </span>
  );
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
      show: ({ physicalType, logicalType }) => (
        <span className="mono cut faint" title={[physicalType, logicalType].filter(Boolean).join(' · ')}>
          {physicalType}
        </span>
      ),
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
      ...{ id: 'bloom', head: words.bloom, width: '84px' },
      show: ({ hasBloomFilter }) =>
        hasBloomFilter ? (
          <span role="img" aria-label={words.bloomOf} title={words.bloomOf}>
            ✓
          </span>
        ) : (
          '–'
        ),
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
