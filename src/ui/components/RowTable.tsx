import './RowTable.css';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useId, useMemo, useRef, useState } from 'react';
import { cx } from '../lib/cx.ts';
import { listMove } from '../lib/list-keys.ts';
import { useLook } from '../lib/look.ts';
import { isMenuKey, openRowMenu } from '../lib/row-menu.ts';
import { useWindow } from '../lib/use-window.ts';
import { Icon } from './Icon.tsx';
import { ContextMenu, type MenuEntry } from './Menu.tsx';

export interface RowTableColumn<Row> {
  readonly id: string;
  readonly head: string;
  /** A track of a CSS grid: `minmax(0, 1fr)`, `90px`. */
  readonly width: string;
  readonly isEnd?: boolean | undefined;
  /** The head is read out but not shown. */
  readonly isHeadHidden?: boolean | undefined;
  readonly show: (row: Row) => ReactNode;
  /** Makes the head a button that sorts. */
  readonly compare?: ((a: Row, b: Row) => number) | undefined;
}

export interface RowTableProps<Row> {
  readonly label: string;
  readonly columns: readonly RowTableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The row that is shown elsewhere on the page. */
  readonly selected?: string | undefined;
  /** A click, an arrow key. */
  readonly onSelect?: ((row: Row) => void) | undefined;
  /** Enter or a double click. */
  readonly onOpen?: ((row: Row) => void) | undefined;
  readonly entries?: ((row: Row) => readonly MenuEntry[]) | undefined;
  /** Keys beyond those of the list; true when it took the key. */
  readonly onKey?: ((event: KeyboardEvent, row: Row) => boolean) | undefined;
  readonly empty?: ReactNode;
}

const HEIGHTS = { compact: 24, comfortable: 32 } as const;

interface Sorting {
  readonly column: string;
  readonly isDown: boolean;
}

/** A list with columns: rows are chosen as a whole by click or arrows, heads sort, only rows in view are on the page. */
export function RowTable<Row>(props: RowTableProps<Row>) {
  const { label, columns, keyOf, selected, onSelect, onOpen, entries, onKey, empty } = props;
  const tableId = useId();
  const [sorting, setSorting] = useState<Sorting>();
  const height = HEIGHTS[useLook().density];
  const rows = useSorted(props, sorting);
  const { scroller, first, end, onScroll, reveal } = useWindow(rows.length, height, height);
  const { at, setActive } = useActiveRow(props, rows, reveal);
  const current = rows[at];
  const select = (row: Row) => {
    setActive(keyOf(row));
    onSelect?.(row);
  };
  const move = (key: string) => {
    const next = listMove(key, at, rows.length);
    const row = next === undefined ? undefined : rows[next];
    if (next === undefined || row === undefined) return false;
    select(row);
    reveal(next);
    return true;
  };
  const act = (event: KeyboardEvent, row: Row) => {
    if (entries && isMenuKey(event)) openRowMenu(`${tableId}-${at}`);
    else if (event.key === 'Enter' && onOpen) onOpen(row);
    else return onKey?.(event, row) ?? false;
    return true;
  };
  const press = (event: KeyboardEvent) => {
    if (current === undefined || isOnButton(event)) return;
    if (move(event.key) || act(event, current)) event.preventDefault();
  };
  const tracks = columns.map(({ width }) => width).join(' ');
  const table = (
    <div
      ref={scroller}
      className="row-table"
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={current === undefined ? undefined : `${tableId}-${at}`}
      onScroll={onScroll}
      onKeyDown={press}
    >
      <Head columns={columns} tracks={tracks} sorting={sorting} onSort={setSorting} />
      <div className="row-table-size" role="rowgroup" style={{ height: rows.length * height }}>
        <div role="presentation" style={{ transform: `translateY(${first * height}px)` }}>
          {rows.slice(first, end).map((row, index) => (
            <BodyRow
              key={keyOf(row)}
              id={`${tableId}-${first + index}`}
              index={first + index}
              {...{ row, columns, tracks }}
              isActive={row === current}
              isSelected={keyOf(row) === selected}
              onSelect={() => select(row)}
              onOpen={() => onOpen?.(row)}
              onPoint={() => setActive(keyOf(row))}
            />
          ))}
        </div>
      </div>
      {rows.length === 0 && empty}
    </div>
  );
  if (!entries) return table;
  return <ContextMenu entries={current === undefined ? [] : entries(current)}>{table}</ContextMenu>;
}

