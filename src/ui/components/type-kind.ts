import type { TypeKind } from '../../engine/index.ts';

const KINDS: { readonly [word: string]: TypeKind } = {
  BOOLEAN: 'Boolean',
  BOOL: 'Boolean',
  TINYINT: 'Int8',
  SMALLINT: 'Int16',
  INT: 'Int32',
  INTEGER: 'Int32',
  BIGINT: 'Int64',
  FLOAT: 'Float32',
  DOUBLE: 'Float64',
  DECIMAL: 'Decimal',
  NUMERIC: 'Decimal',
  DATE: 'Date',
  TIMESTAMP: 'Timestamp',
  DATETIME: 'Timestamp',
  TIMESTAMP_TZ: 'TimestampTz',
  INTERVAL: 'Interval',
  VARCHAR: 'String',
  STRING: 'String',
  TEXT: 'String',
  BINARY: 'Binary',
  VARBINARY: 'Binary',
  BITMAP: 'Bitmap',
  VARIANT: 'Variant',
  JSON: 'Variant',
  MAP: 'Map',
  TUPLE: 'Tuple',
  ARRAY: 'Array',
  VECTOR: 'Vector',
  GEOMETRY: 'Geometry',
  GEOGRAPHY: 'Geography',
  NULL: 'Null',
};

/** The kind of a type that is known by its name only, as lists of columns give it. */
export function typeKindOf(name: string): TypeKind | undefined {
  const word = /^\w+/.exec(name.trim())?.[0].toUpperCase() ?? '';
  return word.startsWith('UINT') || name.toUpperCase().endsWith('UNSIGNED') ? 'UInt64' : KINDS[word];
}
