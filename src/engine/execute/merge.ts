import { type Data, DataType } from 'apache-arrow';
import { joinBytes } from '../base/bytes.ts';
import { columnData } from '../types/build/column.ts';

/** Parts of a column of one type, end to end; undefined for types with parts of their own, and dictionaries. */
export function mergedColumn(parts: readonly Data[]): Data | undefined {
  const [first] = parts;
  if (!first || parts.length === 1) return first;
  const { type } = first;
  const length = lengthOf(parts);
  const base = { type, length, ...mergedValidity(parts, length) };
  if (DataType.isNull(type)) return columnData({ type, length });
  if (DataType.isBool(type)) return columnData({ ...base, data: mergedBits(parts, length, (part) => part.values) });
  if (DataType.isUtf8(type) || DataType.isBinary(type)) return columnData({ ...base, ...mergedBytes(parts) });
  const isFlat = DataType.isInt(type) || DataType.isFloat(type) || DataType.isDecimal(type);
  if (!isFlat && !DataType.isDate(type) && !DataType.isTimestamp(type)) return undefined;
  return columnData({ ...base, data: joinBytes(parts.map((part) => bytesOf(part.values, part.length * part.stride))) });
}

/** The same for lists and structs too, down to their flat columns; undefined where one of those cannot be merged. */
export function mergedNested(parts: readonly Data[]): Data | undefined {
  const [first] = parts;
  if (!first || parts.length === 1) return first;
  const { type } = first;
  if (DataType.isList(type)) return mergedLists(parts, first);
  return DataType.isStruct(type) ? mergedStructs(parts, first) : mergedColumn(parts);
}

function mergedLists(parts: readonly Data[], { type }: Data): Data | undefined {
  const items = parts.flatMap(({ children, valueOffsets, length }) => {
    const offsets: Int32Array = valueOffsets;
    const from = offsets[0] ?? 0;
    return children[0]?.slice(from, (offsets[length] ?? from) - from) ?? [];
  });
  const child = items.length === parts.length ? mergedNested(items) : undefined;
  if (!child) return undefined;
  const length = lengthOf(parts);
  return columnData({ type, length, ...mergedValidity(parts, length), valueOffsets: mergedOffsets(parts), child });
}

function mergedStructs(parts: readonly Data[], { type, children: fields }: Data): Data | undefined {
  const children = fields.flatMap(
    (_, index) => mergedNested(parts.flatMap((part) => part.children[index] ?? [])) ?? [],
  );
  if (children.length < fields.length) return undefined;
  const length = lengthOf(parts);
  return columnData({ type, length, ...mergedValidity(parts, length), children });
}

const lengthOf = (parts: readonly Data[]) => parts.reduce((sum, part) => sum + part.length, 0);

/** The offsets of the parts as those of one column, from 0 on. */
function mergedOffsets(parts: readonly Data[]): Int32Array {
  const merged = new Int32Array(lengthOf(parts) + 1);
  let [row, size] = [0, 0];
  for (const { valueOffsets, length } of parts) {
    const offsets: Int32Array = valueOffsets;
    const start = offsets[0] ?? 0;
    for (let at = 0; at < length; at++) merged[++row] = (offsets[at + 1] ?? 0) - start + size;
    size += (offsets[length] ?? start) - start;
  }
  return merged;
}

function bytesOf(values: ArrayBufferView & { readonly BYTES_PER_ELEMENT: number }, count: number): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, count * values.BYTES_PER_ELEMENT);
}

function mergedBytes(parts: readonly Data[]): { readonly data: Uint8Array; readonly valueOffsets: Int32Array } {
  const values = parts.map((part): Uint8Array => {
    const offsets: Int32Array = part.valueOffsets;
    return part.values.subarray(offsets[0] ?? 0, offsets[part.length] ?? 0);
  });
  return { data: joinBytes(values), valueOffsets: mergedOffsets(parts) };
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
