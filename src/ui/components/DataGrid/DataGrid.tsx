import './DataGrid.css';
import { MoveHorizontal } from 'lucide-react';
import { useEffect, useId, useMemo, useState } from 'react';
import type { Cell, Column, ShowSettings } from '../../../engine/index.ts';
import { useLook } from '../../lib/look.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { ErrorCard } from '../ErrorCard.tsx';
import { EmptyState } from '../Feedback.tsx';
import { ContextMenu, type MenuEntry } from '../Menu.tsx';
import { visibleColumns, type Widths } from './columns.ts';
import { GridHead, type GridSort } from './GridHead.tsx';
import { type CellMark, cellId, GridRow } from './GridRow.tsx';
import { type GridActions, gridInput } from './grid-input.ts';
import { isWithin, type Range, rangeOf, type Selection, single } from './selection.ts';
import { type CellPlace, type GridSource, rowNumber, rowsIdOf } from './source.ts';
import { useColumns } from './use-columns.ts';
import { useCopy } from './use-copy.ts';
import { type GridView, useGridView } from './use-grid-view.ts';
import { usePages, useSelection } from './use-pages.ts';

/** A cell that was chosen, for a viewer. */
export interface ChosenCell {
  readonly place: CellPlace;
  readonly column: Column;
  /** Undefined while its row is not read. */
  readonly cell: Cell | undefined;
}

export interface GridPlace {
  readonly row: number | undefined;
  readonly column: number;
  readonly takesFocus: boolean;
}

export interface DataGridProps {
  readonly source: GridSource;
  readonly label: string;
  readonly settings: ShowSettings;
  /** One sentence in the place of rows; a plain one if absent. */
  readonly empty?: string | undefined;
  /** The active cell changed. */
  readonly onChoose?: ((chosen: ChosenCell) => void) | undefined;
  /** Enter or a double click: the person wants to see the cell in full. */
  readonly onOpen?: ((chosen: ChosenCell) => void) | undefined;
  readonly onSelect?: ((range: Range) => void) | undefined;
  readonly mark?: CellMark | undefined;
  /** How many of the first columns stay in view. */
  readonly pinned?: number | undefined;
  /** What the rows are sorted by. */
  readonly sorts?: readonly GridSort[] | undefined;
  /** What can be done with a column, and with the cell of it that is active: in the menus of head and cell. */
  readonly columnEntries?: ((column: number, cell: Cell | undefined) => readonly MenuEntry[]) | undefined;
  /** What can be done with the row of the active cell. */
  readonly rowEntries?: ((row: number) => readonly MenuEntry[]) | undefined;
  /** How many of the first rows stay in view. */
  readonly pinnedRows?: number | undefined;
  /** Where widths are kept; in the grid itself if absent. */
  readonly widths?: Widths | undefined;
  readonly onWidths?: ((widths: Widths) => void) | undefined;
  /** Lets columns be moved, by dragging a name or by Alt+Shift and an arrow. */
  readonly onMove?: ((from: number, to: number) => void) | undefined;
  /** Another column is shown and made active when this changes; row undefined is the one that is active. */
  readonly goTo?: GridPlace | undefined;
}

const HEIGHTS = { compact: { row: 24, head: 40 }, comfortable: { row: 32, head: 48 } } as const;
const OVERSCAN = 4;
/** Rows stand in blocks of so many, so that scrolling moves the block and not each row. */
const BLOCK_ROWS = 64;

