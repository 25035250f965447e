import './Tree.css';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react';
import { cx } from '../lib/cx.ts';
import { cutAt, type Match } from '../lib/fuzzy.ts';
import { useCommand } from '../lib/hotkeys/dispatch.ts';
import { listMove, typeAhead } from '../lib/list-keys.ts';
import { useLook } from '../lib/look.ts';
import { isMenuKey, openRowMenu } from '../lib/row-menu.ts';
import { type TreePlace, treePlaces } from '../lib/tree-places.ts';
import { useTyped } from '../lib/use-typed.ts';
import { useWindow } from '../lib/use-window.ts';
import { Icon } from './Icon.tsx';
import { ContextMenu, type MenuEntry } from './Menu.tsx';

/** A row of a tree that is laid out from top to bottom; what is folded away is not in the list. */
export interface TreeItem {
  readonly id: string;
  /** From 0. */
  readonly depth: number;
  readonly label: string;
  /** Parts of the label that a filter has found. */
  readonly ranges?: Match['ranges'] | undefined;
  readonly icon: ReactNode;
  /** At the end of the row, grey. */
  readonly meta?: ReactNode;
  /** Undefined for what cannot be opened. */
  readonly isOpen?: boolean | undefined;
  /** Shown when the pointer rests on the row. */
  readonly hint?: string | undefined;
  /** What lands where the row is dropped. */
  readonly dragText?: string | undefined;
}

export interface TreeProps {
  readonly label: string;
  readonly items: readonly TreeItem[];
  /** What is shown elsewhere on the page. */
  readonly selected?: string | undefined;
  readonly onTurn: (id: string) => void;
  /** A click or Enter. */
  readonly onChoose: (id: string) => void;
  /** A right click, Shift+F10 or the menu key. */
  readonly entries?: ((id: string) => readonly MenuEntry[]) | undefined;
  readonly onDropFiles?: ((id: string, files: readonly File[]) => void) | undefined;
}

const HEIGHTS = { compact: 24, comfortable: 30 } as const;

/** The W3C tree: one tab stop, arrows open and close, letters jump, `*` opens all beside. Only rows in view are on the page. */
export function Tree({ label, items, selected, onTurn, onChoose, entries, onDropFiles }: TreeProps) {
  const treeId = useId();
  const [active, setActive] = useState<string>();
  const height = HEIGHTS[useLook().density];
  const { scroller, first, end, onScroll, reveal } = useWindow(items.length, height);
  useCommand('focusTree', () => scroller.current?.focus());
  const typed = useTyped();
  const places = useMemo(() => treePlaces(items.map(({ depth }) => depth)), [items]);
  const wanted = active ?? selected;
  const at = Math.max(
    0,
    items.findIndex(({ id }) => id === wanted),
  );
  const current = items[at];
  const go = (next: number | undefined) => {
    const item = next === undefined ? undefined : items[next];
    if (!item || next === undefined) return false;
    setActive(item.id);
    reveal(next);
    return true;
  };
  const press = (event: KeyboardEvent) => {
    if (!current || event.ctrlKey || event.metaKey || event.altKey) return;
    if (entries && isMenuKey(event)) openRowMenu(`${treeId}-${at}`);
    else if (!takeKey(event.key, { items, at, go, typed, turn: onTurn, choose: onChoose })) return;
    event.preventDefault();
  };
  const tree = (
    <div
      ref={scroller}
      className="tree"
      role="tree"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={current && `${treeId}-${at}`}
      onScroll={onScroll}
      onKeyDown={press}
    >
      <div className="tree-size" style={{ height: items.length * height }}>
        <div style={{ transform: `translateY(${first * height}px)` }}>
          {items.slice(first, end).map((item, index) => (
            <Row
              key={item.id}
              id={`${treeId}-${first + index}`}
              item={item}
              place={places[first + index]}
              isActive={item === current}
              isSelected={item.id === selected}
              onTurn={() => onTurn(item.id)}
              onChoose={() => {
                setActive(item.id);
                onChoose(item.id);
              }}
              onPoint={() => setActive(item.id)}
              onDropFiles={onDropFiles && ((files) => onDropFiles(item.id, files))}
            />
          ))}
        </div>
      </div>
    </div>
  );
  if (!entries) return tree;
  return <ContextMenu entries={current ? entries(current.id) : []}>{tree}</ContextMenu>;
}

