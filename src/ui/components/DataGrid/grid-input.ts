import type { FocusEvent, KeyboardEvent, MouseEvent, PointerEvent } from 'react';
import { platform } from '../../lib/hotkeys/keys.ts';
import { afterKey, isWithin, rangeOf, type Selection, single } from './selection.ts';
import type { CellPlace, GridSource } from './source.ts';
import type { ColumnLayout } from './use-columns.ts';

export interface GridActions {
  readonly source: GridSource;
  readonly layout: ColumnLayout;
  readonly selection: Selection | undefined;
  /** Whole rows in view. */
  readonly pageRows: number;
  readonly select: (next: Selection) => void;
  readonly reveal: (place: CellPlace) => void;
  readonly open: (place: CellPlace) => void;
  /** A menu is asked for at a cell by the pointer; undefined once keys are used. */
  readonly point: (place: CellPlace | undefined) => void;
  readonly copy: () => void;
  /** Absent where columns stay where they are. */
  readonly move?: ((from: number, to: number) => void) | undefined;
}

const RESIZE_STEP = 16;
const START: CellPlace = { row: 0, column: 0 };

/** What keys and pointer do in a grid. */
export function gridInput(actions: GridActions) {
  const { source, selection, select, open, point } = actions;
  return {
    onKeyDown: (event: KeyboardEvent) => {
      point(undefined);
      if (source.rows > 0 && (actOnKey(event, actions) || moveByKey(event, actions))) event.preventDefault();
    },
    onPointerDown: (event: PointerEvent) => pressAt(event, actions),
    onPointerMove: (event: PointerEvent) => {
      if (event.buttons !== 1 || event.pointerType === 'touch' || !selection) return;
      const place = placeUnder(event.target);
      if (place && place.column >= 0 && !isSame(place, selection.active)) {
        select({ anchor: selection.anchor, active: place });
      }
    },
    onDoubleClick: (event: MouseEvent) => {
      const place = placeUnder(event.target);
      if (place && place.column >= 0) open(place);
    },
    onFocus: (event: FocusEvent) => {
      if (!selection && source.rows > 0 && event.currentTarget.matches(':focus-visible')) select(single(START));
    },
  };
}

function isMod(event: KeyboardEvent): boolean {
  return platform() === 'mac' ? event.metaKey : event.ctrlKey;
}

/** Keys that do something with the active cell. */
function actOnKey(event: KeyboardEvent, actions: GridActions): boolean {
  const { selection, layout, open, copy } = actions;
  if (!selection) return false;
  if (event.altKey && event.shiftKey) return moveColumnByKey(event.key, actions);
  if (event.altKey) return resizeByKey(event.key, selection.active.column, layout);
  if (event.key === 'Enter' && !isMod(event)) {
    open(selection.active);
    return true;
  }
  if (!isMod(event) || event.key.toLowerCase() !== 'c') return false;
  copy();
  return true;
}

function moveByKey(event: KeyboardEvent, { source, selection, pageRows, select, reveal }: GridActions): boolean {
  if (event.altKey) return false;
  const extent = { rows: source.rows, columns: source.columns.length, pageRows };
  const key = { key: event.key, mod: isMod(event), shift: event.shiftKey };
  const next = afterKey(selection ?? single(START), key, extent);
  if (!next) return false;
  select(next);
  const selectsWhole = event.key === ' ' || event.key.toLowerCase() === 'a';
  if (!selectsWhole) reveal(next.active);
  return true;
}

function resizeByKey(key: string, column: number, layout: ColumnLayout): boolean {
  const box = layout.boxes[column];
  if (!box || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return false;
  layout.resize(column, box.width + (key === 'ArrowRight' ? RESIZE_STEP : -RESIZE_STEP));
  return true;
}

/** The active cell goes along. */
function moveColumnByKey(key: string, { source, selection, move, select, reveal }: GridActions): boolean {
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  if (!selection || !move || step === 0) return false;
  const { row, column: from } = selection.active;
  const to = from + step;
  if (to < 0 || to >= source.columns.length) return true;
  move(from, to);
  select(single({ row, column: to }));
  reveal({ row, column: to });
  return true;
}

/** A menu on what is selected leaves it so. */
function pressAt(event: PointerEvent, { source, selection, select, point }: GridActions): void {
  const place = placeUnder(event.target);
  if (!place) return;
  point(event.button === 0 ? undefined : place);
  if (event.button !== 0 && selection && isWithin(rangeOf(selection), place.row, place.column)) return;
  const last = source.columns.length - 1;
  if (place.column < 0) {
    select({ anchor: { row: place.row, column: 0 }, active: { row: place.row, column: last } });
    return;
  }
  select(event.shiftKey && selection ? { anchor: selection.anchor, active: place } : single(place));
}

/** The cell under the pointer; column -1 is the number of the row. */
function placeUnder(target: EventTarget): CellPlace | undefined {
  if (!(target instanceof Element)) return undefined;
  const cell = target.closest('[data-row]');
  if (!cell) return undefined;
  const column = cell.getAttribute('data-column');
  return { row: Number(cell.getAttribute('data-row')), column: column === null ? -1 : Number(column) };
}

function isSame(a: CellPlace, b: CellPlace): boolean {
  return a.row === b.row && a.column === b.column;
}
