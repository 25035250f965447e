import type { Data } from 'apache-arrow';
import type { AddFile } from '../table/action.ts';
import { arrowType } from '../types/arrow.ts';
import { columnBuilder } from '../types/build/batch.ts';
import { columnData } from '../types/build/column.ts';
import { cellReader } from '../types/cell.ts';
import { plain } from '../types/type.ts';
import { type Chunk, type ChunkColumn, chunkOf, computedColumn } from './chunk.ts';
import type { OpenTable } from './table.ts';

/** What a stream says of a row besides its values. */
export interface ChangeMark {
  readonly action: 'INSERT' | 'DELETE';
  readonly isUpdate: boolean;
}

/** Some rows of a file that came or went. */
export interface FileChunk {
  readonly table: OpenTable;
  readonly file: AddFile;
  /** Of the table's own columns, those that were read. */
  readonly columns: readonly ChunkColumn[];
  /** Row ids, NaN where a row has none; of no rows where nobody asked for them. */
  readonly ids: Float64Array;
  /** The number that each row has in its file. */
  readonly numbers: (row: number) => number;
  readonly rows: number;
  /** Indexes of the columns that are to come out. */
  readonly wanted: readonly number[];
}

/** No more than these rows of a chunk. */
export function pickRows(part: FileChunk, rows: readonly number[]): FileChunk {
  if (rows.length === part.rows) return part;
  const columns = part.columns.map(({ index, type, data }): ChunkColumn => {
    const read = cellReader(data, type);
    const builder = columnBuilder(type);
    for (const row of rows) builder.append(read(row));
    return { index, type, data: builder.finish() };
  });
  const ids = Float64Array.from(rows, (row) => part.ids[row] ?? Number.NaN);
  return { ...part, columns, ids, rows: rows.length, numbers: (row) => part.numbers(rows[row] ?? 0) };
}

/** The wanted columns, those of the change behind those of the table. */
export function changeChunk(part: FileChunk, mark: ChangeMark): Chunk {
  const { wanted, columns, rows, table } = part;
  const count = table.snapshot.fields.length;
  const made = wanted.flatMap((index): ChunkColumn[] => {
    if (index < count) return columns.filter((column) => column.index === index);
    if (index === count) return [{ index, type: TEXT, data: repeatedText(mark.action, rows) }];
    if (index === count + 1) return [{ index, type: BOOLEAN, data: repeatedBit(mark.isUpdate, rows) }];
    return [{ index, type: TEXT, data: computedColumn(TEXT, rows, (row) => rowId(part, row)) }];
  });
  return chunkOf(made, rows);
}

const TEXT = plain('String');
const BOOLEAN = plain('Boolean');

/**
 * 32 hex digits of what gave the row its number, and the number. Rows that are not committed are numbered in the file
 * of their transaction.
 */
function rowId({ table, file, ids, numbers }: FileChunk, row: number): string {
  const id = ids[row] ?? Number.NaN;
  const [origin, number] = Number.isNaN(id) ? [file.path, numbers(row)] : [lastPart(table.folder), id];
  return `${origin.slice(0, 32)}${number.toString(16).padStart(6, '0')}`;
}

const lastPart = (path: string) => path.slice(path.lastIndexOf('/') + 1);

function repeatedText(text: string, rows: number): Data {
  const bytes = new TextEncoder().encode(text);
  const data = new Uint8Array(bytes.length * rows);
  const valueOffsets = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    data.set(bytes, row * bytes.length);
    valueOffsets[row + 1] = (row + 1) * bytes.length;
  }
  return columnData({ type: arrowType(TEXT), length: rows, nullCount: 0, data, valueOffsets });
}

function repeatedBit(bit: boolean, rows: number): Data {
  const data = new Uint8Array((rows + 7) >> 3).fill(bit ? 0xff : 0);
  return columnData({ type: arrowType(BOOLEAN), length: rows, nullCount: 0, data });
}
