import { showCell } from '../../types/show.ts';
import { type SqlType, typeName } from '../../types/type.ts';
import type { FileSource, StatisticValue } from '../format.ts';
import { chunkStatistics } from './bounds.ts';
import { type ParquetFooter, readFooter } from './footer.ts';
import type { ColumnChunk, LogicalType, RowGroup, SchemaNode } from './metadata.ts';
import type { Bound } from './prune.ts';
import type { StoredField } from './schema.ts';

/** A file's anatomy for people to look at: JSON without a bigint, values as Databend prints them. */
export interface ParquetDescription {
  readonly path: string;
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes of the footer. */
  readonly footerSize: number;
  readonly formatVersion: number;
  readonly createdBy: string | null;
  readonly rows: number;
  /** What the writer added, the Arrow schema left out. */
  readonly keyValues: readonly { readonly key: string; readonly value: string }[];
  readonly columns: readonly ColumnDescription[];
  /** One for each leaf of the schema, in the order of the chunks of a row group. */
  readonly leaves: readonly LeafDescription[];
  readonly rowGroups: readonly RowGroupDescription[];
}

/** A column as a query sees it. */
export interface ColumnDescription {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** Bytes in the file, over all row groups and leaves. */
  readonly compressedSize: number;
}

export interface LeafDescription {
  /** Names from the column down, with dots. */
  readonly path: string;
  /** By index of `columns`. */
  readonly column: number;
  readonly repetition: string;
  readonly physical: string;
  /** `TIMESTAMP(MICROS, UTC)`, `DECIMAL(9, 2)`; null where the column has none. */
  readonly logical: string | null;
}

export interface RowGroupDescription {
  readonly firstRow: number;
  readonly rows: number;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  /** By index of `leaves`. */
  readonly chunks: readonly ChunkDescription[];
}

export interface ChunkDescription {
  readonly codec: string;
  readonly encodings: readonly string[];
  readonly hasDictionary: boolean;
  readonly hasBloomFilter: boolean;
  readonly hasPageIndex: boolean;
  readonly offset: number;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  /** NULLs included. */
  readonly values: number;
  /** Null where the file does not say, or cannot be believed. */
  readonly nullCount: number | null;
  readonly min: BoundDescription | null;
  readonly max: BoundDescription | null;
}

export interface BoundDescription {
  readonly text: string;
  /** False for a bound that was cut short. */
  readonly exact: boolean;
}

/** Describes a file by its footer alone; no column is read. */
export async function describeParquet(file: FileSource, signal: AbortSignal): Promise<ParquetDescription> {
  const footer = await readFooter(file, signal);
  const keyValues = [...footer.keyValues].filter(([key]) => key !== 'ARROW:schema');
  return {
    path: footer.path,
    size: footer.size,
    footerSize: footer.footerSize,
    formatVersion: footer.version,
    createdBy: footer.createdBy ?? null,
    rows: footer.rows,
    keyValues: keyValues.map(([key, value]) => ({ key, value })),
    columns: footer.fields.map((field) => describeColumn(footer, field)),
    leaves: describeLeaves(footer),
    rowGroups: footer.rowGroups.map((group) => describeGroup(footer, group)),
  };
}

function describeColumn({ rowGroups }: ParquetFooter, { name, type, nullable, node }: StoredField): ColumnDescription {
  const chunks = rowGroups.flatMap((group) => group.chunks.slice(node.firstLeaf, node.endLeaf));
  return { name, type: typeName(type), nullable, compressedSize: sum(chunks, 'compressedSize') };
}

function sum(chunks: readonly ColumnChunk[], size: 'compressedSize' | 'uncompressedSize'): number {
  return chunks.reduce((total, chunk) => total + chunk[size], 0);
}

