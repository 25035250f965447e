import { Clipboard, SquareTerminal, Table2, TextCursorInput, Trash2 } from 'lucide-react';
import type { MenuEntry } from '../../components/Menu.tsx';
import {
  isSystemDatabase,
  nameText,
  selectTable,
  type Table,
  type TableColumn,
  tableText,
} from '../../data/catalog.ts';
import { showSql } from '../../data/open-files.ts';
import { copyText } from '../../lib/clipboard.ts';
import type { Messages } from '../../lib/messages/messages.ts';
import { navigate } from '../../lib/router.ts';
import type { CatalogNode } from './CatalogRows.tsx';

export interface NodeActions {
  readonly words: Messages['catalog'];
  /** Of the table. */
  readonly columns: readonly TableColumn[];
  readonly insert: ((text: string) => void) | undefined;
  readonly drop: (table: Table) => void;
}

/** What can be done with a row of the tree. */
export function nodeEntries(node: CatalogNode, actions: NodeActions): readonly MenuEntry[] {
  const name = nodeText(node);
  const { words, insert } = actions;
  const naming: readonly MenuEntry[] = [
    ...(insert
      ? [{ kind: 'Action', label: words.insert, icon: TextCursorInput, run: () => insert(name) } as const]
      : []),
    { kind: 'Action', label: words.copyName, icon: Clipboard, run: () => void copyText(name) },
  ];
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
  }
}

function tableEntries(table: Table, { words, columns }: NodeActions): readonly MenuEntry[] {
  const { database, name } = table;
  const select = selectTable(table, columns);
  return [
    { kind: 'Action', label: words.preview, icon: SquareTerminal, run: () => showSql(words.worksheet(name), select) },
    {
      ...{ kind: 'Action', label: words.open, icon: Table2 },
      run: () => navigate({ place: 'data', path: [database, name] }),
    },
    { kind: 'Action', label: words.copySelect, icon: Clipboard, run: () => void copyText(select) },
    { kind: 'Line' },
  ];
}

function dropEntry(table: Table, { words, drop }: NodeActions): readonly MenuEntry[] {
  if (isSystemDatabase(table.database)) return [];
  return [
    { kind: 'Line' },
    { kind: 'Action', label: `${words.drop}…`, icon: Trash2, isDanger: true, run: () => drop(table) },
  ];
}
