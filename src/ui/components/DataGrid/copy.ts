import { type Schema, type ShowSettings, showCell } from '../../../engine/index.ts';
import { delimitedRecord, markdownTable, type TextRow } from '../../lib/delimited.ts';
import { isRightAligned } from './columns.ts';
import { batchReaders } from './pages.ts';
import type { Range } from './selection.ts';
import type { GridSource } from './source.ts';

export const COPY_FORMS = ['tsv', 'csv', 'markdown', 'head'] as const;

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
  const rows = await textRows(source, range, settings);
  const names = columns.map(({ name }) => name);
  switch (form) {
    case 'tsv':
      return delimited(rows, '\t');
    case 'head':
      return delimited([names, ...rows], '\t');
    case 'csv':
      return delimited([names, ...rows], ',');
    case 'markdown':
      return markdownTable(names, rows, columns.map(isRightAligned));
  }
}

function delimited(rows: readonly TextRow[], delimiter: '\t' | ','): string {
  return rows.map((row) => delimitedRecord(row, delimiter)).join('\n');
}

async function textRows(source: GridSource, range: Range, settings: ShowSettings): Promise<readonly TextRow[]> {
  const rows: TextRow[] = [];
  const { signal } = new AbortController();
  for (let start = range.top; start <= range.bottom; ) {
    const batch = await source.page(start, Math.min(BATCH_ROWS, range.bottom - start + 1), signal);
    if (batch.numRows === 0) break;
    const readers = batchReaders(source, batch);
    for (let row = 0; row < batch.numRows; row++) {
      rows.push(textRow(source.columns, range, (column) => readers[column]?.(row) ?? null, settings));
    }
    start += batch.numRows;
  }
  return rows;
}

type ReadColumn = (column: number) => Parameters<typeof showCell>[0] | null;

function textRow(columns: Schema, { left, right }: Range, read: ReadColumn, settings: ShowSettings): TextRow {
  const texts: (string | null)[] = [];
  for (let column = left; column <= right; column++) {
    const cell = read(column);
    const type = columns[column]?.type;
    texts.push(cell === null || !type ? null : showCell(cell, type, settings));
  }
  return texts;
}
