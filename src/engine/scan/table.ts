import { type Data, Int64, type RecordBatch } from 'apache-arrow';
import type { FileFormat, FileSource } from '../formats/format.ts';
import { parquetFormat } from '../formats/parquet/format.ts';
import type { AddFile } from '../table/action.ts';
import { physicalName, type TableField } from '../table/delta-schema.ts';
import { type RowTrackingColumns, rowTrackingColumns } from '../table/metadata.ts';
import { scanSet } from '../table/scan-set.ts';
import { fromStorage } from '../table/storage.ts';
import { columnData } from '../types/build/column.ts';
import { cellReader } from '../types/cell.ts';
import { plain, type SqlType } from '../types/type.ts';
import {
  type Chunk,
  type ChunkColumn,
  chunkOf,
  computedColumn,
  expectedBytes,
  type ScanRequest,
  tellRead,
} from './chunk.ts';
import { scanForeignFile } from './foreign.ts';
import type { OpenTable } from './open-table.ts';

export type { OpenTable } from './open-table.ts';

const STORED: FileFormat = { type: 'PARQUET', options: {} };

/** The rows of a table, one data file after the other. */
export async function* scanTable(table: OpenTable, request: ScanRequest, signal: AbortSignal): AsyncGenerator<Chunk> {
  const files = scanSet(table.snapshot, request.predicates);
  let missing = request.limit ?? Number.POSITIVE_INFINITY;
  request.progress.expect({ files: files.length, ...expectedBytes(files, request) });
  for (const file of files) {
    if (missing <= 0) return;
    for await (const chunk of scanDataFile(table, file, { ...request, limit: missing }, signal)) {
      missing -= chunk.batch.numRows;
      yield chunk;
    }
    request.progress.add({ files: 1 });
  }
}

/** The rows of one data file, in its order. Columns behind the table's give each row's id, version and place. */
export async function* scanDataFile(
  table: OpenTable,
  file: AddFile,
  request: ScanRequest,
  signal: AbortSignal,
): AsyncGenerator<Chunk> {
  const { fields, metadata } = table.snapshot;
  const source = dataFileSource(table, file);
  if (table.foreign !== undefined) {
    yield* scanForeignFile(table, { file, source }, request, signal);
    return;
  }
  const stored = (await parquetFormat.readSchema(source, STORED, signal)).map(({ name }) => name);
  const wanted = request.columns.flatMap((index): WantedColumn[] => {
    const field = fields[index];
    return field ? [{ index, field }] : [];
  });
  const tracking = rowTrackingColumns(metadata);
  const hidden = request.columns.filter((index) => index >= fields.length);
  const tracked = hidden.some((index) => index !== fields.length + PLACE) ? tracking : undefined;
  const physical = [
    ...wanted.map(({ field }) => physicalName(field.delta)),
    ...(tracked ? [tracked.rowId, tracked.commitVersion] : []),
  ];
  const names = physical.filter((name) => stored.includes(name));
  const read = parquetFormat.read(
    source,
    {
      format: STORED,
      columns: names.length > 0 ? names : stored.slice(0, 1),
      predicates: storedPredicates(request, fields),
      limit: request.limit !== undefined && Number.isFinite(request.limit) ? request.limit : undefined,
      onProgress: (progress) => tellRead(progress, request.progress),
    },
    signal,
  );
  for await (const { batch, firstRow } of read) {
    request.progress.add({ rows: batch.numRows });
    const rows = hidden.map((index) =>
      index > fields.length + PLACE
        ? originColumn(batch, { index, file, tracking, position: index - fields.length - PLACE, folder: table.folder })
        : hiddenColumn(batch, {
            index,
            file,
            tracking,
            first: fields.length,
            firstRow,
            fileNumber: request.fileNumber,
          }),
    );
    yield chunkOf([...tableColumns(batch, wanted), ...rows], batch.numRows);
  }
}

/** Of the place among the hidden columns. */
const PLACE = 2;

interface WantedColumn {
  readonly index: number;
  readonly field: TableField;
}

function tableColumns(batch: RecordBatch, wanted: readonly WantedColumn[]): ChunkColumn[] {
  const restored = fromStorage(
    batch,
    wanted.map(({ field }) => field),
  );
  return wanted.flatMap(({ index, field }, position) => {
    const data = restored.data.children[position];
    return data ? [{ index, type: field.type, data }] : [];
  });
}

interface HiddenRequest {
  /** Of the relation's columns. */
  readonly index: number;
  readonly file: AddFile;
  readonly tracking: RowTrackingColumns | undefined;
  /** Index of the column with the row ids; the versions and the places follow it. */
  readonly first: number;
  readonly firstRow: number;
  readonly fileNumber: number | undefined;
}

