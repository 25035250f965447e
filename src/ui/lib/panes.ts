import { persisted } from './persisted.ts';
import type { Store } from './store.ts';

/** Widths in pixels, the editor's height as a share, and what is shown. */
export interface Panes {
  readonly side: number;
  readonly detail: number;
  readonly editorShare: number;
  /** Of two worksheets side by side. */
  readonly leftShare: number;
  readonly isSideShown: boolean;
}

export const PANE_LIMITS = { side: [200, 480], detail: [240, 560] } as const;

const DEFAULT: Panes = { side: 252, detail: 280, editorShare: 0.46, leftShare: 0.5, isSideShown: true };

export const panes: Store<Panes> = persisted('panes', DEFAULT, readPanes);

export function setPanes(change: Partial<Panes>): void {
  panes.set({ ...panes.get(), ...change });
}

function readPanes(kept: unknown): Panes | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const given: Partial<{ readonly [K in keyof Panes]: unknown }> = kept;
  return {
    side: within(given.side, PANE_LIMITS.side) ?? DEFAULT.side,
    detail: within(given.detail, PANE_LIMITS.detail) ?? DEFAULT.detail,
    editorShare: within(given.editorShare, [0.1, 0.9]) ?? DEFAULT.editorShare,
    leftShare: within(given.leftShare, [0.1, 0.9]) ?? DEFAULT.leftShare,
    isSideShown: given.isSideShown !== false,
  };
}

function within(value: unknown, [least, most]: readonly [number, number]): number | undefined {
  return typeof value === 'number' && value >= least && value <= most ? value : undefined;
}
