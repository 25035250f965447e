import { ChevronDown, ChevronUp } from 'lucide-react';
import { type PointerEvent, useRef, useState } from 'react';
import { type Column, typeName } from '../../../engine/index.ts';
import { cx } from '../../lib/cx.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useOwnTouch } from '../../lib/own-touch.ts';
import { Icon } from '../Icon.tsx';
import { Menu, type MenuEntry } from '../Menu.tsx';
import { TypeGlyph } from '../TypeGlyph.tsx';
import { type ColumnBox, shownColumns } from './columns.ts';
import { type DropPlace, dragColumn } from './drag-column.ts';

/** That the rows are sorted by a column. */
export interface GridSort {
  readonly column: string;
  readonly isDown: boolean;
}

export interface GridHeadProps {
  readonly columns: readonly Column[];
  readonly boxes: readonly ColumnBox[];
  readonly numberWidth: number;
  readonly visible: readonly [number, number];
  /** How many of the first columns stay in view. */
  readonly pinned: number;
  readonly sorts?: readonly GridSort[] | undefined;
  /** Makes each name a button that opens a menu. */
  readonly entries?: ((column: number) => readonly MenuEntry[]) | undefined;
  readonly onResize: (column: number, width: number) => void;
  /** As wide as its content. */
  readonly onFit: (column: number) => void;
  /** Lets a name be dragged to another place. */
  readonly onMove?: ((from: number, to: number) => void) | undefined;
}

/** The names over the types; the right edge of each can be dragged. */
export function GridHead(props: GridHeadProps) {
  const { columns, boxes, numberWidth, visible, pinned, sorts, entries, onResize, onFit, onMove } = props;
  const { grid } = useMessages();
  const [drop, setDrop] = useState<DropPlace>();
  return (
    <div className="grid-head" role="row" aria-rowindex={1}>
      <div className="th no" role="columnheader" aria-colindex={1} style={{ width: numberWidth }}>
        <span className="sr">{grid.rowNumber}</span>
      </div>
      {shownColumns(visible, pinned).map((index) => {
        const [column, box] = [columns[index], boxes[index]];
        return column && box ? (
          <HeadCell
            key={index}
            {...{ column, index, box, entries }}
            isPinned={index < pinned}
            sort={sorts?.find((one) => one.column === column.name)}
            onResize={(width) => onResize(index, width)}
            onFit={() => onFit(index)}
            drop={drop?.column === index ? drop : undefined}
            onDrag={onMove && ((event) => dragColumn(event, { from: index, show: setDrop, move: onMove }))}
          />
        ) : null;
      })}
    </div>
  );
}

interface HeadCellProps extends Pick<GridHeadProps, 'entries'> {
  readonly column: Column;
  readonly index: number;
  readonly box: ColumnBox;
  readonly isPinned: boolean;
  readonly sort: GridSort | undefined;
  readonly onResize: (width: number) => void;
  readonly onFit: () => void;
  readonly drop: DropPlace | undefined;
  readonly onDrag: ((event: PointerEvent<HTMLElement>) => void) | undefined;
}

function HeadCell(props: HeadCellProps) {
  const { column, index, box, isPinned, sort, entries, onResize, onFit, drop, onDrag } = props;
  const { grid } = useMessages();
  const order = sort?.isDown ? 'descending' : 'ascending';
  const name = (
    <>
      <TypeGlyph type={column.type} />
      <span className="cut">{column.name}</span>
      {sort && <Icon of={sort.isDown ? ChevronDown : ChevronUp} size="s" />}
    </>
  );
  return (
    <div
      className={cx('th', isPinned && 'is-pinned', drop && (drop.isBefore ? 'is-drop-before' : 'is-drop-after'))}
      role="columnheader"
      aria-colindex={index + 2}
      data-head={index}
      onPointerDown={onDrag}
      aria-sort={sort && order}
      title={`${column.name}\n${grid.type(typeName(column.type), column.nullable)}`}
      style={{ left: box.left, width: box.width }}
    >
      {entries ? (
        <Menu
          label={grid.columnMenu(column.name)}
          entries={entries(index)}
          opensOn="click"
          trigger={
            // The grid is one stop of the Tab key; its menu of a cell has the same entries.
            <button type="button" className="th-name" tabIndex={-1}>
              {name}
            </button>
          }
        />
      ) : (
        <span className="th-name">{name}</span>
      )}
      <span className="th-type cut">{typeName(column.type)}</span>
      <ResizeHandle width={box.width} onResize={onResize} onFit={onFit} />
    </div>
  );
}

/** For the pointer only: the keys of the grid resize the active column. */
function ResizeHandle({
  width,
  onResize,
  onFit,
}: { readonly width: number } & Pick<HeadCellProps, 'onResize' | 'onFit'>) {
  const bar = useRef<HTMLSpanElement>(null);
  useOwnTouch(bar);
  const begin = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const handle = event.currentTarget;
    const from = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => onResize(width + moved.clientX - from);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), {
      once: true,
    });
  };
  return <span ref={bar} className="th-resize" aria-hidden="true" onPointerDown={begin} onDoubleClick={onFit} />;
}
