import { type Cell, type Schema, type ShowSettings, showCell } from '../../../engine/index.ts';
import { delimitedRecord, markdownTable, type TextRow } from '../../lib/delimited.ts';
import { isRightAligned } from './columns.ts';
import { jsonRows, valuesRows } from './literals.ts';
import { batchReaders } from './pages.ts';
import type { Range } from './selection.ts';
import type { GridSource } from './source.ts';

export const COPY_FORMS = ['tsv', 'head', 'csv', 'json', 'markdown', 'sql'] as const;

/** `head` is TSV under the names of the columns. */
export type CopyForm = (typeof COPY_FORMS)[number];

export const MOST_COPIED = 1_000_000;

const BATCH_ROWS = 4096;

export function cellsIn({ top, bottom, left, right }: Range): number {
  return (bottom - top + 1) * (right - left + 1);
}

/** The cells of a range as text; rows that are not in memory are read. */
export async function copiedText(
  source: GridSource,
  range: Range,
  form: CopyForm,
  settings: ShowSettings,
): Promise<string> {
  const columns = source.columns.slice(range.left, range.right + 1);
  const cells: (readonly Cell[])[] = [];
  for await (const row of cellRows(source, range, new AbortController().signal)) cells.push(row);
  const rows = cells.map((row) => textRow(columns, row, settings));
  const names = columns.map(({ name }) => name);
  switch (form) {
    case 'tsv':
      return delimited(rows, '\t');
    case 'head':
      return delimited([names, ...rows], '\t');
    case 'csv':
      return delimited([names, ...rows], ',');
    case 'json':
      return jsonRows(columns, cells, settings);
    case 'sql':
      return valuesRows(columns, cells, settings);
    case 'markdown':
      return markdownTable(names, rows, columns.map(isRightAligned));
  }
}

function delimited(rows: readonly TextRow[], delimiter: '\t' | ','): string {
  return rows.map((row) => delimitedRecord(row, delimiter)).join('\n');
}

/** The cells of a range, row by row. */
export async function* cellRows(
  source: GridSource,
  { top, bottom, left, right }: Range,
  signal: AbortSignal,
): AsyncGenerator<readonly Cell[]> {
  for (let start = top; start <= bottom; ) {
    const batch = await source.page(start, Math.min(BATCH_ROWS, bottom - start + 1), signal);
    if (batch.numRows === 0) break;
    const readers = batchReaders(source, batch).slice(left, right + 1);
    for (let row = 0; row < batch.numRows; row++) yield readers.map((read) => read(row));
    start += batch.numRows;
  }
}

function textRow(columns: Schema, cells: readonly Cell[], settings: ShowSettings): TextRow {
  return columns.map(({ type }, index) => {
    const cell = cells[index] ?? null;
    return cell === null ? null : showCell(cell, type, settings);
  });
}
