import type { ShowSettings } from '../../../engine/index.ts';
import type { ChosenCell } from '../../components/DataGrid/DataGrid.tsx';
import { type Store, store } from '../../lib/store.ts';

/** The cell that the detail pane shows, of which result. */
export interface ShownCell extends ChosenCell {
  readonly result: string;
  readonly settings: ShowSettings;
  /** The statement that gives the rows; absent where they cannot be asked for again. */
  readonly sql: string | undefined;
}

/** Undefined while the pane is closed. */
export const shownCell: Store<ShownCell | undefined> = store<ShownCell | undefined>(undefined);

let last: ShownCell | undefined;

/** Opens the pane. */
export function openCell(cell: ShownCell): void {
  last = cell;
  shownCell.set(cell);
}

/** The open pane follows the active cell; a closed one stays closed. */
export function chooseCell(cell: ShownCell): void {
  last = cell;
  if (shownCell.get()) shownCell.set(cell);
}

export function closeCell(): void {
  shownCell.set(undefined);
}

export function toggleCell(): void {
  shownCell.set(shownCell.get() ? undefined : last);
}
