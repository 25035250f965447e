import { useMemo, useState } from 'react';
import { type Cell, type Column, type ShowSettings, showCell, type TypeKind } from '../../../engine/index.ts';
import { clampWidth, columnBoxes, fittedWidth, givenWidth, numberWidth, type Widths } from './columns.ts';
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
  /** As wide as the longest text of these rows. */
  readonly fit: (column: number, rows: readonly number[]) => void;
}

export interface ColumnsOptions {
  readonly source: GridSource;
  readonly pages: GridPages;
  readonly settings: ShowSettings;
  /** Kept elsewhere; in the grid itself if absent. */
  readonly widths?: Widths | undefined;
  readonly onWidths?: ((widths: Widths) => void) | undefined;
}

/** Widths: those that a person set, else what fits the head and the first rows. */
export function useColumns({ source, pages, settings, ...kept }: ColumnsOptions): ColumnLayout {
  const [own, setOwn] = useState<Widths>({});
  const widths = kept.widths ?? own;
  const setWidths = kept.onWidths ?? setOwn;
  const { columns } = source;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the first rows are there, the widths stay.
  const fitted = useMemo(
    () =>
      columns.map((column, index) =>
        fittedWidth(column, firstLongest(pages, column, index, settings), columns.length === 1),
      ),
    [columns, pages, pages.cell(0, 0) === undefined],
  );
  const start = numberWidth(source.rows);
  const boxes = useMemo(
    () =>
      columnBoxes(
        columns.map(({ name }, index) => givenWidth(widths, name) ?? fitted[index] ?? 0),
        start,
      ),
    [columns, widths, fitted, start],
  );
  const last = boxes.at(-1);
  const nameOf = (column: number) => columns[column]?.name ?? '';
  return {
    ...{ boxes, start, width: last ? last.left + last.width : start },
    resize: (column, width) => setWidths({ ...widths, [nameOf(column)]: clampWidth(width) }),
    fit: (index, rows) => {
      const column = columns[index];
      if (!column) return;
      const longest = longestText(rows, (row) => pages.cell(row, index), { column, settings });
      setWidths({ ...widths, [column.name]: fittedWidth(column, longest, true) });
    },
  };
}

const FIRST_ROWS = Array.from({ length: SAMPLED_ROWS }, (_, row) => row);

function firstLongest(pages: GridPages, column: Column, index: number, settings: ShowSettings): number {
  return SHORT[column.type.kind] ?? longestText(FIRST_ROWS, (row) => pages.cell(row, index), { column, settings });
}

interface Shown {
  readonly column: Column;
  readonly settings: ShowSettings;
}

function longestText(
  rows: readonly number[],
  read: (row: number) => Cell | undefined,
  { column: { type }, settings }: Shown,
): number {
  let longest = 0;
  for (const row of rows) {
    const cell = read(row);
    if (cell !== undefined && cell !== null) longest = Math.max(longest, showCell(cell, type, settings).length);
  }
  return longest;
}
