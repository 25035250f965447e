import type { SqlType } from '../../types/type.ts';
import type { StatisticValue } from '../format.ts';
import type { ColumnChunk, PhysicalType, StoredStatistics } from './metadata.ts';
import { type Bound, type ColumnStatistics, compareValues } from './prune.ts';
import type { StoredField } from './schema.ts';

/** A chunk's statistics as far as they can be relied on; undefined for columns with parts, whose leaves count other things. */
export function chunkStatistics(field: StoredField, chunk: ColumnChunk, rows: number): ColumnStatistics | undefined {
  const { node, type } = field;
  const stored = chunk.statistics;
  if (node.physical === undefined || node.repetition === 'REPEATED') return undefined;
  const nullCount = node.repetition === 'REQUIRED' ? 0 : stored?.nullCount;
  const isFloat = type.kind === 'Float32' || type.kind === 'Float64';
  return {
    rows,
    nullCount,
    nanCount: isFloat ? stored?.nanCount : 0,
    ...(stored ? boundsOf(field, stored) : { min: undefined, max: undefined }),
  };
}

function boundsOf(field: StoredField, stored: StoredStatistics): Pick<ColumnStatistics, 'min' | 'max'> {
  const min = stored.min && boundValue(field, stored.min);
  const max = stored.max && boundValue(field, stored.max);
  if (!isTrusted(field, stored) || isWrong(min, max)) return { min: undefined, max: undefined };
  return { min: boundOf(field, min, stored.minExact), max: boundOf(field, max, stored.maxExact) };
}

function boundOf(field: StoredField, value: StatisticValue | undefined, claim: boolean | undefined): Bound | undefined {
  if (value === undefined) return undefined;
  // Only texts are ever cut short, and not all writers say so.
  return { value, exact: claim ?? field.type.kind !== 'String' };
}

/** The older fields were filled by comparing bytes as signed, and wrongly for texts (PARQUET-251). */
function isTrusted({ type, node }: StoredField, { legacy }: StoredStatistics): boolean {
  return !legacy || comparesAsSigned(type, node.physical);
}

function comparesAsSigned(type: SqlType, physical: PhysicalType | undefined): boolean {
  switch (type.kind) {
    case 'String':
    case 'UInt8':
    case 'UInt16':
    case 'UInt32':
    case 'UInt64':
      return false;
    case 'Decimal':
      return physical === 'INT32' || physical === 'INT64';
    default:
      return true;
  }
}

/** NaN has no place among the bounds, and older writers let it in. */
function isWrong(min: StatisticValue | undefined, max: StatisticValue | undefined): boolean {
  if (Number.isNaN(min) || Number.isNaN(max)) return true;
  return min !== undefined && max !== undefined && compareValues(min, max) > 0;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function boundValue(field: StoredField, bytes: Uint8Array): StatisticValue | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (field.type.kind) {
    case 'String':
      return textBound(bytes);
    case 'Decimal':
      return field.node.physical === 'INT32' || field.node.physical === 'INT64'
        ? integerBound(view)
        : bigEndianBound(bytes);
    case 'Boolean':
      return bytes.length === 1 ? bytes[0] === 1 : undefined;
    case 'UInt8':
    case 'UInt16':
    case 'UInt32':
      return bytes.length === 4 ? view.getUint32(0, true) : undefined;
    case 'UInt64':
      return bytes.length === 8 ? view.getBigUint64(0, true) : undefined;
    case 'Int8':
    case 'Int16':
    case 'Int32':
    case 'Int64':
      return integerBound(view);
    case 'Float32':
    case 'Float64':
      return floatBound(view);
    case 'Date':
    case 'Timestamp':
      return timeBound(field, integerBound(view));
    default:
      return undefined;
  }
}

/** A bound that was cut inside a character cannot be told as text. */
function textBound(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined; // No bound is always right.
  }
}

function integerBound(view: DataView): number | bigint | undefined {
  if (view.byteLength === 4) return view.getInt32(0, true);
  return view.byteLength === 8 ? view.getBigInt64(0, true) : undefined;
}

function floatBound(view: DataView): number | undefined {
  if (view.byteLength === 4) return view.getFloat32(0, true);
  return view.byteLength === 8 ? view.getFloat64(0, true) : undefined;
}

function bigEndianBound(bytes: Uint8Array): bigint | undefined {
  if (bytes.length === 0) return undefined;
  let value = BigInt.asIntN(8, BigInt(bytes[0] ?? 0));
  for (const byte of bytes.subarray(1)) value = (value << 8n) | BigInt(byte);
  return value;
}

/** By the same rounding as the values, which keeps their order. INT96 has twelve bytes and no order. */
function timeBound(field: StoredField, value: number | bigint | undefined): number | bigint | undefined {
  if (typeof value !== 'bigint') return value;
  switch (field.conversion) {
    case 'seconds':
      return value * 1_000_000n;
    case 'millis':
      return value * 1000n;
    case 'nanos':
      return value / 1000n;
    case 'date millis':
      return Math.floor(Number(value) / 86_400_000);
    default:
      return value;
  }
}
