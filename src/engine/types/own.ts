import type { RecordBatch } from 'apache-arrow';

const own = new WeakSet<RecordBatch>();

/** Says of a batch that nobody else reads its memory: whoever gets it last may give the memory away. */
export function ownBatch(batch: RecordBatch): RecordBatch {
  own.add(batch);
  return batch;
}

export function isOwnBatch(batch: RecordBatch): boolean {
  return own.has(batch);
}
