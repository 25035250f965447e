import { Database, Eye, FileIcon, Folder, FolderArchive, type LucideIcon, Table2, Waves, Workflow } from 'lucide-react';
import { Icon } from '../../components/Icon.tsx';
import type { TreeItem } from '../../components/Tree.tsx';
import { TypeNameGlyph } from '../../components/TypeGlyph.tsx';
import { isSystemDatabase, nameText, type Table, type TableColumn, tableText } from '../../data/catalog.ts';
import { contentOf } from '../../data/folders.ts';
import type { StagedFile } from '../../data/stages.ts';
import { stagePath } from '../../data/uploads.ts';
import { format } from '../../lib/format.ts';
import { fuzzyMatch } from '../../lib/fuzzy.ts';
import { messages } from '../../lib/messages/messages.ts';

/** What a row of the tree stands for. */
export type CatalogNode =
  | { readonly kind: 'Database'; readonly database: string }
  | { readonly kind: 'Table'; readonly table: Table }
  | { readonly kind: 'Column'; readonly column: TableColumn }
  | { readonly kind: 'Group'; readonly group: ObjectKind }
  | { readonly kind: 'Object'; readonly object: CatalogObject }
  /** A folder of a stage if its path ends with a slash, else a file. */
  | { readonly kind: 'Staged'; readonly stage: string; readonly path: string };

/** What stands beside the databases, in the order of the tree. */
export const OBJECT_KINDS = ['Stage', 'Stream', 'Task'] as const;

export type ObjectKind = (typeof OBJECT_KINDS)[number];

export interface CatalogObject {
  readonly kind: ObjectKind;
  /** As the tree shows it. */
  readonly label: string;
  /** As it stands in SQL. */
  readonly text: string;
  readonly hint: string;
  /** Where its page is. */
  readonly path: readonly string[];
}

export interface Catalog {
  readonly tables: readonly Table[];
  readonly columns: ReadonlyMap<string, readonly TableColumn[]>;
  readonly objects: readonly CatalogObject[];
  /** Files of the stages that are open, by the name of the stage. */
  readonly files: ReadonlyMap<string, readonly StagedFile[]>;
}

export interface CatalogRows {
  readonly items: readonly TreeItem[];
  readonly nodes: ReadonlyMap<string, CatalogNode>;
  /** Tables that fit the filter but are not listed. */
  readonly left: number;
}

/** No name holds this sign. */
const SEPARATOR = '\u0000';
const MOST_FOUND = 500;

export function nodeId(...names: readonly string[]): string {
  return names.join(SEPARATOR);
}

/** A stage, a stream or a task. */
export const objectId = ({ kind, label }: Pick<CatalogObject, 'kind' | 'label'>) => nodeId('', kind, label);

export const fileId = (stage: string, path: string) => nodeId('', 'File', stage, path);

/** No database has an empty name. */
export const groupId = (kind: ObjectKind) => nodeId('', kind);

export function catalogOf(
  tables: readonly Table[],
  columns: readonly TableColumn[],
  objects: readonly CatalogObject[] = [],
  files: Catalog['files'] = new Map(),
): Catalog {
  const byTable = new Map<string, TableColumn[]>();
  for (const column of columns) {
    const id = nodeId(column.database, column.table);
    const known = byTable.get(id);
    if (known) known.push(column);
    else byTable.set(id, [column]);
  }
  return { tables, columns: byTable, objects, files };
}

