import type { Column } from '../../engine/index.ts';
import { type Store, store } from '../lib/store.ts';
import type { ViewFilter } from './result-view.ts';
import { closeCell } from './shown-cell.ts';

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
  readonly onFilter: (filter: ViewFilter) => void;
}

/** The table whose columns the detail pane profiles, one below the other. */
export interface ShownProfile {
  readonly database: string;
  readonly name: string;
  readonly rows: number | undefined;
}

/** Undefined while the pane is closed. */
export const shownStats: Store<ShownStats | undefined> = store<ShownStats | undefined>(undefined);

/** Under a cell and under the figures of one column. */
export const shownProfile: Store<ShownProfile | undefined> = store<ShownProfile | undefined>(undefined);

export function openProfile(profile: ShownProfile): void {
  closeCell();
  closeStats();
  shownProfile.set(profile);
}

export function closeProfile(): void {
  shownProfile.set(undefined);
}

/** The figures of a column are those of the rows that are shown now. */
export function followRows(worksheet: string, rows: Pick<ShownStats, 'sql' | 'result'>): void {
  const shown = shownStats.get();
  if (shown?.worksheet === worksheet && shown.result !== rows.result) shownStats.set({ ...shown, ...rows });
}

/** A worksheet is left: its figures would stand beside the rows of another. */
export function closeStatsOf(worksheet: string): void {
  if (shownStats.get()?.worksheet === worksheet) closeStats();
}

/** In the place of a cell that was shown. */
export function openStats(stats: ShownStats): void {
  closeCell();
  shownStats.set(stats);
}

export function closeStats(): void {
  shownStats.set(undefined);
}
