import './Catalog.css';
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { RefreshCw, Search } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { IconButton } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { TextField } from '../../components/Field.tsx';
import { PaneHead } from '../../components/frame/Place.tsx';
import type { MenuEntry } from '../../components/Menu.tsx';
import { NothingFits } from '../../components/NothingFits.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { Tree } from '../../components/Tree.tsx';
import { allColumns, allTables, isSystemDatabase, nameText, type Table, tableText } from '../../data/catalog.ts';
import { databaseNames } from '../../data/database-of.ts';
import { engineState } from '../../data/engine.ts';
import { keys, refresh } from '../../data/keys.ts';
import { folderFiles, type Stage, type StagedFile, stages } from '../../data/stages.ts';
import { type Stream, streams } from '../../data/streams.ts';
import { type Task, tasks } from '../../data/tasks.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { store, useStore } from '../../lib/store.ts';
import {
  type Catalog,
  type CatalogNode,
  type CatalogObject,
  catalogOf,
  catalogRows,
  databasesOf,
  foundRows,
  groupId,
  nodeId,
  OBJECT_KINDS,
  objectId,
} from './CatalogRows.tsx';
import { DropDialog } from './DropDialog.tsx';
import { nodeEntries } from './node-entries.ts';

/** What was opened or closed by hand, in whichever place the tree stood then. */
const turned = store<ReadonlySet<string>>(new Set());

export interface CatalogPaneProps {
  /** The table that is shown elsewhere on the page. */
  readonly selected?: Pick<Table, 'database' | 'name'> | undefined;
  /** A click or Enter on a row; a database opens and closes by itself. */
  readonly onChoose: (node: CatalogNode) => void;
  /** Puts a name where the caret is; absent where there is no editor. */
  readonly onInsert?: ((text: string) => void) | undefined;
}

/** Databases, tables and columns as a tree with a filter; it follows what statements change. */
export function CatalogPane({ selected, onChoose, onInsert }: CatalogPaneProps) {
  const { catalog: words, common } = useMessages();
  const client = useQueryClient();
  const [filter, setFilter] = useState('');
  const isReady = useStore(engineState).kind === 'Ready';
  return (
    <>
      <PaneHead title={words.title}>
        <IconButton
          icon={RefreshCw}
          size="s"
          label={common.refresh}
          onClick={() => void refresh(client, keys.allTables())}
        />
      </PaneHead>
      <TextField
        className="side-search"
        label={words.filter}
        placeholder={words.filter}
        hideLabel
        look="quiet"
        icon={Search}
        value={filter}
        onChange={setFilter}
        type="search"
        spellCheck={false}
      />
      {isReady ? (
        <CatalogTree {...{ selected, onChoose, onInsert, filter }} onReset={() => setFilter('')} />
      ) : (
        <Skeleton lines={6} />
      )}
    </>
  );
}

interface CatalogTreeProps extends CatalogPaneProps {
  readonly filter: string;
  /** Takes the filter away. */
  readonly onReset: () => void;
}

function CatalogTree({ selected, onChoose, onInsert, filter, onReset }: CatalogTreeProps) {
  const { catalog: words } = useMessages();
  const [dropping, setDropping] = useState<Table>();
  const { data, error } = useCatalog();
  const rows = useRows(data, useDeferredValue(filter.trim()));
  if (error) return <ErrorCard error={error} />;
  if (!data || !rows) return <Skeleton lines={6} />;
  if (rows.items.length === 0) return <NothingFits onReset={onReset} />;
  const turn = (id: string) => {
    const next = new Set(turned.get());
    if (!next.delete(id)) next.add(id);
    turned.set(next);
  };
  const choose = (id: string) => {
    const node = rows.nodes.get(id);
    const isFolder = node?.kind === 'Staged' && node.path.endsWith('/');
    if (node?.kind === 'Database' || node?.kind === 'Group' || isFolder) turn(id);
    else if (node) onChoose(node);
  };
  const entries = (id: string): readonly MenuEntry[] => {
    const node = rows.nodes.get(id);
    const columns = data.catalog.columns.get(id) ?? [];
    return node ? nodeEntries(node, { words, columns, insert: onInsert, drop: setDropping }) : [];
  };
  const hasTables = data.catalog.tables.some(({ database }) => !isSystemDatabase(database));
  return (
    <>
      <Tree
        label={words.tree}
        items={rows.items}
        selected={selected && nodeId(selected.database, selected.name)}
        onTurn={turn}
        onChoose={choose}
        entries={entries}
      />
      {rows.left > 0 && <p className="catalog-more">{words.more(format.integer(rows.left))}</p>}
      {!hasTables && filter === '' && onInsert && (
        <EmptyState
          actions={
            <>
              <p className="faint">{words.emptyHint}</p>
              <SqlBox sql={words.emptySql} />
            </>
          }
        >
          {words.empty}
        </EmptyState>
      )}
      <DropDialog table={dropping} onClose={() => setDropping(undefined)} />
    </>
  );
}

