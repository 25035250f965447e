import { useQuery } from '@tanstack/react-query';
import { Download, SquareTerminal, TableProperties, X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { Button, IconButton } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { DataGrid } from '../../components/DataGrid/DataGrid.tsx';
import { batchSource } from '../../components/DataGrid/source.ts';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Subtabs, type TabItem } from '../../components/Tabs.tsx';
import { showFiles } from '../../data/open-files.ts';
import type { ChunkPlace } from '../../data/parquet-anatomy.ts';
import { cellListeners, leaveCells } from '../../data/shown-cell.ts';
import { type FilePlace, fileRows, fullPath, nameOf, parquetFacts } from '../../data/staged-file.ts';
import { type FileKind, fileKind } from '../../data/uploads.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { AnatomyView } from './AnatomyView.tsx';
import { saveFile } from './actions.ts';
import { fileIcon } from './FileList.tsx';
import { NotesView } from './NotesView.tsx';
import { PagesView } from './PagesView.tsx';
import { ParquetSchemaView } from './ParquetSchemaView.tsx';
import { SchemaView } from './SchemaView.tsx';
import { showLoad } from './stage-route.ts';
import { TextView } from './TextView.tsx';

const SETTINGS = { timezone: 'UTC' };

export interface FilePreviewProps {
  readonly place: FilePlace;
  readonly onClose: () => void;
}

type View = 'rows' | 'schema' | 'groups' | 'pages' | 'notes';

/** What a staged file holds, without loading it: first rows, columns, and the row groups of a Parquet file. */
export function FilePreview({ place, onClose }: FilePreviewProps) {
  const { stages } = useMessages();
  const words = stages.preview;
  const kind = fileKind(place.path);
  const name = nameOf(place.path);
  return (
    <section className="preview" aria-label={words.label(name)}>
      <PreviewHead place={place} kind={kind} onClose={onClose} />
      {kind ? (
        <PreviewViews place={place} kind={kind} />
      ) : (
        <EmptyState
          actions={
            <Button icon={Download} onClick={() => void saveFile(place)}>
              {stages.download}
            </Button>
          }
        >
          {words.noTable}
        </EmptyState>
      )}
    </section>
  );
}

interface PreviewHeadProps extends FilePreviewProps {
  readonly kind: FileKind | undefined;
}

function PreviewHead({ place, kind, onClose }: PreviewHeadProps) {
  const { stages: words } = useMessages();
  const name = nameOf(place.path);
  const view = { stage: place.stage, folder: place.path.slice(0, place.path.length - name.length) };
  return (
    <header className="place-head">
      <Icon of={fileIcon(name)} />
      <h2 className="cut">{name}</h2>
      {kind?.format === 'PARQUET' && <Facts place={place} />}
      <span className="grow" />
      <IconButton icon={Download} size="s" label={words.download} onClick={() => void saveFile(place)} />
      {kind && (
        <>
          <Button size="s" icon={SquareTerminal} onClick={() => void showFiles(name, [fullPath(place)])}>
            {words.query}
          </Button>
          <Button size="s" look="primary" icon={TableProperties} onClick={() => showLoad(view, [name])}>
            {words.load}
          </Button>
        </>
      )}
      <IconButton icon={X} size="s" label={words.preview.close} onClick={onClose} />
    </header>
  );
}

function Facts({ place }: { readonly place: FilePlace }) {
  const { preview: words } = useMessages().stages;
  const { data } = useQuery(parquetFacts(place));
  if (!data) return null;
  const { rows, groups, columns, createdBy } = data;
  return (
    <Chip title={createdBy && words.writtenBy(createdBy)}>
      {words.facts(format.integer(rows), format.integer(groups), format.integer(columns))}
    </Chip>
  );
}

function PreviewViews({ place, kind }: { readonly place: FilePlace; readonly kind: FileKind }) {
  const { preview: words } = useMessages().stages;
  const [view, setView] = useState<View>('rows');
  const [chunk, setChunk] = useState<ChunkPlace>({ group: 0, column: '' });
  const isParquet = kind.format === 'PARQUET';
  const items: readonly TabItem<View>[] = [
    { id: 'rows', label: words.rows },
    { id: 'schema', label: words.schema },
    ...(isParquet ? anatomyTabs(words) : []),
  ];
  const chosen = { place, chosen: chunk, onChoose: setChunk };
  return (
    <Subtabs label={words.views} items={items} value={view} onChange={setView}>
      {view === 'rows' && (kind.format === 'CSV' ? <TextView place={place} /> : <RowsView place={place} />)}
      {view === 'schema' &&
        (isParquet ? <ParquetSchemaView place={place} /> : <SchemaView place={place} kind={kind} />)}
      {view === 'groups' && <AnatomyView {...chosen} />}
      {view === 'pages' && <PagesView {...chosen} />}
      {view === 'notes' && <NotesView place={place} />}
    </Subtabs>
  );
}

function anatomyTabs(words: Messages['stages']['preview']): readonly TabItem<View>[] {
  return [
    { id: 'groups', label: words.groups },
    { id: 'pages', label: words.pages },
    { id: 'notes', label: words.notes },
  ];
}

function RowsView({ place }: { readonly place: FilePlace }) {
  const { preview: words } = useMessages().stages;
  const { data, error } = useQuery(fileRows(place));
  const id = fullPath(place);
  const source = useMemo(() => (data ? batchSource(id, data.columns, data.batches) : undefined), [data, id]);
  useEffect(() => () => leaveCells({ result: id }), [id]);
  if (error) return <ErrorCard error={error} />;
  if (!source) return <Skeleton lines={8} />;
  const count = format.integer(source.rows);
  const isAll = source.rows < MOST_ROWS;
  return (
    <>
      <DataGrid
        source={source}
        label={words.rowsOf(nameOf(place.path))}
        settings={SETTINGS}
        empty={words.noRows}
        {...cellListeners({ result: id, settings: SETTINGS, sql: data?.sql })}
      />
      <p className="preview-foot">{isAll ? words.all(count, source.rows === 1) : words.first(count)}</p>
    </>
  );
}

/** As many as the preview's SELECT asks for. */
const MOST_ROWS = 1000;
