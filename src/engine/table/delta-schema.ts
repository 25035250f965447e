import { SqlError } from '../base/errors.ts';
import { type Column, decimal, plain, type SqlType, sameType, typeFromJson } from '../types/type.ts';

/** A type as a Delta schema has it: the name of a primitive, or an object. */
export type DeltaType = string | DeltaStruct | DeltaArray | DeltaMap;

interface DeltaStruct {
  readonly type: 'struct';
  readonly fields: readonly DeltaField[];
}

interface DeltaArray {
  readonly type: 'array';
  readonly elementType: DeltaType;
  readonly containsNull: boolean;
}

interface DeltaMap {
  readonly type: 'map';
  readonly keyType: DeltaType;
  readonly valueType: DeltaType;
  readonly valueContainsNull: boolean;
}

export interface DeltaField {
  readonly name: string;
  readonly type: DeltaType;
  readonly nullable: boolean;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A column of a Delta table, with the form that its data files have. */
export interface TableField extends Column {
  readonly delta: DeltaField;
}

/** The Databend type as JSON text; absent where the Delta type says the same. */
const TYPE_KEY = 'databend.type';
/** True where Delta has to allow NULL although the column does not. */
const NOT_NULL_KEY = 'databend.notNull';
const COMMENT_KEY = 'comment';
export const MAPPING_ID_KEY = 'delta.columnMapping.id';
export const PHYSICAL_NAME_KEY = 'delta.columnMapping.physicalName';

/** The name that a field has in data files and in statistics. */
export function physicalName({ name, metadata }: DeltaField): string {
  const physical = metadata[PHYSICAL_NAME_KEY];
  return typeof physical === 'string' ? physical : name;
}

export function mappingId({ metadata }: DeltaField): number | undefined {
  const id = metadata[MAPPING_ID_KEY];
  return typeof id === 'number' ? id : undefined;
}

/**
 * How a type is stored so that every Delta reader can read it. Unsigned integers take the next wider signed type and
 * UINT64 a decimal; TIMESTAMP_TZ is its instant and its offset in seconds, INTERVAL its three parts; VARIANT, and
 * decimals beyond 38 digits, are text; GEOMETRY and GEOGRAPHY are well-known binary; BITMAP is the list of its members.
 */
function deltaType(type: SqlType): DeltaType {
  switch (type.kind) {
    case 'Decimal':
      return type.precision > 38 ? 'string' : `decimal(${type.precision},${type.scale})`;
    case 'Array':
      return deltaArray(deltaType(type.element));
    case 'Vector':
      return deltaArray('float');
    case 'Bitmap':
      return deltaArray(UINT64);
    case 'Map':
      return { type: 'map', keyType: deltaType(type.key), valueType: deltaType(type.value), valueContainsNull: true };
    case 'Tuple':
      return deltaStruct(type.fields.map((field) => [field.name, deltaType(field.type)]));
    case 'TimestampTz':
      return deltaStruct([
        ['ts', 'timestamp'],
        ['off', 'integer'],
      ]);
    case 'Interval':
      return deltaStruct([
        ['months', 'integer'],
        ['days', 'integer'],
        ['micros', 'long'],
      ]);
    case 'Null':
      throw new SqlError('BadArguments', 'a column of type NULL cannot be stored');
    default:
      return PRIMITIVES[type.kind];
  }
}

const UINT64 = 'decimal(20,0)';

const PRIMITIVES = {
  Boolean: 'boolean',
  Int8: 'byte',
  Int16: 'short',
  Int32: 'integer',
  Int64: 'long',
  UInt8: 'short',
  UInt16: 'integer',
  UInt32: 'long',
  UInt64: UINT64,
  Float32: 'float',
  Float64: 'double',
  Date: 'date',
  Timestamp: 'timestamp',
  String: 'string',
  Variant: 'string',
  Binary: 'binary',
  Geometry: 'binary',
  Geography: 'binary',
} as const;

function deltaArray(elementType: DeltaType): DeltaArray {
  return { type: 'array', elementType, containsNull: true };
}

function deltaStruct(fields: readonly (readonly [string, DeltaType])[]): DeltaStruct {
  return { type: 'struct', fields: fields.map(([name, type]) => ({ name, type, nullable: true, metadata: {} })) };
}

/** The Databend type that a Delta type reads as, where the field's metadata does not say. */
function sqlType(type: DeltaType): SqlType {
  if (typeof type === 'string') return primitive(type);
  switch (type.type) {
    case 'array':
      return { kind: 'Array', element: sqlType(type.elementType) };
    case 'map':
      return { kind: 'Map', key: sqlType(type.keyType), value: sqlType(type.valueType) };
    default:
      return { kind: 'Tuple', fields: type.fields.map((field) => ({ name: field.name, type: sqlType(field.type) })) };
  }
}

const SQL_TYPES: { readonly [name: string]: SqlType } = {
  boolean: plain('Boolean'),
  byte: plain('Int8'),
  short: plain('Int16'),
  integer: plain('Int32'),
  long: plain('Int64'),
  float: plain('Float32'),
  double: plain('Float64'),
  date: plain('Date'),
  timestamp: plain('Timestamp'),
  timestamp_ntz: plain('Timestamp'),
  string: plain('String'),
  binary: plain('Binary'),
  variant: plain('Variant'),
};

function primitive(name: string): SqlType {
  const known = SQL_TYPES[name];
  if (known) return known;
  const digits = /^decimal\(\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(name);
  if (digits) return decimal(Number(digits[1]), Number(digits[2]));
  if (/^(var)?char\(\d+\)$/.test(name)) return plain('String');
  throw new SqlError('Unimplemented', `Delta type '${name}' is not supported`);
}

export function deltaField({ name, type, nullable }: Column, comment: string | undefined): DeltaField {
  const stored = deltaType(type);
  const metadata: Record<string, unknown> = {};
  if (!sameType(sqlType(stored), type)) metadata[TYPE_KEY] = JSON.stringify(type);
  if (comment) metadata[COMMENT_KEY] = comment;
  return { name, type: stored, nullable, metadata };
}

/** The same field under another name, nullability and comment. */
export function renamedField(field: DeltaField, { name, nullable }: Column, comment: string | undefined): DeltaField {
  const { [COMMENT_KEY]: _, [NOT_NULL_KEY]: __, ...metadata } = field.metadata;
  const renamed = { ...field, name, metadata: comment ? { ...metadata, [COMMENT_KEY]: comment } : metadata };
  return nullable || field.nullable ? lateField(renamed, nullable) : renamed;
}

/** A field of a table that has files already, which know nothing of NOT NULL: only we keep to that. */
export function lateField(field: DeltaField, nullable: boolean): DeltaField {
  const metadata = nullable ? field.metadata : { ...field.metadata, [NOT_NULL_KEY]: true };
  return { ...field, nullable: true, metadata };
}

function tableField(delta: DeltaField): TableField {
  const { name, metadata } = delta;
  const nullable = delta.nullable && metadata[NOT_NULL_KEY] !== true;
  const said = metadata[TYPE_KEY];
  const type = typeof said === 'string' ? typeFromJson(JSON.parse(said)) : sqlType(delta.type);
  // Another writer may have changed the column since: then the Delta type alone counts.
  const holds = sameForm(deltaType(type), delta.type);
  return { name, nullable, type: holds ? type : sqlType(delta.type), delta };
}

/** Whether data files hold a column in a form of ours, which its Delta type alone does not tell. */
export function hasOwnType({ type, delta }: TableField): boolean {
  return !sameType(sqlType(delta.type), type);
}

/** Whether two types store alike; names and metadata of nested fields may differ. */
function sameForm(a: DeltaType, b: DeltaType): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b || (a === 'timestamp' && b === 'timestamp_ntz');
  if (a.type === 'array') return b.type === 'array' && sameForm(a.elementType, b.elementType);
  if (a.type === 'map') {
    return b.type === 'map' && sameForm(a.keyType, b.keyType) && sameForm(a.valueType, b.valueType);
  }
  return (
    b.type === 'struct' &&
    a.fields.length === b.fields.length &&
    a.fields.every((field, index) => sameForm(field.type, b.fields[index]?.type ?? ''))
  );
}

export function parseSchema(schemaString: string): TableField[] {
  const schema = JSON.parse(schemaString) as DeltaStruct;
  return schema.fields.map(tableField);
}

export function printSchema(fields: readonly DeltaField[]): string {
  return JSON.stringify({ type: 'struct', fields });
}
