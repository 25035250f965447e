import { unreachable } from '../base/errors.ts';

export type IntegerKind = 'UInt8' | 'UInt16' | 'UInt32' | 'UInt64' | 'Int8' | 'Int16' | 'Int32' | 'Int64';
export type FloatKind = 'Float32' | 'Float64';

/** The kinds that need no parameters. */
export type PlainKind =
  | 'Null'
  | 'Boolean'
  | IntegerKind
  | FloatKind
  | 'Date'
  | 'Timestamp'
  | 'TimestampTz'
  | 'Interval'
  | 'String'
  | 'Binary'
  | 'Variant'
  | 'Bitmap'
  | 'Geometry'
  | 'Geography';

/**
 * A Databend type. Nullability stands beside it (`Column`, bound expressions), not inside;
 * elements of nested types are always nullable.
 */
export type SqlType =
  | { readonly kind: PlainKind }
  | { readonly kind: 'Decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'Array'; readonly element: SqlType }
  | { readonly kind: 'Map'; readonly key: SqlType; readonly value: SqlType }
  | { readonly kind: 'Tuple'; readonly fields: readonly TupleField[] }
  | { readonly kind: 'Vector'; readonly dimension: number };

export type TypeKind = SqlType['kind'];

export interface TupleField {
  /** `1`, `2`, … in a tuple without names. */
  readonly name: string;
  readonly type: SqlType;
}

/** A column of a table, a file or a result. */
export interface Column {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
}

export type Schema = readonly Column[];

const PLAIN_NAMES: { readonly [K in PlainKind]: string } = {
  Null: 'NULL',
  Boolean: 'BOOLEAN',
  UInt8: 'TINYINT UNSIGNED',
  UInt16: 'SMALLINT UNSIGNED',
  UInt32: 'INT UNSIGNED',
  UInt64: 'BIGINT UNSIGNED',
  Int8: 'TINYINT',
  Int16: 'SMALLINT',
  Int32: 'INT',
  Int64: 'BIGINT',
  Float32: 'FLOAT',
  Float64: 'DOUBLE',
  Date: 'DATE',
  Timestamp: 'TIMESTAMP',
  TimestampTz: 'TIMESTAMP_TZ',
  Interval: 'INTERVAL',
  String: 'VARCHAR',
  Binary: 'BINARY',
  Variant: 'VARIANT',
  Bitmap: 'BITMAP',
  Geometry: 'GEOMETRY',
  Geography: 'GEOGRAPHY',
};

const PLAIN: { readonly [K in PlainKind]: SqlType } = Object.fromEntries(
  Object.keys(PLAIN_NAMES).map((kind) => [kind, { kind }]),
) as { readonly [K in PlainKind]: SqlType };

export function plain(kind: PlainKind): SqlType {
  return PLAIN[kind];
}

export function decimal(precision: number, scale: number): SqlType {
  return { kind: 'Decimal', precision, scale };
}

export function arrayOf(element: SqlType): SqlType {
  return { kind: 'Array', element };
}

/** The SQL name, as DESC and SHOW CREATE TABLE print it: `INT UNSIGNED`, `DECIMAL(10, 2)`, `ARRAY(INT32)`. */
export function typeName(type: SqlType): string {
  switch (type.kind) {
    case 'Decimal':
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case 'Array':
    case 'Map':
    case 'Tuple':
      return engineTypeName(type).toUpperCase();
    case 'Vector':
      return `VECTOR(${type.dimension})`;
    default:
      return PLAIN_NAMES[type.kind];
  }
}

/** The engine's own name, as error messages and the HTTP API print it: `UInt32`, `Array(Int32)`. */
export function engineTypeName(type: SqlType): string {
  switch (type.kind) {
    case 'Decimal':
      return `Decimal(${type.precision}, ${type.scale})`;
    case 'Array':
      return `Array(${engineTypeName(type.element)})`;
    case 'Map':
      return `Map(${engineTypeName(type.key)}, ${engineTypeName(type.value)})`;
    case 'Tuple':
      return `Tuple(${type.fields.map(({ name, type: field }) => `${name} ${engineTypeName(field)}`).join(', ')})`;
    case 'Vector':
      return `Vector(${type.dimension})`;
    case 'TimestampTz':
      return 'Timestamp_Tz';
    default:
      return type.kind;
  }
}

/** `Int32 NULL`: how messages about files name a column's type. */
export function engineColumnType({ type, nullable }: Pick<Column, 'type' | 'nullable'>): string {
  return nullable ? `${engineTypeName(type)} NULL` : engineTypeName(type);
}

export function sameType(a: SqlType, b: SqlType): boolean {
  switch (a.kind) {
    case 'Decimal':
      return b.kind === 'Decimal' && a.precision === b.precision && a.scale === b.scale;
    case 'Array':
      return b.kind === 'Array' && sameType(a.element, b.element);
    case 'Map':
      return b.kind === 'Map' && sameType(a.key, b.key) && sameType(a.value, b.value);
    case 'Tuple':
      return (
        b.kind === 'Tuple' &&
        a.fields.length === b.fields.length &&
        a.fields.every((field, index) => sameField(field, b.fields[index]))
      );
    case 'Vector':
      return b.kind === 'Vector' && a.dimension === b.dimension;
    default:
      return a.kind === b.kind;
  }
}

function sameField(a: TupleField, b: TupleField | undefined): boolean {
  return b !== undefined && a.name === b.name && sameType(a.type, b.type);
}

const UNSIGNED: readonly TypeKind[] = ['UInt8', 'UInt16', 'UInt32', 'UInt64'];
const SIGNED: readonly TypeKind[] = ['Int8', 'Int16', 'Int32', 'Int64'];

export function isUnsigned(type: SqlType): boolean {
  return UNSIGNED.includes(type.kind);
}

export function isInteger(type: SqlType): type is { readonly kind: IntegerKind } {
  return UNSIGNED.includes(type.kind) || SIGNED.includes(type.kind);
}

export function isFloat(type: SqlType): type is { readonly kind: FloatKind } {
  return type.kind === 'Float32' || type.kind === 'Float64';
}

/** Integer, decimal or float. */
export function isNumeric(type: SqlType): boolean {
  return isInteger(type) || isFloat(type) || type.kind === 'Decimal';
}

/** Bytes per value of an integer kind. */
export function integerWidth(kind: IntegerKind): 1 | 2 | 4 | 8 {
  switch (kind) {
    case 'UInt8':
    case 'Int8':
      return 1;
    case 'UInt16':
    case 'Int16':
      return 2;
    case 'UInt32':
    case 'Int32':
      return 4;
    case 'UInt64':
    case 'Int64':
      return 8;
    default:
      return unreachable(kind);
  }
}

/** Least and greatest value of an integer kind. */
export function integerRange(kind: IntegerKind): readonly [bigint, bigint] {
  const bits = BigInt(integerWidth(kind) * 8);
  return kind.startsWith('U') ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
}

/** A type as JSON, for catalog records and Delta field metadata; `typeFromJson` is its inverse. */
export function typeFromJson(json: unknown): SqlType {
  // Written by us from a SqlType and nothing else; a hand-edited catalog fails where the type is first used.
  return json as SqlType;
}