function hiddenColumn(batch: RecordBatch, request: HiddenRequest): ChunkColumn {
  const { index, file, tracking, first, firstRow, fileNumber = 0 } = request;
  const rows = batch.numRows;
  if (index === first + PLACE)
    return { index, type: INT64, data: counted(BigInt(fileNumber * 2 ** 32 + firstRow), 1n, rows) };
  const { baseRowId, defaultRowCommitVersion: version } = file;
  const name = index === first ? tracking?.rowId : tracking?.commitVersion;
  const written = batch.data.children[batch.schema.fields.findIndex((field) => field.name === name)];
  if (written?.nullCount === 0) return { index, type: INT64, data: written };
  const start = index === first ? (baseRowId === undefined ? undefined : baseRowId + firstRow) : version;
  const step = index === first ? 1n : 0n;
  if (start === undefined || written)
    return { index, type: INT64, data: trackedColumn(written, { start, step, rows }) };
  return { index, type: INT64, data: counted(BigInt(start), step, rows) };
}

interface OriginRequest {
  readonly index: number;
  readonly file: AddFile;
  readonly tracking: RowTrackingColumns | undefined;
  /** From 1: the version, the id of what numbered the row, the number. */
  readonly position: number;
  readonly folder: string;
}

/** What a rewrite has written down of where a row came from. */
function originColumn(batch: RecordBatch, { index, file, tracking, position, folder }: OriginRequest): ChunkColumn {
  const writtenAs = (name: string | undefined) => {
    const written = batch.data.children[batch.schema.fields.findIndex((field) => field.name === name)];
    return written ? cellReader(written, INT64) : () => null;
  };
  const id = writtenAs(tracking?.rowId);
  const version = writtenAs(tracking?.commitVersion);
  const rows = batch.numRows;
  if (position === 2) {
    const origin = BigInt(`0x${folder.slice(folder.lastIndexOf('/') + 1).slice(0, 31)}`);
    return { index, type: BLOCK_ID, data: computedColumn(BLOCK_ID, rows, (row) => (id(row) === null ? null : origin)) };
  }
  // A row that was changed where it now stands has the version of its file.
  const { defaultRowCommitVersion: own } = file;
  const versionOf = (row: number) => version(row) ?? (id(row) === null || own === undefined ? null : BigInt(own));
  const read = position === 1 ? versionOf : id;
  return { index, type: UINT64, data: computedColumn(UINT64, rows, read) };
}

const UINT64 = plain('UInt64');
const BLOCK_ID: SqlType = { kind: 'Decimal', precision: 38, scale: 0 };

function counted(start: bigint, step: bigint, length: number): Data {
  const data = new BigInt64Array(length);
  for (let row = 0, value = start; row < length; row++, value += step) data[row] = value;
  return columnData({ type: new Int64(), length, nullCount: 0, data });
}

interface ByPlace {
  /** Unknown of files that are not committed yet. */
  readonly start: number | undefined;
  readonly step: bigint;
  readonly rows: number;
}

/** What a rewrite has written down, or else what the place of the row says. */
function trackedColumn(written: Data | undefined, { start, step, rows }: ByPlace): Data {
  const read = written ? cellReader(written, INT64) : () => null;
  const byPlace = (row: number) => (start === undefined ? null : BigInt(start) + step * BigInt(row));
  return computedColumn(INT64, rows, (row) => read(row) ?? byPlace(row));
}

const INT64 = plain('Int64');

/** Predicates as the file's footer knows its columns; only types whose statistics are those of the SQL value. */
function storedPredicates({ predicates }: ScanRequest, fields: readonly TableField[]) {
  return predicates.flatMap((predicate) => {
    const field = fields.find(({ name }) => name === predicate.column);
    return field && !CONVERTED.has(field.type.kind) ? [{ ...predicate, column: physicalName(field.delta) }] : [];
  });
}

const CONVERTED: ReadonlySet<string> = new Set(['UInt8', 'UInt16', 'UInt32', 'UInt64', 'Decimal']);

/** A data file for a format to read. */
export function dataFileSource({ store, folder }: OpenTable, file: AddFile): FileSource {
  const path = folder === '' ? file.path : `${folder}/${file.path}`;
  const known = sources.get(file);
  if (known) return known;
  const source: FileSource = {
    path,
    size: file.size,
    read: (range, signal) => store.read(path, signal, range),
  };
  sources.set(file, source);
  return source;
}

/** A data file never changes: its footer is kept with its source. */
const sources = new WeakMap<AddFile, FileSource>();