/** Rows by the million, columns by the thousand: only what is in view is on the page. One tab stop, W3C grid keys. */
export function DataGrid(props: DataGridProps) {
  const { source, label, settings, empty, mark, onOpen, onMove, pinned = 0, pinnedRows = 0, sorts } = props;
  const { columnEntries, rowEntries } = props;
  const { grid: words } = useMessages();
  const gridId = useId();
  const grid = useGrid(props);
  const { pages, layout, view, fixed, rowHeight, headHeight, rows } = grid;
  const active = grid.selection?.active;
  const range = useMemo(() => grid.selection && rangeOf(grid.selection), [grid.selection]);
  const { copy, entries } = useCopy(source, range, settings);
  const [pointed, point] = useState<CellPlace>();
  const { open, ...input } = useActions(props, grid, { copy: () => copy('tsv'), point });
  const visible = visibleColumns(layout.boxes, view.left + fixed, view.width - fixed);
  const fitEntry = (column: number): MenuEntry => ({
    ...{ kind: 'Action', label: words.fit, icon: MoveHorizontal },
    run: () => layout.fit(column, rows),
  });
  const isPointed = pointed && range && isWithin(range, pointed.row, pointed.column);
  const meant = isPointed ? pointed : active;
  const cellEntries = meant && [
    ...(columnEntries?.(meant.column, pages.cell(meant.row, meant.column)) ?? []),
    fitEntry(meant.column),
    ...(rowEntries?.(meant.row) ?? []),
  ];
  return (
    <ContextMenu entries={[...entries(meant && onOpen ? () => open(meant) : undefined), ...(cellEntries ?? [])]}>
      <div
        ref={view.scroller}
        className="grid"
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={source.rows + 1}
        aria-colcount={source.columns.length + 1}
        aria-multiselectable
        aria-activedescendant={active && cellId(gridId, active.row, active.column)}
        onScroll={view.onScroll}
        {...input}
      >
        <div className="grid-size" style={{ height: headHeight + view.scale.height, width: layout.width }}>
          <div className="grid-layer" style={{ height: headHeight + view.height, width: layout.width }}>
            <GridHead
              {...{ columns: source.columns, boxes: layout.boxes, numberWidth: layout.start, visible, pinned, sorts }}
              entries={columnEntries && ((column) => [...columnEntries(column, undefined), fitEntry(column)])}
              onResize={layout.resize}
              onFit={(column) => layout.fit(column, rows)}
              onMove={onMove}
            />
            <GridBody
              {...{ source, settings, gridId, pages, layout, view, rows, rowHeight, pinnedRows }}
              {...{ visible, pinned, active, range, mark }}
            />
          </div>
        </div>
        {source.rows === 0 && <EmptyState>{empty ?? words.empty}</EmptyState>}
        <PagesError pages={pages} />
      </div>
    </ContextMenu>
  );
}

