import type { ShowSettings } from '../../engine/index.ts';
import type { ChosenCell } from '../components/DataGrid/DataGrid.tsx';
import { type Store, store } from '../lib/store.ts';

/** The cell that the detail pane shows, of which result. */
export interface ShownCell extends ChosenCell {
  readonly result: string;
  readonly settings: ShowSettings;
  /** The statement that gives the rows; absent where they cannot be asked for again. */
  readonly sql: string | undefined;
  /** Where the names of the statement are looked up; by their full names if absent. */
  readonly worksheet?: string | undefined;
}

/** What a grid tells the pane of its cells. */
export function cellListeners(of: Pick<ShownCell, 'result' | 'settings' | 'sql'>) {
  return {
    onChoose: (chosen: ChosenCell) => chooseCell({ ...chosen, ...of }),
    onOpen: (chosen: ChosenCell) => openCell({ ...chosen, ...of }),
  };
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

/** Rows are left: the pane of one of their cells would stand beside other rows. */
export function leaveCells({ result, worksheet }: Partial<Pick<ShownCell, 'result' | 'worksheet'>>): void {
  const isOfThem = (cell: ShownCell) =>
    worksheet === undefined ? cell.result === result : cell.worksheet === worksheet;
  if (last && isOfThem(last)) last = undefined;
  const shown = shownCell.get();
  if (shown && isOfThem(shown)) closeCell();
}

export function toggleCell(): void {
  shownCell.set(shownCell.get() ? undefined : last);
}
