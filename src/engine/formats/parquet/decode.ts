import { makeData, RecordBatch, RecordBatchReader, Schema, Struct } from 'apache-arrow';
import { SqlError } from '../../base/errors.ts';
import { JsonSyntaxError } from '../../types/json/syntax-error.ts';
import { convertBatch, isPlain } from './convert.ts';
import type { Excerpt, RowRange } from './excerpt.ts';
import { invalid } from './footer.ts';
import { withParquet } from './wasm.ts';

/** Rows of a batch, at most. */
const BATCH_ROWS = 131_072;

/**
 * Decodes some rows of an excerpt to record batches in the engine's Arrow form. Pure: all it needs is in the excerpt, so
 * it can run in any thread that has called `initParquet`.
 */
export async function decodeBatches(excerpt: Excerpt, slice: RowRange): Promise<readonly RecordBatch[]> {
  const { fields, path } = excerpt;
  if (fields.length === 0) return [batchWithoutColumns(slice.rows)];
  const batches = RecordBatchReader.from(await decodeStream(excerpt, slice)).readAll();
  if (fields.every(isPlain)) return batches;
  try {
    return batches.map((batch) => convertBatch(batch, fields));
  } catch (error) {
    if (error instanceof JsonSyntaxError)
      throw invalid(path, `a JSON column holds other text: ${error.message}`, error);
    if (error instanceof SqlError) throw invalid(path, error.message, error);
    throw error;
  }
}

async function decodeStream({ path, bytes }: Excerpt, slice: RowRange): Promise<Uint8Array<ArrayBuffer>> {
  const { offset, rows } = slice;
  const stream = await withParquet(
    (glue) => glue.readParquet(bytes, { batchSize: Math.min(rows, BATCH_ROWS), offset, limit: rows }).intoIPCStream(),
    (reason, cause) => invalid(path, reason, cause),
  );
  return stream as Uint8Array<ArrayBuffer>;
}

function batchWithoutColumns(rows: number): RecordBatch {
  return new RecordBatch(new Schema([]), makeData({ type: new Struct([]), length: rows, nullCount: 0, children: [] }));
}
