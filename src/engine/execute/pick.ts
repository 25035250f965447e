import { type Data, DataType, util } from 'apache-arrow';
import { assert } from '../base/errors.ts';
import { columnBuilder } from '../types/build/batch.ts';
import { columnData } from '../types/build/column.ts';
import { cellReader } from '../types/cell.ts';
import type { SqlType } from '../types/type.ts';
import { mergedColumn } from './merge.ts';

/** The values of a column at these rows, in this order. */
export function pickRows(column: Data, type: SqlType, rows: Int32Array): Data {
  return pickFlat(column, rows) ?? pickCells([column], type, rows);
}

/** Likewise from two columns end to end, which may hold one type in different forms. */
export function pickFromBoth(first: Data, second: Data, type: SqlType, rows: Int32Array): Data {
  const merged = util.compareTypes(first.type, second.type) ? mergedColumn([first, second]) : undefined;
  return (merged && pickFlat(merged, rows)) ?? pickCells([first, second], type, rows);
}

function pickCells(parts: readonly Data[], type: SqlType, rows: Int32Array): Data {
  const [first, second] = parts;
  assert(first !== undefined, 'there is a column to pick from');
  const readers = [cellReader(first, type), second ? cellReader(second, type) : () => null];
  const builder = columnBuilder(type);
  const size = first.length;
  for (const row of rows) builder.append((row < size ? readers[0]?.(row) : readers[1]?.(row - size)) ?? null);
  return builder.finish();
}

/** Undefined for types with parts of their own, and dictionaries. */
function pickFlat(column: Data, rows: Int32Array): Data | undefined {
  const { type } = column;
  const { length } = rows;
  if (DataType.isDictionary(type)) return undefined;
  if (DataType.isNull(type)) return columnData({ type, length });
  const base = { type, length, ...pickedValidity(column, rows) };
  if (DataType.isBool(type)) return columnData({ ...base, data: pickBits(column.values, column.offset, rows) });
  if (DataType.isUtf8(type) || DataType.isBinary(type)) return columnData({ ...base, ...pickedBytes(column, rows) });
  const isFlat = DataType.isInt(type) || DataType.isFloat(type) || DataType.isDecimal(type);
  if (!isFlat && !DataType.isDate(type) && !DataType.isTimestamp(type)) return undefined;
  return columnData({ ...base, data: pickedValues(column, rows) });
}

function pickedValidity(
  column: Data,
  rows: Int32Array,
): Pick<Data, 'nullCount'> & { nullBitmap: Uint8Array | undefined } {
  const { nullBitmap, offset } = column;
  if (column.nullCount === 0 || !nullBitmap) return { nullCount: 0, nullBitmap: undefined };
  const bits = pickBits(nullBitmap, offset, rows);
  let valid = 0;
  for (let at = 0; at < rows.length; at++) valid += ((bits[at >> 3] ?? 0) >> (at & 7)) & 1;
  return { nullCount: rows.length - valid, nullBitmap: bits };
}

function pickBits(bits: Uint8Array, offset: number, rows: Int32Array): Uint8Array {
  const picked = new Uint8Array((rows.length + 7) >> 3);
  for (let at = 0; at < rows.length; at++) {
    const from = (rows[at] ?? 0) + offset;
    if (((bits[from >> 3] ?? 0) >> (from & 7)) & 1) picked[at >> 3] = (picked[at >> 3] ?? 0) | (1 << (at & 7));
  }
  return picked;
}

type Values = Float64Array | BigInt64Array | Int32Array | Uint8Array;

function pickedValues({ values, stride }: Data, rows: Int32Array): Values {
  const source = values as Values;
  const picked = source.slice(0, 0).constructor as new (length: number) => Values;
  const result = new picked(rows.length * stride);
  for (let at = 0; at < rows.length; at++) {
    const from = (rows[at] ?? 0) * stride;
    for (let word = 0; word < stride; word++) result[at * stride + word] = source[from + word] as never;
  }
  return result;
}

function pickedBytes(column: Data, rows: Int32Array): { readonly data: Uint8Array; readonly valueOffsets: Int32Array } {
  const offsets: Int32Array = column.valueOffsets;
  const valueOffsets = new Int32Array(rows.length + 1);
  let size = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    size += (offsets[row + 1] ?? 0) - (offsets[row] ?? 0);
    valueOffsets[at + 1] = size;
  }
  const data = new Uint8Array(size);
  const bytes: Uint8Array = column.values;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    data.set(bytes.subarray(offsets[row], offsets[row + 1]), valueOffsets[at]);
  }
  return { data, valueOffsets };
}
