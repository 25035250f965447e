import { useQueries } from '@tanstack/react-query';
import { FolderArchive, Folder as FolderIcon, HardDrive, Link as LinkIcon, Plus, Search, User } from 'lucide-react';
import { useMemo, useState } from 'react';
import { IconButton } from '../../components/Button.tsx';
import { TextField } from '../../components/Field.tsx';
import { PaneHead } from '../../components/frame/Place.tsx';
import { Icon } from '../../components/Icon.tsx';
import { LinkDialog } from '../../components/LinkDialog.tsx';
import { NothingFits } from '../../components/NothingFits.tsx';
import { Tree, type TreeItem } from '../../components/Tree.tsx';
import { contentOf } from '../../data/folders.ts';
import { addLink } from '../../data/links.ts';
import { folderFiles, type Stage, type StagedFile } from '../../data/stages.ts';
import { upload } from '../../data/upload-queue.ts';
import { format } from '../../lib/format.ts';
import { fuzzyMatch } from '../../lib/fuzzy.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { LinkList } from './LinkList.tsx';
import { queryLink } from './query-link.ts';
import { type StageView, showStage } from './stage-route.ts';

export interface StageTreeProps {
  readonly stages: readonly Stage[];
  readonly view: StageView;
  readonly onCreate: () => void;
  readonly onMount: () => void;
}

/** Every stage with its folders; files dropped on a row are copied there. */
export function StageTree({ stages, view, onCreate, onMount }: StageTreeProps) {
  const { stages: words } = useMessages();
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState('');
  const [isPasting, setPasting] = useState(false);
  const selected = `${view.stage}/${view.folder}`;
  const open = useMemo(() => openPaths(view, turned), [view, turned]);
  const files = useFilesOf(stages.filter(({ name }) => filter !== '' || open.has(`${name}/`)));
  const items = useMemo(() => {
    const all = treeItems({ stages, files, isOpen: (id) => filter !== '' || open.has(id) });
    return filter === '' ? all : filtered(all, filter);
  }, [stages, files, open, filter]);
  const turn = (id: string) =>
    setTurned((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <>
      <PaneHead title={words.title}>
        <IconButton icon={LinkIcon} size="s" label={words.link.paste} onClick={() => setPasting(true)} />
        <IconButton icon={HardDrive} size="s" label={words.mountFolder} onClick={onMount} />
        <IconButton icon={Plus} size="s" label={words.newStage} onClick={onCreate} />
      </PaneHead>
      <TextField
        className="side-search"
        label={words.filterTree}
        placeholder={words.filterTree}
        hideLabel
        look="quiet"
        icon={Search}
        value={filter}
        onChange={setFilter}
        type="search"
      />
      {items.length === 0 && filter !== '' ? (
        <NothingFits onReset={() => setFilter('')} />
      ) : (
        <Tree
          label={words.tree}
          items={items}
          selected={selected}
          onTurn={turn}
          onChoose={(id) => showStage(placeOf(id))}
          onDropFiles={(id, dropped) => upload(dropped, `@${id}`)}
        />
      )}
      <LinkList />
      <LinkDialog
        open={isPasting}
        onClose={() => setPasting(false)}
        onTake={async (url) => void queryLink(await addLink(url))}
      />
    </>
  );
}

/** What is shown is open, with all above it, unless it was closed by hand. */
function openPaths({ stage, folder }: StageView, turned: ReadonlySet<string>): ReadonlySet<string> {
  const open = new Set([`${stage}/`]);
  for (let at = folder.indexOf('/'); at >= 0; at = folder.indexOf('/', at + 1))
    open.add(`${stage}/${folder.slice(0, at + 1)}`);
  for (const id of turned) if (!open.delete(id)) open.add(id);
  return open;
}

function placeOf(id: string): Pick<StageView, 'stage' | 'folder'> {
  const slash = id.indexOf('/');
  return { stage: id.slice(0, slash), folder: id.slice(slash + 1) };
}

type FilesByStage = ReadonlyMap<string, readonly StagedFile[]>;

function useFilesOf(stages: readonly Stage[]): FilesByStage {
  return useQueries({
    queries: stages.map((stage) => folderFiles(stage, '')),
    combine: (results) => new Map(results.map(({ data }, index) => [stages[index]?.name ?? '', data ?? []])),
  });
}

interface TreeSource {
  readonly stages: readonly Stage[];
  readonly files: FilesByStage;
  readonly isOpen: (id: string) => boolean;
}

function treeItems({ stages, files, isOpen }: TreeSource): readonly TreeItem[] {
  return stages.flatMap((stage) => {
    const id = `${stage.name}/`;
    const own = files.get(stage.name);
    const item: TreeItem = {
      ...{ id, depth: 0, label: `@${stage.name}`, isOpen: isOpen(id), dragText: `@${id}` },
      icon: <Icon of={stageIcon(stage)} />,
      meta: stage.url ? stage.url.replace(/:.*$/s, '') : own && format.integer(own.length),
    };
    return [item, ...(isOpen(id) && own ? folderItems({ stage: stage.name, files: own, isOpen }, '', 1) : [])];
  });
}

function stageIcon({ kind, url }: Stage) {
  if (kind === 'User') return User;
  return url?.startsWith('local:') ? HardDrive : FolderArchive;
}

interface FolderSource {
  readonly stage: string;
  readonly files: readonly StagedFile[];
  readonly isOpen: (id: string) => boolean;
}

function folderItems(source: FolderSource, folder: string, depth: number): readonly TreeItem[] {
  const { stage, files, isOpen } = source;
  return contentOf(files, folder).folders.flatMap(({ path, name, files: count }) => {
    const id = `${stage}/${path}`;
    const hasFolders = contentOf(files, path).folders.length > 0;
    const item: TreeItem = {
      ...{ id, depth, label: name, dragText: `@${id}` },
      isOpen: hasFolders ? isOpen(id) : undefined,
      icon: <Icon of={FolderIcon} />,
      meta: format.integer(count),
    };
    return [item, ...(hasFolders && isOpen(id) ? folderItems(source, path, depth + 1) : [])];
  });
}

/** The rows that fit and what they stand in. */
function filtered(items: readonly TreeItem[], filter: string): readonly TreeItem[] {
  const kept: TreeItem[] = [];
  let depth = -1;
  for (const item of [...items].reverse()) {
    const match = fuzzyMatch(filter, item.label);
    if (match) kept.push({ ...item, ranges: match.ranges });
    else if (item.depth < depth) kept.push(item);
    else continue;
    depth = item.depth;
  }
  return kept.reverse();
}
