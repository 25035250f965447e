import {
  ChartColumn,
  Clipboard,
  FileCode,
  Import,
  Rows3,
  SquareTerminal,
  Table2,
  TextCursorInput,
  Trash2,
  Waves,
} from 'lucide-react';
import type { MenuEntry } from '../../components/Menu.tsx';
import {
  insertTable,
  isSystemDatabase,
  nameText,
  selectTable,
  type Table,
  type TableColumn,
  tableText,
} from '../../data/catalog.ts';
import { showFiles, showSql } from '../../data/open-files.ts';
import { openProfile } from '../../data/shown-stats.ts';
import { fileKind, stagePath } from '../../data/uploads.ts';
import { copyText } from '../../lib/clipboard.ts';
import type { Messages } from '../../lib/messages/messages.ts';
import { navigate } from '../../lib/router.ts';
import type { CatalogNode, CatalogObject } from './CatalogRows.tsx';

export interface NodeActions {
  readonly words: Messages['catalog'];
  /** Of the table. */
  readonly columns: readonly TableColumn[];
  readonly insert: ((text: string) => void) | undefined;
  readonly drop: (table: Table) => void;
}

/** What can be done with a row of the tree. */
export function nodeEntries(node: CatalogNode, actions: NodeActions): readonly MenuEntry[] {
  if (node.kind === 'Group') return [];
  const name = nodeText(node);
  const { words, insert } = actions;
  const naming: readonly MenuEntry[] = [
    ...(insert
      ? [{ kind: 'Action', label: words.insert, icon: TextCursorInput, run: () => insert(name) } as const]
      : []),
    { kind: 'Action', label: words.copyName, icon: Clipboard, run: () => void copyText(name) },
  ];
  if (node.kind === 'Staged') return [...stagedEntries(node, actions), ...naming];
  if (node.kind === 'Object') return [...objectEntries(node.object, actions), ...naming];
  return node.kind === 'Table'
    ? [...tableEntries(node.table, actions), ...naming, ...dropEntry(node.table, actions)]
    : naming;
}

/** What a row is called in SQL. */
export function nodeText(node: CatalogNode): string {
  switch (node.kind) {
    case 'Database':
      return nameText(node.database);
    case 'Table':
      return tableText(node.table);
    case 'Column':
      return nameText(node.column.name);
    case 'Object':
      return node.object.text;
    case 'Staged':
      return stagePath(`@${node.stage}/${node.path}`);
    case 'Group':
      return '';
  }
}

const PLACES = { Stage: 'stages', Stream: 'streams', Task: 'tasks' } as const;

export function showObject({ kind, path }: CatalogObject): void {
  navigate({ place: PLACES[kind], path });
}

type StagedNode = Extract<CatalogNode, { readonly kind: 'Staged' }>;

/** A file's own page, or its folder's. */
export function showStaged({ stage, path }: Pick<StagedNode, 'stage' | 'path'>): void {
  const folders = path.split('/').slice(0, -1);
  const file = path.slice(path.lastIndexOf('/') + 1);
  navigate({ place: 'stages', path: [stage, ...folders], query: file === '' ? {} : { file } });
}

function stagedEntries(node: StagedNode, { words }: NodeActions): readonly MenuEntry[] {
  const { stage, path } = node;
  const query = () => void showFiles(path, [`@${stage}/${path}`]);
  return [
    { kind: 'Action', label: words.open, icon: Table2, run: () => showStaged(node) },
    ...(fileKind(path) ? [{ kind: 'Action', label: words.preview, icon: SquareTerminal, run: query } as const] : []),
    { kind: 'Line' },
  ];
}

function objectEntries(object: CatalogObject, { words }: NodeActions): readonly MenuEntry[] {
  const { kind, label, text } = object;
  const sql = kind === 'Stage' ? `LIST ${text};` : `SELECT * FROM ${text} LIMIT 100;`;
  const query = { kind: 'Action', label: words.preview, icon: SquareTerminal, run: () => showSql(label, sql) } as const;
  const open = { kind: 'Action', label: words.open, icon: Table2, run: () => showObject(object) } as const;
  return [open, ...(kind === 'Task' ? [] : [query]), { kind: 'Line' }];
}

function tableEntries(table: Table, { words, columns }: NodeActions): readonly MenuEntry[] {
  const { database, name } = table;
  const select = selectTable(table, columns);
  const page = (view?: string) => () =>
    navigate({ place: 'data', path: [database, name], query: view === undefined ? {} : { view } });
  return [
    { kind: 'Action', label: words.select, icon: SquareTerminal, run: () => showSql(words.worksheet(name), select) },
    { kind: 'Action', label: words.open, icon: Table2, run: page() },
    { kind: 'Action', label: words.detail.preview, icon: Rows3, run: page('preview') },
    { kind: 'Action', label: words.profile, icon: ChartColumn, run: () => openProfile(table) },
    ...(isSystemDatabase(database)
      ? []
      : [{ kind: 'Action', label: words.detail.definition, icon: FileCode, run: page('definition') } as const]),
    { kind: 'Action', label: words.copySelect, icon: Clipboard, run: () => void copyText(select) },
    ...(table.kind === 'Table' && !isSystemDatabase(database) ? changeEntries(table, { words, columns }) : []),
    { kind: 'Line' },
  ];
}

type ChangeActions = Pick<NodeActions, 'words' | 'columns'>;

/** What writes into a table or follows it: each a statement to look over. */
function changeEntries(table: Table, { words, columns }: ChangeActions): readonly MenuEntry[] {
  const { database, name } = table;
  const stream = `CREATE STREAM ${nameText(`${name}_stream`)} ON TABLE ${tableText(table)};`;
  return [
    { kind: 'Line' },
    {
      ...{ kind: 'Action', label: words.insertRows, icon: SquareTerminal },
      run: () => showSql(words.insertTitle(name), insertTable(table, columns)),
    },
    {
      ...{ kind: 'Action', label: words.copyInto, icon: Import },
      run: () => navigate({ place: 'load', query: { table: database === 'default' ? name : `${database}.${name}` } }),
    },
    { kind: 'Action', label: words.createStream, icon: Waves, run: () => showSql(words.streamTitle(name), stream) },
  ];
}

function dropEntry(table: Table, { words, drop }: NodeActions): readonly MenuEntry[] {
  if (isSystemDatabase(table.database)) return [];
  return [
    { kind: 'Line' },
    { kind: 'Action', label: `${words.drop}…`, icon: Trash2, isDanger: true, run: () => drop(table) },
  ];
}
