import { memo } from 'react';
import type { Cell, Column, Schema, ShowSettings } from '../../../engine/index.ts';
import { cx } from '../../lib/cx.ts';
import { type ColumnBox, isRightAligned, shownColumns } from './columns.ts';
import { CellContent } from './GridCell.tsx';
import type { GridPages } from './pages.ts';
import { isWithin, type Range } from './selection.ts';
import type { CellPlace } from './source.ts';

/** The tone of a small square before a cell's text; `read` gives the cells of its row. */
export type CellMark = (column: Column, read: (column: number) => Cell | undefined) => string | undefined;

export interface GridRowProps {
  readonly gridId: string;
  readonly row: number;
  /** Pixels below the first row of its block. */
  readonly offset: number;
  readonly columns: Schema;
  readonly boxes: readonly ColumnBox[];
  readonly numberWidth: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
  /** How many of the first columns stay in view. */
  readonly pinned: number;
  readonly pages: GridPages;
  /** Of the pages: a row is shown again when one comes. */
  readonly version: number;
  readonly settings: ShowSettings;
  readonly active: CellPlace | undefined;
  readonly range: Range | undefined;
  readonly mark: CellMark | undefined;
  /** As a person counts. */
  readonly number: number;
}

/** Not shown again while the grid scrolls past it. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { gridId, row, offset, columns, boxes, numberWidth, firstColumn, lastColumn, pinned, active, range } = props;
  const isActiveRow = active?.row === row;
  return (
    <div
      className={cx('grid-row', isActiveRow && 'is-row')}
      role="row"
      aria-rowindex={props.number + 1}
      style={{ transform: `translateY(${offset}px)` }}
    >
      <div className="td no" role="rowheader" aria-colindex={1} style={{ width: numberWidth }} data-row={row}>
        {props.number}
      </div>
      {shownColumns([firstColumn, lastColumn], pinned).map((index) => {
        const [column, box] = [columns[index], boxes[index]];
        if (!column) return null;
        const isActive = isActiveRow && active?.column === index;
        const cell = props.pages.cell(row, index);
        const tone = props.mark?.(column, (other) => props.pages.cell(row, other));
        return (
          <div
            key={index}
            id={cellId(gridId, row, index)}
            className={cx(
              'td',
              index < pinned && 'is-pinned',
              isRightAligned(column) && 'r',
              isActive && 'is-cell',
              range && isWithin(range, row, index) && 'is-range',
            )}
            role="gridcell"
            aria-colindex={index + 2}
            aria-selected={range ? isWithin(range, row, index) : undefined}
            aria-busy={cell === undefined ? true : undefined}
            data-row={row}
            data-column={index}
            style={{ left: box?.left, width: box?.width }}
          >
            <span className="td-text">
              {tone && <i className={cx('td-mark', tone)} aria-hidden />}
              <CellContent cell={cell} column={column} settings={props.settings} />
            </span>
          </div>
        );
      })}
    </div>
  );
});

export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-${row}-${column}`;
}
