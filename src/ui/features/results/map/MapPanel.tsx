import './MapPanel.css';
import { useQuery } from '@tanstack/react-query';
import { Maximize, Minus, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Column } from '../../../../engine/index.ts';
import { IconButton } from '../../../components/Button.tsx';
import type { GridSource } from '../../../components/DataGrid/source.ts';
import { ErrorCard } from '../../../components/ErrorCard.tsx';
import { Skeleton } from '../../../components/Feedback.tsx';
import { Select } from '../../../components/Field.tsx';
import { baseMapChoice, tileArchives } from '../../../data/base-map-choice.ts';
import { fullPath, nameOf } from '../../../data/staged-file.ts';
import { format } from '../../../lib/format.ts';
import { useMessages } from '../../../lib/messages/messages.ts';
import { useStore } from '../../../lib/store.ts';
import { useBaseLayer } from './base/use-base-layer.ts';
import { MapView } from './MapView.tsx';
import { drawnColumns, kindSummaries, readShapes, type Shapes } from './shapes.ts';

export interface MapPanelProps {
  readonly source: GridSource;
  /** The row that is active in the grid. */
  readonly chosen: number | undefined;
  /** A row was chosen on the map: it is to be shown in the column of the grid. */
  readonly onChoose: (row: number, column: number) => void;
}

/** A column of geometries or H3 cells on a map of its own: no tile, no request. */
export function MapPanel({ source, chosen, onChoose }: MapPanelProps) {
  const { map: words } = useMessages();
  const [name, setName] = useState<string>();
  const columns = useAnswer((signal) => drawnColumns(source, signal), source);
  const column = columns.value?.find((one) => one.name === name) ?? columns.value?.[0];
  const error = columns.error;
  return (
    <section className="map-panel" aria-label={words.region}>
      {error !== undefined && <ErrorCard error={error} />}
      {columns.value?.length === 0 && <p className="result-line">{words.none}</p>}
      {column && (
        <ColumnMap
          key={column.name}
          {...{ source, chosen, column, columns: columns.value ?? [], onColumn: setName }}
          onChoose={(row) => onChoose(row, placeOf(source, column))}
        />
      )}
    </section>
  );
}

/** By its name: a result that has come further describes its columns anew. */
function placeOf({ columns }: GridSource, { name }: Column): number {
  return columns.findIndex((column) => column.name === name);
}

interface ColumnMapProps {
  readonly source: GridSource;
  readonly chosen: number | undefined;
  readonly column: Column;
  readonly columns: readonly Column[];
  readonly onColumn: (name: string) => void;
  readonly onChoose: (row: number) => void;
}

function ColumnMap({ source, chosen, column, columns, onColumn, onChoose }: ColumnMapProps) {
  const { map: words } = useMessages();
  const index = placeOf(source, column);
  const { value: shapes, error } = useAnswer((signal) => readShapes(source, index, signal), source);
  const place = useStore(baseMapChoice);
  const base = useBaseLayer(shapes?.isGlobe ? place : null);
  const [turn, setTurn] = useState(0);
  const [zoom, setZoom] = useState<{ readonly factor: number }>();
  if (error !== undefined) return <ErrorCard error={error} />;
  if (!shapes) return <Skeleton lines={6} />;
  return (
    <>
      <div className="toolbar map-bar">
        {columns.length > 1 && (
          <Select
            label={words.column}
            hideLabel
            size="s"
            value={column.name}
            onChange={onColumn}
            options={columns.map((one) => ({ value: one.name, label: one.name }))}
          />
        )}
        {shapes.isGlobe && <BaseMap />}
        <span className="grow cut faint">{factsOf(shapes, source.rows, words)}</span>
        <IconButton icon={Plus} size="s" label={words.nearer} onClick={() => setZoom({ factor: 0.5 })} />
        <IconButton icon={Minus} size="s" label={words.farther} onClick={() => setZoom({ factor: 2 })} />
        <IconButton icon={Maximize} size="s" label={words.whole} onClick={() => setTurn(turn + 1)} />
      </div>
      {base.error !== undefined && <ErrorCard error={base.error} />}
      {shapes.extent ? (
        <MapView
          key={`${source.id}/${turn}`}
          {...{ shapes, extent: shapes.extent, base, chosen, zoom, onChoose }}
          label={[
            words.label(column.name, countOf(shapes, words)),
            ...(base.layer && place ? [words.over(nameOf(place.path))] : []),
          ].join(' ')}
        />
      ) : (
        <p className="result-line">{words.empty}</p>
      )}
      <Summary shapes={shapes} name={column.name} />
    </>
  );
}

const NO_BASE = '';

/** The archives of tiles in stages; the one that was chosen stays in the list while its stage is away. */
function BaseMap() {
  const { map: words } = useMessages();
  const chosen = useStore(baseMapChoice);
  const { data: found = [] } = useQuery(tileArchives());
  const archives = new Map([...found, ...(chosen ? [chosen] : [])].map((place) => [fullPath(place), place]));
  if (archives.size === 0) return null;
  return (
    <Select
      label={words.base}
      hideLabel
      size="s"
      value={chosen ? fullPath(chosen) : NO_BASE}
      onChange={(path) => baseMapChoice.set(archives.get(path) ?? null)}
      options={[
        { value: NO_BASE, label: words.noBase },
        ...[...archives.keys()].map((path) => ({ value: path, label: path })),
      ]}
    />
  );
}

function countOf({ shapes }: Shapes, words: Words): string {
  return words.shapes(format.integer(shapes.length), shapes.length === 1);
}

/** `5 shapes · SRID 4326 · the first 50,000 of 1,000,000 rows` */
function factsOf(shapes: Shapes, all: number, words: Words): string {
  const { srids, rows } = shapes;
  return [
    countOf(shapes, words),
    words.srid(srids.join(', ')),
    ...(rows < all ? [words.cut(format.integer(rows), format.integer(all))] : []),
  ].join(' · ');
}

type Words = ReturnType<typeof useMessages>['map'];

function Summary({ shapes, name }: { readonly shapes: Shapes; readonly name: string }) {
  const { map: words } = useMessages();
  const digits = shapes.isGlobe ? 5 : 2;
  return (
    <details className="map-summary">
      <summary>{words.summary}</summary>
      <table aria-label={words.summaryOf(name)}>
        <thead>
          <tr>
            {[words.kind, words.rows, words.west, words.south, words.east, words.north].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kindSummaries(shapes.shapes).map(({ kind, rows, extent }) => (
            <tr key={kind}>
              <th scope="row">{kind}</th>
              <td>{format.integer(rows)}</td>
              {extent &&
                [extent.west, extent.south, extent.east, extent.north].map((value, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the four sides stand in their order.
                  <td key={index}>{value.toFixed(digits)}</td>
                ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

interface Answer<T> {
  readonly value?: T;
  readonly error?: unknown;
}

/** Asked anew for other rows; what was asked before is given up. */
function useAnswer<T>(read: (signal: AbortSignal) => Promise<T>, of: GridSource): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows have another id, more of them another count.
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    read(signal).then(
      (value) => signal.aborted || setAnswer({ value }),
      (error: unknown) => signal.aborted || setAnswer({ error }),
    );
    return () => controller.abort();
  }, [of.id, of.rows]);
  return answer;
}
