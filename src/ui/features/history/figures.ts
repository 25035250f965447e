import type { PastStatement } from '../../data/history.ts';

export type FigureName = 'took' | 'rows' | 'written' | 'scannedRows' | 'scannedBytes';

export interface Figure {
  readonly name: FigureName;
  readonly before: number | undefined;
  readonly now: number | undefined;
  /** What it grew by, as a share of what it was; undefined where that says nothing. */
  readonly growth: number | undefined;
}

const FIGURES: { readonly [Name in FigureName]: (statement: PastStatement) => number | undefined } = {
  took: ({ duration }) => duration,
  rows: ({ rows }) => rows,
  written: ({ written }) => written,
  scannedRows: ({ scanned }) => scanned.rows,
  scannedBytes: ({ scanned }) => scanned.bytes,
};

/** What can be counted of two statements, side by side. */
export function compareFigures(before: PastStatement, now: PastStatement): readonly Figure[] {
  const names = Object.keys(FIGURES).filter((name): name is FigureName => name in FIGURES);
  return names.map((name) => {
    const [was, is] = [FIGURES[name](before), FIGURES[name](now)];
    const isGrown = was !== undefined && is !== undefined && was > 0 && is !== was;
    return { name, before: was, now: is, growth: isGrown ? is / was - 1 : undefined };
  });
}

/** What a statement is compared with unless another is chosen: its last run before, else the one that was run before it. */
export function comparedFirst(statement: PastStatement, all: readonly PastStatement[]): PastStatement | undefined {
  const others = all.filter(({ id }) => id !== statement.id);
  const earlier = others.filter(({ startedAt }) => startedAt <= statement.startedAt);
  return earlier.find(({ text }) => text === statement.text) ?? earlier[0] ?? others[0];
}
