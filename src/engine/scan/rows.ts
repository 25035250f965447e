import type { Data } from 'apache-arrow';
import { columnBuilder } from '../types/build/batch.ts';
import { cellReader } from '../types/cell.ts';
import type { SqlType } from '../types/type.ts';
import { type Chunk, type ChunkColumn, chunkOf } from './chunk.ts';

/** The rows from `first` on that are not among the sorted positions, counted from `first`. */
export function keptRows(deleted: Float64Array, first: number, count: number): Int32Array {
  const kept = new Int32Array(count);
  let length = 0;
  let at = lowerBound(deleted, first);
  for (let row = 0; row < count; row++) {
    if (deleted[at] === first + row) at++;
    else kept[length++] = row;
  }
  return kept.subarray(0, length);
}

function lowerBound(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Some rows of a chunk, in their order. */
export function selectRows({ batch, types }: Chunk, rows: Int32Array): Chunk {
  if (rows.length === batch.numRows) return { batch, types };
  const columns = batch.schema.fields.flatMap(({ name }, position): ChunkColumn[] => {
    const [type, data] = [types[position], batch.data.children[position]];
    return type && data ? [{ index: Number(name.slice(1)), type, data: selected(data, type, rows) }] : [];
  });
  return chunkOf(columns, rows.length);
}

function selected(data: Data, type: SqlType, rows: Int32Array): Data {
  const read = cellReader(data, type);
  const builder = columnBuilder(type);
  for (const row of rows) builder.append(read(row));
  return builder.finish();
}