interface KeyTarget {
  readonly items: readonly TreeItem[];
  readonly at: number;
  readonly go: (next: number | undefined) => boolean;
  readonly typed: (letter: string) => string;
  readonly turn: (id: string) => void;
  readonly choose: (id: string) => void;
}

/** True when the key was for the tree. */
function takeKey(key: string, target: KeyTarget): boolean {
  const { items, at, go, turn, choose } = target;
  const item = items[at];
  if (!item) return false;
  if (key === 'Enter' || key === ' ') {
    choose(item.id);
    return true;
  }
  if (key === 'ArrowRight') {
    if (item.isOpen === true) return go(at + 1);
    if (item.isOpen === false) turn(item.id);
    return true;
  }
  if (key === 'ArrowLeft') {
    if (item.isOpen === true) turn(item.id);
    else go(parentOf(items, at));
    return true;
  }
  if (key === '*') {
    for (const { id } of closedBeside(items, at)) turn(id);
    return true;
  }
  return moveByKey(key, target);
}

function moveByKey(key: string, { items, at, go, typed }: KeyTarget): boolean {
  const next = listMove(key, at, items.length);
  if (next !== undefined) return go(next);
  if (key.length !== 1) return false;
  const labels = items.map(({ label }) => label);
  return go(typeAhead(typed(key), at, labels));
}

function parentOf(items: readonly TreeItem[], at: number): number | undefined {
  const depth = items[at]?.depth ?? 0;
  const parent = items.slice(0, at).findLastIndex((item) => item.depth < depth);
  return parent < 0 ? undefined : parent;
}

function closedBeside(items: readonly TreeItem[], at: number): readonly TreeItem[] {
  const depth = items[at]?.depth ?? 0;
  const parent = parentOf(items, at) ?? -1;
  const end = items.findIndex((item, index) => index > at && item.depth < depth);
  return items
    .slice(parent + 1, end < 0 ? items.length : end)
    .filter((item) => item.depth === depth && item.isOpen === false);
}

interface RowProps {
  readonly id: string;
  readonly item: TreeItem;
  readonly place: TreePlace | undefined;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onTurn: () => void;
  readonly onChoose: () => void;
  readonly onPoint: () => void;
  readonly onDropFiles: ((files: readonly File[]) => void) | undefined;
}

function Row({ id, item, place, isActive, isSelected, onTurn, onChoose, onPoint, onDropFiles }: RowProps) {
  const { label, depth, icon, meta, isOpen, ranges, hint, dragText } = item;
  const drop = useDrop(onDropFiles);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys.
    <div
      id={id}
      className={cx('tree-row', isActive && 'is-active', drop.isOver && 'is-drop')}
      role="treeitem"
      aria-level={depth + 1}
      aria-posinset={place?.position}
      aria-setsize={place?.size}
      aria-expanded={isOpen}
      aria-selected={isSelected}
      title={hint}
      style={{ paddingLeft: `calc(8px + ${depth} * var(--indent))` }}
      draggable={dragText !== undefined}
      onDragStart={(event) => dragText !== undefined && event.dataTransfer.setData('text/plain', dragText)}
      onClick={onChoose}
      onContextMenu={onPoint}
      {...drop.handlers}
    >
      <Twisty isOpen={isOpen} onTurn={onTurn} />
      {icon}
      <span className="cut">
        {cutAt(label, ranges ?? []).map(({ text, isMatch }, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces have no name but their place.
          isMatch ? <mark key={index}>{text}</mark> : text,
        )}
      </span>
      {meta !== undefined && <span className="tree-meta">{meta}</span>}
    </div>
  );
}

function Twisty({ isOpen, onTurn }: { readonly isOpen: boolean | undefined; readonly onTurn: () => void }) {
  if (isOpen === undefined) return <span className="tree-turn" />;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys of the tree do the same.
    // biome-ignore lint/a11y/noStaticElementInteractions: as above.
    <span
      className="tree-turn"
      onClick={(event) => {
        event.stopPropagation();
        onTurn();
      }}
    >
      <Icon of={isOpen ? ChevronDown : ChevronRight} size="s" />
    </span>
  );
}

/** Takes files that are dropped on an element, before the page does. */
export function useDrop(take: ((files: readonly File[]) => void) | undefined) {
  const [isOver, setOver] = useState(false);
  if (!take) return { isOver: false, handlers: {} };
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.nativeEvent.stopPropagation();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.nativeEvent.stopPropagation();
      setOver(false);
      take([...event.dataTransfer.files]);
    },
  };
  return { isOver, handlers };
}
