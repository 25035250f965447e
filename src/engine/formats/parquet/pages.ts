import { isAbort } from '../../base/errors.ts';
import type { FileSource } from '../format.ts';
import { chunkStatistics } from './bounds.ts';
import { type BoundDescription, describeBound, leafFields } from './describe.ts';
import { invalid, readFooter } from './footer.ts';
import { type ColumnChunk, ENCODINGS, type StoredStatistics, storedStatistics } from './metadata.ts';
import {
  boolListAt,
  byteListAt,
  numberAt,
  numbersAt,
  readStruct,
  structAt,
  structsAt,
  type ThriftStruct,
} from './read-thrift.ts';
import type { StoredField } from './schema.ts';

/** A page of a column chunk as its header and the page index describe it. */
export interface PageDescription {
  readonly kind: 'DATA' | 'DATA_V2' | 'DICTIONARY' | 'INDEX';
  /** In the file, of the header. */
  readonly offset: number;
  /** Header included. */
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly encoding: string;
  /** NULLs included. */
  readonly values: number;
  /** Of the row group; null where nothing says it. */
  readonly firstRow: number | null;
  readonly nullCount: number | null;
  readonly min: BoundDescription | null;
  readonly max: BoundDescription | null;
  /** Where the statistics stand: in the page index or in the page's own header; null without any. */
  readonly statistics: 'index' | 'header' | null;
}

/** The pages of one column chunk; `leaf` is the path of the leaf, with dots. Reads headers and the page index, no values. */
export async function describePages(
  file: FileSource,
  { group: index, leaf }: { readonly group: number; readonly leaf: string },
  signal: AbortSignal,
): Promise<readonly PageDescription[] | undefined> {
  const footer = await readFooter(file, signal);
  const group = footer.rowGroups[index];
  const at = group?.chunks.findIndex(({ path }) => path.join('.') === leaf) ?? -1;
  const chunk = group?.chunks[at];
  if (!chunk) return undefined;
  if (chunk.encrypted || chunk.file !== undefined) return [];
  const headers = await readHeaders(file, chunk, signal);
  const pageIndex = await readPageIndex(file, chunk, signal);
  const field = leafFields(footer.fields).get(at);
  const isFlat = footer.root.children.some((node) => node.firstLeaf === at && node.physical !== undefined);
  let data = 0;
  let row = 0;
  return headers.map((header) => {
    const isData = header.kind === 'DATA' || header.kind === 'DATA_V2';
    const indexed = isData ? pageIndex[data++] : undefined;
    const firstRow = isData ? (indexed?.firstRow ?? (row >= 0 ? row : null)) : null;
    // A page of the first version holds so many rows only where each has one value.
    if (isData) row = row < 0 ? row : rowAfter(row, header, isFlat);
    return { ...sizesOf(header), firstRow, ...bounds({ chunk, field, header, indexed }) };
  });
}

function rowAfter(row: number, { rows, values }: PageHeader, isFlat: boolean): number {
  if (rows !== undefined) return row + rows;
  return isFlat ? row + values : -1;
}

interface PageHeader {
  readonly kind: PageDescription['kind'];
  readonly offset: number;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly encoding: string;
  readonly values: number;
  readonly rows: number | undefined;
  readonly statistics: StoredStatistics | undefined;
}

function sizesOf({ kind, offset, compressedSize, uncompressedSize, encoding, values }: PageHeader) {
  return { kind, offset, compressedSize, uncompressedSize, encoding, values };
}

/** Of headers one is small; what is read at once holds those of many small pages. */
const WINDOW = 64 * 1024;
const LARGEST_HEADER = 1024 * 1024;

async function readHeaders(file: FileSource, chunk: ColumnChunk, signal: AbortSignal): Promise<readonly PageHeader[]> {
  const end = Math.min(chunk.offset + chunk.compressedSize, file.size);
  const headers: PageHeader[] = [];
  let window = { start: 0, bytes: new Uint8Array() };
  const load = async (start: number, size: number) => {
    window = { start, bytes: await file.read({ start, end: Math.min(end, start + size) }, signal) };
  };
  let at = chunk.offset;
  for (let read = 0; at < end && read < chunk.values; ) {
    if (at < window.start || at >= window.start + window.bytes.length) await load(at, WINDOW);
    let header = parseHeader(window.bytes, at - window.start);
    for (let size = WINDOW; !header && size <= LARGEST_HEADER; size *= 4) {
      await load(at, size);
      header = parseHeader(window.bytes, 0);
    }
    if (!header) throw invalid(file.path, `the page at ${at} has no header that can be read`);
    const page = { ...header.page, offset: at, compressedSize: header.size + header.page.compressedSize };
    headers.push(page);
    if (page.kind !== 'DICTIONARY') read += page.values;
    at += page.compressedSize;
  }
  return headers;
}

