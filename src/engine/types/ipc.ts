import { type Data, type Field, RecordBatch, RecordBatchStreamWriter, Schema, type Struct } from 'apache-arrow';
import { assert } from '../base/errors.ts';
import { sameArrowType } from './arrow.ts';

/** Batches of the same layout as an Arrow IPC stream, with its end marker; described by `fields`, or as the first is. */
export function ipcStream(batches: readonly RecordBatch[], fields?: readonly Field[]): Uint8Array<ArrayBuffer> {
  const [first] = batches;
  if (!first) return emptyStream(fields ?? []);
  const schema = fields ? new Schema([...fields]) : first.schema;
  assert(haveSameLayout(batches), 'the batches of a stream have one layout');
  // Arrow's writer ends the stream without a word where a batch's own schema is another.
  const alike = batches.map((batch) => new RecordBatch(schema, withoutSharing(batch.data)));
  return RecordBatchStreamWriter.writeAll(alike).toUint8Array(true) as Uint8Array<ArrayBuffer>;
}

/** Arrow's writer joins neighbours that overlap in memory to one: a column that stands there twice needs bytes of its own. */
function withoutSharing(data: Data<Struct>): Data<Struct> {
  const written: Uint8Array[] = [];
  const children = data.children.map((column) => {
    const own = buffersOf(column);
    const isShared = own.some((bytes) => written.some((other) => overlaps(bytes, other)));
    written.push(...own);
    return isShared ? copied(column) : column;
  });
  const { type, offset, length, nullCount, buffers } = data;
  return children.some((column, index) => column !== data.children[index])
    ? data.clone(type, offset, length, nullCount, buffers, children)
    : data;
}

function buffersOf({ buffers, children }: Data): readonly Uint8Array[] {
  const own = Object.values(buffers).filter((bytes) => ArrayBuffer.isView(bytes) && bytes.byteLength > 0);
  const views = own.map((bytes) => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return [...views, ...children.flatMap(buffersOf)];
}

function overlaps(a: Uint8Array, b: Uint8Array): boolean {
  return (
    a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength
  );
}

const isTyped = (buffer: unknown): buffer is Uint8Array => ArrayBuffer.isView(buffer) && 'slice' in buffer;

function copied(data: Data): Data {
  const { type, offset, length, nullCount, children } = data;
  const buffers = Object.fromEntries(
    Object.entries(data.buffers).map(([key, bytes]) => [key, isTyped(bytes) ? bytes.slice() : bytes]),
  );
  return data.clone(type, offset, length, nullCount, buffers as Data['buffers'], children.map(copied));
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
