import type { CellPlace } from './source.ts';

/** A rectangle of cells: from where it was begun to the active cell, both of them in it. */
export interface Selection {
  readonly anchor: CellPlace;
  readonly active: CellPlace;
}

export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that a page key moves by. */
  readonly pageRows: number;
}

export function rangeOf({ anchor, active }: Selection): Range {
  return {
    top: Math.min(anchor.row, active.row),
    bottom: Math.max(anchor.row, active.row),
    left: Math.min(anchor.column, active.column),
    right: Math.max(anchor.column, active.column),
  };
}

export function isWithin({ top, bottom, left, right }: Range, row: number, column: number): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}

export function single(place: CellPlace): Selection {
  return { anchor: place, active: place };
}

export interface GridKey {
  readonly key: string;
  /** Ctrl, or ⌘ on a Mac. */
  readonly mod: boolean;
  readonly shift: boolean;
}

/** The selection after a key of the W3C grid pattern; undefined for other keys. */
export function afterKey(selection: Selection, { key, mod, shift }: GridKey, extent: Extent): Selection | undefined {
  const whole = selectWhole(selection, { key, mod, shift }, extent);
  if (whole) return whole;
  const moved = moveCell(selection.active, key, mod, extent);
  if (!moved) return undefined;
  const active = clamp(moved, extent);
  return shift ? { anchor: selection.anchor, active } : single(active);
}

function selectWhole(selection: Selection, { key, mod, shift }: GridKey, extent: Extent): Selection | undefined {
  const { anchor, active } = selection;
  const last = { row: extent.rows - 1, column: extent.columns - 1 };
  if (mod && key.toLowerCase() === 'a') return { anchor: { row: 0, column: 0 }, active: last };
  if (key !== ' ') return undefined;
  if (shift) return { anchor: { row: anchor.row, column: 0 }, active: { row: active.row, column: last.column } };
  if (mod) return { anchor: { row: 0, column: anchor.column }, active: { row: last.row, column: active.column } };
  return undefined;
}

function moveCell({ row, column }: CellPlace, key: string, mod: boolean, extent: Extent): CellPlace | undefined {
  const [lastRow, lastColumn] = [extent.rows - 1, extent.columns - 1];
  switch (key) {
    case 'ArrowDown':
      return { row: mod ? lastRow : row + 1, column };
    case 'ArrowUp':
      return { row: mod ? 0 : row - 1, column };
    case 'ArrowRight':
      return { row, column: mod ? lastColumn : column + 1 };
    case 'ArrowLeft':
      return { row, column: mod ? 0 : column - 1 };
    case 'PageDown':
      return { row: row + extent.pageRows, column };
    case 'PageUp':
      return { row: row - extent.pageRows, column };
    case 'Home':
      return { row: mod ? 0 : row, column: 0 };
    case 'End':
      return { row: mod ? lastRow : row, column: lastColumn };
    default:
      return undefined;
  }
}

/** Undefined when there is no cell; else what is left of it in a smaller extent. */
export function within(selection: Selection, extent: Extent): Selection | undefined {
  if (extent.rows === 0 || extent.columns === 0) return undefined;
  const [anchor, active] = [clamp(selection.anchor, extent), clamp(selection.active, extent)];
  return anchor === selection.anchor && active === selection.active ? selection : { anchor, active };
}

function clamp(place: CellPlace, { rows, columns }: Extent): CellPlace {
  const { row, column } = place;
  if (row >= 0 && row < rows && column >= 0 && column < columns) return place;
  return {
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  };
}