const KINDS = ['DATA', 'INDEX', 'DICTIONARY', 'DATA_V2'] as const;

/** Undefined where the bytes end within the header, or are none. */
function parseHeader(bytes: Uint8Array, at: number) {
  try {
    const { struct, end } = readStruct(bytes, at);
    return { size: end - at, page: pageHeader(struct) };
  } catch (error) {
    if (isAbort(error)) throw error;
    return undefined; // More bytes are tried.
  }
}

function pageHeader(struct: ThriftStruct): Omit<PageHeader, 'offset'> {
  const kind = KINDS[numberAt(struct, 1) ?? -1];
  const compressedSize = numberAt(struct, 3);
  if (!kind || compressedSize === undefined || compressedSize < 0) throw new Error('a page has a kind and a size');
  const v2 = structAt(struct, 8);
  const own = structAt(struct, 5) ?? structAt(struct, 7) ?? v2 ?? {};
  const encoding = numberAt(own, v2 ? 4 : 2) ?? 0;
  return {
    ...{ kind, compressedSize, uncompressedSize: numberAt(struct, 2) ?? 0 },
    ...{ values: numberAt(own, 1) ?? 0, rows: v2 && numberAt(v2, 3) },
    encoding: ENCODINGS[encoding] ?? `encoding ${encoding}`,
    statistics: headerStatistics(own, v2),
  };
}

function headerStatistics(own: ThriftStruct, v2: ThriftStruct | undefined): StoredStatistics | undefined {
  const stored = storedStatistics(structAt(own, v2 ? 8 : 5));
  const nullCount = v2 && numberAt(v2, 2);
  return stored ? { ...stored, nullCount: stored.nullCount ?? nullCount } : undefined;
}

interface IndexedPage {
  readonly firstRow: number;
  readonly statistics: StoredStatistics | undefined;
}

async function readPageIndex(
  file: FileSource,
  { offsetIndex, columnIndex }: ColumnChunk,
  signal: AbortSignal,
): Promise<readonly IndexedPage[]> {
  if (!offsetIndex) return [];
  const offsets = readStruct(await file.read(offsetIndex, signal)).struct;
  const columns = columnIndex && readStruct(await file.read(columnIndex, signal)).struct;
  return structsAt(offsets, 1).map((location, page) => ({
    firstRow: numberAt(location, 3) ?? 0,
    statistics: columns && indexedStatistics(columns, page),
  }));
}

function indexedStatistics(columns: ThriftStruct, page: number): StoredStatistics {
  const isEmpty = boolListAt(columns, 1)[page] === true;
  return {
    ...{ nullCount: numbersAt(columns, 5)[page], distinctCount: undefined, nanCount: numbersAt(columns, 8)[page] },
    min: isEmpty ? undefined : byteListAt(columns, 2)[page],
    max: isEmpty ? undefined : byteListAt(columns, 3)[page],
    ...{ minExact: undefined, maxExact: undefined, legacy: false },
  };
}

interface PageSource {
  readonly chunk: ColumnChunk;
  readonly field: StoredField | undefined;
  readonly header: PageHeader;
  readonly indexed: IndexedPage | undefined;
}

function bounds({
  chunk,
  field,
  header,
  indexed,
}: PageSource): Pick<PageDescription, 'nullCount' | 'min' | 'max' | 'statistics'> {
  const stored = indexed?.statistics ?? header.statistics;
  if (!stored) return { nullCount: null, min: null, max: null, statistics: null };
  const known = field && chunkStatistics(field, { ...chunk, statistics: stored }, header.values);
  return {
    nullCount: stored.nullCount ?? known?.nullCount ?? null,
    min: describeBound(known?.min, field?.type),
    max: describeBound(known?.max, field?.type),
    statistics: indexed?.statistics ? 'index' : 'header',
  };
}
