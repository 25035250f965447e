import {
  Clipboard,
  Download,
  FileIcon,
  FileJson,
  FileSpreadsheet,
  Folder as FolderIcon,
  Map as MapIcon,
  Pencil,
  SquareTerminal,
  Trash2,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Icon } from '../../components/Icon.tsx';
import type { MenuEntry } from '../../components/Menu.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { isTileArchive } from '../../data/base-map-choice.ts';
import type { Folder } from '../../data/folders.ts';
import { showFiles } from '../../data/open-files.ts';
import type { FilePlace } from '../../data/staged-file.ts';
import type { Stage, StagedFile } from '../../data/stages.ts';
import { fileKind } from '../../data/uploads.ts';
import { copyText } from '../../lib/clipboard.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { chooseBaseMap, saveFile } from './actions.ts';
import { FileHash } from './FileHash.tsx';
import { MoveDialog } from './MoveDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { type StageView, showStage } from './stage-route.ts';

type Entry =
  | { readonly kind: 'Folder'; readonly name: string; readonly folder: Folder }
  | { readonly kind: 'File'; readonly name: string; readonly file: StagedFile };

export interface FileListProps {
  readonly stage: Stage;
  readonly view: StageView;
  readonly folders: readonly Folder[];
  readonly files: readonly StagedFile[];
  /** Names of the files that were ticked. */
  readonly marked: ReadonlySet<string>;
  readonly onMark: (marked: ReadonlySet<string>) => void;
  readonly onPreview: (file: string | undefined) => void;
  readonly empty: ReactNode;
}

/** Folders, then files. Enter opens, Space ticks, Delete asks, Backspace goes up. */
export function FileList({ stage, view, folders, files, marked, onMark, onPreview, empty }: FileListProps) {
  const messages = useMessages();
  const words = messages.stages;
  const [removing, setRemoving] = useState<StagedFile>();
  const [moving, setMoving] = useState<StagedFile>();
  const entries: readonly Entry[] = [
    ...folders.map((folder): Entry => ({ kind: 'Folder', name: folder.name, folder })),
    ...files.map((file): Entry => ({ kind: 'File', name: file.path.slice(view.folder.length), file })),
  ];
  const mark = (name: string) => {
    const next = new Set(marked);
    if (!next.delete(name)) next.add(name);
    onMark(next);
  };
  const open = (entry: Entry) => {
    if (entry.kind === 'Folder') showStage({ stage: view.stage, folder: entry.folder.path });
    else onPreview(entry.name);
  };
  const press = ({ key }: { readonly key: string }, entry: Entry) => {
    if (key === 'Backspace' && view.folder !== '') {
      showStage({ stage: view.stage, folder: view.folder.replace(/[^/]+\/$/, '') });
    } else if (entry.kind === 'File' && key === ' ') mark(entry.name);
    else if (entry.kind === 'File' && key === 'Delete') setRemoving(entry.file);
    else if (entry.kind === 'File' && key === 'F2') setMoving(entry.file);
    else return false;
    return true;
  };
  return (
    <>
      <RowTable
        label={words.files(`@${view.stage}/${view.folder}`)}
        columns={columnsOf({ stage, words, marked, mark })}
        rows={entries}
        keyOf={({ kind, name }) => (kind === 'Folder' ? `${name}/` : name)}
        selected={view.file}
        onSelect={(entry) => entry.kind === 'File' && view.file !== undefined && onPreview(entry.name)}
        onOpen={open}
        onKey={press}
        entries={(entry) => menuOf(entry, { view, messages, open, remove: setRemoving, move: setMoving })}
        empty={empty}
      />
      <RemoveDialog
        {...{ stage, view }}
        files={removing === undefined ? [] : [removing]}
        onClose={() => setRemoving(undefined)}
      />
      {moving && (
        <MoveDialog
          stage={stage.name}
          file={moving}
          taken={new Set(files.map(({ path }) => path))}
          onClose={() => setMoving(undefined)}
        />
      )}
    </>
  );
}

interface ColumnSource {
  readonly stage: Stage;
  readonly words: Messages['stages'];
  readonly marked: ReadonlySet<string>;
  readonly mark: (name: string) => void;
}

