import {
  Schema as ArrowSchema,
  Binary,
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Field,
  FixedSizeList,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  Interval,
  IntervalUnit,
  List,
  Map_,
  Null,
  Struct,
  TimestampMicrosecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  util,
} from 'apache-arrow';
import { unreachable } from '../base/errors.ts';
import type { PlainKind, Schema, SqlType } from './type.ts';

/** A decimal of more digits than this does not fit Decimal128 and is kept as text. */
export const MAX_DECIMAL128_PRECISION = 38;

/**
 * The Arrow form that values of a type have between the stages of the engine and in results.
 * TIMESTAMP counts microseconds since 1970 in UTC without a zone in the type (DuckDB's TIMESTAMP);
 * VARIANT is canonical JSON text, GEOMETRY EWKB, GEOGRAPHY WKB, BITMAP its sorted members.
 */
export function arrowType(type: SqlType): DataType {
  switch (type.kind) {
    case 'Decimal':
      return type.precision <= MAX_DECIMAL128_PRECISION ? new Decimal(type.scale, type.precision, 128) : new Utf8();
    case 'Array':
      return new List(new Field('item', arrowType(type.element), true));
    case 'Map':
      return mapType(arrowType(type.key), arrowType(type.value));
    case 'Tuple':
      return new Struct(type.fields.map((field) => new Field(field.name, arrowType(field.type), true)));
    case 'Vector':
      return new FixedSizeList(type.dimension, new Field('item', new Float32(), true));
    default:
      return plainArrowType(type.kind);
  }
}

function mapType(key: DataType, value: DataType): DataType {
  const entry: Struct<{ key: DataType; value: DataType }> = new Struct([
    new Field('key', key, false),
    new Field('value', value, true),
  ]);
  return new Map_(new Field('entries', entry, false));
}

function plainArrowType(kind: PlainKind): DataType {
  switch (kind) {
    case 'Null':
      return new Null();
    case 'Boolean':
      return new Bool();
    case 'UInt8':
      return new Uint8();
    case 'UInt16':
      return new Uint16();
    case 'UInt32':
      return new Uint32();
    case 'UInt64':
      return new Uint64();
    case 'Int8':
      return new Int8();
    case 'Int16':
      return new Int16();
    case 'Int32':
      return new Int32();
    case 'Int64':
      return new Int64();
    case 'Float32':
      return new Float32();
    case 'Float64':
      return new Float64();
    case 'Date':
      return new DateDay();
    case 'Timestamp':
      return new TimestampMicrosecond();
    case 'TimestampTz':
      return new Struct([new Field('ts', new TimestampMicrosecond(), true), new Field('off', new Int32(), true)]);
    case 'Interval':
      return new Interval(IntervalUnit.MONTH_DAY_NANO);
    case 'String':
    case 'Variant':
      return new Utf8();
    case 'Binary':
    case 'Geometry':
    case 'Geography':
      return new Binary();
    case 'Bitmap':
      return new List(new Field('item', new Uint64(), true));
    default:
      return unreachable(kind);
  }
}

/** Arrow compares classes, and what was read as IPC has `Int` where columns that were built here have `Int32`. */
export function sameArrowType(a: DataType, b: DataType | undefined): boolean {
  return b !== undefined && (util.compareTypes(a, b) || util.compareTypes(b, a));
}

export function arrowSchema(schema: Schema): ArrowSchema {
  return new ArrowSchema(schema.map((column) => new Field(column.name, arrowType(column.type), column.nullable)));
}
