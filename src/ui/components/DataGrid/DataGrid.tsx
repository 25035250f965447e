import './DataGrid.css';
import { useEffect, useId, useMemo } from 'react';
import type { Cell, Column, ShowSettings } from '../../../engine/index.ts';
import { useLook } from '../../lib/look.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { ErrorCard } from '../ErrorCard.tsx';
import { EmptyState } from '../Feedback.tsx';
import { ContextMenu, type MenuEntry } from '../Menu.tsx';
import { visibleColumns } from './columns.ts';
import { GridHead, type GridSort } from './GridHead.tsx';
import { type CellMark, cellId, GridRow } from './GridRow.tsx';
import { gridInput } from './grid-input.ts';
import { type Range, rangeOf, type Selection } from './selection.ts';
import type { CellPlace, GridSource } from './source.ts';
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
}

const HEIGHTS = { compact: { row: 24, head: 40 }, comfortable: { row: 32, head: 48 } } as const;
const OVERSCAN = 4;
/** Rows stand in blocks of so many, so that scrolling moves the block and not each row. */
const BLOCK_ROWS = 64;

/** Rows by the million, columns by the thousand: only what is in view is on the page. One tab stop, W3C grid keys. */
export function DataGrid(props: DataGridProps) {
  const { source, label, settings, empty, mark, onChoose, onOpen, onSelect, pinned = 0, sorts, columnEntries } = props;
  const { grid: words } = useMessages();
  const gridId = useId();
  const { pages, layout, view, fixed, selection, setSelection, rowHeight, headHeight } = useGrid(
    source,
    settings,
    pinned,
  );
  const range = useMemo(() => selection && rangeOf(selection), [selection]);
  const { copy, entries } = useCopy(source, range, settings);
  const rows = visibleRows(view, rowHeight, source.rows);
  const [firstRow, lastRow] = [rows[0], rows.at(-1)];
  useEffect(() => {
    if (firstRow !== undefined && lastRow !== undefined) pages.ensure(firstRow, lastRow);
  });

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
    // A pinned column is in view: only its row is sought.
    const left = column < pinned ? view.left : box.left - fixed;
    view.reveal({
      top: row * rowHeight,
      bottom: (row + 1) * rowHeight,
      left,
      right: column < pinned ? left : left + box.width,
    });
  };
  const pageRows = Math.max(1, Math.floor(view.height / rowHeight) - 1);
  const input = gridInput({
    ...{ source, layout, selection, pageRows, select, reveal, open },
    copy: () => copy('tsv'),
  });

  const visible = visibleColumns(layout.boxes, view.left + fixed, view.width - fixed);
  const active = selection?.active;
  const cellEntries = active ? (columnEntries?.(active.column, pages.cell(active.row, active.column)) ?? []) : [];
  return (
    <ContextMenu entries={[...entries(active && onOpen ? () => open(active) : undefined), ...cellEntries]}>
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
              entries={columnEntries && ((column) => columnEntries(column, undefined))}
              onResize={layout.resize}
              onFit={layout.fit}
            />
            <GridBody
              {...{ source, settings, gridId, pages, layout, view, rows, rowHeight }}
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
  readonly visible: readonly [number, number];
  readonly pinned: number;
  readonly active: CellPlace | undefined;
  readonly range: Range | undefined;
}

function GridBody({ source, settings, gridId, pages, layout, view, rows, rowHeight, visible, ...rest }: GridBodyProps) {
  const block = Math.floor((rows[0] ?? 0) / BLOCK_ROWS) * BLOCK_ROWS;
  return (
    <div className="grid-body" role="rowgroup" style={{ transform: `translateY(${block * rowHeight - view.top}px)` }}>
      {rows.map((row) => (
        <GridRow
          key={row}
          row={row}
          offset={(row - block) * rowHeight}
          {...{ gridId, columns: source.columns, boxes: layout.boxes, numberWidth: layout.start }}
          {...{ firstColumn: visible[0], lastColumn: visible[1], pages, version: pages.version(), settings }}
          {...rest}
        />
      ))}
    </div>
  );
}

function useGrid(source: GridSource, settings: ShowSettings, pinned: number) {
  const { row: rowHeight, head: headHeight } = HEIGHTS[useLook().density];
  const pages = usePages(source);
  const [selection, setSelection] = useSelection(source.id);
  const layout = useColumns(source, pages, settings);
  const lastPinned = layout.boxes[pinned - 1];
  const fixed = lastPinned ? lastPinned.left + lastPinned.width : layout.start;
  const view = useGridView(source.id, { rows: source.rows * rowHeight, head: headHeight, fixed });
  return { pages, layout, view, fixed, selection, setSelection, rowHeight, headHeight };
}

function visibleRows({ top, height }: GridView, rowHeight: number, rows: number): readonly number[] {
  const first = Math.max(0, Math.floor(top / rowHeight) - OVERSCAN);
  const last = Math.min(rows - 1, Math.ceil((top + height) / rowHeight) + OVERSCAN);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
