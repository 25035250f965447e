import type { ByteRange } from '../../stores/store.ts';
import {
  boolAt,
  bytesAt,
  numberAt,
  numbersAt,
  readStruct,
  structAt,
  structsAt,
  type ThriftStruct,
  textAt,
  textsAt,
} from './read-thrift.ts';

/** The footer's Thrift structures with their names; what the values of a column mean is told by `schema.ts`. */
export interface FileMetadata {
  readonly version: number;
  readonly rows: number;
  readonly createdBy: string | undefined;
  readonly keyValues: ReadonlyMap<string, string>;
  /** The root of the schema; its children are the columns. */
  readonly root: SchemaNode;
  readonly rowGroups: readonly RowGroup[];
}

const PHYSICAL_TYPES = [
  'BOOLEAN',
  'INT32',
  'INT64',
  'INT96',
  'FLOAT',
  'DOUBLE',
  'BYTE_ARRAY',
  'FIXED_LEN_BYTE_ARRAY',
] as const;
export type PhysicalType = (typeof PHYSICAL_TYPES)[number];

const REPETITIONS = ['REQUIRED', 'OPTIONAL', 'REPEATED'] as const;
export type Repetition = (typeof REPETITIONS)[number];

/** By number: also what a footer is written with. */
export const CODECS: readonly string[] = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'LZO', 'BROTLI', 'LZ4', 'ZSTD', 'LZ4_RAW'];
export const ENCODINGS: readonly string[] = [
  'PLAIN',
  'GROUP_VAR_INT',
  'PLAIN_DICTIONARY',
  'RLE',
  'BIT_PACKED',
  'DELTA_BINARY_PACKED',
  'DELTA_LENGTH_BYTE_ARRAY',
  'DELTA_BYTE_ARRAY',
  'RLE_DICTIONARY',
  'BYTE_STREAM_SPLIT',
];

export type TimeUnit = 'millis' | 'micros' | 'nanos';

/** Logical and converted types, folded into one. */
export type LogicalType =
  | { readonly kind: 'String' | 'Map' | 'List' | 'Enum' | 'Date' | 'Null' | 'Json' | 'Bson' | 'Uuid' | 'Float16' }
  | { readonly kind: 'Variant' | 'Interval' | 'Unknown' }
  | { readonly kind: 'Decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'Time' | 'Timestamp'; readonly unit: TimeUnit; readonly utc: boolean }
  | { readonly kind: 'Integer'; readonly bits: number; readonly signed: boolean }
  | { readonly kind: 'Geometry' | 'Geography'; readonly crs: string | undefined };

export interface SchemaNode {
  readonly name: string;
  readonly repetition: Repetition;
  /** Absent in a group. */
  readonly physical: PhysicalType | undefined;
  /** Bytes of a FIXED_LEN_BYTE_ARRAY. */
  readonly length: number;
  readonly logical: LogicalType | undefined;
  /** By which other formats know the column whatever its name. */
  readonly fieldId: number | undefined;
  readonly children: readonly SchemaNode[];
  /** The columns chunks under it: from the first leaf up to, not including, the end. */
  readonly firstLeaf: number;
  readonly endLeaf: number;
}

export interface RowGroup {
  readonly rows: number;
  /** Position in the file of the first row, from 0. */
  readonly firstRow: number;
  /** Uncompressed bytes of all columns. */
  readonly byteSize: number;
  /** By leaf of the schema. */
  readonly chunks: readonly ColumnChunk[];
}

export interface ColumnChunk {
  readonly path: readonly string[];
  /** Absent where the chunk's metadata is encrypted. */
  readonly physical: PhysicalType | undefined;
  /** A name of `CODECS`, or `codec 9`. */
  readonly codec: string;
  readonly encodings: readonly string[];
  readonly values: number;
  /** Where the chunk starts: at its dictionary page, if it has one. */
  readonly offset: number;
  readonly dataPageOffset: number;
  readonly dictionaryPageOffset: number | undefined;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  /** Bytes of all texts or binaries once decoded, where the writer says so. */
  readonly decodedBytes: number | undefined;
  readonly statistics: StoredStatistics | undefined;
  readonly offsetIndex: ByteRange | undefined;
  readonly columnIndex: ByteRange | undefined;
  readonly bloomFilter: ByteRange | undefined;
  readonly encrypted: boolean;
  /** Another file that holds the chunk, which no writer of today makes. */
  readonly file: string | undefined;
}

/** Bounds as the bytes that stand in the file. */
export interface StoredStatistics {
  readonly nullCount: number | undefined;
  readonly distinctCount: number | undefined;
  readonly nanCount: number | undefined;
  readonly min: Uint8Array | undefined;
  readonly max: Uint8Array | undefined;
  readonly minExact: boolean | undefined;
  readonly maxExact: boolean | undefined;
  /** From the fields that compare bytes as signed. */
  readonly legacy: boolean;
}

/** Parses a footer's Thrift; throws an Error that says what is wrong with the bytes. */
export function parseMetadata(bytes: Uint8Array): FileMetadata {
  const { struct } = readStruct(bytes);
  const root = schemaTree(structsAt(struct, 2));
  return {
    version: numberAt(struct, 1) ?? 0,
    rows: needed(numberAt(struct, 3), 'a row count'),
    createdBy: textAt(struct, 6),
    keyValues: new Map(structsAt(struct, 5).map((pair) => [textAt(pair, 1) ?? '', textAt(pair, 2) ?? ''])),
    root,
    rowGroups: rowGroups(structsAt(struct, 4), root.endLeaf),
  };
}

function needed<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`${what} is missing`);
  return value;
}

