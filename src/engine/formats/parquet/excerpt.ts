import { Field } from 'apache-arrow';
import { arrowType } from '../../types/arrow.ts';
import { schemaMessage } from '../../types/ipc.ts';
import {
  CODECS,
  type ColumnChunk,
  ENCODINGS,
  type LogicalType,
  type PhysicalType,
  type SchemaNode,
  type StoredStatistics,
  type TimeUnit,
} from './metadata.ts';
import type { StoredField } from './schema.ts';
import { binary, bool, i8, i32, i64, list, struct, type ThriftValue, text } from './write-thrift.ts';

/**
 * A Parquet file in memory that holds some columns of one row group: the chunks as they stand in the file, and a
 * footer of our own around them. This is how a projection reaches parquet-wasm: its synchronous reader, whose traps can
 * be caught, knows no projection, and the projection of its other one goes wrong for some names.
 */

/** An excerpt and what is in it. Plain data: it can be posted to a worker, its bytes transferred. */
export interface Excerpt {
  /** Of the file it was taken from, for messages. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fields: readonly StoredField[];
  /** The rows that are wanted, in parts that fit in memory once decoded. */
  readonly slices: readonly RowRange[];
}

/** Rows of a row group, counted from its first. */
export interface RowRange {
  readonly offset: number;
  readonly rows: number;
}

const MAGIC = Uint8Array.of(0x50, 0x41, 0x52, 0x31);

/** A chunk with a known type, which those of encrypted columns have not. */
export type ReadableChunk = ColumnChunk & { readonly physical: PhysicalType };

/** The file without the chunks, and where each of them has to be put. */
export function excerptFrame(
  fields: readonly StoredField[],
  chunks: readonly ReadableChunk[],
  rows: number,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly starts: readonly number[] } {
  const starts: number[] = [];
  let end = MAGIC.length;
  for (const { compressedSize } of chunks) {
    starts.push(end);
    end += compressedSize;
  }
  const footer: number[] = [];
  fileMetadata(fields, chunks, { starts, rows }).write(footer);
  const bytes = new Uint8Array(end + footer.length + 4 + MAGIC.length);
  bytes.set(MAGIC);
  bytes.set(footer, end);
  new DataView(bytes.buffer).setUint32(end + footer.length, footer.length, true);
  bytes.set(MAGIC, bytes.length - MAGIC.length);
  return { bytes, starts };
}

interface Layout {
  readonly starts: readonly number[];
  readonly rows: number;
}

function fileMetadata(fields: readonly StoredField[], chunks: readonly ReadableChunk[], layout: Layout): ThriftValue {
  const nodes = fields.map(({ node }) => node);
  const root = struct({ 4: text('schema'), 5: i32(nodes.length) });
  const paths = nodes.flatMap((node) => leafPaths(node, []));
  const hint = nodes.some(hasInt96) ? arrowHint(fields) : undefined;
  return struct({
    1: i32(2),
    2: list([root, ...nodes.flatMap(schemaElements)]),
    3: i64(layout.rows),
    4: list([rowGroup(chunks, paths, layout)]),
    5: hint === undefined ? undefined : list([struct({ 1: text('ARROW:schema'), 2: text(hint) })]),
  });
}

function leafPaths(node: SchemaNode, above: readonly string[]): readonly (readonly string[])[] {
  const path = [...above, node.name];
  return node.physical === undefined ? node.children.flatMap((child) => leafPaths(child, path)) : [path];
}

function rowGroup(
  chunks: readonly ReadableChunk[],
  paths: readonly (readonly string[])[],
  { starts, rows }: Layout,
): ThriftValue {
  const columns = chunks.map((chunk, index) => columnChunk(chunk, paths[index] ?? [], starts[index] ?? 0));
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.uncompressedSize, 0);
  return struct({ 1: list(columns), 2: i64(bytes), 3: i64(rows) });
}

function columnChunk(chunk: ReadableChunk, path: readonly string[], start: number): ThriftValue {
  const { dictionaryPageOffset, dataPageOffset, offset } = chunk;
  const metadata = struct({
    1: i32(PHYSICAL_IDS[chunk.physical]),
    2: list(
      chunk.encodings.map((encoding) => i32(ENCODINGS.indexOf(encoding))),
      i32(0),
    ),
    3: list(path.map(text)),
    4: i32(CODECS.indexOf(chunk.codec)),
    5: i64(chunk.values),
    6: i64(chunk.uncompressedSize),
    7: i64(chunk.compressedSize),
    9: i64(start + dataPageOffset - offset),
    11: dictionaryPageOffset === undefined ? undefined : i64(start + dictionaryPageOffset - offset),
    12: chunk.statistics && statistics(chunk.statistics),
  });
  return struct({ 2: i64(0), 3: metadata });
}

