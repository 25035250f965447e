import type { RecordBatch } from 'apache-arrow';
import { SqlError } from '../../base/errors.ts';
import { type CellReader, cellReader } from '../../types/cell.ts';
import { plain } from '../../types/type.ts';
import { partitionFolder } from './names.ts';

/** Rows that go to one file together. */
export interface Piece {
  readonly folder: string;
  readonly batch: RecordBatch;
  readonly start: number;
  readonly end: number;
}

/** The pieces one by one, the next one known before it is taken. */
export interface Pieces {
  /** Undefined at the end. */
  next(): Piece | undefined;
  take(): Promise<void>;
}

export interface Cut {
  /** The most rows of a piece. */
  readonly rows: number;
  /** Index of the column that holds the partition, by which the rows are sorted. */
  readonly partition: number | undefined;
}

export async function openPieces(batches: AsyncIterator<RecordBatch>, cut: Cut): Promise<Pieces> {
  let pieces = [][Symbol.iterator]() as Iterator<Piece>;
  let current: Piece | undefined;
  const take = async () => {
    for (;;) {
      const step = pieces.next();
      current = step.done ? undefined : step.value;
      if (current) return;
      const batch = await batches.next();
      if (batch.done) return;
      pieces = piecesOf(batch.value, cut);
    }
  };
  await take();
  return { next: () => current, take };
}

function* piecesOf(batch: RecordBatch, { rows, partition }: Cut): Generator<Piece> {
  const readFolder = partition === undefined ? undefined : folderReader(batch, partition);
  for (let start = 0; start < batch.numRows; ) {
    const folder = readFolder?.(start) ?? '';
    const most = Math.min(start + rows, batch.numRows);
    let end = readFolder ? start + 1 : most;
    while (end < most && readFolder?.(end) === folder) end++;
    yield { folder, batch, start, end };
    start = end;
  }
}

function folderReader(batch: RecordBatch, partition: number): (row: number) => string {
  const data = batch.data.children[partition];
  if (!data) throw new SqlError('Internal', 'the rows lack their partition');
  const read: CellReader = cellReader(data, plain('String'));
  let last: { readonly value: string | null; readonly folder: string } | undefined;
  return (row) => {
    const cell = read(row);
    const value = cell === null ? null : String(cell);
    if (last?.value !== value) last = { value, folder: partitionFolder(value) };
    return last?.folder ?? '';
  };
}