function describeLeaves({ root, fields }: ParquetFooter): readonly LeafDescription[] {
  const below = (node: SchemaNode, above: string, column: number): readonly LeafDescription[] => {
    const path = above === '' ? node.name : `${above}.${node.name}`;
    if (node.physical === undefined) return node.children.flatMap((child) => below(child, path, column));
    const { repetition, physical, length } = node;
    const width = physical === 'FIXED_LEN_BYTE_ARRAY' ? `(${length})` : '';
    const logical = node.logical ? logicalName(node.logical) : null;
    return [{ path, column, repetition, physical: `${physical}${width}`, logical }];
  };
  // The fields' own nodes are those that parquet-wasm is shown; these are the file's.
  return root.children.flatMap((node) =>
    below(
      node,
      '',
      fields.findIndex((field) => field.node.firstLeaf === node.firstLeaf),
    ),
  );
}

export function logicalName(logical: LogicalType): string {
  switch (logical.kind) {
    case 'Decimal':
      return `DECIMAL(${logical.precision}, ${logical.scale})`;
    case 'Time':
    case 'Timestamp':
      return `${logical.kind.toUpperCase()}(${logical.unit.toUpperCase()}, ${logical.utc ? 'UTC' : 'local'})`;
    case 'Integer':
      return `INT(${logical.bits}, ${logical.signed ? 'signed' : 'unsigned'})`;
    case 'Geometry':
    case 'Geography':
      return `${logical.kind.toUpperCase()}(${crsName(logical.crs)})`;
    default:
      return logical.kind.toUpperCase();
  }
}

/** A system given as PROJJSON fills a page; its name is what people know. */
function crsName(crs: string | undefined): string {
  if (crs === undefined) return 'OGC:CRS84';
  return /"name"\s*:\s*"([^"]+)"/.exec(crs)?.[1] ?? crs;
}

function describeGroup(footer: ParquetFooter, group: RowGroup): RowGroupDescription {
  const byLeaf = leafFields(footer.fields);
  return {
    firstRow: group.firstRow,
    rows: group.rows,
    compressedSize: sum(group.chunks, 'compressedSize'),
    uncompressedSize: sum(group.chunks, 'uncompressedSize'),
    chunks: group.chunks.map((chunk, leaf) => describeChunk(chunk, byLeaf.get(leaf), group.rows)),
  };
}

/** The columns without parts and the parts of others, by leaf of the schema; those that are read as one value are left out. */
export function leafFields(fields: readonly StoredField[]): ReadonlyMap<number, StoredField> {
  const leaves = new Map<number, StoredField>();
  const visit = (field: StoredField) => {
    if (field.node.physical !== undefined) leaves.set(field.node.firstLeaf, field);
    field.children.forEach(visit);
  };
  fields.forEach(visit);
  return leaves;
}

function describeChunk(chunk: ColumnChunk, field: StoredField | undefined, rows: number): ChunkDescription {
  const { codec, encodings, offset, compressedSize, uncompressedSize, values } = chunk;
  const statistics = field && chunkStatistics(field, chunk, rows);
  return {
    codec,
    encodings,
    hasDictionary: chunk.dictionaryPageOffset !== undefined,
    hasBloomFilter: chunk.bloomFilter !== undefined,
    hasPageIndex: chunk.columnIndex !== undefined,
    offset,
    compressedSize,
    uncompressedSize,
    values,
    // A part that is never NULL itself may stand in one that is.
    nullCount: chunk.statistics?.nullCount ?? statistics?.nullCount ?? null,
    min: describeBound(statistics?.min, field?.type),
    max: describeBound(statistics?.max, field?.type),
  };
}

export function describeBound(bound: Bound | undefined, type: SqlType | undefined): BoundDescription | null {
  if (!bound || !type) return null;
  return { text: showCell(cellOf(bound.value, type), type, { timezone: 'UTC' }), exact: bound.exact };
}

/** Statistics of small decimals and times are plain numbers. */
function cellOf(value: StatisticValue, { kind }: SqlType): StatisticValue {
  const isWide = kind === 'Decimal' || kind === 'Timestamp' || kind === 'Int64' || kind === 'UInt64';
  return isWide && typeof value === 'number' ? BigInt(value) : value;
}
