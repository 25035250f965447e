import { mapConcurrently } from '../../base/async.ts';
import { SqlError } from '../../base/errors.ts';
import type { ByteRange } from '../../stores/store.ts';
import type { FileSource, Predicate, ReadProgress } from '../format.ts';
import { chunkStatistics } from './bounds.ts';
import { type Excerpt, excerptFrame, type ReadableChunk, type RowRange } from './excerpt.ts';
import { invalid, type ParquetFooter } from './footer.ts';
import type { ColumnChunk, RowGroup } from './metadata.ts';
import { mayMatch } from './prune.ts';
import type { StoredField } from './schema.ts';

export interface ReadRequest {
  /** Names of the footer's schema. */
  readonly columns: readonly string[];
  readonly predicates: readonly Predicate[];
  readonly limit: number | undefined;
}

/** What has to be read of one row group. */
export interface RowGroupRead {
  readonly path: string;
  /** Position in the file of the group's first row. */
  readonly firstRow: number;
  /** Of the group. */
  readonly rows: number;
  /** Those that are wanted, in parts that fit in memory once decoded. */
  readonly slices: readonly RowRange[];
  readonly fields: readonly StoredField[];
  readonly chunks: readonly ReadableChunk[];
  /** In order and apart; they cover the chunks. */
  readonly ranges: readonly ByteRange[];
}

/** Two chunks nearer than this are fetched as one: what lies between costs less than another request. */
const NEAR = 256 * 1024;
/** Neighbours are not joined beyond this, so that requests run side by side. */
const LARGEST_RANGE = 16 * 1024 * 1024;
const CONCURRENT_READS = 6;

/** On average: what is larger does not fit in wasm memory, which is found out only after it has grown to its limit. */
const MAX_VALUE_BYTES = 512 * 1024 * 1024;

/** Decides which row groups are read and which of their bytes. Pure. */
export function planRead(footer: ParquetFooter, request: ReadRequest): readonly RowGroupRead[] {
  const fields = request.columns.map((name) => fieldNamed(footer, name));
  const reads: RowGroupRead[] = [];
  let missing = request.limit ?? Number.POSITIVE_INFINITY;
  for (const group of footer.rowGroups) {
    if (missing <= 0) break;
    if (group.rows === 0 || !groupMayMatch(footer, group, request.predicates)) continue;
    const wanted = Math.min(group.rows, missing);
    missing -= wanted;
    const chunks = fields.flatMap((field) => chunksOf(footer, group, field));
    const { path } = footer;
    const slices = slicesOf(chunks, group.rows, wanted);
    reads.push({ path, firstRow: group.firstRow, rows: group.rows, slices, fields, chunks, ranges: rangesOf(chunks) });
  }
  return reads;
}

function fieldNamed(footer: ParquetFooter, name: string): StoredField {
  const field = footer.fields.find((candidate) => candidate.name === name);
  if (field) return field;
  throw new SqlError('UnknownColumn', `The file '${footer.path}' has no column '${name}'`);
}

/** False only if the statistics of the row group say that no row of it can satisfy the predicates. */
export function groupMayMatch(footer: ParquetFooter, group: RowGroup, predicates: readonly Predicate[]): boolean {
  return predicates.every((predicate) => {
    const field = footer.fields.find(({ name }) => name === predicate.column);
    const chunk = field && group.chunks[field.node.firstLeaf];
    const statistics = chunk && chunkStatistics(field, chunk, group.rows);
    return !statistics || mayMatch(statistics, predicate);
  });
}

function chunksOf(footer: ParquetFooter, group: RowGroup, field: StoredField): readonly ReadableChunk[] {
  const chunks = group.chunks.slice(field.node.firstLeaf, field.node.endLeaf);
  return chunks.map((chunk) => readable(footer, field, chunk));
}

