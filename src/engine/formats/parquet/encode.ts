import type { DataType, Field, RecordBatch } from 'apache-arrow';
import { assert } from '../../base/errors.ts';
import { arrowBatch } from '../../types/build/batch.ts';
import { haveSameLayout } from '../../types/ipc.ts';
import { declaredField } from './declare.ts';
import { type Content, wasmFile } from './encode-wasm.ts';
import { chooseEncodings } from './encoding.ts';
import type { ColumnStatistics } from './prune.ts';
import { joinStatistics } from './statistics.ts';
import { footerTree } from './thrift-tree.ts';
import { assembleParquet, type RowGroup } from './write/assemble.ts';
import { type ChunkCodec, type EncodedChunk, encodeChunk, type FlatChunk } from './write/chunk.ts';
import { type ColumnPart, gatherColumn, isFlatType } from './write/column.ts';
import { type StoredGroup, storedGroups } from './write/stored-chunk.ts';

export interface EncodeOptions {
  /**
   * How the file names and describes its columns: names, nullability, metadata, and for timestamps the time zone ('UTC'
   * means adjusted to UTC). In the order and of the layout of the data; needed where there is no batch at all.
   */
  readonly fields?: readonly Field[] | undefined;
  /** SNAPPY where not given. */
  readonly compression?: ParquetCompression | undefined;
  /** The most rows of a row group; even groups of about a quarter of a million where not given. */
  readonly rowGroupRows?: number | undefined;
  readonly keyValues?: ReadonlyMap<string, string> | undefined;
  /** By index of column: chunks of all rows, in the form of the file's schema, that need not be encoded again. */
  readonly chunks?: ReadonlyMap<number, EncodedChunk> | undefined;
}

export type ParquetCompression = 'SNAPPY' | 'ZSTD' | 'NONE';

export interface EncodedParquet {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
  /** By index of column, of those whose values are looked at anyway: exact, in terms of the values that are stored. */
  readonly statistics: readonly (ColumnStatistics | undefined)[];
}

/** Small enough that a reader holds some, large enough that pages and statistics cost little. */
export const ROW_GROUP_ROWS = 250_000;
/** Of Arrow in a row group of ours: larger ones parquet-wasm cuts by their bytes. */
const MOST_GROUP_BYTES = 512 * 1024 * 1024;

/**
 * Writes one Parquet file of record batches. The rows must fit in wasm memory together: some hundred megabytes of Arrow at
 * most; `joinParquet` makes longer files. Pure, for any worker that has called `initParquet`.
 *
 * Flat columns are written by `write/`, in a third of the time that parquet-wasm takes; it writes the others, the schema,
 * and ZSTD.
 */
export async function encodeParquet(
  batches: readonly RecordBatch[],
  options: EncodeOptions = {},
): Promise<EncodedParquet> {
  const content = contentOf(batches, options);
  const assembled = await assembledFile(content, options);
  return assembled ?? { bytes: await wasmFile(content, options), rows: content.rows, statistics: [] };
}

function contentOf(batches: readonly RecordBatch[], options: EncodeOptions): Content {
  const own = batches[0]?.schema.fields ?? options.fields;
  assert(own !== undefined, 'a file without batches is given its fields');
  assert(haveSameLayout(batches), 'the batches of a file have one layout');
  const fields = own.map((field, index) => declaredField(field, options.fields?.[index]));
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  const groupRows = Math.max(1, options.chunks ? rows : (options.rowGroupRows ?? evenGroups(rows)));
  return { batches, fields, rows, groupRows, choice: chooseEncodings(batches, Math.min(rows, groupRows)) };
}

function evenGroups(rows: number): number {
  return Math.ceil(rows / Math.max(1, Math.round(rows / ROW_GROUP_ROWS)));
}

/** Undefined where parquet-wasm has to write the whole file. */
async function assembledFile(content: Content, options: EncodeOptions): Promise<EncodedParquet | undefined> {
  const { fields, rows, groupRows } = content;
  const { compression = 'SNAPPY', chunks = NO_CHUNKS } = options;
  if (compression === 'ZSTD' || rows === 0 || bytesOfGroup(content) > MOST_GROUP_BYTES) return undefined;
  const isOwn = fields.map((_, index) => chunks.has(index) || isFlatColumn(content, index));
  if (!isOwn.includes(true)) return undefined;
  const others = isOwn.includes(false) ? await wasmGroups(content, options, isOwn) : undefined;
  const groups: OwnGroup[] = [];
  for (let from = 0; from < rows; from += groupRows) {
    const range = { from, to: Math.min(rows, from + groupRows) };
    const stored = others?.[groups.length];
    // It may have cut them otherwise.
    if (others && stored?.rows !== range.to - range.from) return undefined;
    groups.push(rowGroup(content, { isOwn, chunks, stored, codec: compression }, range));
  }
  const { footer } = footerTree(await wasmFile({ ...content, batches: [] }, options));
  return {
    bytes: assembleParquet(footer, groups),
    rows,
    statistics: fields.map((_, index) => statisticsOf(groups, index)),
  };
}