/** The list of elements is the tree in preorder. */
function schemaTree(elements: readonly ThriftStruct[]): SchemaNode {
  let next = 0;
  let leaf = 0;
  const node = (): SchemaNode => {
    const element = needed(elements[next++], 'an element of the schema');
    const physical = PHYSICAL_TYPES[numberAt(element, 1) ?? -1];
    const firstLeaf = leaf;
    if (physical !== undefined) leaf++;
    const count = physical === undefined ? (numberAt(element, 5) ?? 0) : 0;
    const children: SchemaNode[] = [];
    while (children.length < count) children.push(node());
    return {
      name: textAt(element, 4) ?? '',
      repetition: REPETITIONS[numberAt(element, 3) ?? 0] ?? 'REQUIRED',
      physical,
      length: numberAt(element, 2) ?? 0,
      logical: logicalType(element),
      fieldId: numberAt(element, 9),
      children,
      firstLeaf,
      endLeaf: leaf,
    };
  };
  return node();
}

const CONVERTED: readonly LogicalType[] = [
  { kind: 'String' },
  { kind: 'Map' },
  { kind: 'Map' },
  { kind: 'List' },
  { kind: 'Enum' },
  { kind: 'Decimal', precision: 0, scale: 0 },
  { kind: 'Date' },
  { kind: 'Time', unit: 'millis', utc: true },
  { kind: 'Time', unit: 'micros', utc: true },
  { kind: 'Timestamp', unit: 'millis', utc: true },
  { kind: 'Timestamp', unit: 'micros', utc: true },
  { kind: 'Integer', bits: 8, signed: false },
  { kind: 'Integer', bits: 16, signed: false },
  { kind: 'Integer', bits: 32, signed: false },
  { kind: 'Integer', bits: 64, signed: false },
  { kind: 'Integer', bits: 8, signed: true },
  { kind: 'Integer', bits: 16, signed: true },
  { kind: 'Integer', bits: 32, signed: true },
  { kind: 'Integer', bits: 64, signed: true },
  { kind: 'Json' },
  { kind: 'Bson' },
  { kind: 'Interval' },
];

/** Members of the LogicalType union that have no parts, by field id. */
const LOGICAL: { readonly [id: number]: LogicalType } = {
  1: { kind: 'String' },
  2: { kind: 'Map' },
  3: { kind: 'List' },
  4: { kind: 'Enum' },
  6: { kind: 'Date' },
  11: { kind: 'Null' },
  12: { kind: 'Json' },
  13: { kind: 'Bson' },
  14: { kind: 'Uuid' },
  15: { kind: 'Float16' },
  16: { kind: 'Variant' },
};

function logicalType(element: ThriftStruct): LogicalType | undefined {
  const union = structAt(element, 10);
  const key = union && Object.keys(union)[0];
  if (union && key) {
    const id = Number(key.slice('field_'.length));
    return logicalMember(id, structAt(union, id) ?? {});
  }
  const converted = CONVERTED[numberAt(element, 6) ?? -1];
  if (converted?.kind !== 'Decimal') return converted;
  return { kind: 'Decimal', precision: numberAt(element, 8) ?? 0, scale: numberAt(element, 7) ?? 0 };
}

