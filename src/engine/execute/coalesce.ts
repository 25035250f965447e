import { type Chunk, type ChunkColumn, chunkOf } from '../scan/chunk.ts';
import { sameArrowType } from '../types/arrow.ts';
import { sameType } from '../types/type.ts';
import { mergedColumn } from './merge.ts';

/** Chunks of fewer rows are put together: DuckDB takes as long for a hundred rows as for some thousands. */
const FEW_ROWS = 4096;
const MOST_ROWS = 32_768;

/** The same rows in fewer chunks. */
export async function* coalesced(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
  let held: Chunk[] = [];
  let rows = 0;
  for await (const chunk of chunks) {
    const { numRows } = chunk.batch;
    if (held[0] && (numRows >= FEW_ROWS || rows + numRows > MOST_ROWS || !isAlike(held[0], chunk))) {
      yield* joined(held);
      [held, rows] = [[], 0];
    }
    if (numRows >= FEW_ROWS) {
      yield chunk;
      continue;
    }
    held.push(chunk);
    rows += numRows;
  }
  yield* joined(held);
}

function isAlike(a: Chunk, b: Chunk): boolean {
  const [fields, others] = [a.batch.schema.fields, b.batch.schema.fields];
  if (fields.length !== others.length || fields.length === 0) return false;
  return fields.every(({ name, type }, position) => {
    const [own, other, field] = [a.types[position], b.types[position], others[position]];
    const sameKind = own !== undefined && other !== undefined && sameType(own, other);
    return sameKind && name === field?.name && sameArrowType(type, field.type);
  });
}

/** One chunk, or as they came where a column cannot be merged. */
function joined(chunks: readonly Chunk[]): readonly Chunk[] {
  const [first] = chunks;
  if (!first || chunks.length === 1) return chunks;
  const columns = first.batch.schema.fields.flatMap(({ name }, position): ChunkColumn[] => {
    const type = first.types[position];
    const data = mergedColumn(chunks.flatMap(({ batch }) => batch.data.children[position] ?? []));
    return type && data ? [{ index: Number(name.slice(1)), type, data }] : [];
  });
  if (columns.length < first.types.length) return chunks;
  return [
    chunkOf(
      columns,
      chunks.reduce((sum, { batch }) => sum + batch.numRows, 0),
    ),
  ];
}