function useCatalog() {
  const { data: tables, error: tablesError } = useQuery(allTables());
  const { data: columns, error: columnsError } = useQuery(allColumns());
  const { data: names } = useQuery(databaseNames());
  const objects = useObjects();
  const files = useOpenFiles();
  const data = useMemo(() => {
    if (!tables || !columns) return undefined;
    return { catalog: catalogOf(tables, columns, objects, files), databases: databasesOf(tables, names ?? []) };
  }, [tables, columns, names, objects, files]);
  return { data, error: tablesError ?? columnsError };
}

/** Of the stages that were opened in the tree. */
function useOpenFiles(): Catalog['files'] {
  const { data: all } = useQuery(stages());
  const flipped = useStore(turned);
  const open = useMemo(
    () => (all ?? []).filter(({ name }) => flipped.has(objectId({ kind: 'Stage', label: `@${name}` }))),
    [all, flipped],
  );
  // The same function for the same stages, or the tree would be made anew with every key.
  const combine = useCallback(
    (results: readonly { readonly data?: readonly StagedFile[] | undefined }[]) =>
      new Map(results.map(({ data }, index) => [open[index]?.name ?? '', data ?? []])),
    [open],
  );
  return useQueries({ queries: open.map((stage) => folderFiles(stage, '')), combine });
}

/** Stages, streams and tasks; the tree does not wait for them. */
function useObjects(): readonly CatalogObject[] {
  const { data: allStages } = useQuery(stages());
  const { data: allStreams } = useQuery(streams());
  const { data: allTasks } = useQuery(tasks());
  return useMemo(
    () => [
      ...(allStages ?? []).map(stageObject),
      ...(allStreams ?? []).map(streamObject),
      ...(allTasks ?? []).map(taskObject),
    ],
    [allStages, allStreams, allTasks],
  );
}

function stageObject({ name, url, comment }: Stage): CatalogObject {
  const hint = [`@${name}`, url, comment].filter(Boolean).join('\n');
  return { kind: 'Stage', label: `@${name}`, text: `@${name}`, hint, path: [name] };
}

function streamObject({ database, name, table, invalidReason }: Stream): CatalogObject {
  const hint = [`${database}.${name}`, table, invalidReason].filter(Boolean).join('\n');
  return { kind: 'Stream', label: name, text: tableText({ database, name }), hint, path: [database, name] };
}

function taskObject({ name, schedule, definition }: Task): CatalogObject {
  const hint = [name, schedule, definition].filter(Boolean).join('\n');
  return { kind: 'Task', label: name, text: nameText(name), hint, path: [name] };
}

/** The databases of people start open, all else closed. */
function useRows(data: ReturnType<typeof useCatalog>['data'], filter: string) {
  const flipped = useStore(turned);
  const spoken = useMessages();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names of groups and what is told of tables are words.
  return useMemo(() => {
    if (!data) return undefined;
    if (filter !== '') return foundRows(data.catalog, filter);
    const own = data.databases.filter((name) => !isSystemDatabase(name)).map((name) => nodeId(name));
    const startsOpen = new Set([...own, ...OBJECT_KINDS.map(groupId)]);
    return catalogRows(data.catalog, data.databases, (id) => startsOpen.has(id) !== flipped.has(id));
  }, [data, filter, flipped, spoken]);
}
