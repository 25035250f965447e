import type { PointerEvent } from 'react';
import { type Column, typeName } from '../../../engine/index.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { TypeGlyph } from '../TypeGlyph.tsx';
import type { ColumnBox } from './columns.ts';

export interface GridHeadProps {
  readonly columns: readonly Column[];
  readonly boxes: readonly ColumnBox[];
  readonly numberWidth: number;
  readonly visible: readonly [number, number];
  readonly onResize: (column: number, width: number) => void;
  /** As wide as its content. */
  readonly onFit: (column: number) => void;
}

/** The names over the types; the right edge of each can be dragged. */
export function GridHead({ columns, boxes, numberWidth, visible, onResize, onFit }: GridHeadProps) {
  const { grid } = useMessages();
  const [first, last] = visible;
  return (
    <div className="grid-head" role="row" aria-rowindex={1}>
      <div className="th no" role="columnheader" aria-colindex={1} style={{ width: numberWidth }}>
        <span className="sr">{grid.rowNumber}</span>
      </div>
      {columns.slice(first, last + 1).map((column, offset) => {
        const index = first + offset;
        const box = boxes[index];
        return box ? (
          <HeadCell
            key={index}
            column={column}
            index={index}
            box={box}
            onResize={(width) => onResize(index, width)}
            onFit={() => onFit(index)}
          />
        ) : null;
      })}
    </div>
  );
}

interface HeadCellProps {
  readonly column: Column;
  readonly index: number;
  readonly box: ColumnBox;
  readonly onResize: (width: number) => void;
  readonly onFit: () => void;
}

function HeadCell({ column, index, box, onResize, onFit }: HeadCellProps) {
  const { grid } = useMessages();
  return (
    <div
      className="th"
      role="columnheader"
      aria-colindex={index + 2}
      title={`${column.name}\n${grid.type(typeName(column.type), column.nullable)}`}
      style={{ left: box.left, width: box.width }}
    >
      <span className="th-name">
        <TypeGlyph type={column.type} />
        <span className="cut">{column.name}</span>
      </span>
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
  return <span className="th-resize" aria-hidden="true" onPointerDown={begin} onDoubleClick={onFit} />;
}
