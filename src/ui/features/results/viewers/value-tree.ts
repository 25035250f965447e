import { type Cell, type ShowSettings, type SqlType, showCell } from '../../../../engine/index.ts';

export type Tint = 'str' | 'num' | 'null' | 'other';

/** A nested value as a tree that can be shown: each branch with its labels, each leaf as its text. */
export type ValueNode =
  | { readonly kind: 'Leaf'; readonly text: string; readonly tint: Tint }
  | { readonly kind: 'Branch'; readonly isList: boolean; readonly entries: readonly ValueEntry[] };

export interface ValueEntry {
  readonly label: string;
  /** How SQL reaches it from its parent: `['a']`, `[0]`. */
  readonly step: string;
  readonly node: ValueNode;
}

const NULL: ValueNode = { kind: 'Leaf', text: 'NULL', tint: 'null' };

export function isNested({ kind }: SqlType): boolean {
  return kind === 'Variant' || kind === 'Array' || kind === 'Map' || kind === 'Tuple';
}

export function valueTree(cell: Cell, type: SqlType, settings: ShowSettings): ValueNode {
  if (cell === null) return NULL;
  switch (type.kind) {
    case 'Variant':
      return jsonTree(String(cell));
    case 'Array':
      return list(
        items(cell).map((item) => valueTree(item, type.element, settings)),
        1,
      );
    case 'Tuple': {
      const entries = items(cell).map((item, index) => {
        const field = type.fields[index];
        const node = field ? valueTree(item, field.type, settings) : NULL;
        return { label: field?.name ?? String(index + 1), step: `[${index + 1}]`, node };
      });
      return { kind: 'Branch', isList: false, entries };
    }
    case 'Map':
      return branch(
        items(cell).map((pair) => {
          const [key = null, value = null] = items(pair);
          const label = key === null ? 'NULL' : showCell(key, type.key, settings);
          return [label, valueTree(value, type.value, settings)] as const;
        }),
      );
    default:
      return { kind: 'Leaf', text: showCell(cell, type, settings), tint: typeof cell === 'string' ? 'str' : 'num' };
  }
}

function items(cell: Cell): readonly Cell[] {
  return Array.isArray(cell) ? cell : [];
}

/** Stands for a number while the text is parsed, so that it keeps the digits it was written with. */
const NUMBER_KEY = '\u0000';
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A JSON text as a tree; one that does not parse is a single leaf. */
export function jsonTree(text: string): ValueNode {
  const marked = text.replace(STRING_OR_NUMBER, (token) =>
    token.startsWith('"') ? token : JSON.stringify({ [NUMBER_KEY]: token }),
  );
  try {
    return jsonNode(JSON.parse(marked));
  } catch {
    return { kind: 'Leaf', text, tint: 'str' };
  }
}

function isNumberMark(value: unknown): value is { readonly [NUMBER_KEY]: string } {
  return typeof value === 'object' && value !== null && NUMBER_KEY in value;
}

function jsonNode(value: unknown): ValueNode {
  if (value === null) return { kind: 'Leaf', text: 'null', tint: 'null' };
  if (Array.isArray(value)) return list(value.map(jsonNode));
  if (isNumberMark(value)) return { kind: 'Leaf', text: value[NUMBER_KEY], tint: 'num' };
  if (typeof value === 'object')
    return branch(Object.entries(value).map(([key, item]) => [key, jsonNode(item)] as const));
  if (typeof value === 'string') return { kind: 'Leaf', text: JSON.stringify(value), tint: 'str' };
  return { kind: 'Leaf', text: String(value), tint: 'other' };
}

/** SQL counts the items of JSON from 0, those of an ARRAY and the fields of a TUPLE from 1. */
function list(nodes: readonly ValueNode[], first = 0): ValueNode {
  const entries = nodes.map((node, index) => ({ label: String(index + first), step: `[${index + first}]`, node }));
  return { kind: 'Branch', isList: true, entries };
}

function branch(pairs: readonly (readonly [string, ValueNode])[]): ValueNode {
  const entries = pairs.map(([label, node]) => ({ label, step: `['${label.replaceAll("'", "''")}']`, node }));
  return { kind: 'Branch', isList: false, entries };
}

/** A branch in short: `{6}`, `[3]`. */
export function branchMark({ isList, entries }: Extract<ValueNode, { kind: 'Branch' }>): string {
  return isList ? `[${entries.length}]` : `{${entries.length}}`;
}

export interface TreeRow {
  /** Where it stands, also how SQL reaches it: `['a'][0]`. */
  readonly path: string;
  readonly label: string | undefined;
  readonly depth: number;
  readonly node: ValueNode;
}

/** The rows that are shown while these branches are open, at most `limit`. */
export function treeRows(root: ValueNode, isOpen: (path: string) => boolean, limit: number): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (row: TreeRow) => {
    if (rows.length >= limit) return;
    rows.push(row);
    if (row.node.kind !== 'Branch' || !isOpen(row.path)) return;
    for (const { label, step, node } of row.node.entries) {
      visit({ path: row.path + step, label, depth: row.depth + 1, node });
    }
  };
  visit({ path: '', label: undefined, depth: 0, node: root });
  return rows;
}