const NO_CHUNKS: ReadonlyMap<number, EncodedChunk> = new Map();

interface OwnGroup extends RowGroup {
  /** By index of column: undefined for those that are not our own. */
  readonly flat: readonly (FlatChunk | undefined)[];
}

function statisticsOf(groups: readonly OwnGroup[], index: number): ColumnStatistics | undefined {
  const found = groups.map(({ flat }) => flat[index]?.statistics);
  return found.reduce((a, b) => a && b && joinStatistics(a, b));
}

function bytesOfGroup({ batches, rows, groupRows }: Content): number {
  const bytes = batches.reduce((sum, { data }) => sum + data.byteLength, 0);
  return bytes * Math.min(1, groupRows / rows);
}

/** A NULL in a column that has none is parquet-wasm's to refuse. */
function isFlatColumn({ batches, fields }: Content, index: number): boolean {
  const field = fields[index];
  if (!field || !isFlatType(field.type)) return false;
  return field.nullable || batches.every((batch) => batch.data.children[index]?.nullCount === 0);
}

/** The row groups of the columns that are not our own. */
async function wasmGroups(
  content: Content,
  options: EncodeOptions,
  isOwn: readonly boolean[],
): Promise<readonly StoredGroup[]> {
  const isOther = (_: unknown, index: number) => isOwn[index] === false;
  const fields = content.fields.filter(isOther);
  const batches = content.batches.map((batch) =>
    arrowBatch(fields, batch.data.children.filter(isOther), batch.numRows),
  );
  const { groupRows } = content;
  const choice = chooseEncodings(batches, Math.min(content.rows, groupRows));
  const bytes = await wasmFile({ ...content, batches, fields, choice }, options);
  return storedGroups(bytes, footerTree(bytes).footer);
}

interface Range {
  readonly from: number;
  readonly to: number;
}

interface Sources {
  /** By column: whether it is encoded here, or given. */
  readonly isOwn: readonly boolean[];
  readonly chunks: ReadonlyMap<number, EncodedChunk>;
  /** The other columns of this row group. */
  readonly stored: StoredGroup | undefined;
  readonly codec: ChunkCodec;
}

function rowGroup(content: Content, { isOwn, chunks: given, stored, codec }: Sources, range: Range): OwnGroup {
  let leaf = 0;
  const flat = isOwn.map((own, index) =>
    own && !given.has(index) ? flatChunk(content, index, codec, range) : undefined,
  );
  const chunks = content.fields.flatMap((field, index): readonly EncodedChunk[] => {
    const own = flat[index] ?? given.get(index);
    if (own) return [own];
    const first = leaf;
    leaf += leavesOf(field.type);
    return stored?.chunks.slice(first, leaf) ?? [];
  });
  return { rows: range.to - range.from, chunks, flat };
}

function leavesOf({ children }: DataType): number {
  if (!children || children.length === 0) return 1;
  return children.reduce((sum: number, { type }: Field) => sum + leavesOf(type), 0);
}

function flatChunk({ batches, fields, choice }: Content, index: number, codec: ChunkCodec, range: Range): FlatChunk {
  const field = fields[index];
  const encoding = choice.columns.find((column) => column.index === index);
  assert(field !== undefined && encoding !== undefined, 'a flat column has its encoding');
  const column = gatherColumn(field.type, partsOf(batches, index, range));
  return encodeChunk(column, { ...encoding, name: field.name, nullable: field.nullable, codec });
}

function partsOf(batches: readonly RecordBatch[], index: number, { from, to }: Range): readonly ColumnPart[] {
  let first = 0;
  return batches.flatMap((batch): readonly ColumnPart[] => {
    const [start, end] = [Math.max(from - first, 0), Math.min(to - first, batch.numRows)];
    first += batch.numRows;
    const data = batch.data.children[index];
    return data && start < end ? [{ data, from: start, to: end }] : [];
  });
}
