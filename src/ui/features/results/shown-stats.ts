import type { Column } from '../../../engine/index.ts';
import { type Store, store } from '../../lib/store.ts';
import { closeCell } from './chosen-cell.ts';

/** The column whose statistics the detail pane shows. */
export interface ShownStats {
  readonly worksheet: string;
  readonly column: Column;
  /** Of the result: other rows have other statistics. */
  readonly result: string;
  /** The statement that gives the rows. */
  readonly sql: string;
  /** Keeps the rows with a value. */
  readonly onOnly: (value: string) => void;
}

/** Undefined while the pane is closed. */
export const shownStats: Store<ShownStats | undefined> = store<ShownStats | undefined>(undefined);

/** In the place of a cell that was shown. */
export function openStats(stats: ShownStats): void {
  closeCell();
  shownStats.set(stats);
}

export function closeStats(): void {
  shownStats.set(undefined);
}
