import { type UseQueryResult, useQueries, useQueryClient } from '@tanstack/react-query';
import { FolderArchive, RefreshCw, Upload as UploadIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button, IconButton } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { FileButton } from '../../components/FileButton.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { useDrop } from '../../components/Tree.tsx';
import { engineState } from '../../data/engine.ts';
import { contentOf, type FolderContent, nameFilter } from '../../data/folders.ts';
import { keys, refresh } from '../../data/keys.ts';
import { isSessionOnly } from '../../data/mounts.ts';
import { isRemoved, removals } from '../../data/removals.ts';
import { folderFiles, isRemote, MOST_REMOTE_FILES, type Stage, type StagedFile } from '../../data/stages.ts';
import { upload } from '../../data/upload-queue.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';
import { Crumbs } from './Crumbs.tsx';
import { FileList } from './FileList.tsx';
import { type Filter, FilterBar } from './FilterBar.tsx';
import { MarkedActions } from './MarkedActions.tsx';
import { Reconnect } from './Reconnect.tsx';
import { StageMenu } from './StageMenu.tsx';
import type { StageView } from './stage-route.ts';

export interface FolderViewProps {
  readonly view: StageView;
  readonly stage: Stage | undefined;
  /** The list of stages is there. */
  readonly isKnown: boolean;
  readonly onPreview: (file: string | undefined) => void;
}

/** One folder of a stage: where it is, what is in it, and what can be done with it. */
export function FolderView({ view, stage, isKnown, onPreview }: FolderViewProps) {
  const { stages: words } = useMessages();
  const target = `@${view.stage}/${view.folder}`;
  const { data, error, isCut, isWaiting, more } = useFiles(stage, view.folder);
  const drop = useDrop((files) => upload(files, target));
  return (
    <section className="folder" aria-label={words.files(target)} {...drop.handlers}>
      <FolderHead view={view} stage={stage} target={target} />
      {isKnown && !stage && <EmptyState>{words.noStage(view.stage)}</EmptyState>}
      {error &&
        (stage?.url?.startsWith('local:') ? <Reconnect stage={stage} error={error} /> : <ErrorCard error={error} />)}
      {!data && !error && stage && <Skeleton lines={8} />}
      {isCut && (
        <p className="folder-cut small" role="status">
          {words.firstFiles(format.integer(data?.length ?? 0))}
          <Button size="s" disabled={isWaiting} onClick={more}>
            {words.moreFiles(format.integer(MOST_REMOTE_FILES))}
          </Button>
        </p>
      )}
      {data && stage && <FolderFiles {...{ stage, view, all: data, onPreview }} />}
      {drop.isOver && <p className="folder-drop">{words.uploadTo(target)}</p>}
    </section>
  );
}

const NO_PARTS: readonly string[] = [];

/** The files of a folder; those of a bucket part by part, as many parts as were asked for. */
function useFiles(stage: Stage | undefined, folder: string) {
  const isReady = useStore(engineState).kind === 'Ready';
  const target = `${stage?.name}/${folder}`;
  // The files behind which the parts after the first begin.
  const [wanted, setWanted] = useState({ target, parts: NO_PARTS });
  const parts = wanted.target === target ? wanted.parts : NO_PARTS;
  const asked = stage && isReady ? [undefined, ...parts] : [];
  const found = useQueries({
    queries: stage ? asked.map((after) => folderFiles(stage, folder, after)) : [],
    combine: filesOf,
  });
  const isCut = stage !== undefined && isRemote(stage) && (found.isWaiting || found.last?.length === MOST_REMOTE_FILES);
  return {
    ...found,
    isCut: isCut && found.data !== undefined,
    more: () => {
      const end = found.last?.at(-1)?.path;
      if (end !== undefined) setWanted({ target, parts: [...parts, end] });
    },
  };
}

/** While more of a folder are asked for, those that are there stay. */
function filesOf(results: readonly UseQueryResult<readonly StagedFile[]>[]) {
  const there = results.flatMap(({ data }) => (data ? [data] : []));
  return {
    data: there.length === 0 ? undefined : there.flat(),
    last: results.at(-1)?.data,
    isWaiting: results.at(-1)?.isPending ?? false,
    error: results.find(({ error }) => error)?.error ?? null,
  };
}