/** The databases in order, those that describe the others last. */
export function databasesOf(tables: readonly Table[], names: readonly string[]): readonly string[] {
  const all = [...new Set([...names, ...tables.map(({ database }) => database)])];
  const rank = (name: string) => Number(isSystemDatabase(name)) * 2 + Number(name !== 'default');
  return all.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** The rows of the tree, without a filter. */
export function catalogRows(
  { tables, columns, objects, files }: Catalog,
  databases: readonly string[],
  isOpen: (id: string) => boolean,
): CatalogRows {
  const rows = rowList();
  for (const database of databases) {
    const own = tables.filter((table) => table.database === database);
    const open = isOpen(nodeId(database));
    rows.database(database, own.length, open);
    if (!open) continue;
    for (const table of own) {
      const id = nodeId(database, table.name);
      rows.table(table, isOpen(id));
      if (isOpen(id)) for (const column of columns.get(id) ?? []) rows.column(column);
    }
  }
  addObjects(rows, { objects, files, isOpen });
  return { ...rows.result(), left: 0 };
}

interface ObjectSource extends Pick<Catalog, 'objects' | 'files'> {
  readonly isOpen: (id: string) => boolean;
}

function addObjects(rows: RowList, source: ObjectSource): void {
  const { objects, isOpen } = source;
  for (const kind of OBJECT_KINDS) {
    const own = objects.filter((object) => object.kind === kind);
    if (own.length === 0) continue;
    const open = isOpen(groupId(kind));
    rows.group(kind, own.length, open);
    if (!open) continue;
    for (const object of own) {
      const isExpanded = kind === 'Stage' ? isOpen(objectId(object)) : undefined;
      rows.object(object, undefined, isExpanded);
      if (isExpanded) addFiles(rows, source, { stage: object.path[0] ?? '', folder: '', depth: 2 });
    }
  }
}

interface FolderPlace {
  readonly stage: string;
  readonly folder: string;
  readonly depth: number;
}

function addFiles(rows: RowList, source: ObjectSource, { stage, folder, depth }: FolderPlace): void {
  const content = contentOf(source.files.get(stage) ?? [], folder);
  for (const { path, name } of content.folders) {
    const isOpen = source.isOpen(fileId(stage, path));
    rows.file({ stage, path, depth }, name, isOpen);
    if (isOpen) addFiles(rows, source, { stage, folder: path, depth: depth + 1 });
  }
  for (const { path, size } of content.files)
    rows.file({ stage, path, depth }, path.slice(folder.length), undefined, size);
}

interface Found {
  readonly table: Table;
  readonly match: ReturnType<typeof fuzzyMatch>;
  readonly columns: readonly { readonly column: TableColumn; readonly match: ReturnType<typeof fuzzyMatch> }[];
  readonly score: number;
}

/** The tables and columns that fit a filter, under what they belong to; the best ones when there are many. */
export function foundRows({ tables, columns, objects }: Catalog, filter: string): CatalogRows {
  const match = matcher(filter);
  const found = tables.flatMap((table) => findIn(table, columns.get(nodeId(table.database, table.name)) ?? [], match));
  const best = new Set([...found].sort((a, b) => b.score - a.score).slice(0, MOST_FOUND));
  const rows = rowList();
  for (const database of databasesOf(
    found.map(({ table }) => table),
    [],
  )) {
    const own = found.filter((one) => one.table.database === database && best.has(one));
    rows.database(database, own.length, true);
    for (const { table, match, columns: hits } of own) {
      rows.table(table, hits.length > 0, match?.ranges);
      for (const hit of hits) rows.column(hit.column, hit.match?.ranges);
    }
  }
  for (const kind of OBJECT_KINDS) {
    const own = objects.flatMap((object) => {
      const match = object.kind === kind ? fuzzyMatch(filter, object.label) : undefined;
      return match ? [{ object, match }] : [];
    });
    if (own.length > 0) rows.group(kind, own.length, true);
    for (const { object, match } of own.slice(0, MOST_FOUND)) rows.object(object, match.ranges);
  }
  return { ...rows.result(), left: found.length - best.size };
}

/** Many tables have columns by the same names: each name is looked at once. */
function matcher(filter: string): (name: string) => Found['match'] {
  const known = new Map<string, Found['match']>();
  return (name) => {
    if (known.has(name)) return known.get(name);
    const match = fuzzyMatch(filter, name);
    known.set(name, match);
    return match;
  };
}

function findIn(table: Table, columns: readonly TableColumn[], fits: ReturnType<typeof matcher>): readonly Found[] {
  const match = fits(table.name);
  const hits = columns.flatMap((column) => {
    const hit = fits(column.name);
    return hit ? [{ column, match: hit }] : [];
  });
  if (!match && hits.length === 0) return [];
  const score = Math.max(match ? match.score + 1 : -Infinity, ...hits.map((hit) => hit.match.score));
  return [{ table, match, columns: hits, score }];
}

const OBJECT_ICONS: { readonly [K in ObjectKind]: LucideIcon } = {
  Stage: FolderArchive,
  Stream: Waves,
  Task: Workflow,
};

const GROUP_LABELS = () => messages().catalog.groups;

function tableHint({ database, name, rows, size, createdOn }: Table): string {
  const figures = [rows === undefined ? '' : messages().catalog.rows(format.integer(rows), rows === 1)];
  if (size !== undefined) figures.push(format.bytes(size));
  return [`${database}.${name}`, figures.filter(Boolean).join(' · '), createdOn?.slice(0, 16)]
    .filter(Boolean)
    .join('\n');
}

function columnHint({ name, type, isNullable, defaultExpr, comment }: TableColumn): string {
  const fallback = defaultExpr === '' ? '' : ` DEFAULT ${defaultExpr}`;
  return [`${name} ${type}${isNullable ? '' : ' NOT NULL'}${fallback}`, comment].filter(Boolean).join('\n');
}

interface StagedPlace {
  readonly stage: string;
  readonly path: string;
  readonly depth: number;
}

type RowList = ReturnType<typeof rowList>;

/** Takes rows one after another. */
function rowList() {
  const items: TreeItem[] = [];
  const nodes = new Map<string, CatalogNode>();
  const add = (item: TreeItem, node: CatalogNode) => {
    items.push(item);
    nodes.set(item.id, node);
  };
  return {
    database(database: string, count: number, isOpen: boolean) {
      const item = { id: nodeId(database), depth: 0, label: database, isOpen, dragText: nameText(database) };
      add({ ...item, icon: <Icon of={Database} />, meta: format.integer(count) }, { kind: 'Database', database });
    },
    table(table: Table, isOpen: boolean, ranges?: TreeItem['ranges']) {
      const { database, name, kind, rows } = table;
      const item = { id: nodeId(database, name), depth: 1, label: name, isOpen, ranges, dragText: tableText(table) };
      const hint = tableHint(table);
      const meta = rows === undefined ? undefined : format.integer(rows);
      add({ ...item, hint, icon: <Icon of={kind === 'View' ? Eye : Table2} />, meta }, { kind: 'Table', table });
    },
    column(column: TableColumn, ranges?: TreeItem['ranges']) {
      const { database, table, name, type } = column;
      const item = { id: nodeId(database, table, name), depth: 2, label: name, ranges, dragText: nameText(name) };
      const meta = <span className="catalog-type">{type.toLowerCase()}</span>;
      add({ ...item, hint: columnHint(column), icon: <TypeNameGlyph name={type} />, meta }, { kind: 'Column', column });
    },
    group(group: ObjectKind, count: number, isOpen: boolean) {
      const item = { id: groupId(group), depth: 0, label: GROUP_LABELS()[group], isOpen };
      add({ ...item, icon: <Icon of={OBJECT_ICONS[group]} />, meta: format.integer(count) }, { kind: 'Group', group });
    },
    object(object: CatalogObject, ranges?: TreeItem['ranges'], isOpen?: boolean) {
      const { kind, label, text, hint } = object;
      const item = { id: objectId(object), depth: 1, label, ranges, hint, dragText: text, isOpen };
      add({ ...item, icon: <Icon of={OBJECT_ICONS[kind]} /> }, { kind: 'Object', object });
    },
    file({ stage, path, depth }: StagedPlace, label: string, isOpen?: boolean, size?: number) {
      const item = { id: fileId(stage, path), depth, label, isOpen, dragText: stagePath(`@${stage}/${path}`) };
      const icon = <Icon of={path.endsWith('/') ? Folder : FileIcon} />;
      const meta = size === undefined ? undefined : format.bytes(size);
      add({ ...item, icon, meta }, { kind: 'Staged', stage, path });
    },
    result: () => ({ items, nodes }),
  };
}
