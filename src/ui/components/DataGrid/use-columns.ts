import { useMemo, useState } from 'react';
import { type Column, type ShowSettings, showCell, type TypeKind } from '../../../engine/index.ts';
import { clampWidth, columnBoxes, fittedWidth, numberWidth, type Widths } from './columns.ts';
import type { GridPages } from './pages.ts';
import type { GridSource } from './source.ts';

const SAMPLED_ROWS = 60;
/** Characters given to values that are drawn, or read in the viewer rather than in the grid. */
const SHORT: { readonly [K in TypeKind]?: number } = {
  Vector: 12,
  Variant: 24,
  Map: 24,
  Tuple: 24,
  Array: 24,
  Geometry: 24,
  Geography: 24,
};

export interface ColumnLayout {
  readonly boxes: ReturnType<typeof columnBoxes>;
  /** The width of the number column: where the first column starts. */
  readonly start: number;
  readonly width: number;
  readonly resize: (column: number, width: number) => void;
  readonly fit: (column: number) => void;
}

/** Widths: those that a person set, else what fits the head and the first rows. */
export function useColumns(source: GridSource, pages: GridPages, settings: ShowSettings): ColumnLayout {
  const [widths, setWidths] = useState<Widths>({});
  const { columns } = source;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the first rows are there, the widths stay.
  const fitted = useMemo(
    () =>
      columns.map((column, index) =>
        fittedWidth(column, longestText(pages, column, index, settings), columns.length === 1),
      ),
    [columns, pages, pages.cell(0, 0) === undefined],
  );
  const start = numberWidth(source.rows);
  const boxes = useMemo(
    () =>
      columnBoxes(
        columns.map(({ name }, index) => widths[name] ?? fitted[index] ?? 0),
        start,
      ),
    [columns, widths, fitted, start],
  );
  const last = boxes.at(-1);
  const nameOf = (column: number) => columns[column]?.name ?? '';
  return {
    ...{ boxes, start, width: last ? last.left + last.width : start },
    resize: (column, width) => setWidths({ ...widths, [nameOf(column)]: clampWidth(width) }),
    fit: (column) => {
      const { [nameOf(column)]: _, ...others } = widths;
      setWidths(others);
    },
  };
}

function longestText(pages: GridPages, { type }: Column, index: number, settings: ShowSettings): number {
  const short = SHORT[type.kind];
  if (short !== undefined) return short;
  let longest = 0;
  for (let row = 0; row < SAMPLED_ROWS; row++) {
    const cell = pages.cell(row, index);
    if (cell !== undefined && cell !== null) longest = Math.max(longest, showCell(cell, type, settings).length);
  }
  return longest;
}