interface FolderHeadProps extends Pick<FolderViewProps, 'view' | 'stage'> {
  readonly target: string;
}

function FolderHead({ view, stage, target }: FolderHeadProps) {
  const { stages: words, common } = useMessages();
  const client = useQueryClient();
  const isReady = useStore(engineState).kind === 'Ready';
  return (
    <header className="place-head">
      <Icon of={FolderArchive} />
      <Crumbs view={view} />
      {stage && isSessionOnly(stage) && <Chip tone="warn">{words.mount.sessionOnly}</Chip>}
      <span className="grow" />
      <IconButton
        icon={RefreshCw}
        size="s"
        label={common.refresh}
        onClick={() => void refresh(client, keys.stage(view.stage))}
      />
      <FileButton size="s" icon={UploadIcon} disabled={!isReady} onFiles={(files) => upload(files, target)}>
        {words.upload}
      </FileButton>
      {stage && <StageMenu stage={stage} />}
    </header>
  );
}

interface FolderFilesProps {
  readonly stage: Stage;
  readonly view: StageView;
  readonly all: readonly StagedFile[];
  readonly onPreview: (file: string | undefined) => void;
}

function FolderFiles({ stage, view, all: stored, onPreview }: FolderFilesProps) {
  const { stages: words } = useMessages();
  const [filter, setFilter] = useState<Filter>({ kind: 'name', text: '' });
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const hidden = useStore(removals);
  const all = useMemo(
    () => stored.filter((file) => !isRemoved(hidden, stage.name, file)),
    [stored, hidden, stage.name],
  );
  const content = useMemo(() => contentOf(all, view.folder), [all, view.folder]);
  const fits = nameFilter(filter.kind, filter.text);
  const nameOf = ({ path }: StagedFile) => path.slice(view.folder.length);
  const files = fits ? content.files.filter((file) => fits(nameOf(file))) : content.files;
  const folders = fits ? content.folders.filter(({ name }) => fits(name)) : content.folders;
  const chosen = content.files.filter((file) => marked.has(nameOf(file)));
  return (
    <>
      <div className="toolbar">
        <FilterBar filter={filter} onChange={setFilter} isBad={!fits} />
        <span className="grow" />
        {chosen.length > 0 ? (
          <MarkedActions stage={stage} view={view} files={chosen} onDone={() => setMarked(new Set())} />
        ) : (
          <span className="faint num small cut">{countWords(content, folders.length + files.length, words)}</span>
        )}
      </div>
      <FileList
        {...{ stage, view, folders, files, marked, onPreview }}
        onMark={setMarked}
        empty={<EmptyFolder view={view} isFiltered={filter.text !== ''} hasFiles={all.length > 0} />}
      />
    </>
  );
}

type Words = ReturnType<typeof useMessages>['stages'];

/** Files at any depth with their size; while a filter holds, how many of the rows are shown. */
function countWords({ folders, files }: FolderContent, shown: number, words: Words): string {
  const rows = folders.length + files.length;
  if (shown < rows) return words.shownOf(format.integer(shown), format.integer(rows));
  const count = folders.reduce((sum, folder) => sum + folder.files, files.length);
  const size = [...folders, ...files].reduce((sum, entry) => sum + entry.size, 0);
  return words.counts(format.integer(count), count === 1, format.bytes(size));
}

interface EmptyFolderProps {
  readonly view: StageView;
  readonly isFiltered: boolean;
  readonly hasFiles: boolean;
}

function EmptyFolder({ view, isFiltered, hasFiles }: EmptyFolderProps) {
  const { stages: words } = useMessages();
  if (isFiltered) return <EmptyState>{words.emptyFilter}</EmptyState>;
  if (hasFiles) return <EmptyState>{words.emptyFolder}</EmptyState>;
  const actions = (
    <>
      <FileButton look="primary" onFiles={(files) => upload(files, `@${view.stage}/${view.folder}`)}>
        {words.chooseFiles}
      </FileButton>
      <SqlBox sql={words.emptySql(view.stage)} />
    </>
  );
  return <EmptyState actions={actions}>{words.empty}</EmptyState>;
}