/** What keys, pointer and `goTo` do. */
function useActions(
  props: DataGridProps,
  grid: ReturnType<typeof useGrid>,
  { copy, point }: Pick<GridActions, 'copy' | 'point'>,
) {
  const { source, onChoose, onOpen, onSelect, onMove, goTo, pinned = 0, pinnedRows = 0 } = props;
  const { pages, layout, view, fixed, selection, setSelection, rowHeight, rows } = grid;
  const tell = (listener: ((chosen: ChosenCell) => void) | undefined, place: CellPlace) => {
    const column = source.columns[place.column];
    if (column) listener?.({ place, column, cell: pages.cell(place.row, place.column) });
  };
  const select = (next: Selection) => {
    setSelection(next);
    onSelect?.(rangeOf(next));
    tell(onChoose, next.active);
  };
  const open = (place: CellPlace) => tell(onOpen, place);
  const reveal = ({ row, column }: CellPlace) => {
    const box = layout.boxes[column];
    if (!box) return;
    // What is pinned is in view: only the other way is sought.
    const left = column < pinned ? view.left : box.left - fixed;
    const top = row < pinnedRows ? view.top : (row - pinnedRows) * rowHeight;
    view.reveal({
      ...{ top, bottom: row < pinnedRows ? top : top + rowHeight },
      ...{ left, right: column < pinned ? left : left + box.width },
    });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another place is gone to.
  useEffect(() => {
    if (!goTo) return;
    const next = { row: goTo.row ?? selection?.active.row ?? rows[0] ?? 0, column: goTo.column };
    // Before the selection: a grid that is focused without one selects its first cell.
    if (goTo.takesFocus) view.scroller.current?.focus();
    select(single(next));
    reveal(next);
  }, [goTo]);
  const pageRows = Math.max(1, Math.floor(view.height / rowHeight) - 1);
  const actions = { source, layout, selection, pageRows, select, reveal, open, point, copy, move: onMove };
  return { open, ...gridInput(actions) };
}

function PagesError({ pages }: Pick<GridBodyProps, 'pages'>) {
  const error = pages.error();
  return error === undefined ? null : <ErrorCard error={error} />;
}

interface GridBodyProps extends Pick<DataGridProps, 'source' | 'settings'> {
  readonly mark: CellMark | undefined;
  readonly gridId: string;
  readonly pages: ReturnType<typeof usePages>;
  readonly layout: ReturnType<typeof useColumns>;
  readonly view: GridView;
  readonly rows: readonly number[];
  readonly rowHeight: number;
  readonly pinnedRows: number;
  readonly visible: readonly [number, number];
  readonly pinned: number;
  readonly active: CellPlace | undefined;
  readonly range: Range | undefined;
}

function GridBody(props: GridBodyProps) {
  const { source, settings, gridId, pages, layout, view, rows, rowHeight, pinnedRows, visible, ...rest } = props;
  const block = Math.floor((rows[0] ?? 0) / BLOCK_ROWS) * BLOCK_ROWS;
  const shown = (row: number, offset: number) => (
    <GridRow
      key={row}
      row={row}
      offset={offset}
      number={rowNumber(source, row)}
      {...{ gridId, columns: source.columns, boxes: layout.boxes, numberWidth: layout.start }}
      {...{ firstColumn: visible[0], lastColumn: visible[1], pages, version: pages.version(), settings }}
      {...rest}
    />
  );
  return (
    <>
      {pinnedRows > 0 && (
        <div className="grid-pinned" role="rowgroup" style={{ height: pinnedRows * rowHeight }}>
          {Array.from({ length: pinnedRows }, (_, row) => shown(row, row * rowHeight))}
        </div>
      )}
      <div
        className="grid-body"
        role="rowgroup"
        style={{ transform: `translateY(${(block - pinnedRows) * rowHeight - view.top}px)` }}
      >
        {rows.map((row) => shown(row, (row - block) * rowHeight))}
      </div>
    </>
  );
}

function useGrid({ source, settings, pinned = 0, pinnedRows = 0, widths, onWidths }: DataGridProps) {
  const { row: rowHeight, head } = HEIGHTS[useLook().density];
  const headHeight = head + pinnedRows * rowHeight;
  const pages = usePages(source);
  const [selection, setSelection] = useSelection(source);
  const layout = useColumns({ source, pages, settings, widths, onWidths });
  const lastPinned = layout.boxes[pinned - 1];
  const fixed = lastPinned ? lastPinned.left + lastPinned.width : layout.start;
  const sizes = { rows: (source.rows - pinnedRows) * rowHeight, head: headHeight, fixed };
  const view = useGridView(rowsIdOf(source), sizes);
  const rows = visibleRows(view, { rowHeight, pinnedRows, rows: source.rows });
  const [first, last] = [rows[0], rows.at(-1)];
  useEffect(() => {
    const scrolled = first !== undefined && last !== undefined ? [[first, last] as const] : [];
    const ranges = pinnedRows > 0 ? [[0, pinnedRows - 1] as const, ...scrolled] : scrolled;
    if (ranges.length > 0) pages.ensure(ranges);
  });
  return { pages, layout, view, fixed, selection, setSelection, rowHeight, headHeight, rows };
}

interface RowExtent {
  readonly rowHeight: number;
  readonly pinnedRows: number;
  readonly rows: number;
}

/** Those that scroll, without the pinned ones. */
function visibleRows({ top, height }: GridView, { rowHeight, pinnedRows, rows }: RowExtent): readonly number[] {
  const first = Math.max(pinnedRows, pinnedRows + Math.floor(top / rowHeight) - OVERSCAN);
  const last = Math.min(rows - 1, pinnedRows + Math.ceil((top + height) / rowHeight) + OVERSCAN);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
