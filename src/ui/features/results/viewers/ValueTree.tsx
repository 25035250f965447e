import './viewers.css';
import { ChevronDown, ChevronRight, Copy } from 'lucide-react';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { IconButton } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { copyText } from '../../../lib/clipboard.ts';
import { cx } from '../../../lib/cx.ts';
import { useMessages } from '../../../lib/messages/messages.ts';
import { branchMark, type TreeRow, treeRows, type ValueNode } from './value-tree.ts';

const MOST_ROWS = 2000;
/** Small branches start open. */
const OPEN_DEPTH = 4;
const OPEN_ENTRIES = 12;

export interface ValueTreeProps {
  readonly root: ValueNode;
  /** The column, before the path. */
  readonly name: string;
}

/** A nested value as a tree, with the SQL path of the chosen part to copy. */
export function ValueTree({ root, name }: ValueTreeProps) {
  const { viewer, common } = useMessages();
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState('');
  const treeId = useId();
  const startsOpen = useMemo(() => openAtStart(root), [root]);
  const isOpen = (path: string) => startsOpen.has(path) !== turned.has(path);
  const rows = treeRows(root, isOpen, MOST_ROWS);
  const at = Math.max(
    0,
    rows.findIndex(({ path }) => path === chosen),
  );
  const turn = (path: string) => {
    const next = new Set(turned);
    if (!next.delete(path)) next.add(path);
    setTurned(next);
  };
  const press = (event: KeyboardEvent) => {
    const row = rows[at];
    const next = row && treeMove(event.key, { row, rows, at, isOpen: isOpen(row.path) });
    if (!next) return;
    event.preventDefault();
    if (next.turn) turn(row.path);
    setChosen(next.path);
    document.getElementById(`${treeId}-${next.path}`)?.scrollIntoView({ block: 'nearest' });
  };
  const path = name + chosen;
  return (
    <>
      <div
        className="value-tree"
        role="tree"
        tabIndex={0}
        aria-label={viewer.tree}
        aria-activedescendant={rows[at] && `${treeId}-${rows[at].path}`}
        onKeyDown={press}
      >
        {rows.map((row) => (
          <Row
            key={row.path}
            id={`${treeId}-${row.path}`}
            row={row}
            isChosen={row.path === chosen}
            isOpen={isOpen(row.path)}
            onChoose={() => setChosen(row.path)}
            onTurn={() => turn(row.path)}
          />
        ))}
      </div>
      <div className="viewer-block">
        <span className="viewer-label">{viewer.path}</span>
        <span className="viewer-path">
          <code className="grow">{path}</code>
          <IconButton icon={Copy} size="s" label={common.copy} onClick={() => copyText(path)} />
        </span>
      </div>
    </>
  );
}

interface RowProps {
  readonly id: string;
  readonly row: TreeRow;
  readonly isChosen: boolean;
  readonly isOpen: boolean;
  readonly onChoose: () => void;
  readonly onTurn: () => void;
}

function Row({ id, row: { label, depth, node }, isChosen, isOpen, onChoose, onTurn }: RowProps) {
  const isBranch = node.kind === 'Branch';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys.
    <div
      id={id}
      className="value-row"
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={isChosen}
      aria-expanded={isBranch ? isOpen : undefined}
      style={{ paddingLeft: 8 + depth * 12 }}
      onClick={onChoose}
      onDoubleClick={onTurn}
    >
      {isBranch ? (
        <span className="value-turn" onPointerDown={onTurn}>
          <Icon of={isOpen ? ChevronDown : ChevronRight} size="s" />
        </span>
      ) : (
        <span className="value-turn" />
      )}
      {label !== undefined && <span className="value-key">{label}</span>}
      {isBranch ? (
        <span className="value faint">{branchMark(node)}</span>
      ) : (
        <span className={cx('value', node.tint)}>{node.text}</span>
      )}
    </div>
  );
}

/** Branches near the root that are small enough to be read at once. */
function openAtStart(root: ValueNode): ReadonlySet<string> {
  const open = new Set<string>();
  const visit = (path: string, node: ValueNode, depth: number) => {
    if (node.kind !== 'Branch' || depth >= OPEN_DEPTH) return;
    if (depth > 0 && node.entries.length > OPEN_ENTRIES) return;
    open.add(path);
    for (const entry of node.entries.slice(0, OPEN_ENTRIES * 4)) visit(path + entry.step, entry.node, depth + 1);
  };
  visit('', root, 0);
  return open;
}

interface TreePlace {
  readonly row: TreeRow;
  readonly rows: readonly TreeRow[];
  readonly at: number;
  readonly isOpen: boolean;
}

interface TreeMove {
  readonly path: string;
  readonly turn?: boolean;
}

/** The keys of the W3C tree pattern. */
function treeMove(key: string, { row, rows, at, isOpen }: TreePlace): TreeMove | undefined {
  const go = (index: number) => ({ path: rows[Math.max(0, Math.min(rows.length - 1, index))]?.path ?? row.path });
  const isBranch = row.node.kind === 'Branch';
  switch (key) {
    case 'ArrowDown':
      return go(at + 1);
    case 'ArrowUp':
      return go(at - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'ArrowRight':
      return isBranch && !isOpen ? { path: row.path, turn: true } : go(at + 1);
    case 'ArrowLeft':
      return isBranch && isOpen ? { path: row.path, turn: true } : go(parentOf(rows, at));
    case 'Enter':
      return isBranch ? { path: row.path, turn: true } : undefined;
    default:
      return undefined;
  }
}

function parentOf(rows: readonly TreeRow[], at: number): number {
  const depth = rows[at]?.depth ?? 0;
  return rows.slice(0, at).findLastIndex((row) => row.depth < depth);
}
