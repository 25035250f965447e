import type { Data } from 'apache-arrow';
import { arrowType, MAX_DECIMAL128_PRECISION } from '../../types/arrow.ts';
import { columnBuilder } from '../../types/build/batch.ts';
import { columnData } from '../../types/build/column.ts';
import { zeroCell } from '../../types/cell.ts';
import { type Column, type IntegerKind, integerRange, isUnsigned } from '../../types/type.ts';
import { DEFAULT, NULL, type Ranges, VALUE } from './ranges.ts';
import { cellSpans, hexSpans, type Spans, textSpans, variantSpans } from './values-bytes.ts';
import { bitValues, decimalValues, doubleValues, integerValues, longValues } from './values-number.ts';
import { dateValues, timestampValues } from './values-time.ts';
import { vectorValues } from './values-vector.ts';

export interface ValueSettings {
  readonly timezone: string;
  readonly binaryFormat: 'HEX' | 'BASE64';
  /** Whether text that is no JSON becomes JSON null. */
  readonly disableVariantCheck: boolean;
}

/** The texts of a column as Arrow data of its type. Bad rows are reported and hold anything. */
export function rangesData(ranges: Ranges, column: Column, settings: ValueSettings): Data {
  const { type } = column;
  switch (type.kind) {
    case 'Boolean':
      return fixed(ranges, column, bitValues(ranges));
    case 'UInt8':
    case 'UInt16':
    case 'UInt32':
    case 'Int8':
    case 'Int16':
    case 'Int32':
      return fixed(ranges, column, integersOf(ranges, type.kind));
    case 'UInt64':
    case 'Int64':
      return fixed(ranges, column, longsOf(longValues(ranges, type.kind === 'Int64'), type.kind));
    case 'Float32':
      return fixed(ranges, column, new Float32Array(doubleValues(ranges)));
    case 'Float64':
      return fixed(ranges, column, doubleValues(ranges));
    case 'Date':
      return fixed(ranges, column, dateValues(ranges));
    case 'Timestamp':
      return fixed(ranges, column, longsOf(timestampValues(ranges, settings.timezone), 'Int64'));
    case 'Decimal':
      if (type.precision > MAX_DECIMAL128_PRECISION) return cells(ranges, column);
      return fixed(ranges, column, decimalValues(ranges, type.precision, type.scale));
    case 'String':
      return spans(ranges, column, textSpans(ranges));
    case 'Variant':
      return spans(
        ranges,
        column,
        variantSpans(ranges, { nullable: column.nullable, disableCheck: settings.disableVariantCheck }),
      );
    case 'Binary':
      return spans(ranges, column, settings.binaryFormat === 'HEX' ? hexSpans(ranges) : cellSpans(ranges));
    case 'Geometry':
    case 'Geography':
      return spans(ranges, column, cellSpans(ranges));
    case 'Vector':
      return vectors(ranges, column, type.dimension);
    default:
      return cells(ranges, column);
  }
}

type SmallInteger = Exclude<IntegerKind, 'Int64' | 'UInt64'>;

function integersOf(ranges: Ranges, kind: SmallInteger): ArrayBufferView {
  const [least, greatest] = integerRange(kind);
  const values = integerValues(ranges, Number(least), Number(greatest));
  switch (kind) {
    case 'Int32':
      return values;
    case 'UInt32':
      return new Uint32Array(values.buffer);
    case 'Int16':
      return new Int16Array(values);
    case 'UInt16':
      return new Uint16Array(values);
    case 'Int8':
      return new Int8Array(values);
    case 'UInt8':
      return new Uint8Array(values);
  }
}

function longsOf(words: Int32Array<ArrayBuffer>, kind: 'Int64' | 'UInt64'): ArrayBufferView {
  return isUnsigned({ kind }) ? new BigUint64Array(words.buffer) : new BigInt64Array(words.buffer);
}

function fixed(ranges: Ranges, { type, nullable }: Column, data: ArrayBufferView): Data {
  return columnData({ type: arrowType(type), length: ranges.rows, data, ...validity(ranges, nullable) });
}

function spans(ranges: Ranges, { type, nullable }: Column, { offsets, bytes }: Spans): Data {
  const { rows: length } = ranges;
  return columnData({
    type: arrowType(type),
    length,
    valueOffsets: offsets,
    data: bytes,
    ...validity(ranges, nullable),
  });
}

function vectors(ranges: Ranges, { type, nullable }: Column, dimension: number): Data {
  const data = vectorValues(ranges, dimension);
  const child = columnData({ type: arrowType({ kind: 'Float32' }), length: data.length, data });
  return columnData({ type: arrowType(type), length: ranges.rows, child, ...validity(ranges, nullable) });
}

/** The types that are seldom in files, or that are read as a whole anyway. */
function cells(ranges: Ranges, { type, nullable }: Column): Data {
  const builder = columnBuilder(type);
  const missing = nullable ? null : zeroCell(type);
  for (let row = 0; row < ranges.rows; row++) {
    const cell = ranges.states[row] === VALUE ? ranges.parse(row) : missing;
    builder.append(cell === undefined ? zeroCell(type) : cell);
  }
  return builder.finish();
}

/** NULL where a row is NULL, or waits for its default and the column can hold NULL until then. */
function validity({ states, rows, special }: Ranges, nullable: boolean) {
  if (special === 0 || !nullable) return {};
  const nullBitmap = new Uint8Array((rows + 7) >> 3).fill(0xff);
  let nullCount = 0;
  for (let row = 0; row < rows; row++) {
    if (states[row] !== NULL && states[row] !== DEFAULT) continue;
    nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) & ~(1 << (row & 7));
    nullCount++;
  }
  return { nullBitmap, nullCount };
}