/** Bounds of the old fields, which may have been compared wrongly, are left out. */
function statistics({ nullCount, min, max, minExact, maxExact, legacy }: StoredStatistics): ThriftValue {
  const bounds = legacy ? {} : { 5: max && binary(max), 6: min && binary(min) };
  const flag = (is: boolean | undefined) => (is === undefined || legacy ? undefined : bool(is));
  const nulls = nullCount === undefined ? undefined : i64(nullCount);
  return struct({ 3: nulls, ...bounds, 7: flag(maxExact), 8: flag(minExact) });
}

const PHYSICAL_IDS: { readonly [K in PhysicalType]: number } = {
  BOOLEAN: 0,
  INT32: 1,
  INT64: 2,
  INT96: 3,
  FLOAT: 4,
  DOUBLE: 5,
  BYTE_ARRAY: 6,
  FIXED_LEN_BYTE_ARRAY: 7,
};

const REPETITION_IDS = { REQUIRED: 0, OPTIONAL: 1, REPEATED: 2 } as const;

/** A node and all under it, in preorder. */
function schemaElements(node: SchemaNode): readonly ThriftValue[] {
  const { physical, logical } = node;
  const element = struct({
    1: physical && i32(PHYSICAL_IDS[physical]),
    2: physical === 'FIXED_LEN_BYTE_ARRAY' ? i32(node.length) : undefined,
    3: i32(REPETITION_IDS[node.repetition]),
    4: text(node.name),
    5: physical === undefined ? i32(node.children.length) : undefined,
    6: logical && convertedType(logical),
    7: logical?.kind === 'Decimal' ? i32(logical.scale) : undefined,
    8: logical?.kind === 'Decimal' ? i32(logical.precision) : undefined,
    10: logical && logicalType(logical),
  });
  return [element, ...node.children.flatMap(schemaElements)];
}

const EMPTY = struct({});
const UNIT_IDS: { readonly [K in TimeUnit]: number } = { millis: 1, micros: 2, nanos: 3 };

/** The annotations that `schema.ts` leaves on the nodes it shows; all others are left out. */
function logicalType(logical: LogicalType): ThriftValue | undefined {
  switch (logical.kind) {
    case 'String':
      return struct({ 1: EMPTY });
    case 'Map':
      return struct({ 2: EMPTY });
    case 'List':
      return struct({ 3: EMPTY });
    case 'Decimal':
      return struct({ 5: struct({ 1: i32(logical.scale), 2: i32(logical.precision) }) });
    case 'Date':
      return struct({ 6: EMPTY });
    case 'Timestamp':
      return struct({ 8: struct({ 1: bool(logical.utc), 2: struct({ [UNIT_IDS[logical.unit]]: EMPTY }) }) });
    case 'Integer':
      return struct({ 10: struct({ 1: i8(logical.bits), 2: bool(logical.signed) }) });
    case 'Null':
      return struct({ 11: EMPTY });
    default:
      return undefined;
  }
}

/** Where the older form stands beside the newer one, it must agree with it; DECIMAL, MAP and LIST want it. */
function convertedType(logical: LogicalType): ThriftValue | undefined {
  switch (logical.kind) {
    case 'Map':
      return i32(1);
    case 'List':
      return i32(3);
    case 'Decimal':
      return i32(5);
    default:
      return undefined;
  }
}

function hasInt96(node: SchemaNode): boolean {
  return node.physical === 'INT96' || node.children.some(hasInt96);
}

/**
 * An Arrow schema for the reader: it decodes INT96 to microseconds if told so, but to nanoseconds if not,
 * which overflows silently before 1677 and after 2262.
 */
function arrowHint(fields: readonly StoredField[]): string {
  const message = schemaMessage(fields.map(({ name, type, nullable }) => new Field(name, arrowType(type), nullable)));
  return btoa(Array.from(message, (byte) => String.fromCharCode(byte)).join(''));
}
