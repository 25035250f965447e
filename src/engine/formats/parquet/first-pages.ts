import type { ByteRange } from '../../stores/store.ts';
import type { FileSource } from '../format.ts';
import type { ReadableChunk } from './excerpt.ts';
import type { SchemaNode } from './metadata.ts';
import { type RowGroupRead, rangesOf } from './plan.ts';
import { numberAt, readStruct, structsAt } from './read-thrift.ts';

/** Smaller reads are not worth another request. */
const LEAST_SAVED = 2 * 1024 * 1024;
/** The offset indexes of a row group stand side by side; together they are small. */
const MOST_INDEX_BYTES = 1024 * 1024;

/**
 * Cuts a read that wants only the first rows of its row group down to the pages that hold them, where the file has an
 * offset index. Columns of lists and maps stay whole: the index does not say how many values their pages have.
 */
export async function firstPages(file: FileSource, read: RowGroupRead, signal: AbortSignal): Promise<RowGroupRead> {
  const wanted = read.slices.reduce((most, { offset, rows }) => Math.max(most, offset + rows), 0);
  const flat = flatChunks(read).filter(({ offsetIndex }) => offsetIndex !== undefined);
  const bytes = flat.reduce((sum, { compressedSize }) => sum + compressedSize, 0);
  const index = spanOf(flat);
  if (!index || (bytes * (read.rows - wanted)) / read.rows < LEAST_SAVED) return read;
  if (index.end - index.start > MOST_INDEX_BYTES) return read;
  const indexBytes = await file.read(index, signal);
  const cut = new Map(
    flat.map((chunk) => [chunk, cutChunk(chunk, pagesOf(chunk, indexBytes, index.start), { wanted, rows: read.rows })]),
  );
  const chunks = read.chunks.map((chunk) => cut.get(chunk) ?? chunk);
  return { ...read, rows: wanted, chunks, ranges: rangesOf(chunks) };
}

/** Those whose columns hold one value a row. */
function flatChunks({ fields, chunks }: RowGroupRead): readonly ReadableChunk[] {
  let at = 0;
  return fields.flatMap(({ node }) => {
    const own = chunks.slice(at, at + node.endLeaf - node.firstLeaf);
    at += own.length;
    return repeats(node) ? [] : own;
  });
}

function repeats(node: SchemaNode): boolean {
  return node.repetition === 'REPEATED' || node.children.some(repeats);
}

function spanOf(chunks: readonly ReadableChunk[]): ByteRange | undefined {
  const ranges = chunks.flatMap(({ offsetIndex }) => offsetIndex ?? []);
  if (ranges.length === 0) return undefined;
  return { start: Math.min(...ranges.map(({ start }) => start)), end: Math.max(...ranges.map(({ end }) => end)) };
}

interface Page {
  /** In the file. */
  readonly start: number;
  readonly end: number;
  /** Of the row group. */
  readonly firstRow: number;
}

function pagesOf({ offsetIndex }: ReadableChunk, bytes: Uint8Array, base: number): readonly Page[] {
  if (!offsetIndex) return [];
  const { struct } = readStruct(bytes, offsetIndex.start - base);
  return structsAt(struct, 1).map((location) => {
    const start = numberAt(location, 1) ?? 0;
    return { start, end: start + (numberAt(location, 2) ?? 0), firstRow: numberAt(location, 3) ?? 0 };
  });
}

interface Rows {
  readonly wanted: number;
  /** Of the row group. */
  readonly rows: number;
}

/** The chunk up to the last page that is wanted, its dictionary included; whole where the index makes no sense. */
function cutChunk(chunk: ReadableChunk, pages: readonly Page[], { wanted, rows }: Rows): ReadableChunk {
  const next = pages.findIndex(({ firstRow }) => firstRow >= wanted);
  const last = pages[(next < 0 ? pages.length : next) - 1];
  const end = chunk.offset + chunk.compressedSize;
  const isInOrder = pages.every(
    ({ start, end: pageEnd, firstRow }, index) =>
      start >= chunk.offset && pageEnd <= end && firstRow > (pages[index - 1]?.firstRow ?? -1),
  );
  if (!last || !isInOrder || pages[0]?.firstRow !== 0) return chunk;
  return { ...chunk, compressedSize: last.end - chunk.offset, values: pages[next]?.firstRow ?? rows };
}