function columnsOf({ stage, words, marked, mark }: ColumnSource): readonly RowTableColumn<Entry>[] {
  const sizeOf = (entry: Entry) => (entry.kind === 'Folder' ? entry.folder.size : entry.file.size);
  const timeOf = (entry: Entry) => (entry.kind === 'File' ? (entry.file.modifiedAt?.getTime() ?? 0) : 0);
  return [
    {
      ...{ id: 'mark', head: words.columns.mark, isHeadHidden: true, width: '14px' },
      show: ({ kind, name }) =>
        kind === 'File' && (
          <input
            type="checkbox"
            tabIndex={-1}
            className="file-mark"
            aria-label={words.mark(name)}
            checked={marked.has(name)}
            onChange={() => mark(name)}
            onClick={(event) => event.stopPropagation()}
            onDoubleClick={(event) => event.stopPropagation()}
          />
        ),
    },
    {
      ...{ id: 'name', head: words.columns.name, width: 'minmax(160px, 1fr)' },
      show: (entry) => (
        <>
          <Icon of={entry.kind === 'Folder' ? FolderIcon : fileIcon(entry.name)} />
          <span className="cut">{entry.name}</span>
        </>
      ),
      compare: (a, b) => a.name.localeCompare(b.name),
    },
    {
      ...{ id: 'kind', head: words.columns.kind, width: '110px' },
      show: (entry) => <span className="faint">{kindWords(entry, words)}</span>,
      compare: (a, b) => kindWords(a, words).localeCompare(kindWords(b, words)),
    },
    {
      ...{ id: 'size', head: words.columns.size, width: '86px', isEnd: true },
      show: (entry) => format.bytes(sizeOf(entry)),
      compare: (a, b) => sizeOf(a) - sizeOf(b),
    },
    {
      ...{ id: 'modified', head: words.columns.modified, width: '120px' },
      show: (entry) =>
        entry.kind === 'File' &&
        entry.file.modifiedAt && <span className="faint num">{format.minute(entry.file.modifiedAt)}</span>,
      compare: (a, b) => timeOf(a) - timeOf(b),
    },
    {
      ...{ id: 'hash', head: words.columns.hash, width: '84px' },
      show: (entry) => entry.kind === 'File' && <FileHash stage={stage} file={entry.file} />,
    },
  ];
}

function kindWords(entry: Entry, words: Messages['stages']): string {
  if (entry.kind === 'File') return fileKind(entry.name)?.format ?? words.other;
  return words.folderFiles(format.integer(entry.folder.files), entry.folder.files === 1);
}

export function fileIcon(name: string) {
  const kind = fileKind(name);
  if (!kind) return FileIcon;
  return kind.reading === 'documents' ? FileJson : FileSpreadsheet;
}

interface MenuSource {
  readonly view: StageView;
  readonly messages: Messages;
  readonly open: (entry: Entry) => void;
  readonly remove: (file: StagedFile) => void;
  readonly move: (file: StagedFile) => void;
}

function menuOf(
  entry: Entry,
  { view, messages: { stages: words }, open, remove, move }: MenuSource,
): readonly MenuEntry[] {
  const path = `@${view.stage}/${view.folder}${entry.name}`;
  const first: readonly MenuEntry[] = [
    { kind: 'Action', label: words.open, run: () => open(entry) },
    { kind: 'Action', label: words.copyPath, icon: Clipboard, run: () => void copyText(path) },
  ];
  if (entry.kind === 'Folder') return first;
  return [
    ...first,
    {
      ...{ kind: 'Action', label: words.query, icon: SquareTerminal, isDisabled: fileKind(entry.name) === undefined },
      run: () => void showFiles(entry.name, [path]),
    },
    {
      ...{ kind: 'Action', label: words.download, icon: Download },
      run: () => void saveFile({ stage: view.stage, path: entry.file.path }),
    },
    ...(isTileArchive(entry.name) ? [mapEntry({ stage: view.stage, path: entry.file.path }, words)] : []),
    { kind: 'Action', label: `${words.rename}…`, icon: Pencil, run: () => move(entry.file) },
    { kind: 'Line' },
    { kind: 'Action', label: `${words.remove}…`, icon: Trash2, isDanger: true, run: () => remove(entry.file) },
  ];
}

/** Archives of remote stages, too: a map asks for their tiles only where one was chosen. */
function mapEntry(place: FilePlace, words: Messages['stages']): MenuEntry {
  return { kind: 'Action', label: words.useAsBaseMap, icon: MapIcon, run: () => chooseBaseMap(place) };
}
