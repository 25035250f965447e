import { type Field, RecordBatch, RecordBatchStreamWriter, Schema } from 'apache-arrow';
import { assert } from '../base/errors.ts';
import { sameArrowType } from './arrow.ts';

/** Batches of the same layout as an Arrow IPC stream, with its end marker; described by `fields`, or as the first is. */
export function ipcStream(batches: readonly RecordBatch[], fields?: readonly Field[]): Uint8Array<ArrayBuffer> {
  const [first] = batches;
  if (!first) return emptyStream(fields ?? []);
  const schema = fields ? new Schema([...fields]) : first.schema;
  assert(haveSameLayout(batches), 'the batches of a stream have one layout');
  // Arrow's writer ends the stream without a word where a batch's own schema is another.
  const alike = batches.map((batch) => new RecordBatch(schema, batch.data));
  return RecordBatchStreamWriter.writeAll(alike).toUint8Array(true) as Uint8Array<ArrayBuffer>;
}

/** Whether one stream can hold the batches: a column that is a dictionary in one and plain in another needs two. */
export function haveSameLayout([first, ...others]: readonly RecordBatch[]): boolean {
  const types = first?.schema.fields.map(({ type }) => type) ?? [];
  return others.every(({ schema: { fields } }) => {
    return fields.length === types.length && fields.every(({ type }, index) => sameArrowType(type, types[index]));
  });
}

/** A stream without batches. */
function emptyStream(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const writer = new RecordBatchStreamWriter().reset(undefined, new Schema([...fields]));
  return writer.finish().toUint8Array(true) as Uint8Array<ArrayBuffer>;
}

/** The message that begins a stream: its schema. */
export function schemaMessage(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const stream = emptyStream(fields);
  return stream.subarray(0, firstMessageSize(stream));
}

/** A schema has no body, so its message ends where its metadata does. Streams before Arrow 0.15 have no mark first. */
function firstMessageSize(stream: Uint8Array): number {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const marked = view.getInt32(0, true) === -1;
  return marked ? 8 + view.getInt32(4, true) : 4 + view.getInt32(0, true);
}
