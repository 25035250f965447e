import { Data, DataType, type RecordBatch, RecordBatchReader } from 'apache-arrow';
import { assert } from '../base/errors.ts';
import { arrowBatch } from '../types/build/batch.ts';
import { ipcStream } from '../types/ipc.ts';
import { isOwnBatch } from '../types/own.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Batches of one layout as plain data. */
export type WireRows =
  | { readonly kind: 'Stream'; readonly ipc: Bytes }
  | {
      readonly kind: 'Columns';
      /** An IPC stream without batches. */
      readonly schema: Bytes;
      readonly batches: readonly WireBatch[];
    };

interface WireBatch {
  readonly rows: number;
  readonly columns: readonly WireColumn[];
}

interface WireColumn {
  readonly nullCount: number;
  readonly offsets: Int32Array | undefined;
  readonly values: ArrayBufferView | undefined;
  readonly validity: Uint8Array | undefined;
}

export interface Message {
  readonly rows: WireRows;
  /** The memory that goes with them. */
  readonly transfer: readonly ArrayBuffer[];
}

/** The rows in memory of their own. */
export function copiedRows(batches: readonly RecordBatch[]): Message {
  const ipc = ipcStream(batches);
  return { rows: { kind: 'Stream', ipc }, transfer: [ipc.buffer] };
}

/** The rows with their memory, which is gone here once the message is sent; copied where it may be somebody else's. */
export function movedRows(batches: readonly RecordBatch[]): Message {
  const [first] = batches;
  if (!first || !batches.every(isMovable)) return copiedRows(batches);
  const schema = ipcStream([], first.schema.fields);
  const moved = batches.map(({ numRows, data }) => ({ rows: numRows, columns: data.children.map(wireColumn) }));
  const buffers = moved.flatMap(({ columns }) => columns.flatMap(buffersOf));
  return { rows: { kind: 'Columns', schema, batches: moved }, transfer: [...new Set([schema.buffer, ...buffers])] };
}

function isMovable(batch: RecordBatch): boolean {
  return isOwnBatch(batch) && batch.data.children.every(isFlat);
}

function isFlat({ type, offset, children }: Data): boolean {
  return offset === 0 && children.length === 0 && !DataType.isDictionary(type) && !DataType.isUnion(type);
}

function wireColumn({ nullCount, valueOffsets, values, nullBitmap }: Data): WireColumn {
  return {
    nullCount,
    offsets: filled(valueOffsets),
    values: filled(values as ArrayBufferView | undefined),
    validity: nullCount > 0 ? filled(nullBitmap) : undefined,
  };
}

/** Arrow's empty arrays need not be sent, and may be in many places at once. */
function filled<View extends ArrayBufferView>(view: View | undefined): View | undefined {
  return view && view.byteLength > 0 ? view : undefined;
}

function buffersOf({ offsets, values, validity }: WireColumn): readonly ArrayBuffer[] {
  return [offsets, values, validity].flatMap((view) => (view?.buffer instanceof ArrayBuffer ? [view.buffer] : []));
}

export function readRows(rows: WireRows): readonly RecordBatch[] {
  if (rows.kind === 'Stream') return [...RecordBatchReader.from(rows.ipc).readAll()];
  const { fields } = RecordBatchReader.from(rows.schema).open().schema;
  return rows.batches.map((batch) => {
    const columns = batch.columns.map(({ nullCount, offsets, values, validity }, index) => {
      const type = fields[index]?.type;
      assert(type !== undefined, 'a column has its field');
      return new Data(type, 0, batch.rows, nullCount, [offsets, values, validity] as never);
    });
    return arrowBatch(fields, columns, batch.rows);
  });
}
