import { type Column, isNumeric, typeName } from '../../../engine/index.ts';

/** Pixels from the left edge; the number column stands before the first. */
export interface ColumnBox {
  readonly left: number;
  readonly width: number;
}

const LEAST_WIDTH = 48;
const MOST_FITTED = 340;
const MOST_ALONE = 1200;
const MOST_WIDTH = 2000;
const CHAR = 7.25;
const PADDING = 15;
const NUMBER_CHAR = 7;

/** Widths that a person set, by the name of the column: they hold when a statement is run again. */
export type Widths = { readonly [column: string]: number };

/** The width that a person gave a column; `constructor` is a name like any other. */
export function givenWidth(widths: Widths, name: string): number | undefined {
  return Object.hasOwn(widths, name) ? widths[name] : undefined;
}

export function numberWidth(rows: number): number {
  return Math.max(28, String(Math.max(1, rows)).length * NUMBER_CHAR + 13);
}

/** The width that fits the head and the longest of some texts; a column that stands alone may be wide. */
export function fittedWidth({ name, type }: Column, longest: number, isAlone: boolean): number {
  const head = Math.max(name.length * 7.2 + 44, typeName(type).length * 7.2 + PADDING);
  return Math.round(
    Math.min(isAlone ? MOST_ALONE : MOST_FITTED, Math.max(LEAST_WIDTH, head, longest * CHAR + PADDING)),
  );
}

export function clampWidth(width: number): number {
  return Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)));
}

/** Where each column stands after the number column. */
export function columnBoxes(widths: readonly number[], start: number): readonly ColumnBox[] {
  let left = start;
  return widths.map((width) => {
    const box = { left, width };
    left += width;
    return box;
  });
}

/** The first and the last column that touch the view. */
export function visibleColumns(boxes: readonly ColumnBox[], left: number, width: number): readonly [number, number] {
  const first = firstEndingAfter(boxes, left);
  let last = first;
  while (last + 1 < boxes.length && (boxes[last + 1]?.left ?? 0) < left + width) last++;
  return [first, Math.min(last, boxes.length - 1)];
}

/** The pinned columns, then those in view behind them. */
export function shownColumns([first, last]: readonly [number, number], pinned: number): readonly number[] {
  const from = Math.max(first, pinned);
  const behind = Array.from({ length: Math.max(0, last - from + 1) }, (_, offset) => from + offset);
  return [...Array.from({ length: pinned }, (_, index) => index), ...behind];
}

function firstEndingAfter(boxes: readonly ColumnBox[], left: number): number {
  let low = 0;
  let high = Math.max(0, boxes.length - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    const box = boxes[middle];
    if (box && box.left + box.width <= left) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function isRightAligned({ type }: Column): boolean {
  return isNumeric(type);
}
