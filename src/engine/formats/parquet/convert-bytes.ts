import { type Data, DataType, Float32 } from 'apache-arrow';
import { assert, SqlError } from '../../base/errors.ts';
import { arrowType } from '../../types/arrow.ts';
import { columnBuilder } from '../../types/build/batch.ts';
import { columnData } from '../../types/build/column.ts';
import { bytesAt } from '../../types/cell.ts';
import { parseInterval } from '../../types/interval.ts';
import { canonicalize } from '../../types/json/canonical.ts';
import { ByteSink } from '../../types/json/sink.ts';
import type { SqlType } from '../../types/type.ts';

/** What a conversion leaves as it is. */
export function validityOf(data: Data): Pick<Data, 'length' | 'nullCount' | 'nullBitmap'> {
  const { length, nullCount, nullBitmap } = data;
  return { length, nullCount, nullBitmap };
}

/** Values of a fixed width with offsets of their own; the bytes stay where they are. */
export function binaryFromFixed(data: Data): Data {
  const width = data.stride;
  const valueOffsets = Int32Array.from({ length: data.length + 1 }, (_, row) => row * width);
  const type = arrowType({ kind: 'Binary' });
  return columnData({ ...validityOf(data), type, valueOffsets, data: data.values as Uint8Array });
}

/** The canonical form of JSON text. Throws a JsonSyntaxError if a value is none. */
export function canonicalTexts(data: Data): Data {
  const at = bytesAt(data);
  const sink = new ByteSink((data.values as Uint8Array).length + 64);
  const valueOffsets = new Int32Array(data.length + 1);
  for (let row = 0; row < data.length; row++) {
    if (data.getValid(row)) {
      const json = at(row);
      canonicalize(json, 0, json.length, sink);
    }
    valueOffsets[row + 1] = sink.length;
  }
  const bytes = sink.bytes.subarray(0, sink.length);
  return columnData({ ...validityOf(data), type: arrowType({ kind: 'Variant' }), valueOffsets, data: bytes });
}

/** Decimals of more than 38 digits as text, from their 32 bytes. */
export function textsFromDecimals(data: Data, type: SqlType): Data {
  const words = data.values as Uint32Array;
  const view = new DataView(words.buffer, words.byteOffset, words.byteLength);
  const builder = columnBuilder(type);
  for (let row = 0; row < data.length; row++) {
    builder.append(data.getValid(row) ? int256(view, row * 32) : null);
  }
  return builder.finish();
}

function int256(view: DataView, at: number): bigint {
  let value = view.getBigInt64(at + 24, true);
  for (const word of [16, 8, 0]) value = (value << 64n) | view.getBigUint64(at + word, true);
  return value;
}

const NANOS_IN_MILLI = 1_000_000n;

/** Parquet's intervals: months, days and milliseconds, four bytes each, little endian. */
export function intervalsFromFixed(data: Data): Data {
  const from = viewOf(data);
  const to = new DataView(new ArrayBuffer(data.length * 16));
  for (let row = 0; row < data.length; row++) {
    to.setInt32(row * 16, from.getInt32(row * 12, true), true);
    to.setInt32(row * 16 + 4, from.getInt32(row * 12 + 4, true), true);
    to.setBigInt64(row * 16 + 8, BigInt(from.getUint32(row * 12 + 8, true)) * NANOS_IN_MILLI, true);
  }
  const type = arrowType({ kind: 'Interval' });
  return columnData({ ...validityOf(data), type, data: new Int32Array(to.buffer) });
}

const decoder = new TextDecoder();

/** Intervals as Databend prints them. */
export function intervalsFromTexts(data: Data): Data {
  const at = bytesAt(data);
  const builder = columnBuilder({ kind: 'Interval' });
  for (let row = 0; row < data.length; row++) {
    const interval = data.getValid(row) ? parseInterval(decoder.decode(at(row))) : null;
    if (interval === undefined) throw new SqlError('BadBytes', 'an INTERVAL column holds other text');
    builder.append(interval);
  }
  return builder.finish();
}

/** Lists of floats as vectors; a NULL takes the room of one as well. */
export function vectorsFromLists(data: Data, type: DataType): Data {
  const [items] = data.children;
  assert(DataType.isFixedSizeList(type) && items !== undefined, 'a vector is made of a list');
  const { listSize } = type;
  const offsets = data.valueOffsets as Int32Array;
  const values = new Float32Array(data.length * listSize);
  for (let row = 0; row < data.length; row++) {
    if (!data.getValid(row)) continue;
    const [start = 0, end = 0] = offsets.subarray(row, row + 2);
    if (end - start !== listSize) throw new SqlError('BadBytes', `a VECTOR(${listSize}) has ${end - start} numbers`);
    values.set(items.values.subarray(start, end), row * listSize);
  }
  const child = columnData({ type: new Float32(), length: values.length, nullCount: 0, data: values });
  return columnData({ ...validityOf(data), type, child });
}

export function viewOf(data: Data): DataView {
  const bytes = data.values as Uint8Array;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
