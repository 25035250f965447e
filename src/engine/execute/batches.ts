import { type RecordBatch, RecordBatchReader } from 'apache-arrow';
import type { IpcResult } from '../duck/connection.ts';

const END_OF_STREAM = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);

/** Rows that DuckDB gave, read in growing groups: the first ones show at once, later ones cost little. */
export async function* readBatches({ schema, batches }: IpcResult): AsyncGenerator<RecordBatch> {
  let group: Uint8Array[] = [];
  let size = 1;
  for await (const { bytes } of batches) {
    group.push(bytes);
    if (group.length < size) continue;
    yield* decodeGroup(schema, group);
    group = [];
    size = Math.min(size * 2, 32);
  }
  yield* decodeGroup(schema, group);
}

function decodeGroup(schema: Uint8Array, messages: readonly Uint8Array[]): RecordBatch[] {
  if (messages.length === 0) return [];
  // Whole messages are read where they lie.
  return [...RecordBatchReader.from([schema, ...messages, END_OF_STREAM])].filter(({ numRows }) => numRows > 0);
}
