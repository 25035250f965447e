import { MAX_DECIMAL128_PRECISION } from './arrow.ts';
import { arrayOf, type PlainKind, plain, type SqlType } from './type.ts';

const PLAIN_TYPES: { readonly [K in PlainKind]: string } = {
  Null: 'INTEGER',
  Boolean: 'BOOLEAN',
  UInt8: 'UTINYINT',
  UInt16: 'USMALLINT',
  UInt32: 'UINTEGER',
  UInt64: 'UBIGINT',
  Int8: 'TINYINT',
  Int16: 'SMALLINT',
  Int32: 'INTEGER',
  Int64: 'BIGINT',
  Float32: 'FLOAT',
  Float64: 'DOUBLE',
  Date: 'DATE',
  Timestamp: 'TIMESTAMP',
  TimestampTz: 'STRUCT(ts TIMESTAMP, "off" INTEGER)',
  Interval: 'INTERVAL',
  String: 'VARCHAR',
  Binary: 'BLOB',
  Variant: 'VARCHAR',
  Bitmap: 'UBIGINT[]',
  Geometry: 'BLOB',
  Geography: 'BLOB',
};

/** The DuckDB type that holds values of a type; the counterpart of `arrowType`. */
export function duckType(type: SqlType): string {
  switch (type.kind) {
    case 'Decimal':
      return isWideDecimal(type) ? 'VARCHAR' : `DECIMAL(${type.precision}, ${type.scale})`;
    case 'Array':
      return `${duckType(type.element)}[]`;
    case 'Map':
      return `MAP(${duckType(type.key)}, ${duckType(type.value)})`;
    case 'Tuple':
      return `STRUCT(${type.fields.map((field) => `${duckIdentifier(field.name)} ${duckType(field.type)}`).join(', ')})`;
    case 'Vector':
      return `FLOAT[${type.dimension}]`;
    default:
      return PLAIN_TYPES[type.kind];
  }
}

/** Decimals of more digits than DuckDB's have their text there, which it can neither order nor calculate with. */
export function isWideDecimal(type: SqlType | undefined): boolean {
  return type?.kind === 'Decimal' && type.precision > MAX_DECIMAL128_PRECISION;
}

/** What DuckDB puts into the order of a type's values: JSON has one of its own, time stamps with zones that of instants. */
export function sortKey(text: string, type: SqlType | undefined): string {
  if (type?.kind === 'Variant') return `json_sort_key(${text})`;
  if (isWideDecimal(type)) return `db_decimal_key(${text})`;
  return type?.kind === 'TimestampTz' ? `(${text}).ts` : text;
}

/** The type with a list for each vector, since DuckDB cannot choose between arrays of fixed length. */
export function listsForVectors(type: SqlType): SqlType {
  switch (type.kind) {
    case 'Vector':
      return arrayOf(plain('Float32'));
    case 'Array':
      return arrayOf(listsForVectors(type.element));
    case 'Map':
      return { kind: 'Map', key: type.key, value: listsForVectors(type.value) };
    case 'Tuple':
      return { kind: 'Tuple', fields: type.fields.map((field) => ({ ...field, type: listsForVectors(field.type) })) };
    default:
      return type;
  }
}

export function duckIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function duckString(text: string): string {
  // A NUL ends DuckDB's literals.
  if (!text.includes('\0')) return `'${text.replaceAll("'", "''")}'`;
  return `(${text
    .split('\0')
    .map((part) => duckString(part))
    .join(' || chr(0) || ')})`;
}