function logicalMember(id: number, member: ThriftStruct): LogicalType {
  switch (id) {
    case 5:
      return { kind: 'Decimal', scale: numberAt(member, 1) ?? 0, precision: numberAt(member, 2) ?? 0 };
    case 7:
      return { kind: 'Time', utc: boolAt(member, 1) === true, unit: timeUnit(member) };
    case 8:
      return { kind: 'Timestamp', utc: boolAt(member, 1) === true, unit: timeUnit(member) };
    case 10:
      return { kind: 'Integer', bits: numberAt(member, 1) ?? 0, signed: boolAt(member, 2) === true };
    case 17:
      return { kind: 'Geometry', crs: textAt(member, 1) };
    case 18:
      return { kind: 'Geography', crs: textAt(member, 1) };
    default:
      return LOGICAL[id] ?? { kind: 'Unknown' };
  }
}

function timeUnit(member: ThriftStruct): TimeUnit {
  const unit = structAt(member, 2) ?? {};
  if (structAt(unit, 1)) return 'millis';
  return structAt(unit, 2) ? 'micros' : 'nanos';
}

function rowGroups(groups: readonly ThriftStruct[], leaves: number): readonly RowGroup[] {
  let firstRow = 0;
  return groups.map((group) => {
    const rows = needed(numberAt(group, 3), 'the row count of a row group');
    const chunks = structsAt(group, 1).map(columnChunk);
    if (chunks.length !== leaves) throw new Error(`a row group has ${chunks.length} columns, the schema ${leaves}`);
    const made: RowGroup = { rows, firstRow, byteSize: numberAt(group, 2) ?? 0, chunks };
    firstRow += rows;
    return made;
  });
}

function columnChunk(chunk: ThriftStruct): ColumnChunk {
  // Absent where the chunk's metadata is encrypted with a key of its own.
  const meta = structAt(chunk, 3);
  return {
    ...chunkMetadata(meta ?? {}),
    offsetIndex: byteRange(numberAt(chunk, 4), numberAt(chunk, 5)),
    columnIndex: byteRange(numberAt(chunk, 6), numberAt(chunk, 7)),
    encrypted: meta === undefined || structAt(chunk, 8) !== undefined,
    file: textAt(chunk, 1),
  };
}

type ChunkMetadata = Omit<ColumnChunk, 'offsetIndex' | 'columnIndex' | 'encrypted' | 'file'>;

function chunkMetadata(meta: ThriftStruct): ChunkMetadata {
  const dataPageOffset = numberAt(meta, 9) ?? 0;
  // Some writers put a zero where there is no dictionary.
  const dictionaryPageOffset = numberAt(meta, 11) || undefined;
  const sizes = structAt(meta, 16);
  return {
    path: textsAt(meta, 3),
    physical: PHYSICAL_TYPES[numberAt(meta, 1) ?? -1],
    codec: CODECS[numberAt(meta, 4) ?? 0] ?? `codec ${numberAt(meta, 4)}`,
    encodings: numbersAt(meta, 2).map((encoding) => ENCODINGS[encoding] ?? `encoding ${encoding}`),
    values: numberAt(meta, 5) ?? 0,
    offset: Math.min(dataPageOffset, dictionaryPageOffset ?? dataPageOffset),
    dataPageOffset,
    dictionaryPageOffset,
    compressedSize: numberAt(meta, 7) ?? 0,
    uncompressedSize: numberAt(meta, 6) ?? 0,
    decodedBytes: sizes && numberAt(sizes, 1),
    statistics: storedStatistics(structAt(meta, 12)),
    bloomFilter: byteRange(numberAt(meta, 14), numberAt(meta, 15) ?? 0),
  };
}

function byteRange(offset: number | undefined, length: number | undefined): ByteRange | undefined {
  if (offset === undefined || length === undefined) return undefined;
  return { start: offset, end: offset + length };
}

export function storedStatistics(stats: ThriftStruct | undefined): StoredStatistics | undefined {
  if (!stats) return undefined;
  const max = bytesAt(stats, 5);
  const min = bytesAt(stats, 6);
  const legacy = max === undefined && min === undefined;
  return {
    nullCount: numberAt(stats, 3),
    distinctCount: numberAt(stats, 4),
    nanCount: numberAt(stats, 9),
    max: legacy ? bytesAt(stats, 1) : max,
    min: legacy ? bytesAt(stats, 2) : min,
    maxExact: boolAt(stats, 7),
    minExact: boolAt(stats, 8),
    legacy,
  };
}
