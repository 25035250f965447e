import { type Data, DataType } from 'apache-arrow';
import { joinBytes } from '../base/bytes.ts';
import { columnData } from '../types/build/column.ts';

/** Parts of a column of one type, end to end; undefined for types with parts of their own, and dictionaries. */
export function mergedColumn(parts: readonly Data[]): Data | undefined {
  const [first] = parts;
  if (!first || parts.length === 1) return first;
  const { type } = first;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const base = { type, length, ...mergedValidity(parts, length) };
  if (DataType.isNull(type)) return columnData({ type, length });
  if (DataType.isBool(type)) return columnData({ ...base, data: mergedBits(parts, length, (part) => part.values) });
  if (DataType.isUtf8(type) || DataType.isBinary(type)) return columnData({ ...base, ...mergedBytes(parts) });
  const isFlat = DataType.isInt(type) || DataType.isFloat(type) || DataType.isDecimal(type);
  if (!isFlat && !DataType.isDate(type) && !DataType.isTimestamp(type)) return undefined;
  return columnData({ ...base, data: joinBytes(parts.map((part) => bytesOf(part.values, part.length * part.stride))) });
}

function bytesOf(values: ArrayBufferView & { readonly BYTES_PER_ELEMENT: number }, count: number): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, count * values.BYTES_PER_ELEMENT);
}

function mergedBytes(parts: readonly Data[]): { readonly data: Uint8Array; readonly valueOffsets: Int32Array } {
  const valueOffsets = new Int32Array(parts.reduce((sum, part) => sum + part.length, 1));
  const values: Uint8Array[] = [];
  let [row, size] = [0, 0];
  for (const part of parts) {
    const offsets: Int32Array = part.valueOffsets;
    const start = offsets[0] ?? 0;
    for (let at = 0; at < part.length; at++) valueOffsets[++row] = (offsets[at + 1] ?? 0) - start + size;
    const end = offsets[part.length] ?? start;
    values.push(part.values.subarray(start, end));
    size += end - start;
  }
  return { data: joinBytes(values), valueOffsets };
}

type Validity = Pick<Data, 'nullCount'> & { readonly nullBitmap: Uint8Array | undefined };

function mergedValidity(parts: readonly Data[], length: number): Validity {
  const nullCount = parts.reduce((sum, part) => sum + part.nullCount, 0);
  if (nullCount === 0) return { nullCount, nullBitmap: undefined };
  return { nullCount, nullBitmap: mergedBits(parts, length, (part) => (part.nullCount > 0 ? part.nullBitmap : null)) };
}

/** Where a part has no bits, all of its bits are set. */
function mergedBits(
  parts: readonly Data[],
  length: number,
  bitsOf: (part: Data) => Uint8Array | null | undefined,
): Uint8Array {
  const merged = new Uint8Array((length + 7) >> 3);
  let row = 0;
  for (const part of parts) {
    const bits = bitsOf(part);
    for (let at = part.offset; at < part.offset + part.length; at++, row++) {
      if (!bits || ((bits[at >> 3] ?? 0) >> (at & 7)) & 1)
        merged[row >> 3] = (merged[row >> 3] ?? 0) | (1 << (row & 7));
    }
  }
  return merged;
}