function readable(footer: ParquetFooter, field: StoredField, chunk: ColumnChunk): ReadableChunk {
  const { physical, offset, compressedSize } = chunk;
  const wrong = (reason: string) => invalid(footer.path, `its column '${field.name}' ${reason}`);
  if (chunk.encrypted || physical === undefined) throw wrong('is encrypted, and encrypted columns are not supported');
  if (chunk.file !== undefined) throw wrong(`is kept in another file, '${chunk.file}'`);
  if (chunk.uncompressedSize > Math.max(1, chunk.values) * MAX_VALUE_BYTES)
    throw wrong('has values of more than 512 MB');
  if (offset < 0 || compressedSize < 0 || offset + compressedSize > footer.size) throw wrong('lies beyond its end');
  return { ...chunk, physical };
}

/** In order and apart; they cover the chunks. */
export function rangesOf(chunks: readonly ReadableChunk[]): readonly ByteRange[] {
  const ranges: ByteRange[] = [];
  const ordered = chunks.map(rangeOf).sort((a, b) => a.start - b.start);
  for (const range of ordered) {
    const last = ranges.at(-1);
    const isNear = last && range.start - last.end <= NEAR && range.end - last.start <= LARGEST_RANGE;
    if (last && (isNear || range.start < last.end)) {
      ranges[ranges.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else {
      ranges.push(range);
    }
  }
  return ranges;
}

function rangeOf({ offset, compressedSize }: ColumnChunk): ByteRange {
  return { start: offset, end: offset + compressedSize };
}

/** Decoded, a slice takes about this much. */
const SLICE_BYTES = 64 * 1024 * 1024;
/** Every slice copies the whole excerpt into wasm memory: those of a large one are larger. */
const EXCERPTS_PER_SLICE = 4;

/**
 * Cuts a row group into parts that fit in memory. What a slice skips costs next to nothing (pages are skipped whole),
 * while decoding 370 MB at once takes seven times as long as in slices, since the wasm memory has to grow.
 */
function slicesOf(chunks: readonly ReadableChunk[], rows: number, wanted: number): readonly RowRange[] {
  const decoded = chunks.reduce((sum, chunk) => sum + decodedSize(chunk), 0);
  const fetched = chunks.reduce((sum, chunk) => sum + chunk.compressedSize, 0);
  const size = Math.max(SLICE_BYTES, fetched / EXCERPTS_PER_SLICE);
  const most = Math.max(1, Math.floor((size / Math.max(decoded, 1)) * rows));
  const slices: RowRange[] = [];
  for (let offset = 0; offset < wanted; offset += most) slices.push({ offset, rows: Math.min(most, wanted - offset) });
  return slices;
}

/** Widths are those of the widest Arrow type that a physical type becomes. */
function decodedSize({ physical, values, uncompressedSize, decodedBytes = 0 }: ReadableChunk): number {
  const width = physical === 'INT32' || physical === 'FLOAT' ? 4 : 16;
  return Math.max(uncompressedSize, decodedBytes + values * (physical === 'BOOLEAN' ? 1 : width));
}

/** Fetches what a row group's decoding needs, as one excerpt. */
export async function fetchRowGroup(
  file: FileSource,
  read: RowGroupRead,
  signal: AbortSignal,
  onProgress?: (progress: ReadProgress) => void,
): Promise<Excerpt> {
  const { fields, chunks, rows, path, slices } = read;
  const { bytes, starts } = excerptFrame(fields, chunks, rows);
  await mapConcurrently(read.ranges, CONCURRENT_READS, async (range) => {
    const fetched = await file.read(range, signal);
    if (fetched.length !== range.end - range.start) throw invalid(path, 'it has become shorter while it was read');
    onProgress?.({ bytes: fetched.length });
    for (const [index, chunk] of chunks.entries()) {
      const from = chunk.offset - range.start;
      if (from < 0 || chunk.offset >= range.end) continue;
      bytes.set(fetched.subarray(from, from + chunk.compressedSize), starts[index]);
    }
  });
  return { path, bytes, fields, slices };
}
