import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import type { ColumnarFormat, FileSource, Predicate, RowCount, RowFormat } from '../formats/format.ts';
import { formatOf } from '../formats/index.ts';
import { METADATA_COLUMNS, rowColumns, type StagedSource, sameColumn } from '../stages/staged.ts';
import type { Cell } from '../types/cell.ts';
import { type Column, plain, type Schema, sameType } from '../types/type.ts';
import {
  type Chunk,
  type ChunkColumn,
  chunkOf,
  computedColumn,
  expectedBytes,
  type ScanRequest,
  tellRead,
} from './chunk.ts';

/** The rows of staged files, one file after the other; a file's columns come in the file's own types. */
export async function* scanStaged(
  source: StagedSource,
  request: ScanRequest,
  signal: AbortSignal,
): AsyncGenerator<Chunk> {
  const format = formatOf(source.format);
  let missing = request.limit ?? Number.POSITIVE_INFINITY;
  request.progress.expect({ files: source.files.length, ...expectedBytes(source.files, request) });
  const ofRows = rowColumns(source);
  for (const [index, file] of source.files.entries()) {
    if (missing <= 0) return;
    const scan: FileScan = { source, file, columns: source.fileColumns[index] ?? source.columns, ofRows, request };
    const chunks =
      format.kind === 'columnar' ? scanColumnar(format, scan, missing, signal) : scanRows(format, scan, signal);
    for await (const chunk of chunks) {
      request.progress.add({ rows: chunk.batch.numRows });
      missing -= chunk.batch.numRows;
      yield chunk;
    }
    request.progress.add({ files: 1 });
  }
}

interface FileScan {
  readonly source: StagedSource;
  readonly file: FileSource;
  /** The file's own. */
  readonly columns: Schema;
  /** Those of whole rows where files differ. */
  readonly ofRows: Schema;
  readonly request: ScanRequest;
}

async function* scanColumnar(
  format: ColumnarFormat,
  scan: FileScan,
  limit: number,
  signal: AbortSignal,
): AsyncGenerator<Chunk> {
  const { source, file, request } = scan;
  const wanted = request.columns.filter((index) => index < source.columns.length || ownRowColumn(scan, index));
  const columns = wanted.map((index) => ownRowColumn(scan, index) ?? fileColumn(scan, index));
  const names = columns.length > 0 ? columns.map(({ name }) => name) : scan.columns.slice(0, 1).map(({ name }) => name);
  const read = format.read(
    file,
    {
      format: source.format,
      columns: names,
      predicates: filePredicates(request.predicates, source, scan.columns),
      limit: Number.isFinite(limit) ? limit : undefined,
      onProgress: (progress) => tellRead(progress, request.progress),
    },
    signal,
  );
  for await (const { batch, firstRow } of read) {
    const data = wanted.flatMap((index, position): ChunkColumn[] => {
      const child = batch.data.children[position];
      return child ? [{ index, type: columns[position]?.type ?? plain('Null'), data: child }] : [];
    });
    yield withMetadata(scan, data, batch.numRows, (row) => firstRow + row);
  }
}

/** The file's column that whole rows of the relation hold at a place. */
function ownRowColumn({ source, columns, ofRows }: FileScan, index: number): Column | undefined {
  const wanted = ofRows[index - source.columns.length - METADATA_COLUMNS.length];
  return wanted && columns.find((column) => sameColumn(column, wanted));
}

/** How many rows a scan under these predicates gives, of how many; undefined where that takes reading them. */
export async function countStaged(
  source: StagedSource,
  predicates: readonly Predicate[],
  signal: AbortSignal,
): Promise<RowCount | undefined> {
  const format = formatOf(source.format);
  if (format.kind !== 'columnar') return undefined;
  let [rows, all] = [0, 0];
  for (const [index, file] of source.files.entries()) {
    const own = filePredicates(predicates, source, source.fileColumns[index] ?? source.columns);
    const count = await format.countRows(file, { format: source.format, predicates: own }, signal);
    [rows, all] = [rows + count.rows, all + count.all];
  }
  return { rows, all };
}

