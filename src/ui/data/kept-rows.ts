import { type RecordBatch, RecordBatchReader, RecordBatchStreamWriter } from 'apache-arrow';
import { SqlError } from '../../engine/index.ts';
import { engine } from './engine.ts';

/** Rows of results that an engine gave which is gone, by the id of the result. */
const kept = new Map<string, RecordBatch>();

export function rowsToIpc(batch: RecordBatch): Uint8Array<ArrayBuffer> {
  return new Uint8Array(RecordBatchStreamWriter.writeAll([batch]).toUint8Array(true));
}

function batchOf(ipc: Uint8Array): RecordBatch {
  const [batch] = RecordBatchReader.from(ipc);
  if (!batch) throw new SqlError('Internal', 'rows were kept that are none');
  return batch;
}

/** Gives rows that were kept an id under which they are read. */
export function lendRows(ipc: Uint8Array): string {
  const id = `kept-${crypto.randomUUID()}`;
  kept.set(id, batchOf(ipc));
  return id;
}

/** A part of a result: of the engine, or of what was kept of an earlier one. */
export async function readRows(id: string, start: number, count: number, signal: AbortSignal): Promise<RecordBatch> {
  const batch = kept.get(id);
  // A part shares the buffers of the whole; readers want a batch that begins with its first row.
  return batch ? batchOf(rowsToIpc(batch.slice(start, start + count))) : engine().rows(id, start, count, signal);
}

export function forgetRows(id: string): void {
  if (!kept.delete(id)) engine().forget(id);
}