/** The row that the keys act on; one that is chosen elsewhere on the page becomes it and comes into view. */
function useActiveRow<Row>(
  { keyOf, selected }: RowTableProps<Row>,
  rows: readonly Row[],
  reveal: (row: number) => void,
) {
  const [active, setActive] = useState<string>();
  const placeOf = (key: string | undefined) => rows.findIndex((row) => keyOf(row) === key);
  const show = useEffectEvent((key: string) => {
    setActive(key);
    const row = placeOf(key);
    if (row >= 0) reveal(row);
  });
  useEffect(() => {
    if (selected !== undefined) show(selected);
  }, [selected]);
  return { at: Math.max(0, placeOf(active ?? selected)), setActive };
}

/** Fingers have no double click: the second tap opens. */
function isTouch(event: Event): boolean {
  return event instanceof PointerEvent && event.pointerType === 'touch';
}

interface BodyRowProps<Row> {
  readonly id: string;
  readonly index: number;
  readonly row: Row;
  readonly columns: readonly RowTableColumn<Row>[];
  readonly tracks: string;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
  /** A right click. */
  readonly onPoint: () => void;
}

function BodyRow<Row>(props: BodyRowProps<Row>) {
  const { id, index, row, columns, tracks, isActive, isSelected, onSelect, onOpen, onPoint } = props;
  const wasTapped = useRef(false);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table has the keys.
    <div
      id={id}
      className={cx('row-table-row', isActive && 'is-active')}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      style={{ gridTemplateColumns: tracks }}
      onClick={({ nativeEvent }) => {
        const isSecondTap = isActive && wasTapped.current;
        wasTapped.current = isTouch(nativeEvent);
        if (isSecondTap && wasTapped.current) onOpen();
        else onSelect();
      }}
      onDoubleClick={() => {
        // It has also chosen a word.
        getSelection()?.removeAllRanges();
        onOpen();
      }}
      onContextMenu={onPoint}
    >
      {columns.map((column) => (
        <span key={column.id} role="gridcell" className={cx('row-table-cell', column.isEnd && 'end')}>
          {column.show(row)}
        </span>
      ))}
    </div>
  );
}

function useSorted<Row>({ rows, columns }: RowTableProps<Row>, sorting: Sorting | undefined): readonly Row[] {
  const compare = columns.find(({ id }) => id === sorting?.column)?.compare;
  const isDown = sorting?.isDown ?? false;
  return useMemo(() => {
    if (!compare) return rows;
    return [...rows].sort((a, b) => (isDown ? compare(b, a) : compare(a, b)));
  }, [rows, compare, isDown]);
}

interface HeadProps<Row> {
  readonly columns: readonly RowTableColumn<Row>[];
  readonly tracks: string;
  readonly sorting: Sorting | undefined;
  readonly onSort: (sorting: Sorting | undefined) => void;
}

function Head<Row>({ columns, tracks, sorting, onSort }: HeadProps<Row>) {
  return (
    <div className="row-table-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: tracks }}>
      {columns.map((column) => (
        <HeadCell
          key={column.id}
          column={column}
          isDown={sorting?.column === column.id ? sorting.isDown : undefined}
          onSort={onSort}
        />
      ))}
    </div>
  );
}

interface HeadCellProps<Row> {
  readonly column: RowTableColumn<Row>;
  /** Undefined when the rows are not sorted by it. */
  readonly isDown: boolean | undefined;
  readonly onSort: (sorting: Sorting | undefined) => void;
}

function HeadCell<Row>({ column, isDown, onSort }: HeadCellProps<Row>) {
  const { id, head, isEnd, isHeadHidden, compare } = column;
  const order = isDown ? 'descending' : 'ascending';
  return (
    <span
      role="columnheader"
      className={cx('row-table-cell', isEnd && 'end')}
      aria-sort={isDown === undefined ? undefined : order}
    >
      {compare ? (
        <button type="button" className="row-table-sort" onClick={() => onSort(nextSorting(id, isDown))}>
          {head}
          {isDown !== undefined && <Icon of={isDown ? ChevronDown : ChevronUp} size="s" />}
        </button>
      ) : (
        <span className={isHeadHidden ? 'sr' : 'cut'}>{head}</span>
      )}
    </span>
  );
}

/** Keys of a button inside the table are the button's. */
function isOnButton({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('button') !== null;
}

/** Up, down, then as it came. */
function nextSorting(column: string, isDown: boolean | undefined): Sorting | undefined {
  if (isDown === undefined) return { column, isDown: false };
  return isDown ? undefined : { column, isDown: true };
}