/** The predicates by the file's own names. One on a column of another type says nothing of the file's own values. */
export function filePredicates(
  predicates: readonly Predicate[],
  source: Pick<StagedSource, 'columns'>,
  columns: Schema,
): readonly Predicate[] {
  return predicates.flatMap((predicate) => {
    const wanted = source.columns.find(({ name }) => name === predicate.column);
    const own = wanted && namedColumn(columns, wanted.name);
    return own && sameType(own.type, wanted.type) ? [{ ...predicate, column: own.name }] : [];
  });
}

/** The column of that name, or else of the name in another case. */
function namedColumn(columns: Schema, name: string): Column | undefined {
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name.toLowerCase() === name.toLowerCase())
  );
}

function fileColumn({ source, file, columns }: FileScan, index: number): Column {
  const name = source.columns[index]?.name ?? '';
  const found = namedColumn(columns, name);
  if (found) return found;
  const first = source.files[0]?.path ?? '';
  throw new SqlError(
    'TableSchemaMismatch',
    `infer schema from '${first}', but get diff schema in file '${file.path}'. The column '${name}' is missing there.`,
    { hint: hint('sameSchema') },
  );
}

async function* scanRows(format: RowFormat, scan: FileScan, signal: AbortSignal): AsyncGenerator<Chunk> {
  const { source, file, request } = scan;
  const ofRelation = dataColumnCount(source);
  const data = request.columns.filter((index) => index < ofRelation);
  const read = format.read(
    file,
    {
      format: source.format,
      target:
        source.access === 'variant'
          ? { kind: 'Record' }
          : { kind: 'Positions', count: Math.max(0, ...data.map((index) => index + 1)) },
      session: request.session,
      disableVariantCheck: false,
      onRowError: ({ line, message }) => {
        throw new SqlError('BadBytes', `fail to parse ${source.format.type} ${file.path}:${line}: ${message}`, {
          hint: hint('badRecord'),
        });
      },
      onProgress: ({ bytes }) => request.progress.add({ bytes }),
    },
    signal,
  );
  const type = plain(source.access === 'variant' ? 'Variant' : 'String');
  for await (const { batch, rowNumbers } of read) {
    const columns = data.flatMap((index): ChunkColumn[] => {
      const child = batch.data.children[index];
      return child ? [{ index, type, data: child }] : [];
    });
    yield withMetadata(scan, columns, batch.numRows, (row) => rowNumbers[row] ?? 0);
  }
}

/** How many columns stand before the metadata ones in the bound relation. */
function dataColumnCount(source: StagedSource): number {
  if (source.access === 'columns') return source.columns.length;
  return source.access === 'variant' ? 1 : source.positions;
}

function withMetadata(
  { source, file, ofRows, request }: FileScan,
  columns: readonly ChunkColumn[],
  rows: number,
  rowNumber: (row: number) => number,
): Chunk {
  const first = dataColumnCount(source);
  const pseudo = [...METADATA_COLUMNS, ...ofRows];
  const known = new Set(columns.map(({ index }) => index));
  const metadata = request.columns
    .filter((index) => index >= first && !known.has(index))
    .map((index): ChunkColumn => {
      const { name, type } = pseudo[index - first] ?? { name: '', type: plain('Null') };
      return { index, type, data: computedColumn(type, rows, metadataCell(name, file, rowNumber)) };
    });
  return chunkOf([...columns, ...metadata], rows);
}

function metadataCell(name: string, file: FileSource, rowNumber: (row: number) => number): (row: number) => Cell {
  switch (name) {
    case 'metadata$file_row_number':
      return (row) => BigInt(rowNumber(row));
    case 'metadata$file_basename': {
      const base = file.path.slice(file.path.lastIndexOf('/') + 1);
      return () => base;
    }
    case 'metadata$file_content_key':
      return () => file.etag ?? null;
    case 'metadata$file_last_modified': {
      const micros = file.lastModified === undefined ? null : BigInt(Math.round(file.lastModified)) * 1000n;
      return () => micros;
    }
    case 'metadata$filename':
    case 'metadata$file_path':
      return () => file.path;
    default:
      // A column of other files.
      return () => null;
  }
}
