import { expect, test } from 'vitest';
import { collect } from '../base/async.ts';
import { type Chunk, type ChunkColumn, chunkOf } from '../scan/chunk.ts';
import { columnBuilder } from '../types/build/batch.ts';
import { type Cell, cellReader } from '../types/cell.ts';
import { plain, type SqlType } from '../types/type.ts';
import { coalesced } from './coalesce.ts';

function column(index: number, type: SqlType, cells: readonly Cell[]): ChunkColumn {
  const builder = columnBuilder(type);
  for (const cell of cells) builder.append(cell);
  return { index, type, data: builder.finish() };
}

const numbers = (cells: readonly Cell[]) => chunkOf([column(0, plain('Int32'), cells)], cells.length);
const texts = (cells: readonly Cell[]) => chunkOf([column(0, plain('String'), cells)], cells.length);

function cellsOf({ batch, types }: Chunk): readonly Cell[] {
  const [data, type] = [batch.data.children[0], types[0]];
  const read = data && type ? cellReader(data, type) : () => null;
  return Array.from({ length: batch.numRows }, (_, row) => read(row));
}

async function* of(chunks: readonly Chunk[]): AsyncGenerator<Chunk> {
  yield* chunks;
}

const run = async (chunks: readonly Chunk[]) => (await collect(coalesced(of(chunks)))).map(cellsOf);

test('small chunks of one layout become one, others stay by themselves', async () => {
  expect(await run([numbers([1, null]), numbers([3]), texts(['a']), texts([null, 'b']), numbers([4])])).toEqual([
    [1, null, 3],
    ['a', null, 'b'],
    [4],
  ]);
});

test('chunks of many rows are not copied', async () => {
  const large = numbers(Array.from({ length: 5000 }, (_, row) => row));
  const found = await collect(coalesced(of([numbers([1]), large, numbers([2]), numbers([3])])));
  expect(found.map(({ batch }) => batch.numRows)).toEqual([1, 5000, 2]);
});

test('no chunks stay no chunks, and lists, which cannot be merged, as they came', async () => {
  expect(await run([])).toEqual([]);
  const lists = (cells: readonly Cell[]) =>
    chunkOf([column(0, { kind: 'Array', element: plain('Int32') }, cells)], cells.length);
  expect(await run([lists([[1]]), lists([[2, 3]])])).toEqual([[[1]], [[2, 3]]]);
});
